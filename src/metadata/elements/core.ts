import type { WrittenRule, WrittenRules } from "./rule.ts";

/** saml-schema-metadata-2.0.xsd, in its order. */

/** `localizedNameType` and `localizedURIType`. */
const LANG = "xml:lang:language";
export const localizedName: WrittenRule = { attributes: LANG, text: "string" };
export const localizedUri: WrittenRule = { attributes: LANG, text: "url" };

const VALIDITY = "validUntil?:expiry cacheDuration?:duration ID?:ID";

/** The signature is not in the model: it does not change the meaning. */
const SIGNED = "ds:Signature?= md:Extensions?";

const ENDPOINT = "Binding:anyURI Location:url ResponseLocation?:url";
const INDEX = "index:unsignedShort isDefault?:boolean";

export const endpoint: WrittenRule = {
  attributes: ENDPOINT,
  anyAttribute: true,
  content: "##other",
};
export const indexedEndpoint: WrittenRule = { ...endpoint, attributes: `${ENDPOINT} ${INDEX}` };

const ORGANIZATION_AND_CONTACTS = "md:Organization? md:ContactPerson*=contacts";
const SSO =
  "md:ArtifactResolutionService* md:SingleLogoutService* md:ManageNameIDService* md:NameIDFormat*";
const QUERIES = "md:AssertionIDRequestService* md:NameIDFormat*";
const ATTRIBUTES = "md:AttributeProfile* saml:Attribute*";

/** The parts of every role, and those of each kind of role. */
function role(content: string, attributes = ""): WrittenRule {
  return {
    attributes: `${VALIDITY} protocolSupportEnumeration:anyURIListType errorURL?:url${attributes}`,
    anyAttribute: true,
    content: `${SIGNED} md:KeyDescriptor* ${ORGANIZATION_AND_CONTACTS} ${content}`,
  };
}

const string: WrittenRule = { text: "string" };
const anyUri: WrittenRule = { text: "anyURI" };

/** `xenc:EncryptionMethodType`, the type of `<md:EncryptionMethod>` too. */
export const encryptionMethod: WrittenRule = {
  attributes: "Algorithm:anyURI",
  mixed: true,
  content: "xenc:KeySize? xenc:OAEPparams?=oaepParams ##strict",
};

export const coreElements: WrittenRules = {
  "md:EntitiesDescriptor": {
    attributes: `${VALIDITY} Name?:string`,
    content: `${SIGNED} md:EntityDescriptor|md:EntitiesDescriptor+=members`,
  },
  "md:EntityDescriptor": {
    attributes: `entityID:entityIDType ${VALIDITY}`,
    anyAttribute: true,
    content:
      `${SIGNED} md:RoleDescriptor|md:IDPSSODescriptor|md:SPSSODescriptor|` +
      "md:AuthnAuthorityDescriptor|md:AttributeAuthorityDescriptor|md:PDPDescriptor+=roles/" +
      `md:AffiliationDescriptor=affiliation ${ORGANIZATION_AND_CONTACTS} ` +
      "md:AdditionalMetadataLocation*",
  },
  "md:Organization": {
    anyAttribute: true,
    content:
      "md:Extensions? md:OrganizationName+=names md:OrganizationDisplayName+=displayNames " +
      "md:OrganizationURL+=urls",
  },
  "md:OrganizationName": localizedName,
  "md:OrganizationDisplayName": localizedName,
  "md:OrganizationURL": localizedUri,
  "md:ContactPerson": {
    attributes: "contactType:ContactTypeType remd:contactType?:anyURI=refedsContactType",
    anyAttribute: true,
    content:
      "md:Extensions? md:Company? md:GivenName? md:SurName? md:EmailAddress*=emailAddresses " +
      "md:TelephoneNumber*",
  },
  "md:Company": string,
  "md:GivenName": string,
  "md:SurName": string,
  "md:EmailAddress": anyUri,
  "md:TelephoneNumber": string,
  "md:AdditionalMetadataLocation": { attributes: "namespace:anyURI", text: "url" },
  "md:RoleDescriptor": /* @__PURE__ */ role("##other", " xsi:type?:QName=xsiType"),
  "md:KeyDescriptor": {
    attributes: "use?:KeyTypes",
    content: "ds:KeyInfo md:EncryptionMethod*",
  },
  "md:ArtifactResolutionService": indexedEndpoint,
  "md:SingleLogoutService": endpoint,
  "md:ManageNameIDService": endpoint,
  "md:NameIDFormat": anyUri,
  "md:IDPSSODescriptor": /* @__PURE__ */ role(
    `${SSO} md:SingleSignOnService+ md:NameIDMappingService* md:AssertionIDRequestService* ${ATTRIBUTES}`,
    " WantAuthnRequestsSigned?:boolean",
  ),
  "md:SingleSignOnService": endpoint,
  "md:NameIDMappingService": endpoint,
  "md:AssertionIDRequestService": endpoint,
  "md:AttributeProfile": anyUri,
  "md:SPSSODescriptor": /* @__PURE__ */ role(
    `${SSO} md:AssertionConsumerService+ md:AttributeConsumingService*`,
    " AuthnRequestsSigned?:boolean WantAssertionsSigned?:boolean",
  ),
  "md:AssertionConsumerService": indexedEndpoint,
  "md:AttributeConsumingService": {
    attributes: INDEX,
    content: "md:ServiceName+ md:ServiceDescription* md:RequestedAttribute+",
  },
  "md:ServiceName": localizedName,
  "md:ServiceDescription": localizedName,
  "md:AuthnAuthorityDescriptor": /* @__PURE__ */ role(`md:AuthnQueryService+ ${QUERIES}`),
  "md:AuthnQueryService": endpoint,
  "md:PDPDescriptor": /* @__PURE__ */ role(`md:AuthzService+ ${QUERIES}`),
  "md:AuthzService": endpoint,
  "md:AttributeAuthorityDescriptor": /* @__PURE__ */ role(
    `md:AttributeService+ ${QUERIES} ${ATTRIBUTES}`,
  ),
  "md:AttributeService": endpoint,
  "md:AffiliationDescriptor": {
    attributes: `affiliationOwnerID:entityIDType ${VALIDITY}`,
    anyAttribute: true,
    content: `${SIGNED} md:AffiliateMember+ md:KeyDescriptor*`,
  },
  "md:AffiliateMember": { text: "entityIDType" },

  // The types of XML Signature are in dsig.ts: reading and writing these two has code of its own.
  "ds:Signature": {},
  "ds:KeyInfo": {},

  // xenc-schema.xsd, as far as it is used.
  "md:EncryptionMethod": encryptionMethod,
  "xenc:KeySize": { text: "integer" },
  "xenc:OAEPparams": { text: "base64Binary" },
};
