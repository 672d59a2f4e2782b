import type { AttributeRule, ElementName, ElementRule, Particle } from "./rule.ts";
import { anyOther, many, maybe, one, optional, required, some } from "./rule.ts";
import {
  anyUri,
  boolean,
  duration,
  entityId,
  expiry,
  id,
  language,
  oneOf,
  qName,
  string,
  unsignedShort,
  uriList,
  url,
} from "./simple-types.ts";

/** saml-schema-metadata-2.0.xsd, in its order. */

const lang: AttributeRule = required("xml:lang", language, "lang");
/** `localizedNameType` and `localizedURIType`. */
export const localizedName: ElementRule = { attributes: [lang], text: string };
export const localizedUri: ElementRule = { attributes: [lang], text: url };

const validity: readonly AttributeRule[] = [
  optional("validUntil", expiry, "validUntil"),
  optional("cacheDuration", duration, "cacheDuration"),
  optional("ID", id, "id"),
];

const extensions: Particle = maybe("md:Extensions", "extensions");
/** Read by its own code; never in the model, as it says nothing about the content's meaning. */
const signature: Particle = maybe("ds:Signature", "");

const endpointAttributes: readonly AttributeRule[] = [
  required("Binding", anyUri, "binding"),
  required("Location", url, "location"),
  optional("ResponseLocation", url, "responseLocation"),
];
const indexAttributes: readonly AttributeRule[] = [
  required("index", unsignedShort, "index"),
  optional("isDefault", boolean, "isDefault"),
];

export const endpoint: ElementRule = {
  attributes: endpointAttributes,
  anyAttribute: true,
  content: [anyOther],
};
export const indexedEndpoint: ElementRule = {
  ...endpoint,
  attributes: [...endpointAttributes, ...indexAttributes],
};

const roleAttributes: readonly AttributeRule[] = [
  ...validity,
  required("protocolSupportEnumeration", uriList, "protocolSupportEnumeration"),
  optional("errorURL", url, "errorUrl"),
];
const roleContent: readonly Particle[] = [
  signature,
  extensions,
  many("md:KeyDescriptor", "keyDescriptors"),
  maybe("md:Organization", "organization"),
  many("md:ContactPerson", "contacts"),
];
const ssoContent: readonly Particle[] = [
  ...roleContent,
  many("md:ArtifactResolutionService", "artifactResolutionServices"),
  many("md:SingleLogoutService", "singleLogoutServices"),
  many("md:ManageNameIDService", "manageNameIdServices"),
  many("md:NameIDFormat", "nameIdFormats"),
];

function role(
  content: readonly Particle[],
  attributes: readonly AttributeRule[] = [],
): ElementRule {
  return { attributes: [...roleAttributes, ...attributes], anyAttribute: true, content };
}

const assertionIdRequests: Particle = many(
  "md:AssertionIDRequestService",
  "assertionIdRequestServices",
);
const queryTail: readonly Particle[] = [
  assertionIdRequests,
  many("md:NameIDFormat", "nameIdFormats"),
];
const attributeTail: readonly Particle[] = [
  many("md:AttributeProfile", "attributeProfiles"),
  many("saml:Attribute", "attributes"),
];

const roles: Particle = {
  names: [
    "md:RoleDescriptor",
    "md:IDPSSODescriptor",
    "md:SPSSODescriptor",
    "md:AuthnAuthorityDescriptor",
    "md:AttributeAuthorityDescriptor",
    "md:PDPDescriptor",
  ],
  min: 1,
  max: Number.POSITIVE_INFINITY,
  as: "roles",
  instead: one("md:AffiliationDescriptor", "affiliation"),
};

