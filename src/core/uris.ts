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
