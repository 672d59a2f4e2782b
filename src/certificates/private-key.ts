import { toHex } from "../core/bytes.ts";
import type { inputCodes } from "../core/codes/certificate-input.ts";
import { SEQUENCE } from "./der/reader.ts";
import { derSize, isDer } from "./der/size.ts";
import { type DerKind, kindOfDer } from "./kind.ts";
import { isBase64 } from "./pem/base64.ts";
import { base64Bytes } from "./pem/base64-head.ts";

export type SecretCode = Extract<keyof typeof inputCodes, `secret.${string}`>;

/**
 * The code of the first private key in a text or file, in any dress; undefined if there is none. The
 * one detector of all layers: certificates, metadata and the command line ask it at the door.
 */
export function findPrivateKey(input: string | Uint8Array): SecretCode | undefined {
  return typeof input === "string" ? keyInText(unescaped(input)) : keyInBytes(input);
}

/** Looks at a file as DER, or as text. */
function keyInBytes(bytes: Uint8Array): SecretCode | undefined {
  const found = keyInDer(bytes);
  if (found !== undefined || isDer(bytes)) return found;
  return findPrivateKey(new TextDecoder().decode(bytes));
}

/** Looks at the head of each of the DER elements that follow one another. */
function keyInDer(bytes: Uint8Array): SecretCode | undefined {
  for (let at = 0, size = 1; at < bytes.length && size > 0; at += size) {
    const head = bytes.subarray(at, at + HEAD);
    const found = keyOfHead(head);
    if (found !== undefined) return found;
    size = derSize(head);
  }
  return undefined;
}

function keyInText(text: string): SecretCode | undefined {
  if (LABEL.test(text)) return ENCRYPTED.test(text) ? "secret.encrypted_key" : "secret.private_key";
  if (FORMS.some((form) => form.every((sign) => sign.test(text)))) return "secret.private_key";
  const digits = text.replaceAll(BETWEEN_PAIRS, "");
  if (KEYSTORE.test(digits)) return "secret.keystore";
  if (HEX.test(digits)) return "secret.private_key";
  for (const { index } of text.matchAll(BASE64)) {
    const found = keyInBase64(text, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Looks at the DER in a run of base64, and at what follows it there; within a run, at one head only. */
function keyInBase64(text: string, start: number): SecretCode | undefined {
  const head = Uint8Array.from(base64Bytes(text, start, HEAD));
  const size = derSize(head);
  if (head[0] === SEQUENCE && size < HEAD) return undefined;
  const isWithin = start > 0 && isBase64(text.charCodeAt(start - 1));
  if (isWithin || size === 0) return keyOfHead(head);
  return keyOfHead(head) ?? keyInDer(Uint8Array.from(base64Bytes(text, start, size + HEAD)));
}

/** Bytes that tell the kind of a key, its algorithm included. */
const HEAD = 48;

/** JKS and JCEKS. */
const KEYSTORE = /(?:feedfeed|cececece)0000/i;
/** OpenSSH, ssh.com, PVK, and the blobs of CryptoAPI and CNG (RSA2, RSA3, ECS2 to 6, ECK2 to 6). */
const BLOB =
  /^(?:6f70656e7373682d6b6579|3f6ff9eb|1ef1b5b00000|0702000000[2a]40000|5253413[23]....0000|4543(?:53|4b)3[246]..000000)/;

const KEYS: Readonly<Partial<Record<DerKind, SecretCode>>> = {
  pkcs8: "secret.private_key",
  pkcs1_private: "secret.private_key",
  sec1_private: "secret.private_key",
  encrypted_pkcs8: "secret.encrypted_key",
  pkcs12: "secret.pkcs12",
};

function keyOfHead(head: Uint8Array): SecretCode | undefined {
  const hex = toHex(head.subarray(0, 16));
  if (hex.search(KEYSTORE) === 0) return "secret.keystore";
  return BLOB.test(hex) ? "secret.private_key" : KEYS[kindOfDer(head)];
}

/** Where base64 of one of them can begin, also inside a longer word. */
const BASE64 = /M\s{0,3}[A-I]|\/u3\+7|zs7Oz|b3BlbnNz|P2\/56|HvG1s|BwIAA|UlNB[Mm]|RUN[TL]/g;

/** A BEGIN or END line of PEM or OpenPGP, and base64 of one in each of the three alignments. */
const LABEL =
  /(?:BEGIN|END)[\W_]{0,12}(?:(?:RSA|DSA|EC|ANY|ENCRYPTED|OPENSSH|SSH2|PGP)[\W_]{0,12}){0,3}(?:PRIVATE|SECRET)[\W_]{0,12}KEY|UFJJVkFURSBLRVk|BSSVZBVEUgS0VZ|QUklWQVRFIEtFW/i;
/** Also in RFC 1421's `Proc-Type: 4,ENCRYPTED`, with which OpenSSL encrypted keys in the past. */
const ENCRYPTED = /ENCRYPTED/;

/** PuTTY, age, and what OpenSSL, GnuTLS and `openssl asn1parse` print of a key. */
const WORDS =
  /PuTTY-User-Key-File|AGE-SECRET-KEY-1|Private-Key:|private ?exponent:|(?:^|\n)\s{0,80}priv:\s|d=0[^\n]{0,60}SEQUENCE\s{1,80}[^\n]{0,60}d=1[^\n]{0,60}INTEGER\s{0,20}:0[0-3]\s/i;

/** The private parts of a KeyValue in XML, with or without a prefix. */
const XML = [
  /RSAKeyPair|KeyValue|RSAParameters/,
  /<(?:[\w.-]{1,40}:)?(?:D|DP|DQ|InverseQ)[\s>]/,
] as const;
const DSA_XML = [/DSAKeyValue/, /<(?:[\w.-]{1,40}:)?X[\s>]/] as const;

/** RFC 7518: `d` of an EC, OKP or RSA key, `k` of a symmetric one; in JSON, YAML or what programs print. */
const JWK = [/kty/, /[\s"'`{,-][dk]["'`\s]*(?::|=>)["'`\s]*[\w+/-]/] as const;

/** DER that was read as text: a SEQUENCE with a version, or with PKCS #5's or #12's identifier. */
const BINARY =
  /(?<!\w)0[\s\S]{1,3}?(?:(?<!␃)␂␁(?:[␀␁][0␂␄]|␃0)|0[\s\S]{1,3}?␆\t\*[\s\S]{2,5}\r␁[␅␌])/;

/** Forms of a key that all their signs give away. */
const FORMS: readonly (readonly RegExp[])[] = [[WORDS], [BINARY], XML, DSA_XML, JWK];

/** What stands between two bytes in hex. */
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
