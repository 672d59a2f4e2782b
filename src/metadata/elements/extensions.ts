import { endpoint, indexedEndpoint, localizedName, localizedUri } from "./core.ts";
import type { AttributeRule, ElementName, ElementRule } from "./rule.ts";
import { anyElement, anyOther, many, maybe, optional, required, some } from "./rule.ts";
import {
  anyUri,
  boolean,
  dateTime,
  language,
  positiveInteger,
  sourceId,
  string,
  stringList,
  unsignedByte,
  webImage,
} from "./simple-types.ts";

const attributeAttributes: readonly AttributeRule[] = [
  required("Name", string, "name"),
  optional("NameFormat", anyUri, "nameFormat"),
  optional("FriendlyName", string, "friendlyName"),
];
const attribute: ElementRule = {
  attributes: attributeAttributes,
  anyAttribute: true,
  content: [many("saml:AttributeValue", "values")],
};
const publication: readonly AttributeRule[] = [
  required("publisher", string, "publisher"),
  optional("creationInstant", dateTime, "creationInstant"),
  optional("publicationId", string, "publicationId"),
];
const algorithm: AttributeRule = required("Algorithm", anyUri, "algorithm");

/** The extension schemas, and the types of the assertion schema that metadata uses. */
export const extensionElements: Readonly<Record<ElementName, ElementRule>> = {
  // Metadata 2.2.1: any element of another namespace. The ones here are those with a property.
  "md:Extensions": {
    anyOrder: 1,
    content: [
      maybe("mdrpi:PublicationInfo", "publicationInfo"),
      maybe("mdrpi:PublicationPath", "publicationPath"),
      maybe("mdrpi:RegistrationInfo", "registrationInfo"),
      maybe("mdattr:EntityAttributes", "entityAttributes"),
      many("alg:DigestMethod", "digestMethods"),
      many("alg:SigningMethod", "signingMethods"),
      many("shibmd:Scope", "scopes"),
      many("shibmd:KeyAuthority", "keyAuthorities"),
      maybe("mdui:UIInfo", "uiInfo"),
      maybe("mdui:DiscoHints", "discoHints"),
      many("init:RequestInitiator", "requestInitiators"),
      many("idpdisc:DiscoveryResponse", "discoveryResponses"),
      anyOther,
    ],
  },

  // saml-schema-assertion-2.0.xsd
  "saml:Attribute": attribute,
  "saml:AttributeValue": { anyType: true },
  "md:RequestedAttribute": {
    ...attribute,
    attributes: [...attributeAttributes, optional("isRequired", boolean, "isRequired")],
  },

  // sstc-saml-metadata-ui-v1.0.xsd
  "mdui:UIInfo": {
    anyOrder: 0,
    content: [
      many("mdui:DisplayName", "displayNames"),
      many("mdui:Description", "descriptions"),
      many("mdui:Keywords", "keywords"),
      many("mdui:Logo", "logos"),
      many("mdui:InformationURL", "informationUrls"),
      many("mdui:PrivacyStatementURL", "privacyStatementUrls"),
      anyOther,
    ],
  },
  "mdui:DisplayName": localizedName,
  "mdui:Description": localizedName,
  "mdui:InformationURL": localizedUri,
  "mdui:PrivacyStatementURL": localizedUri,
  "mdui:Keywords": { attributes: [required("xml:lang", language, "lang")], text: stringList },
  "mdui:Logo": {
    attributes: [
      required("height", positiveInteger, "height"),
      required("width", positiveInteger, "width"),
      optional("xml:lang", language, "lang"),
    ],
    text: webImage,
  },
  "mdui:DiscoHints": {
    anyOrder: 0,
    content: [
      many("mdui:IPHint", "ipHints"),
      many("mdui:DomainHint", "domainHints"),
      many("mdui:GeolocationHint", "geolocationHints"),
      anyOther,
    ],
  },
  "mdui:IPHint": { text: string },
  "mdui:DomainHint": { text: string },
  "mdui:GeolocationHint": { text: anyUri },

  // sstc-metadata-attr.xsd
  "mdattr:EntityAttributes": {
    anyOrder: 1,
    content: [many("saml:Attribute", "attributes"), many("saml:Assertion", "other")],
  },

  // saml-metadata-rpi-v1.0.xsd
  "mdrpi:RegistrationInfo": {
    attributes: [
      required("registrationAuthority", string, "registrationAuthority"),
      optional("registrationInstant", dateTime, "registrationInstant"),
    ],
    anyAttribute: true,
    content: [many("mdrpi:RegistrationPolicy", "registrationPolicies"), anyOther],
  },
  "mdrpi:RegistrationPolicy": localizedUri,
  "mdrpi:PublicationInfo": {
    attributes: publication,
    anyAttribute: true,
    content: [many("mdrpi:UsagePolicy", "usagePolicies"), anyOther],
  },
  "mdrpi:UsagePolicy": localizedUri,
  "mdrpi:PublicationPath": { content: [many("mdrpi:Publication", "publications")] },
  "mdrpi:Publication": { attributes: publication, content: [] },

  // sstc-saml-metadata-algsupport-v1.0.xsd
  "alg:DigestMethod": { attributes: [algorithm], content: [anyElement] },
  "alg:SigningMethod": {
    attributes: [
      algorithm,
      optional("MinKeySize", positiveInteger, "minKeySize"),
      optional("MaxKeySize", positiveInteger, "maxKeySize"),
    ],
    content: [anyElement],
  },

  // sstc-request-initiation.xsd, sstc-saml-idp-discovery.xsd
  "init:RequestInitiator": endpoint,
  "idpdisc:DiscoveryResponse": indexedEndpoint,

  // shibboleth-metadata-1.0.xsd
  "shibmd:Scope": { attributes: [optional("regexp", boolean, "regexp")], text: string },
  "shibmd:KeyAuthority": {
    attributes: [optional("VerifyDepth", unsignedByte, "verifyDepth")],
    anyAttribute: true,
    content: [some("ds:KeyInfo", "keyInfos")],
  },

  // sstc-saml1x-metadata.xsd
  "saml1md:SourceID": { text: sourceId },
};
