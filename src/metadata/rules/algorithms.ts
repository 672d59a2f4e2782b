import { attribute, children, is, quoted, ROLES, type Rule } from "./rule.ts";

const XENC = "http://www.w3.org/2001/04/xmlenc#";
const XENC11 = "http://www.w3.org/2009/xmlenc11#";
const DSIG = "http://www.w3.org/2000/09/xmldsig#";
const DSIG_MORE = "http://www.w3.org/2001/04/xmldsig-more#";
const DSIG11 = "http://www.w3.org/2009/xmldsig11#";
const DSIG_2007 = "http://www.w3.org/2007/05/xmldsig-more#";

const all = (base: string, ...names: readonly string[]): readonly string[] =>
  names.map((name) => base + name);

const GCM = all(XENC11, "aes128-gcm", "aes192-gcm", "aes256-gcm");
const CBC = all(XENC, "aes128-cbc", "aes192-cbc", "aes256-cbc", "tripledes-cbc");

/** Every encryption and key transport algorithm of XML Encryption 1.0 and 1.1. */
const ENCRYPTION: ReadonlySet<string> = new Set([
  ...GCM,
  ...CBC,
  ...all(
    XENC,
    "rsa-1_5",
    "rsa-oaep-mgf1p",
    "kw-aes128",
    "kw-aes192",
    "kw-aes256",
    "kw-tripledes",
    "dh",
  ),
  ...all(
    XENC11,
    "rsa-oaep",
    "ECDH-ES",
    "dh-es",
    "kw-aes-128-pad",
    "kw-aes-192-pad",
    "kw-aes-256-pad",
  ),
  // RFC 9231.
  ...all(DSIG_2007, "chacha20", "chacha20-poly1305"),
]);

/** Digests of RFC 9231, section 2.1, XML Signature and XML Encryption. */
const DIGEST: ReadonlySet<string> = new Set([
  `${DSIG}sha1`,
  ...all(XENC, "sha256", "sha512", "ripemd160"),
  ...all(DSIG_MORE, "md5", "sha224", "sha384"),
  ...all(DSIG_2007, "sha3-224", "sha3-256", "sha3-384", "sha3-512"),
]);

const HASHES = ["sha1", "sha224", "sha256", "sha384", "sha512"];

/** Signatures of RFC 9231, sections 2.2 and 2.3. */
const SIGNATURE: ReadonlySet<string> = new Set([
  ...all(DSIG, "rsa-sha1", "dsa-sha1", "hmac-sha1"),
  ...all(DSIG_MORE, "rsa-md5", "rsa-ripemd160"),
  ...HASHES.flatMap((hash) => all(DSIG_MORE, `rsa-${hash}`, `ecdsa-${hash}`, `hmac-${hash}`)),
  ...all(DSIG11, "dsa-sha256"),
  ...HASHES.map((hash) => `${DSIG_2007}${hash}-rsa-MGF1`),
  ...all(
    DSIG_2007,
    "rsa-pss",
    "rsa-whirlpool",
    "sha3-256-rsa-MGF1",
    "sha3-384-rsa-MGF1",
    "sha3-512-rsa-MGF1",
  ),
  ...all("http://www.w3.org/2021/04/xmldsig-more#", "eddsa-ed25519", "eddsa-ed448"),
]);

/** What nobody should still sign with or encrypt to: RFC 6151; Bleichenbacher's attack. */
const BROKEN: ReadonlySet<string> = new Set([
  `${XENC}rsa-1_5`,
  ...all(DSIG_MORE, "md5", "rsa-md5", "hmac-md5"),
]);

const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  EncryptionMethod: ENCRYPTION,
  DigestMethod: DIGEST,
  SigningMethod: SIGNATURE,
};

const ALGSUPPORT = "SAML V2.0 Metadata Profile for Algorithm Support, 2";

const SUPPORTING = ["md:EntityDescriptor", "md:RoleDescriptor", ...ROLES] as const;

