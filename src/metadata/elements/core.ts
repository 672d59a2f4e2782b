import type { WrittenRule, WrittenRules } from "./rule.ts";

/** saml-schema-metadata-2.0.xsd, in its order. */

/** `localizedNameType` and `localizedURIType`. */
const LANG = "xml:lang:language=lang";
export const localizedName: WrittenRule = { attributes: LANG, text: "string" };
export const localizedUri: WrittenRule = { attributes: LANG, text: "url" };

const VALIDITY = "validUntil?:expiry=validUntil cacheDuration?:duration=cacheDuration ID?:ID=id";

const EXTENSIONS = "md:Extensions?=extensions";
/** Read by its own code; never in the model, as it says nothing about the content's meaning. */
const SIGNED = `ds:Signature? ${EXTENSIONS}`;

const ENDPOINT =
  "Binding:anyURI=binding Location:url=location ResponseLocation?:url=responseLocation";
const INDEX = "index:unsignedShort=index isDefault?:boolean=isDefault";

export const endpoint: WrittenRule = {
  attributes: ENDPOINT,
  anyAttribute: true,
  content: "##other",
};
export const indexedEndpoint: WrittenRule = { ...endpoint, attributes: `${ENDPOINT} ${INDEX}` };

const ORGANIZATION_AND_CONTACTS = "md:Organization?=organization md:ContactPerson*=contacts";
const FORMATS = "md:NameIDFormat*=nameIdFormats";
const ASSERTION_ID_REQUESTS = "md:AssertionIDRequestService*=assertionIdRequestServices";
const ATTRIBUTES = "md:AttributeProfile*=attributeProfiles saml:Attribute*=attributes";
const SSO =
  "md:ArtifactResolutionService*=artifactResolutionServices " +
  "md:SingleLogoutService*=singleLogoutServices " +
  `md:ManageNameIDService*=manageNameIdServices ${FORMATS}`;

/** What every role has, and what is its own. */
function role(content: string, attributes = ""): WrittenRule {
  return {
    attributes:
      `${VALIDITY} protocolSupportEnumeration:anyURIListType=protocolSupportEnumeration ` +
      `errorURL?:url=errorUrl${attributes}`,
    anyAttribute: true,
    content: `${SIGNED} md:KeyDescriptor*=keyDescriptors ${ORGANIZATION_AND_CONTACTS} ${content}`,
  };
}

const string: WrittenRule = { text: "string" };
const anyUri: WrittenRule = { text: "anyURI" };

/** `xenc:EncryptionMethodType`, the type of `<md:EncryptionMethod>` too. */
export const encryptionMethod: WrittenRule = {
  attributes: "Algorithm:anyURI=algorithm",
  mixed: true,
  content: "xenc:KeySize?=keySize xenc:OAEPparams?=oaepParams ##strict",
};

export const coreElements: WrittenRules = {
  "md:EntitiesDescriptor": {
    attributes: `${VALIDITY} Name?:string=name`,
    content: `${SIGNED} md:EntityDescriptor|md:EntitiesDescriptor+=members`,
  },
  "md:EntityDescriptor": {
    attributes: `entityID:entityIDType=entityId ${VALIDITY}`,
    anyAttribute: true,
    content:
      `${SIGNED} md:RoleDescriptor|md:IDPSSODescriptor|md:SPSSODescriptor|` +
      "md:AuthnAuthorityDescriptor|md:AttributeAuthorityDescriptor|md:PDPDescriptor+=roles/" +
      `md:AffiliationDescriptor=affiliation ${ORGANIZATION_AND_CONTACTS} ` +
      "md:AdditionalMetadataLocation*=additionalMetadataLocations",
  },
  "md:Organization": {
    anyAttribute: true,
    content:
      `${EXTENSIONS} md:OrganizationName+=names ` +
      "md:OrganizationDisplayName+=displayNames md:OrganizationURL+=urls",
  },
  "md:OrganizationName": localizedName,
  "md:OrganizationDisplayName": localizedName,
  "md:OrganizationURL": localizedUri,
  "md:ContactPerson": {
    attributes:
      "contactType:ContactTypeType=contactType remd:contactType?:anyURI=refedsContactType",
    anyAttribute: true,
    content:
      `${EXTENSIONS} md:Company?=company md:GivenName?=givenName md:SurName?=surName ` +
      "md:EmailAddress*=emailAddresses md:TelephoneNumber*=telephoneNumbers",
  },
  "md:Company": string,
  "md:GivenName": string,
  "md:SurName": string,
  "md:EmailAddress": anyUri,
  "md:TelephoneNumber": string,
  "md:AdditionalMetadataLocation": { attributes: "namespace:anyURI=namespace", text: "url" },
  "md:RoleDescriptor": /* @__PURE__ */ role("##other", " xsi:type?:QName=xsiType"),
  "md:KeyDescriptor": {
    attributes: "use?:KeyTypes=use",
    content: "ds:KeyInfo=keyInfo md:EncryptionMethod*=encryptionMethods",
  },
  "md:ArtifactResolutionService": indexedEndpoint,
  "md:SingleLogoutService": endpoint,
  "md:ManageNameIDService": endpoint,
  "md:NameIDFormat": anyUri,
  "md:IDPSSODescriptor": /* @__PURE__ */ role(
    `${SSO} md:SingleSignOnService+=singleSignOnServices ` +
      `md:NameIDMappingService*=nameIdMappingServices ${ASSERTION_ID_REQUESTS} ${ATTRIBUTES}`,
    " WantAuthnRequestsSigned?:boolean=wantAuthnRequestsSigned",
  ),
  "md:SingleSignOnService": endpoint,
  "md:NameIDMappingService": endpoint,
  "md:AssertionIDRequestService": endpoint,
  "md:AttributeProfile": anyUri,
  "md:SPSSODescriptor": /* @__PURE__ */ role(
    `${SSO} md:AssertionConsumerService+=assertionConsumerServices ` +
      "md:AttributeConsumingService*=attributeConsumingServices",
    " AuthnRequestsSigned?:boolean=authnRequestsSigned " +
      "WantAssertionsSigned?:boolean=wantAssertionsSigned",
  ),
  "md:AssertionConsumerService": indexedEndpoint,
  "md:AttributeConsumingService": {
    attributes: INDEX,
    content:
      "md:ServiceName+=serviceNames md:ServiceDescription*=serviceDescriptions " +
      "md:RequestedAttribute+=requestedAttributes",
  },
  "md:ServiceName": localizedName,
  "md:ServiceDescription": localizedName,
  "md:AuthnAuthorityDescriptor": /* @__PURE__ */ role(
    `md:AuthnQueryService+=authnQueryServices ${ASSERTION_ID_REQUESTS} ${FORMATS}`,
  ),
  "md:AuthnQueryService": endpoint,
  "md:PDPDescriptor": /* @__PURE__ */ role(
    `md:AuthzService+=authzServices ${ASSERTION_ID_REQUESTS} ${FORMATS}`,
  ),
  "md:AuthzService": endpoint,
  "md:AttributeAuthorityDescriptor": /* @__PURE__ */ role(
    `md:AttributeService+=attributeServices ${ASSERTION_ID_REQUESTS} ${FORMATS} ${ATTRIBUTES}`,
  ),
  "md:AttributeService": endpoint,
  "md:AffiliationDescriptor": {
    attributes: `affiliationOwnerID:entityIDType=affiliationOwnerId ${VALIDITY}`,
    anyAttribute: true,
    content: `${SIGNED} md:AffiliateMember+=affiliateMembers md:KeyDescriptor*=keyDescriptors`,
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
