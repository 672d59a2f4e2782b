/** The namespaces of SAML metadata, by the prefix that built documents use for them. */
export const namespaces = {
  md: "urn:oasis:names:tc:SAML:2.0:metadata",
  ds: "http://www.w3.org/2000/09/xmldsig#",
  xenc: "http://www.w3.org/2001/04/xmlenc#",
  saml: "urn:oasis:names:tc:SAML:2.0:assertion",
  mdui: "urn:oasis:names:tc:SAML:metadata:ui",
  mdattr: "urn:oasis:names:tc:SAML:metadata:attribute",
  mdrpi: "urn:oasis:names:tc:SAML:metadata:rpi",
  alg: "urn:oasis:names:tc:SAML:metadata:algsupport",
  init: "urn:oasis:names:tc:SAML:profiles:SSO:request-init",
  idpdisc: "urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol",
  shibmd: "urn:mace:shibboleth:metadata:1.0",
  saml1md: "urn:oasis:names:tc:SAML:profiles:v1metadata",
  remd: "http://refeds.org/metadata",
  xsi: "http://www.w3.org/2001/XMLSchema-instance",
  xml: "http://www.w3.org/XML/1998/namespace",
} as const;

export type Prefix = keyof typeof namespaces;

/** `protocolSupportEnumeration` of a role that speaks SAML 2.0 (metadata 2.4.1). */
export const SAML2_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";

/** The SAML 2.0 bindings, by short name (bindings 3). */
export const bindings = {
  post: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
  redirect: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
  artifact: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact",
  soap: "urn:oasis:names:tc:SAML:2.0:bindings:SOAP",
  paos: "urn:oasis:names:tc:SAML:2.0:bindings:PAOS",
  postSimpleSign: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST-SimpleSign",
} as const;

/** The name identifier formats, by short name (core 8.3). */
export const nameIdFormats = {
  unspecified: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
  emailAddress: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  persistent: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
  transient: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
} as const;

/** Algorithm identifiers that built metadata names. */
export const encryptionAlgorithms = {
  aes128Gcm: "http://www.w3.org/2009/xmlenc11#aes128-gcm",
  aes256Gcm: "http://www.w3.org/2009/xmlenc11#aes256-gcm",
  aes256Cbc: "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
  rsaOaepMgf1p: "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
} as const;

/** Protocols of `protocolSupportEnumeration`, by short name. */
export const protocols = {
  saml2: "urn:oasis:names:tc:SAML:2.0:protocol",
  saml11: "urn:oasis:names:tc:SAML:1.1:protocol",
  shibboleth1: "urn:mace:shibboleth:1.0",
  /** WS-Federation as Shibboleth's metadata profile names it; also a binding. */
  wsFederation: "http://schemas.xmlsoap.org/ws/2003/07/secext",
} as const;

/** The holder-of-key profile: a binding, and the namespace of its attribute. */
export const HOLDER_OF_KEY = "urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser";

/** `NameFormat` of attributes that a URI names (core 8.2.2), and its SAML 1 form. */
export const attributeNameFormats = {
  uri: "urn:oasis:names:tc:SAML:2.0:attrname-format:uri",
  shibboleth1Uri: "urn:mace:shibboleth:1.0:attributeNamespace:uri",
} as const;

/** Names of entity attributes (RFC 8409; SAML subject identifiers; assurance certification). */
export const entityAttributes = {
  category: "http://macedir.org/entity-category",
  categorySupport: "http://macedir.org/entity-category-support",
  assurance: "urn:oasis:names:tc:SAML:attribute:assurance-certification",
  subjectIdRequirement: "urn:oasis:names:tc:SAML:profiles:subject-id:req",
} as const;

/** Values of entity attributes that REFEDS and GEANT define. */
export const entityCategories = {
  researchAndScholarship: "http://refeds.org/category/research-and-scholarship",
  hideFromDiscovery: "http://refeds.org/category/hide-from-discovery",
  codeOfConduct1: "http://www.geant.net/uri/dataprotection-code-of-conduct/v1",
  codeOfConduct2: "https://refeds.org/category/code-of-conduct/v2",
  anonymous: "https://refeds.org/category/anonymous",
  pseudonymous: "https://refeds.org/category/pseudonymous",
  personalized: "https://refeds.org/category/personalized",
} as const;

/** `remd:contactType` of a security contact (REFEDS Security Contact Metadata Extension Schema). */
export const SECURITY_CONTACT = "http://refeds.org/metadata/contactType/security";
