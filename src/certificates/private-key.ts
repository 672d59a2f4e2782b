import { isDer } from "./der/size.ts";
import { findEncodedKey, KEYSTORE, type SecretCode } from "./encoded-key.ts";

/**
 * The code of the first private key in a text or file, in any form; undefined if there is none. The
 * one detector of all layers: certificates, metadata and the command line ask it at the door.
 */
export function findPrivateKey(input: string | Uint8Array): SecretCode | undefined {
  return typeof input === "string" ? keyInText(unescaped(input)) : keyInBytes(input);
}

/** Looks at a file as DER, or as text. */
function keyInBytes(bytes: Uint8Array): SecretCode | undefined {
  const found = findEncodedKey(bytes);
  if (found !== undefined || isDer(bytes)) return found;
  return findPrivateKey(new TextDecoder().decode(bytes));
}

function keyInText(text: string): SecretCode | undefined {
  const encoded = findEncodedKey(text);
  if (encoded !== undefined) return encoded;
  if (FORMS.some((form) => form.every((sign) => sign.test(text)))) return "secret.private_key";
  const digits = text.replaceAll(BETWEEN_PAIRS, "");
  if (KEYSTORE.test(digits)) return "secret.keystore";
  return HEX.test(digits) ? "secret.private_key" : undefined;
}

/** PuTTY, XKMS, age, and what OpenSSL, GnuTLS and `openssl asn1parse` print of a key. */
const WORDS =
  /PuTTY-User-Key-File|RSAKeyPair[\s>]|AGE-SECRET-KEY-1|Private-Key:|private ?exponent:|(?:^|\n)\s{0,80}priv:\s|d=0[^\n]{0,60}SEQUENCE\s{1,80}[^\n]{0,60}d=1[^\n]{0,60}INTEGER\s{0,20}:0[0-3]\s/i;

/** The private parts of a KeyValue in XML, with or without a prefix. */
const XML = [/KeyValue|RSAParameters/, /<(?:[\w.-]{1,40}:)?(?:D|DP|DQ|InverseQ)[\s>]/] as const;
const DSA_XML = [/DSAKeyValue/, /<(?:[\w.-]{1,40}:)?X[\s>]/] as const;

/** RFC 7518: `d` of an EC, OKP or RSA key, `k` of a symmetric one; in JSON, YAML or what programs print. */
const JWK = [/kty/, /[\s"'`{,-][dk]["'`\s]*(?::|=>)["'`\s]*[\w+/-]/] as const;

/** DER that was read as text: a SEQUENCE with a version, or with PKCS #5's or #12's identifier. */
const BINARY =
  /(?<!\w)0[\s\S]{1,3}?(?:(?<!␃)␂␁(?:[␀␁][0␂␄]|␃0)|0[\s\S]{1,3}?␆\t\*[\s\S]{2,5}\r␁[␅␌])/;

/** Forms of a key that all their signs give away. */
const FORMS: readonly (readonly RegExp[])[] = [[WORDS], [BINARY], XML, DSA_XML, JWK];

/** The text between two bytes in hex. */
const BETWEEN_PAIRS = /0x|&h|byte|[^\da-z]+/gi;
/**
 * A SEQUENCE with a version, and an OCTET STRING, a modulus or the identifier of a key's algorithm, which
 * the end of a row may interrupt; PVK and the blob of CryptoAPI.
 */
const HEX =
  /30(?:82....|81..|[0-7].)02010[0-3](?:04|028[12]|30..06(?:092a864886f7.{0,60}?0d010101|072a8648ce3d02|032b65..04))|1ef1b5b00000|0702000000[2a]40000/i;

/** The escapes of string literals, URLs and HTML. */
const ESCAPES =
  /(?<!\\)\\{1,18}(?:(?:u00|x)([\da-f]{2})|([0-3][0-7]{2})|([rnt])|["'/])|%([2-7][\da-f])|&(?:quot|nbsp|#34|#x22);/gi;

/** Without escapes and NULs; other control characters as their pictures, such as U+2402 for 2. */
function unescaped(text: string): string {
  const plain = /[\\%&]/.test(text) ? text.replaceAll(ESCAPES, meaningOf) : text;
  const isUtf16 = /(?:[ -~]\0){8}/.test(plain);
  return plain.replaceAll(/[^\P{Cc}\t\n\r]/gu, (control) =>
    isUtf16 && control === "\0" ? "" : String.fromCharCode(0x2400 + control.charCodeAt(0)),
  );
}

function meaningOf(all: string, hex?: string, octal?: string, letter?: string, percent?: string) {
  const digits = hex ?? percent;
  if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  if (letter !== undefined) return { r: "\r", n: "\n", t: "\t" }[letter] ?? all;
  return all.startsWith("&") ? '"' : all.slice(-1);
}
