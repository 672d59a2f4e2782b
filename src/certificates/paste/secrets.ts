import type { CodeEntry } from "../../core/finding.ts";
import { INTEGER, OID, SEQUENCE } from "../der/reader.ts";
import { type DerKind, kindOfDer } from "../kind.ts";
import { isBase64 } from "../pem/base64.ts";
import { secretPrivateKey } from "../pem/codes.ts";
import type { Marker } from "./armour.ts";
import { base64Bytes, sixBits } from "./base64-head.ts";
import { beginsLikeKeystore } from "./byte-list.ts";
import { secretEncryptedKey, secretKeystore, secretPkcs12 } from "./kind-codes.ts";

/** What a secret in DER is called; undefined for all that may be shown. */
function secretOfKind(kind: DerKind): CodeEntry | undefined {
  switch (kind) {
    case "pkcs8":
    case "pkcs1_private":
    case "sec1_private":
      return secretPrivateKey;
    case "encrypted_pkcs8":
      return secretEncryptedKey;
    case "pkcs12":
      return secretPkcs12;
    default:
      return undefined;
  }
}

export function secretOfBytes(bytes: Uint8Array): CodeEntry | undefined {
  return beginsLikeKeystore(bytes) ? secretKeystore : secretOfKind(kindOfDer(bytes));
}

/** The first private key in a text, in whatever form, with or without its armour. */
export function findSecret(text: string, markers: readonly Marker[]): CodeEntry | undefined {
  return secretOfMarkers(text, markers) ?? secretOfWords(text) ?? secretOfRuns(text);
}

function secretOfMarkers(text: string, markers: readonly Marker[]): CodeEntry | undefined {
  const marker = markers.find(({ label }) => /PRIVATE|SECRET/.test(label));
  if (marker === undefined) return undefined;
  // RFC 1421's DEK-Info belongs to keys that OpenSSL encrypted the old way.
  const encrypted = marker.label.startsWith("ENCRYPTED") || text.includes("DEK-Info");
  return encrypted ? secretEncryptedKey : secretPrivateKey;
}

/**
 * Words that only private keys come with: PuTTY and age, `openssl pkey -text`, .NET's XML (that of
 * XML Signature has no private parts).
 */
const WORDS = [
  ...[
    "PuTTY-User-Key-File",
    "AGE-SECRET-KEY-",
    "age-secret-key-1",
    "privateExponent:",
    "Private-Key: (",
  ],
  ...["<D>", "<D "],
];

function secretOfWords(text: string): CodeEntry | undefined {
  const word = WORDS.find((one) => text.includes(one));
  if (word !== undefined && (!word.startsWith("<") || text.includes("RSAKeyValue")))
    return secretPrivateKey;
  return text.includes("kty") && hasPrivateMember(text) ? secretPrivateKey : undefined;
}

/** RFC 7518, 6.2.2, 6.3.2 and 6.4: d of EC, OKP and RSA keys, k of symmetric ones. */
const PRIVATE_MEMBERS = "dk";
const NAME_EDGES = "\"'`{,-\n\r\t ";

/** True if `d` or `k` has a value: in JSON, YAML or what a program prints, however it is spaced. */
function hasPrivateMember(text: string): boolean {
  for (let i = 1; i < text.length; i++) {
    const character = text.charAt(i);
    if (character !== ":" && (character !== ">" || text.charAt(i - 1) !== "=")) continue;
    const name = skip(text, character === ":" ? i - 1 : i - 2, -1);
    if (!PRIVATE_MEMBERS.includes(text.charAt(name) || "?")) continue;
    if (!NAME_EDGES.includes(text.charAt(name - 1))) continue;
    if (sixBits(text.charCodeAt(skip(text, i + 1, 1))) >= 0) return true;
  }
  return false;
}

/** Over white space and quotes, forwards or backwards. */
function skip(text: string, from: number, step: 1 | -1): number {
  let i = from;
  while (i >= 0 && i < text.length && " \t\r\n\"'`".includes(text.charAt(i))) i += step;
  return i;
}

/** How many bytes of a run of base64 are looked at: enough for the shape of a key. */
const HEAD = 48;

/** What begins with a magic number: OpenSSH's keys, those of ssh.com, Java's keystores. */
const MAGIC: readonly (readonly [bytes: readonly number[], entry: CodeEntry])[] = [
  // "openssh-key-v1"
  [[...[0x6f, 0x70, 0x65, 0x6e, 0x73, 0x73], ...[0x68, 0x2d, 0x6b, 0x65, 0x79]], secretPrivateKey],
  [[0x3f, 0x6f, 0xf9, 0xeb, 0x00, 0x00], secretPrivateKey],
  [[0xfe, 0xed, 0xfe, 0xed, 0x00, 0x00], secretKeystore],
  [[0xce, 0xce, 0xce, 0xce, 0x00, 0x00], secretKeystore],
];

/** Private keys without armour or behind a wrong label. */
function secretOfRuns(text: string): CodeEntry | undefined {
  let previous = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const inside = isBase64(code);
    if (inside && !previous) {
      const secret = secretOfRun(text, i, code);
      if (secret !== undefined) return secret;
    }
    previous = inside;
  }
  return undefined;
}

const M = 77;

function secretOfRun(text: string, start: number, first: number): CodeEntry | undefined {
  if (first === M) {
    let second = start + 1;
    while (text.charCodeAt(second) <= 32) second++;
    // Base64 of the tag and of any length that a key has: MA to MI.
    const code = text.charCodeAt(second);
    if (code < 65 || code > 73) return undefined;
    if (!beginsLikeKey(base64Bytes(text, start, 9))) return undefined;
    return secretOfKind(kindOfDer(Uint8Array.from(base64Bytes(text, start, HEAD))));
  }
  const found = MAGIC.find(([[byte = 0]]) => sixBits(first) === byte >> 2);
  if (found === undefined) return undefined;
  const bytes = base64Bytes(text, start, found[0].length);
  return found[0].every((byte, i) => byte === bytes[i]) ? found[1] : undefined;
}

/**
 * A quick look, because a text may have a run on every line: SEQUENCE, then a version, or the
 * SEQUENCE of an algorithm (RFC 5958, 3).
 */
function beginsLikeKey(bytes: readonly number[]): boolean {
  const content = contentOf(bytes, 0);
  if (bytes[0] !== SEQUENCE) return false;
  return bytes[content] === SEQUENCE
    ? bytes[contentOf(bytes, content)] === OID
    : bytes[content] === INTEGER && bytes[content + 1] === 1;
}

/** Behind the tag and the length. */
function contentOf(bytes: readonly number[], at: number): number {
  const length = bytes[at + 1] ?? 0;
  return at + 2 + (length < 0x80 ? 0 : length & 0x7f);
}
