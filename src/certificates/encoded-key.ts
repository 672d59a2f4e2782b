import { toHex } from "../core/bytes.ts";
import type { inputCodes } from "../core/codes/certificates/input.ts";
import { SEQUENCE } from "./der/reader.ts";
import { derSize } from "./der/size.ts";
import { type DerKind, kindOfDer } from "./kind.ts";
import { isBase64 } from "./pem/base64.ts";
import { base64Bytes } from "./pem/base64-head.ts";

export type SecretCode = Extract<keyof typeof inputCodes, `secret.${string}`>;

/**
 * The code of the first private key in PEM, base64 or DER; undefined if there is none. Finds what PEM and
 * DER can contain, which is all that strict reading asks; `findPrivateKey` knows every other dress.
 */
export function findEncodedKey(input: string | Uint8Array): SecretCode | undefined {
  return typeof input === "string" ? keyInPem(input) : keyInDer(input);
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

function keyInPem(text: string): SecretCode | undefined {
  if (LABEL.test(text)) return ENCRYPTED.test(text) ? "secret.encrypted_key" : "secret.private_key";
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
export const KEYSTORE: RegExp = /(?:feedfeed|cececece)0000/i;
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
