import { cut, quoted } from "../../core/quote.ts";
import { namespaces } from "../../core/uris.ts";
import { attribute, children, is } from "./find.ts";
import { type MetadataRule, type MetadataRules, ROLES } from "./rule.ts";

const XENC = namespaces.xenc;
const XENC11 = "http://www.w3.org/2009/xmlenc11#";
const DSIG = namespaces.ds;
const DSIG_MORE = "http://www.w3.org/2001/04/xmldsig-more#";
const DSIG11 = "http://www.w3.org/2009/xmldsig11#";
const DSIG_2007 = "http://www.w3.org/2007/05/xmldsig-more#";
const DSIG_2021 = "http://www.w3.org/2021/04/xmldsig-more#";

const all = (base: string, ...names: readonly string[]): readonly string[] =>
  names.map((name) => base + name);

const RSA_1_5 = `${XENC}rsa-1_5`;
const TRIPLE_DES = `${XENC}tripledes-cbc`;
const GCM = all(XENC11, "aes128-gcm", "aes192-gcm", "aes256-gcm");
const CBC = [...all(XENC, "aes128-cbc", "aes192-cbc", "aes256-cbc"), TRIPLE_DES];

/** The encryption and key transport algorithms of XML Encryption 1.0 and 1.1, and of RFC 9231. */
const ENCRYPTION: ReadonlySet<string> = new Set([
  ...GCM,
  ...CBC,
  ...all(XENC, "rsa-1_5", "rsa-oaep-mgf1p", "dh"),
  ...all(XENC, "kw-aes128", "kw-aes192", "kw-aes256", "kw-tripledes"),
  ...all(XENC11, "rsa-oaep", "ECDH-ES", "dh-es"),
  ...all(XENC11, "kw-aes-128-pad", "kw-aes-192-pad", "kw-aes-256-pad"),
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
  `${DSIG11}dsa-sha256`,
  ...HASHES.map((hash) => `${DSIG_2007}${hash}-rsa-MGF1`),
  ...all(DSIG_2007, "rsa-pss", "rsa-whirlpool"),
  ...all(DSIG_2007, "sha3-256-rsa-MGF1", "sha3-384-rsa-MGF1", "sha3-512-rsa-MGF1"),
  ...all(DSIG_2021, "eddsa-ed25519", "eddsa-ed448"),
]);

/** Insecure algorithms for signing or encryption: RFC 6151; Bleichenbacher's attack. */
const BROKEN: ReadonlySet<string> = new Set([
  RSA_1_5,
  ...all(DSIG_MORE, "md5", "rsa-md5", "hmac-md5"),
]);

const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  EncryptionMethod: ENCRYPTION,
  DigestMethod: DIGEST,
  SigningMethod: SIGNATURE,
};

const SUPPORTING = ["md:EntityDescriptor", "md:RoleDescriptor", ...ROLES] as const;

/** Judges the algorithm that an element names. */
function ofAlgorithm(
  on: MetadataRule["on"],
  isWrong: (algorithm: string, localName: string) => boolean,
): MetadataRule {
  return {
    on,
    check: ({ element }) => {
      const algorithm = attribute(element, "Algorithm");
      return (
        algorithm !== undefined &&
        isWrong(algorithm, element.localName) && {
          values: { element: element.localName, algorithm: quoted(algorithm) },
        }
      );
    },
  };
}

export const algorithmRules: MetadataRules<
  | "metadata.algorithm.on_signing_key"
  | "metadata.algorithm.misplaced"
  | "metadata.algorithm.unknown"
  | "metadata.algorithm.broken"
  | "metadata.algorithm.weak"
  | "metadata.algorithm.only_cbc"
  | "metadata.algorithm.repeated"
> = {
  "metadata.algorithm.on_signing_key": {
    on: ["md:KeyDescriptor"],
    check: ({ element }) =>
      attribute(element, "use") === "signing" &&
      children(element, "md:EncryptionMethod").length > 0,
  },
  "metadata.algorithm.misplaced": {
    on: ["alg:*"],
    check: ({ element, ancestors }) =>
      !(is(ancestors.at(-1), "md:Extensions") && is(ancestors.at(-2), ...SUPPORTING)) && {
        values: { element: `<alg:${cut(element.localName)}>` },
      },
  },
  "metadata.algorithm.unknown": ofAlgorithm(
    ["md:EncryptionMethod", "alg:DigestMethod", "alg:SigningMethod", "ds:DigestMethod"],
    (algorithm, localName) => KNOWN[localName]?.has(algorithm) === false,
  ),
  "metadata.algorithm.broken": ofAlgorithm(
    ["md:EncryptionMethod", "alg:DigestMethod", "alg:SigningMethod"],
    (algorithm) => BROKEN.has(algorithm),
  ),
  "metadata.algorithm.weak": {
    ...ofAlgorithm(
      ["md:EncryptionMethod"],
      (algorithm) => algorithm === TRIPLE_DES || algorithm === RSA_1_5,
    ),
    optIn: true,
  },
  "metadata.algorithm.only_cbc": {
    on: ["md:KeyDescriptor"],
    check: ({ element }) => {
      const named = children(element, "md:EncryptionMethod").map(
        (method) => attribute(method, "Algorithm") ?? "",
      );
      return (
        named.some((algorithm) => CBC.includes(algorithm)) &&
        !named.some((algorithm) => GCM.includes(algorithm))
      );
    },
  },
  "metadata.algorithm.repeated": {
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
        .map((name) => ({ values: { element: `<${name}>` } })),
  },
};
