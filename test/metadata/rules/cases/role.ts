import type { RuleCase } from "./case.ts";

const SP_ROLE = "<md:SPSSODescriptor ";
const ACS = '<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"';
const SAML2 = 'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"';
const SAML11 =
  'protocolSupportEnumeration="urn:oasis:names:tc:SAML:1.1:protocol urn:oasis:names:tc:SAML:2.0:protocol"';
const B = "urn:oasis:names:tc:SAML:2.0:bindings:";
const KEY_INFO = "<ds:KeyInfo>";

/** Keys, endpoints and bindings. */
export const roleCases: readonly RuleCase[] = [
  {
    code: "metadata.key.none",
    of: "sp",
    bad: [
      KEY_INFO,
      '<ds:KeyInfo><ds:MgmtData>k</ds:MgmtData></ds:KeyInfo></md:KeyDescriptor><md:KeyDescriptor use="signing"><ds:KeyInfo>',
    ],
    good: [
      KEY_INFO,
      '<ds:KeyInfo><d:DEREncodedKeyValue xmlns:d="http://www.w3.org/2009/xmldsig11#">AAAA</d:DEREncodedKeyValue></ds:KeyInfo></md:KeyDescriptor><md:KeyDescriptor use="signing"><ds:KeyInfo>',
    ],
    goodAlso: ["metadata.key.no_certificate"],
  },
  {
    code: "metadata.key.several",
    of: "sp",
    bad: [
      "</ds:X509Certificate>",
      "</ds:X509Certificate><ds:X509Certificate>AAAA</ds:X509Certificate>",
    ],
    good: [
      "</ds:X509Certificate>",
      "</ds:X509Certificate><ds:X509SubjectName>CN=x</ds:X509SubjectName>",
    ],
    also: ["metadata.certificate.unreadable"],
  },
  {
    code: "metadata.key.idp_signing",
    of: "idp",
    bad: ['use="signing"', 'use="encryption"'],
    good: [' use="signing"', ""],
  },
  {
    code: "metadata.key.sp_encryption",
    of: "sp",
    bad: ['use="encryption"', 'use="signing"'],
    good: [' use="encryption"', ""],
    also: ["metadata.algorithm.on_signing_key", "metadata.key.rotation"],
    goodAlso: ["metadata.key.rotation"],
  },
  {
    code: "metadata.key.requests_signed",
    of: "sp",
    bad: ['use="signing"', 'use="encryption"'],
    good: [' use="signing"', ""],
    also: ["metadata.key.encryption_rotation", "metadata.key.logout"],
    goodAlso: ["metadata.key.encryption_rotation"],
  },
  {
    code: "metadata.key.logout",
    of: "sp",
    bad: ['use="signing"', 'use="encryption"'],
    good: [' use="signing"', ""],
    also: ["metadata.key.encryption_rotation", "metadata.key.requests_signed"],
    goodAlso: ["metadata.key.encryption_rotation"],
  },
  {
    code: "metadata.key.foreign",
    of: "sp",
    bad: [KEY_INFO, '<ds:KeyInfo><x:KeyName xmlns:x="urn:x">k</x:KeyName>'],
    good: [KEY_INFO, "<ds:KeyInfo><ds:KeyName>k</ds:KeyName>"],
    also: ["metadata.extension.unknown_namespace"],
  },
  {
    code: "metadata.certificate.unreadable",
    of: "sp",
    bad: ["<ds:X509Certificate>", "<ds:X509Certificate>AAAA"],
    good: ["<ds:X509Certificate>", "<ds:X509Certificate>\n\t "],
  },
  {
    code: "metadata.certificate.armour",
    of: "sp",
    bad: ["<ds:X509Certificate>", "<ds:X509Certificate>-----BEGIN CERTIFICATE-----\n"],
    good: ["<ds:X509Certificate>", "<ds:X509Certificate>\n"],
    also: ["metadata.schema.value"],
  },
  {
    code: "metadata.certificate.commented",
    of: "sp",
    bad: ["<ds:X509Certificate>", "<ds:X509Certificate><!-- -->"],
    good: ["<ds:X509Certificate>", "<!-- --><ds:X509Certificate>"],
  },
  {
    code: "metadata.certificate.private_key",
    of: "sp",
    bad: ["<ds:X509Certificate>", "<ds:X509Certificate>-----BEGIN EC PRIVATE KEY-----"],
    good: [">Security</md:GivenName>", ">BEGIN PRIVATE KEY</md:GivenName>"],
    also: [
      "metadata.certificate.armour",
      "metadata.certificate.unreadable",
      "metadata.schema.value",
    ],
  },
  {
    code: "metadata.algorithm.misplaced",
    of: "sp",
    bad: [
      "<mdui:UIInfo>",
      '<mdui:UIInfo><alg:DigestMethod xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>',
    ],
    good: [
      "<mdui:UIInfo>",
      '<alg:DigestMethod xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><mdui:UIInfo>',
    ],
  },
  {
    code: "metadata.algorithm.unknown",
    of: "sp",
    bad: ["xmlenc11#aes128-gcm", "xmlenc11#aes128_gcm"],
    good: ["xmlenc11#aes128-gcm", "xmlenc11#aes192-gcm"],
  },
  {
    code: "metadata.algorithm.broken",
    of: "sp",
    bad: ["2009/xmlenc11#aes128-gcm", "2001/04/xmlenc#rsa-1_5"],
    good: ["2009/xmlenc11#aes128-gcm", "2001/04/xmlenc#tripledes-cbc"],
  },
  {
    code: "metadata.algorithm.broken",
    of: "sp",
    bad: [
      "</mdrpi:RegistrationInfo>",
      '</mdrpi:RegistrationInfo><alg:SigningMethod xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport" Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-md5"/>',
    ],
    good: [
      "</mdrpi:RegistrationInfo>",
      '</mdrpi:RegistrationInfo><alg:SigningMethod xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport" Algorithm="http://www.w3.org/2000/09/xmldsig#rsa-sha1"/>',
    ],
  },
  {
    code: "metadata.algorithm.misplaced",
    of: "sp",
    bad: [
      "<md:Organization>",
      '<md:Organization><md:Extensions><alg:DigestMethod xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/></md:Extensions>',
    ],
    good: [
      "</mdrpi:RegistrationInfo>",
      '</mdrpi:RegistrationInfo><a:DigestMethod xmlns:a="urn:oasis:names:tc:SAML:metadata:algsupport" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>',
    ],
  },
  {
    code: "metadata.algorithm.weak",
    of: "sp",
    bad: ["2009/xmlenc11#aes128-gcm", "2001/04/xmlenc#tripledes-cbc"],
    good: ["2009/xmlenc11#aes128-gcm", "2001/04/xmlenc#aes128-cbc"],
    profile: "saml2int",
  },
  {
    code: "metadata.endpoint.url",
    of: "sp",
    bad: ["https://sp.example.com/acs", "javascript:alert(1)"],
    good: ["https://sp.example.com/acs", "https://[2001:db8::1]:8443/acs?a=%20#x"],
  },
  {
    code: "metadata.endpoint.url",
    of: "sp",
    bad: ["https://sp.example.com/acs", "https://user@sp.example.com/acs"],
    good: ["https://sp.example.com/acs", "https://sp.example.com/@user"],
  },
  {
    code: "metadata.endpoint.insecure",
    of: "sp",
    bad: ["https://sp.example.com/acs", "HTTP://sp.example.com/acs"],
    good: ["https://sp.example.com/acs", "https://http.example.com/acs"],
  },
  {
    code: "metadata.endpoint.index_repeated",
    of: "sp",
    bad: ['acs2" index="1"', 'acs2" index="00"'],
    good: ['acs2" index="1"', 'acs2" index="10"'],
  },
  {
    code: "metadata.endpoint.defaults",
    of: "sp",
    bad: ['acs2" index="1"', 'acs2" index="1" isDefault="1"'],
    good: ['acs2" index="1"', 'acs2" index="1" isDefault="false"'],
  },
  {
    code: "metadata.endpoint.no_default",
    of: "sp",
    bad: [' isDefault="true"', ""],
    good: [' isDefault="true"', ' isDefault="1"'],
  },
  {
    code: "metadata.endpoint.artifact_resolution",
    of: "sp",
    bad: [
      `SingleLogoutService Binding="${B}HTTP-Redirect"`,
      `SingleLogoutService Binding="${B}HTTP-Artifact"`,
    ],
    good: [
      `SingleLogoutService Binding="${B}HTTP-Redirect"`,
      `SingleLogoutService Binding="${B}HTTP-POST"`,
    ],
  },
  {
    code: "metadata.endpoint.error_url",
    of: "sp",
    bad: [SP_ROLE, `${SP_ROLE}errorURL="http://sp.example.com/" `],
    good: [SP_ROLE, `${SP_ROLE}errorURL="https://sp.example.com/" `],
  },
  ...["/error", "sp.example.com", "https:///error", "https://sp.example.com/é"].map(
    (url): RuleCase => ({
      code: "metadata.endpoint.error_url_invalid",
      of: "sp",
      bad: [SP_ROLE, `${SP_ROLE}errorURL="${url}" `],
      good: [SP_ROLE, `${SP_ROLE}errorURL="https://sp.example.com/%C3%A9" `],
    }),
  ),
  {
    code: "metadata.binding.not_allowed",
    of: "sp",
    bad: [
      `Binding="${B}HTTP-POST" Location="https://sp.example.com/acs"`,
      `Binding="${B}HTTP-Redirect" Location="https://sp.example.com/acs"`,
    ],
    good: [
      `Binding="${B}HTTP-POST" Location="https://sp.example.com/acs"`,
      `Binding="${B}HTTP-POST-SimpleSign" Location="https://sp.example.com/acs"`,
    ],
  },
  {
    code: "metadata.binding.saml2_protocol",
    of: "sp",
    bad: [SAML2, 'protocolSupportEnumeration="urn:x:y"'],
    good: [SAML2, 'protocolSupportEnumeration="urn:x:y\n urn:oasis:names:tc:SAML:2.0:protocol"'],
  },
  {
    code: "metadata.binding.saml1_protocol",
    of: "idp",
    bad: [`Binding="${B}HTTP-POST"`, 'Binding="urn:oasis:names:tc:SAML:1.0:profiles:x"'],
    also: ["metadata.binding.not_allowed"],
  },
  {
    code: "metadata.binding.saml1_consumer",
    of: "sp",
    bad: [SAML2, SAML11],
    good: [SAML2, `${SAML2} `],
    also: ["metadata.name_id.saml1_formats"],
  },
  {
    code: "metadata.binding.sso_repeated",
    of: "idp",
    bad: [`Binding="${B}HTTP-POST"`, `Binding="${B}HTTP-Redirect"`],
    good: [`Binding="${B}HTTP-POST"`, `Binding="${B}SOAP"`],
  },
  {
    code: "metadata.binding.no_redirect",
    of: "idp",
    bad: [`Binding="${B}HTTP-Redirect"`, `Binding="${B}SOAP"`],
  },
  {
    code: "metadata.binding.no_post",
    of: "sp",
    all: true,
    bad: [ACS, ACS.replace("HTTP-POST", "PAOS")],
    good: [
      `${ACS} Location="https://sp.example.com/acs2"`,
      `${ACS.replace("HTTP-POST", "PAOS")} Location="https://sp.example.com/acs2"`,
    ],
  },
  {
    code: "metadata.binding.adfs",
    of: "idp",
    bad: [`Binding="${B}HTTP-POST"`, 'Binding="http://schemas.xmlsoap.org/ws/2003/07/secext"'],
  },
  {
    code: "metadata.holder_of_key.endpoint",
    of: "sp",
    bad: [
      `Binding="${B}HTTP-POST" Location="https://sp.example.com/acs"`,
      'Binding="urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser" Location="https://sp.example.com/acs"',
    ],
    good: [
      `Binding="${B}HTTP-POST" Location="https://sp.example.com/acs"`,
      `Binding="urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser" h:ProtocolBinding="${B}HTTP-POST" xmlns:h="urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser" Location="https://sp.example.com/acs"`,
    ],
  },
  {
    code: "metadata.name_id.formats",
    of: "sp",
    bad: ["nameid-format:transient", "nameid-format:kerberos"],
    good: ["nameid-format:transient", "nameid-format:persistent"],
    profile: "saml2int",
  },
  {
    code: "metadata.discovery.response_binding",
    of: "sp",
    bad: [
      'Binding="urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol"',
      'Binding="urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery"',
    ],
  },
];
