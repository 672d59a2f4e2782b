import { endpoint, indexedEndpoint, localizedName, localizedUri } from "./core.ts";
import type { WrittenRule, WrittenRules } from "./rule.ts";

const ATTRIBUTE =
  "Name:string=name NameFormat?:anyURI=nameFormat FriendlyName?:string=friendlyName";
const attribute: WrittenRule = {
  attributes: ATTRIBUTE,
  anyAttribute: true,
  content: "saml:AttributeValue*=values",
};
const PUBLICATION =
  "publisher:string=publisher creationInstant?:dateTime=creationInstant " +
  "publicationId?:string=publicationId";
const ALGORITHM = "Algorithm:anyURI=algorithm";

/** The extension schemas, and the types of the assertion schema that metadata uses. */
export const extensionElements: WrittenRules = {
  // Metadata 2.2.1: any element of another namespace. The ones here are those with a property.
  "md:Extensions": {
    anyOrder: 1,
    content:
      "mdrpi:PublicationInfo?=publicationInfo mdrpi:PublicationPath?=publicationPath " +
      "mdrpi:RegistrationInfo?=registrationInfo mdattr:EntityAttributes?=entityAttributes " +
      "alg:DigestMethod*=digestMethods alg:SigningMethod*=signingMethods " +
      "shibmd:Scope*=scopes shibmd:KeyAuthority*=keyAuthorities " +
      "mdui:UIInfo?=uiInfo mdui:DiscoHints?=discoHints " +
      "init:RequestInitiator*=requestInitiators " +
      "idpdisc:DiscoveryResponse*=discoveryResponses ##other",
  },

  // saml-schema-assertion-2.0.xsd
  "saml:Attribute": attribute,
  "saml:AttributeValue": { anyType: true },
  "md:RequestedAttribute": {
    ...attribute,
    attributes: `${ATTRIBUTE} isRequired?:boolean=isRequired`,
  },

  // sstc-saml-metadata-ui-v1.0.xsd
  "mdui:UIInfo": {
    anyOrder: 0,
    content:
      "mdui:DisplayName*=displayNames mdui:Description*=descriptions mdui:Keywords*=keywords " +
      "mdui:Logo*=logos mdui:InformationURL*=informationUrls " +
      "mdui:PrivacyStatementURL*=privacyStatementUrls ##other",
  },
  "mdui:DisplayName": localizedName,
  "mdui:Description": localizedName,
  "mdui:InformationURL": localizedUri,
  "mdui:PrivacyStatementURL": localizedUri,
  "mdui:Keywords": { ...localizedName, text: "listOfStrings" },
  "mdui:Logo": {
    attributes: "height:positiveInteger=height width:positiveInteger=width xml:lang?:language=lang",
    text: "webImage",
  },
  "mdui:DiscoHints": {
    anyOrder: 0,
    content:
      "mdui:IPHint*=ipHints mdui:DomainHint*=domainHints " +
      "mdui:GeolocationHint*=geolocationHints ##other",
  },
  "mdui:IPHint": { text: "string" },
  "mdui:DomainHint": { text: "string" },
  "mdui:GeolocationHint": { text: "anyURI" },

  // sstc-metadata-attr.xsd
  "mdattr:EntityAttributes": {
    anyOrder: 1,
    content: "saml:Attribute*=attributes saml:Assertion*=other",
  },

  // saml-metadata-rpi-v1.0.xsd
  "mdrpi:RegistrationInfo": {
    attributes:
      "registrationAuthority:string=registrationAuthority " +
      "registrationInstant?:dateTime=registrationInstant",
    anyAttribute: true,
    content: "mdrpi:RegistrationPolicy*=registrationPolicies ##other",
  },
  "mdrpi:RegistrationPolicy": localizedUri,
  "mdrpi:PublicationInfo": {
    attributes: PUBLICATION,
    anyAttribute: true,
    content: "mdrpi:UsagePolicy*=usagePolicies ##other",
  },
  "mdrpi:UsagePolicy": localizedUri,
  "mdrpi:PublicationPath": { content: "mdrpi:Publication*=publications" },
  "mdrpi:Publication": { attributes: PUBLICATION },

  // sstc-saml-metadata-algsupport-v1.0.xsd
  "alg:DigestMethod": { attributes: ALGORITHM, content: "##any" },
  "alg:SigningMethod": {
    attributes:
      `${ALGORITHM} MinKeySize?:positiveInteger=minKeySize ` +
      "MaxKeySize?:positiveInteger=maxKeySize",
    content: "##any",
  },

  // sstc-request-initiation.xsd, sstc-saml-idp-discovery.xsd
  "init:RequestInitiator": endpoint,
  "idpdisc:DiscoveryResponse": indexedEndpoint,

  // shibboleth-metadata-1.0.xsd
  "shibmd:Scope": { attributes: "regexp?:boolean=regexp", text: "string" },
  "shibmd:KeyAuthority": {
    attributes: "VerifyDepth?:unsignedByte=verifyDepth",
    anyAttribute: true,
    content: "ds:KeyInfo+=keyInfos",
  },

  // sstc-saml1x-metadata.xsd
  "saml1md:SourceID": { text: "SourceID" },
};
