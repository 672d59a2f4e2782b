import type { CodeEntry } from "../../core/finding.ts";
import { type DerKind, kindOfDer } from "../kind.ts";
import { decodeBase64, isBase64 } from "../pem/base64.ts";
import { secretPrivateKey } from "../pem/codes.ts";
import type { Marker } from "./armour.ts";
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

/** Magic numbers of JKS and JCEKS keystores. */
const KEYSTORES = ["feedfeed", "cececece"];

export function secretOfBytes(bytes: Uint8Array): CodeEntry | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const magic = (((a << 24) | (b << 16) | (c << 8) | d) >>> 0).toString(16);
  return KEYSTORES.includes(magic) ? secretKeystore : secretOfKind(kindOfDer(bytes));
}

/** The first private key in a text, in whatever form, with or without its armour. */
export function findSecret(text: string, markers: readonly Marker[]): CodeEntry | undefined {
  return secretOfMarkers(text, markers) ?? secretOfWords(text) ?? secretOfRuns(text);
}

function secretOfMarkers(text: string, markers: readonly Marker[]): CodeEntry | undefined {
  const marker = markers.find(({ label }) => label.replaceAll(" ", "").includes("PRIVATEKEY"));
  if (marker === undefined) return undefined;
  // RFC 1421's DEK-Info belongs to keys that OpenSSL encrypted the old way.
  const encrypted = marker.label.startsWith("ENCRYPTED") || text.includes("DEK-Info");
  return encrypted ? secretEncryptedKey : secretPrivateKey;
}

function secretOfWords(text: string): CodeEntry | undefined {
  if (text.includes("PuTTY-User-Key-File") || text.includes("AGE-SECRET-KEY-"))
    return secretPrivateKey;
  const isJwk = text.includes('"kty"') || text.includes("'kty'");
  // RFC 7518, 6.2.2, 6.3.2 and 6.4: d of EC, OKP and RSA keys, k of symmetric ones.
  if (isJwk && (hasMember(text, "d") || hasMember(text, "k"))) return secretPrivateKey;
  // XML Signature has no private keys, but .NET writes them this way.
  if (text.includes("RSAKeyValue") && text.includes("<D>")) return secretPrivateKey;
  return undefined;
}

function hasMember(text: string, name: string): boolean {
  for (const quote of ['"', "'"]) {
    const key = `${quote}${name}${quote}`;
    for (let i = text.indexOf(key); i >= 0; i = text.indexOf(key, i + 1)) {
      if (
        text
          .slice(i + key.length, i + key.length + 8)
          .trimStart()
          .startsWith(":")
      )
        return true;
    }
  }
  return false;
}

/** How much of a run of base64 is looked at: enough for the shape of a key. */
const HEAD = 64;
/** Base64 of `openssh-key-v1`, and of `-----`. */
const OPENSSH = "b3BlbnNzaC1rZXktdjE";
const DASHES = "LS0tLS1";

/** Private keys without armour, behind a wrong label, or in a second layer of base64. */
function secretOfRuns(text: string): CodeEntry | undefined {
  let previous = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const inside = isBase64(code);
    if (inside && !previous) {
      const secret = secretOfRun(text, i);
      if (secret !== undefined) return secret;
    }
    previous = inside;
  }
  return undefined;
}

function secretOfRun(text: string, start: number): CodeEntry | undefined {
  const first = text.charAt(start);
  if (first === "M") return beginsLikeKey(text, start) ? secretOfDerRun(text, start) : undefined;
  if (first === "b") return text.startsWith(OPENSSH, start) ? secretPrivateKey : undefined;
  return first === "L" && text.startsWith(DASHES, start)
    ? secretOfNestedRun(text, start)
    : undefined;
}

function decodeRun(text: string, start: number, length: number): Uint8Array | undefined {
  const head = headOfRun(text, start, length);
  const decoded = decodeBase64(head, 0, head.length - (head.length & 3));
  return decoded.fault === undefined ? decoded.bytes : undefined;
}

function secretOfDerRun(text: string, start: number): CodeEntry | undefined {
  const bytes = decodeRun(text, start, HEAD);
  return bytes && secretOfKind(kindOfDer(bytes));
}

function secretOfNestedRun(text: string, start: number): CodeEntry | undefined {
  const bytes = decodeRun(text, start, HEAD);
  return bytes && new TextDecoder().decode(bytes).includes("PRIVATE KEY")
    ? secretPrivateKey
    : undefined;
}

/** No key is wrapped at fewer columns. */
const SHORTEST_LINE = 8;

/** A quick look, because a text may have a run on every line: SEQUENCE, then a version or a SEQUENCE. */
function beginsLikeKey(text: string, start: number): boolean {
  // Base64 of the tag and of any length that a key has: MC to MI.
  const second = text.charAt(start + 1);
  if (second < "A" || second > "I" || !isBase64Run(text.slice(start, start + SHORTEST_LINE)))
    return false;
  const bytes = decodeRun(text, start, 12);
  if (bytes === undefined || bytes[0] !== 0x30) return false;
  const length = bytes[1] as number;
  const content = length < 0x80 ? 2 : 2 + (length & 0x7f);
  return bytes[content] === 0x30 || (bytes[content] === 0x02 && bytes[content + 1] === 1);
}

/** The first characters of a run of base64, over line breaks and base64url's letters. */
function headOfRun(text: string, start: number, length: number): string {
  // The usual run has nothing in between.
  const direct = text.slice(start, start + length);
  if (isBase64Run(direct)) return direct;
  let head = "";
  for (let i = start; i < start + 2 * length && i < text.length && head.length < length; i++) {
    const character = text.charAt(i);
    if (isBase64(text.charCodeAt(i))) head += character;
    else if (character === "-") head += "+";
    else if (character === "_") head += "/";
    else if (character > " ") break;
  }
  return head;
}

function isBase64Run(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isBase64(text.charCodeAt(i))) return false;
  return true;
}