export const coreElements: Readonly<Record<ElementName, ElementRule>> = {
  "md:EntitiesDescriptor": {
    attributes: [...validity, optional("Name", string, "name")],
    content: [
      signature,
      extensions,
      {
        names: ["md:EntityDescriptor", "md:EntitiesDescriptor"],
        min: 1,
        max: Number.POSITIVE_INFINITY,
        as: "members",
      },
    ],
  },
  "md:EntityDescriptor": {
    attributes: [required("entityID", entityId, "entityId"), ...validity],
    anyAttribute: true,
    content: [
      signature,
      extensions,
      roles,
      maybe("md:Organization", "organization"),
      many("md:ContactPerson", "contacts"),
      many("md:AdditionalMetadataLocation", "additionalMetadataLocations"),
    ],
  },
  "md:Organization": {
    anyAttribute: true,
    content: [
      extensions,
      some("md:OrganizationName", "names"),
      some("md:OrganizationDisplayName", "displayNames"),
      some("md:OrganizationURL", "urls"),
    ],
  },
  "md:OrganizationName": localizedName,
  "md:OrganizationDisplayName": localizedName,
  "md:OrganizationURL": localizedUri,
  "md:ContactPerson": {
    attributes: [
      required(
        "contactType",
        oneOf("ContactTypeType", "technical", "support", "administrative", "billing", "other"),
        "contactType",
      ),
      optional("remd:contactType", anyUri, "refedsContactType"),
    ],
    anyAttribute: true,
    content: [
      extensions,
      maybe("md:Company", "company"),
      maybe("md:GivenName", "givenName"),
      maybe("md:SurName", "surName"),
      many("md:EmailAddress", "emailAddresses"),
      many("md:TelephoneNumber", "telephoneNumbers"),
    ],
  },
  "md:Company": { text: string },
  "md:GivenName": { text: string },
  "md:SurName": { text: string },
  "md:EmailAddress": { text: anyUri },
  "md:TelephoneNumber": { text: string },
  "md:AdditionalMetadataLocation": {
    attributes: [required("namespace", anyUri, "namespace")],
    text: url,
  },
  "md:RoleDescriptor": {
    ...role([...roleContent, anyOther], [optional("xsi:type", qName, "xsiType")]),
  },
  "md:KeyDescriptor": {
    attributes: [optional("use", oneOf("KeyTypes", "encryption", "signing"), "use")],
    content: [one("ds:KeyInfo", "keyInfo"), many("md:EncryptionMethod", "encryptionMethods")],
  },
  "md:ArtifactResolutionService": indexedEndpoint,
  "md:SingleLogoutService": endpoint,
  "md:ManageNameIDService": endpoint,
  "md:NameIDFormat": { text: anyUri },
  "md:IDPSSODescriptor": role(
    [
      ...ssoContent,
      some("md:SingleSignOnService", "singleSignOnServices"),
      many("md:NameIDMappingService", "nameIdMappingServices"),
      assertionIdRequests,
      ...attributeTail,
    ],
    [optional("WantAuthnRequestsSigned", boolean, "wantAuthnRequestsSigned")],
  ),
  "md:SingleSignOnService": endpoint,
  "md:NameIDMappingService": endpoint,
  "md:AssertionIDRequestService": endpoint,
  "md:AttributeProfile": { text: anyUri },
  "md:SPSSODescriptor": role(
    [
      ...ssoContent,
      some("md:AssertionConsumerService", "assertionConsumerServices"),
      many("md:AttributeConsumingService", "attributeConsumingServices"),
    ],
    [
      optional("AuthnRequestsSigned", boolean, "authnRequestsSigned"),
      optional("WantAssertionsSigned", boolean, "wantAssertionsSigned"),
    ],
  ),
  "md:AssertionConsumerService": indexedEndpoint,
  "md:AttributeConsumingService": {
    attributes: indexAttributes,
    content: [
      some("md:ServiceName", "serviceNames"),
      many("md:ServiceDescription", "serviceDescriptions"),
      some("md:RequestedAttribute", "requestedAttributes"),
    ],
  },
  "md:ServiceName": localizedName,
  "md:ServiceDescription": localizedName,
  "md:AuthnAuthorityDescriptor": role([
    ...roleContent,
    some("md:AuthnQueryService", "authnQueryServices"),
    ...queryTail,
  ]),
  "md:AuthnQueryService": endpoint,
  "md:PDPDescriptor": role([
    ...roleContent,
    some("md:AuthzService", "authzServices"),
    ...queryTail,
  ]),
  "md:AuthzService": endpoint,
  "md:AttributeAuthorityDescriptor": role([
    ...roleContent,
    some("md:AttributeService", "attributeServices"),
    ...queryTail,
    ...attributeTail,
  ]),
  "md:AttributeService": endpoint,
  "md:AffiliationDescriptor": {
    attributes: [required("affiliationOwnerID", entityId, "affiliationOwnerId"), ...validity],
    anyAttribute: true,
    content: [
      signature,
      extensions,
      some("md:AffiliateMember", "affiliateMembers"),
      many("md:KeyDescriptor", "keyDescriptors"),
    ],
  },
  "md:AffiliateMember": { text: entityId },
};
