/** Reading metadata. */
export const metadataCodes = {
  "metadata.root": [
    "fatal",
    "The document is not SAML metadata: {found}.",
    "Use an EntityDescriptor or EntitiesDescriptor of the namespace urn:oasis:names:tc:SAML:2.0:metadata.",
    "SAML Metadata 2.3",
  ],
} as const;
