/** Writing metadata, and making it from a provider's integration. */
export const metadataWriteCodes = {
  "metadata.build.missing": [
    "fatal",
    "{element} has no {name}.",
    "Pass a value: the standard requires it and has no default.",
    "saml-schema-metadata-2.0.xsd and the extension schemas",
  ],
  "metadata.build.value": [
    "fatal",
    "{name} cannot be {value}{why}.",
    "Pass {form}.",
    "saml-schema-metadata-2.0.xsd and the extension schemas",
  ],
  "metadata.build.certificate": [
    "fatal",
    "{name} cannot be used, because {reason}.",
    "Pass PEM text, or what parseCertificate returns.",
    "SAML Metadata 2.4.1.1",
  ],
  "metadata.build.character": [
    "fatal",
    "A value contains the character {character}, which XML does not allow.",
    "Remove control characters, U+FFFE, U+FFFF and lone surrogates.",
    "XML 1.0, 2.2",
  ],
  "metadata.build.name": [
    "fatal",
    "{name} cannot be written: {reason}.",
    "Use names that XML allows, in a namespace other than that of the standard.",
    "XML Namespaces 4; SAML Metadata 2.2.1",
  ],
  "metadata.build.depth": [
    "fatal",
    "Elements are nested deeper than {max}.",
    "Nest fewer elements.",
    "",
  ],
  "metadata.build.index": [
    "fatal",
    "Two endpoints of a list have the same index, {index}.",
    "Give each endpoint its own index, or none of them an index.",
    "SAML Metadata 2.2.3",
  ],
  "metadata.build.default": [
    "fatal",
    "More than one endpoint of a list has isDefault.",
    "Set isDefault on one of them only.",
    "SAML Metadata 2.2.3",
  ],
  "metadata.build.signing_key": [
    "fatal",
    "authnRequestsSigned is true, but there is no signing certificate.",
    "Pass signingCertificates, or leave authnRequestsSigned out.",
    "SAML Metadata 2.4.4",
  ],
  "metadata.build.names_identity_provider": [
    "warning",
    "{name} should name the service provider, but names an identity provider ({product}).",
    {
      library: "Pass the service provider's own entity ID, such as https://sp.example.com/saml.",
      terminal:
        "Give your own service's name with --entity-id, such as https://sp.example.com/saml.",
      form: "Enter your own service's name, such as https://sp.example.com/saml.",
    },
    "SAML Metadata 2.3.2",
  ],
  "integration.missing": [
    "error",
    "The integration has no {field}.",
    "Read the integration again, or fill in the field at the provider.",
    "SendGrid SSO API, and its guide to single sign-on settings",
  ],
  "integration.incomplete": [
    "warning",
    "The integration has no {field}.",
    "The metadata is complete without it. At the provider, set it to {meaning}.",
    "SendGrid SSO API, and its guide to single sign-on settings",
  ],
  "integration.invalid": [
    "error",
    "The integration's {field} cannot be used, because {reason}.",
    "Correct the field at the provider.",
    "SendGrid SSO API, and its guide to single sign-on settings",
  ],
  "integration.insecure": [
    "warning",
    "The integration's {field} is not an https URL.",
    "Use https: over http, assertions can be read on the way.",
    "SAML V2.0 Deployment Profile (saml2int), SDP-SP03",
  ],
  "integration.names_identity_provider": [
    "warning",
    "{field} should name the service provider, but names an identity provider ({product}).",
    {
      library: "Name the service provider by audience_url, which is the default.",
      terminal: "Name the service provider by audience_url: leave --entity-id-from out.",
      form: "Use the audience URL as the entity ID of the service provider.",
    },
    "SendGrid SSO API, and its guide to single sign-on settings",
  ],
  "integration.same_name": [
    "warning",
    "entity_id and audience_url are the same, so both sides of the connection have one name.",
    "Set entity_id to the issuer that the identity provider shows in its settings.",
    "SAML Core 8.3.6",
  ],
} as const;
