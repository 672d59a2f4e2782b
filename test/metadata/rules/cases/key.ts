import type { RuleCase } from "./case.ts";

const ENCRYPTION = '<md:KeyDescriptor use="encryption">';
const FIRST_KEY = "<ds:KeyInfo>";
const GCM128 = '<md:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"/>';
const GCM256 = '<md:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>';
const CBC128 = GCM128.replace("2009/xmlenc11#aes128-gcm", "2001/04/xmlenc#aes128-cbc");
const OAEP =
  '<md:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>\n    </md:KeyDescriptor>';
const DIGEST =
  '<alg:DigestMethod xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>';
const UI = "<mdui:UIInfo>";
/** The first certificate, without its end tag. */
const CERTIFICATE = /<ds:X509Certificate>[^<]*</;
const KEY_NAME = "<ds:KeyInfo><ds:KeyName>k</ds:KeyName>";
const NAMED_KEY = `${KEY_NAME}</ds:KeyInfo></md:KeyDescriptor><md:KeyDescriptor use="signing"><ds:KeyInfo>`;
const KEY_VALUE =
  "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>";
const SERIAL =
  "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=a</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial>";

/** How many keys there are, what for, and what they are described by. */
export const keyCases: readonly RuleCase[] = [
  {
    code: "metadata.key.requests_signed",
    of: "sp",
    // A name alone is no key.
    bad: [
      /<md:KeyDescriptor use="signing">[\s\S]*?<\/ds:KeyInfo>/,
      `<md:KeyDescriptor use="signing">${KEY_NAME}</ds:KeyInfo>`,
    ],
    good: [/<ds:X509Data>[\s\S]*?<\/ds:X509Data>/, KEY_VALUE],
    also: ["metadata.key.no_certificate", "metadata.key.logout"],
    goodAlso: ["metadata.key.no_certificate"],
  },
  ...[KEY_VALUE, "<ds:KeyName>k</ds:KeyName>"].map(
    (key): RuleCase => ({
      code: "metadata.key.no_certificate",
      of: "sp",
      bad: [
        FIRST_KEY,
        `<ds:KeyInfo>${key}</ds:KeyInfo></md:KeyDescriptor><md:KeyDescriptor use="signing"><ds:KeyInfo>`,
      ],
      good: [FIRST_KEY, `<ds:KeyInfo>${key}`],
    }),
  ),
  {
    code: "metadata.key.issuers",
    of: "sp",
    bad: [CERTIFICATE, "<ds:X509Certificate>{CA}</ds:X509Certificate><ds:X509Certificate>{LEAF}<"],
    good: [CERTIFICATE, "<ds:X509Certificate>{LEAF}<"],
    also: ["sig.ca_issued"],
    goodAlso: ["sig.ca_issued"],
  },
  {
    code: "metadata.key.same",
    of: "sp",
    bad: [
      /(<md:KeyDescriptor use="signing">[\s\S]*?<\/md:KeyDescriptor>)/,
      (_, key) => key + key.replace("signing", "encryption"),
    ],
    // One key without a use says the same, and is how most publish it.
    good: [
      /(<md:KeyDescriptor use="signing">[\s\S]*?<\/md:KeyDescriptor>)[\s\S]*<\/md:KeyDescriptor>/,
      (_, key) => key.replace(' use="signing"', ""),
    ],
    also: ["metadata.key.encryption_rotation"],
  },
  {
    code: "metadata.key.rotation",
    of: "sp",
    bad: [' use="encryption"', ""],
    good: [/(<md:KeyDescriptor use="signing">[\s\S]*?<\/md:KeyDescriptor>)/, (_, key) => key + key],
    also: [],
  },
  {
    code: "metadata.key.encryption_rotation",
    of: "sp",
    bad: [' use="signing"', ""],
    good: [
      /(<md:KeyDescriptor use="encryption">[\s\S]*?<\/md:KeyDescriptor>)/,
      (_, key) => key + key,
    ],
  },
  {
    code: "metadata.key.no_descriptor",
    of: "sp",
    bad: [/<md:KeyDescriptor [\s\S]*<\/md:KeyDescriptor>/, ""],
    good: [/<md:KeyDescriptor use="signing">[\s\S]*?<\/md:KeyDescriptor>/, ""],
    profile: "ukf",
    also: ["metadata.key.sp_encryption", "metadata.key.requests_signed", "metadata.key.logout"],
    goodAlso: ["metadata.key.requests_signed", "metadata.key.logout"],
  },
  {
    code: "metadata.key.not_embedded",
    of: "sp",
    bad: [FIRST_KEY, NAMED_KEY],
    good: [FIRST_KEY, KEY_NAME],
    profile: "ukf",
    also: ["metadata.key.no_certificate"],
  },
  {
    code: "metadata.key.name",
    of: "idp",
    bad: [FIRST_KEY, KEY_NAME],
    good: ["<ds:X509Data>", "<ds:X509Data><ds:X509SubjectName>CN=k</ds:X509SubjectName>"],
    profile: "ukf",
  },
  {
    code: "metadata.key.serial_number",
    of: "idp",
    bad: ["<ds:X509Data>", SERIAL],
    good: ["<ds:X509Data>", "<ds:X509Data><ds:X509SKI>AAAA</ds:X509SKI>"],
    profile: "ukf",
  },
  {
    code: "metadata.algorithm.only_cbc",
    of: "sp",
    bad: [`${GCM128}\n      ${GCM256}`, CBC128],
    good: [GCM128, CBC128],
  },
  {
    code: "metadata.algorithm.only_cbc",
    of: "sp",
    bad: [`${GCM128}\n      ${GCM256}`, CBC128.replace("aes128-cbc", "tripledes-cbc")],
    // Key transport alone says nothing of the block cipher.
    good: [`${GCM128}\n      ${GCM256}`, ""],
  },
  {
    code: "metadata.algorithm.repeated",
    of: "sp",
    bad: [UI, DIGEST + DIGEST + UI],
    good: [UI, DIGEST + DIGEST.replace("sha256", "sha512") + UI],
  },
  {
    code: "metadata.algorithm.on_signing_key",
    of: "sp",
    bad: ["</ds:KeyInfo>", `</ds:KeyInfo>${GCM128}`],
    good: [OAEP, OAEP.replace("rsa-oaep-mgf1p", "kw-aes128")],
  },
  {
    code: "metadata.algorithm.misplaced",
    of: "sp",
    bad: [ENCRYPTION, `${ENCRYPTION}${DIGEST}`],
    good: ["<md:Extensions>", `<md:Extensions>${DIGEST}`],
    also: ["metadata.schema.content"],
  },
];