export const algorithmRules: readonly Rule[] = [
  {
    code: "metadata.algorithm.on_signing_key",
    severity: "error",
    summary: "A signing key has encryption methods.",
    hint: "Move the EncryptionMethod to the encryption key, or remove it.",
    source: `${ALGSUPPORT}.3`,
    on: ["md:EncryptionMethod"],
    check: ({ ancestors }) => {
      const key = ancestors.at(-1);
      return key !== undefined && is(key, "md:KeyDescriptor") && attribute(key, "use") === "signing"
        ? "EncryptionMethod stands on a signing key."
        : undefined;
    },
  },
  {
    code: "metadata.algorithm.misplaced",
    severity: "error",
    summary: "An algorithm extension is not directly in the extensions of an entity or role.",
    hint: "Move it to the md:Extensions of the entity or role.",
    source: `${ALGSUPPORT}.4`,
    on: ["alg:*"],
    check: ({ element, ancestors }) =>
      is(ancestors.at(-1), "md:Extensions") && is(ancestors.at(-2), ...SUPPORTING)
        ? undefined
        : `alg:${element.localName} does not stand in the Extensions of an entity or role.`,
  },
  {
    code: "metadata.algorithm.unknown",
    severity: "warning",
    summary: "An algorithm is not one that XML Signature or XML Encryption knows.",
    hint: "Check the identifier for a typing mistake.",
    source: "RFC 9231; XML Encryption 1.1; UK federation check_uk_algorithms",
    severityIn: { ukf: "error" },
    on: ["md:EncryptionMethod", "alg:DigestMethod", "alg:SigningMethod", "ds:DigestMethod"],
    check: ({ element }) => {
      const algorithm = attribute(element, "Algorithm");
      return algorithm === undefined || (KNOWN[element.localName]?.has(algorithm) ?? true)
        ? undefined
        : `${element.localName} names ${quoted(algorithm)}.`;
    },
  },
  {
    code: "metadata.algorithm.broken",
    severity: "warning",
    summary: "An algorithm is named that is broken.",
    hint: "Leave it out: the other side may choose it.",
    source: "RFC 6151; RFC 8017, 7.2; UK federation check_uk_algorithms",
    severityIn: { ukf: "error" },
    on: ["md:EncryptionMethod", "alg:DigestMethod", "alg:SigningMethod"],
    check: ({ element }) => {
      const algorithm = attribute(element, "Algorithm") ?? "";
      return BROKEN.has(algorithm) ? `${element.localName} names ${algorithm}.` : undefined;
    },
  },
  {
    code: "metadata.algorithm.weak",
    severity: "error",
    summary: "An encryption method is broken or forbidden.",
    hint: "Leave it out: AES-GCM with RSA-OAEP is supported everywhere.",
    source: "Kantara IIP-ALG06; saml2int SDP-ALG01; NIST SP 800-131A",
    only: ["saml2int"],
    on: ["md:EncryptionMethod"],
    check: ({ element }) => {
      const algorithm = attribute(element, "Algorithm");
      return algorithm === `${XENC}tripledes-cbc` || algorithm === `${XENC}rsa-1_5`
        ? `EncryptionMethod names ${algorithm}.`
        : undefined;
    },
  },
  {
    code: "metadata.algorithm.only_cbc",
    severity: "warning",
    summary: "An encryption key names block ciphers in CBC mode alone.",
    hint: "Name aes128-gcm or aes256-gcm first: CBC in XML can be decrypted by an oracle.",
    source: "Kantara IIP-ALG04; saml2int SDP-ALG01",
    on: ["md:KeyDescriptor"],
    check: ({ element }) => {
      const named = children(element, "md:EncryptionMethod").map(
        (method) => attribute(method, "Algorithm") ?? "",
      );
      return named.some((algorithm) => CBC.includes(algorithm)) &&
        !named.some((algorithm) => GCM.includes(algorithm))
        ? "Every block cipher is in CBC mode."
        : undefined;
    },
  },
  {
    code: "metadata.algorithm.repeated",
    severity: "notice",
    summary: "An algorithm is listed twice.",
    hint: "Remove one of them.",
    source: `${ALGSUPPORT}`,
    on: ["md:Extensions"],
    check: ({ element }) =>
      (["alg:DigestMethod", "alg:SigningMethod"] as const)
        .filter((name) => {
          const keys = children(element, name).map(({ attributes }) =>
            attributes
              .map(({ localName, value }) => `${localName}=${value}`)
              .sort()
              .join(" "),
          );
          return new Set(keys).size < keys.length;
        })
        .map((name) => `${name} lists an algorithm twice.`),
  },
];
