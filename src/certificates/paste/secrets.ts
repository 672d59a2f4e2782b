import type { CodeEntry } from "../../core/finding.ts";
import { type DerKind, kindOfDer } from "../kind.ts";
import { decodeBase64, isBase64 } from "../pem/base64.ts";
import { secretPrivateKey } from "../pem/codes.ts";
import type { Marker } from "./armour.ts";
import { secretEncryptedKey, secretKeystore, secretPkcs12 } from "./kind-codes.ts";
import { base64Head } from "./nested.ts";

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
  const marker = markers.find(({ label }) => label.includes("PRIVATE"));
  if (marker === undefined) return undefined;
  // RFC 1421's DEK-Info belongs to keys that OpenSSL encrypted the old way.
  const encrypted = marker.label.startsWith("ENCRYPTED") || text.includes("DEK-Info");
  return encrypted ? secretEncryptedKey : secretPrivateKey;
}

function secretOfWords(text: string): CodeEntry | undefined {
  if (text.includes("PuTTY-User-Key-File") || text.includes("AGE-SECRET-KEY-"))
    return secretPrivateKey;
  if (text.includes("kty") && hasPrivateMember(text)) return secretPrivateKey;
  // XML Signature has no private keys, but .NET writes them this way.
  if (text.includes("RSAKeyValue") && text.includes("<D>")) return secretPrivateKey;
  return undefined;
}

/** RFC 7518, 6.2.2, 6.3.2 and 6.4: d of EC, OKP and RSA keys, k of symmetric ones. */
const PRIVATE_MEMBERS = "dk";
const NAME_EDGES = "\"'`{,-\n\r\t ";

/** True if `d` or `k` has a value: in JSON, YAML or what a program prints, however it is spaced. */
function hasPrivateMember(text: string): boolean {
  for (let i = text.indexOf(":"); i >= 0; i = text.indexOf(":", i + 1)) {
    let name = i - 1;
    while (name > 0 && " \t\r\n\"'`".includes(text.charAt(name))) name--;
    if (name < 1 || !PRIVATE_MEMBERS.includes(text.charAt(name))) continue;
    if (!NAME_EDGES.includes(text.charAt(name - 1))) continue;
    let value = i + 1;
    while (value < text.length && " \t\r\n\"'`".includes(text.charAt(value))) value++;
    if (isBase64(text.charCodeAt(value))) return true;
  }
  return false;
}

/** How much of a run of base64 is looked at: enough for the shape of a key. */
const HEAD = 64;
/** Base64 of `openssh-key-v1`, and of the magic number of JKS. */
const OPENSSH = "b3BlbnNzaC1rZXktdjE";
const JKS = "/u3+7QAA";

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
  switch (text.charAt(start)) {
    case "M":
      return beginsLikeKey(text, start) ? secretOfDerRun(text, start) : undefined;
    case "b":
      return base64Head(text, start, OPENSSH.length) === OPENSSH ? secretPrivateKey : undefined;
    case "/":
      return base64Head(text, start, JKS.length) === JKS ? secretKeystore : undefined;
    default:
      return undefined;
  }
}

function decodeRun(text: string, start: number, length: number): Uint8Array | undefined {
  const head = base64Head(text, start, length);
  const decoded = decodeBase64(head, 0, head.length - (head.length & 3));
  return decoded.fault === undefined ? decoded.bytes : undefined;
}

function secretOfDerRun(text: string, start: number): CodeEntry | undefined {
  const bytes = decodeRun(text, start, HEAD);
  return bytes && secretOfKind(kindOfDer(bytes));
}

/** A quick look, because a text may have a run on every line: SEQUENCE, then a version or a SEQUENCE. */
function beginsLikeKey(text: string, start: number): boolean {
  const bytes = decodeRun(text, start, 12);
  if (bytes === undefined || bytes[0] !== 0x30) return false;
  const length = bytes[1] as number;
  const content = length < 0x80 ? 2 : 2 + (length & 0x7f);
  return bytes[content] === 0x30 || (bytes[content] === 0x02 && bytes[content + 1] === 1);
}
