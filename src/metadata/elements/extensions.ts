import { endpoint, indexedEndpoint, localizedName, localizedUri } from "./core.ts";
import type { WrittenRule, WrittenRules } from "./rule.ts";

const ATTRIBUTE = "Name:string NameFormat?:anyURI FriendlyName?:string";
const attribute: WrittenRule = {
  attributes: ATTRIBUTE,
  anyAttribute: true,
  content: "saml:AttributeValue*=values",
};
const PUBLICATION = "publisher:string creationInstant?:dateTime publicationId?:string";
const ALGORITHM = "Algorithm:anyURI";

/** The extension schemas, and the types of the assertion schema that metadata uses. */
export const extensionElements: WrittenRules = {
  // Metadata 2.2.1: any element of another namespace. These have a property.
  "md:Extensions": {
    anyOrder: 1,
    content:
      "mdrpi:PublicationInfo? mdrpi:PublicationPath? mdrpi:RegistrationInfo? " +
      "mdattr:EntityAttributes? alg:DigestMethod* alg:SigningMethod* shibmd:Scope* " +
      "shibmd:KeyAuthority*=keyAuthorities mdui:UIInfo?=uiInfo mdui:DiscoHints? " +
      "init:RequestInitiator* idpdisc:DiscoveryResponse* ##other",
  },

  // saml-schema-assertion-2.0.xsd
  "saml:Attribute": attribute,
  "saml:AttributeValue": { anyType: true },
  "md:RequestedAttribute": {
    ...attribute,
    attributes: `${ATTRIBUTE} isRequired?:boolean`,
  },

  // sstc-saml-metadata-ui-v1.0.xsd
  "mdui:UIInfo": {
    anyOrder: 0,
    content:
      "mdui:DisplayName* mdui:Description* mdui:Keywords*=keywords mdui:Logo* " +
      "mdui:InformationURL* mdui:PrivacyStatementURL* ##other",
  },
  "mdui:DisplayName": localizedName,
  "mdui:Description": localizedName,
  "mdui:InformationURL": localizedUri,
  "mdui:PrivacyStatementURL": localizedUri,
  "mdui:Keywords": { ...localizedName, text: "listOfStrings" },
  "mdui:Logo": {
    attributes: "height:positiveInteger width:positiveInteger xml:lang?:language",
    text: "webImage",
  },
  "mdui:DiscoHints": {
    anyOrder: 0,
    content: "mdui:IPHint*=ipHints mdui:DomainHint* mdui:GeolocationHint* ##other",
  },
  "mdui:IPHint": { text: "string" },
  "mdui:DomainHint": { text: "string" },
  "mdui:GeolocationHint": { text: "anyURI" },

  // sstc-metadata-attr.xsd
  "mdattr:EntityAttributes": {
    anyOrder: 1,
    content: "saml:Attribute* saml:Assertion*=other",
  },

  // saml-metadata-rpi-v1.0.xsd
  "mdrpi:RegistrationInfo": {
    attributes: "registrationAuthority:string registrationInstant?:dateTime",
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
  "mdrpi:PublicationPath": { content: "mdrpi:Publication*" },
  "mdrpi:Publication": { attributes: PUBLICATION },

  // sstc-saml-metadata-algsupport-v1.0.xsd
  "alg:DigestMethod": { attributes: ALGORITHM, content: "##any" },
  "alg:SigningMethod": {
    attributes: `${ALGORITHM} MinKeySize?:positiveInteger MaxKeySize?:positiveInteger`,
    content: "##any",
  },

  // sstc-request-initiation.xsd, sstc-saml-idp-discovery.xsd
  "init:RequestInitiator": endpoint,
  "idpdisc:DiscoveryResponse": indexedEndpoint,

  // shibboleth-metadata-1.0.xsd
  "shibmd:Scope": { attributes: "regexp?:boolean", text: "string" },
  "shibmd:KeyAuthority": {
    attributes: "VerifyDepth?:unsignedByte",
    anyAttribute: true,
    content: "ds:KeyInfo+",
  },

  // sstc-saml1x-metadata.xsd
  "saml1md:SourceID": { text: "SourceID" },
};
