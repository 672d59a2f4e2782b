import { derSize, isDer } from "../certificates/der/size.ts";
import { type DerKind, kindOfDer } from "../certificates/kind.ts";
import { decodeInput } from "../certificates/paste/decode.ts";
import { decodeBase64 } from "../certificates/pem/base64.ts";
import { encodePem } from "../certificates/pem/encode.ts";
import { isText } from "../core/argument.ts";
import { toBase64, toHex } from "../core/bytes.ts";

/** One key of a file. PEM is set for a PEM block; DER is missing if the block is encrypted as a whole. */
export interface KeyForm {
  readonly kind: DerKind;
  readonly der?: Uint8Array | undefined;
  readonly pem?: string | undefined;
}

/** A file as text (empty for DER), and the keys or the other DER in it. */
export interface KeyFile {
  readonly text: string;
  readonly forms: readonly KeyForm[];
}

/** Base64 of base64 of PEM: real files are never nested deeper. */
const MAX_DEPTH = 3;

/** Finds the keys of a file: DER, or text in any encoding with PEM, base64 of DER, or base64 of such text. */
export function openKeyFile(input: string | Uint8Array, depth = 0): KeyFile {
  if (!isText(input) && isDer(input)) return { text: "", forms: formsOfDer(input) };
  const decoded = isText(input) ? input : decodeInput(input).text;
  // UTF-16 that was read as UTF-8 has a NUL after each letter.
  const text = decoded.replaceAll("\0", "").replaceAll(/\\r|\\n/g, "\n");
  const begun = [...text.matchAll(/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/g)];
  if (begun.length > 0) return { text, forms: begun.map(({ index }) => formOfPem(text, index)) };
  const bytes = depth < MAX_DEPTH ? fromBase64(text) : undefined;
  return bytes === undefined ? { text, forms: [] } : openKeyFile(bytes, depth + 1);
}

/** The bytes of a text that is nothing but base64, also base64url, quoted or in a data URL. */
function fromBase64(text: string): Uint8Array | undefined {
  const plain = text.trim().replaceAll(/^(?:["']|data:[^,]{0,80},)|["']$|\s+/g, "");
  if (plain.length < 8 || plain.includes("-----")) return undefined;
  const base64 = plain.replaceAll("-", "+").replaceAll("_", "/");
  const padded = base64.padEnd(Math.ceil(base64.length / 4) * 4, "=");
  const decoded = decodeBase64(padded, 0, padded.length);
  return decoded.fault === undefined ? decoded.bytes : undefined;
}

/** A PEM block with any line breaks; damaged if it has no end, or anything but base64 in it. */
function formOfPem(text: string, start: number): KeyForm {
  const [block, label = "", body = ""] =
    /^-----BEGIN ([A-Z0-9 ]*)-----((?:(?!-----BEGIN).)*?)-----END \1-----/s.exec(
      text.slice(start),
    ) ?? [];
  if (block === undefined) return { kind: "unknown" };
  if (body.includes("DEK-Info")) return { kind: "encrypted_pkcs8", pem: block };
  const base64 = body.replaceAll(/\s+/g, "");
  const decoded = decodeBase64(base64, 0, base64.length);
  if (decoded.fault !== undefined) return { kind: "unknown" };
  return {
    kind: kindOfDer(decoded.bytes),
    der: decoded.bytes,
    pem: encodePem(toBase64(decoded.bytes), label),
  };
}

const KEYS: ReadonlySet<DerKind> = new Set([
  "pkcs8",
  "encrypted_pkcs8",
  "pkcs1_private",
  "sec1_private",
  "pkcs12",
]);

/** The keys that follow one another; one form for all bytes if anything else does. */
function formsOfDer(bytes: Uint8Array): readonly KeyForm[] {
  const elements: Uint8Array[] = [];
  for (let at = 0, size = 1; at < bytes.length && size > 0; at += size) {
    size = derSize(bytes.subarray(at));
    elements.push(bytes.subarray(at, size > 0 ? at + size : bytes.length));
  }
  const areKeys = elements.every((der) => KEYS.has(kindOfDer(der)));
  return (areKeys ? elements : [bytes]).flatMap((der) => {
    const kind = kindOfDer(der);
    const bags = kind === "pkcs12" ? keyBagsOf(der) : [];
    return bags.length > 0 ? bags : [{ kind, der }];
  });
}

/** The OID of keyBag or pkcs8ShroudedKeyBag (RFC 7292, appendix D), before a [0] EXPLICIT. */
const KEY_BAG = /060b2a864886f70d010c0a010[12]a0/g;

/** The PKCS #8 keys of a PKCS #12 file that does not encrypt its key bags as a whole. */
function keyBagsOf(pfx: Uint8Array): readonly KeyForm[] {
  return [...toHex(pfx).matchAll(KEY_BAG)].map(({ index, 0: found }) => {
    // The last byte of the match is the tag.
    const rest = pfx.subarray(contentOf(pfx, (index + found.length) / 2 - 1));
    const der = rest.subarray(0, derSize(rest));
    return { kind: kindOfDer(der), der };
  });
}

/** The offset after the tag and the length of an element. */
function contentOf(der: Uint8Array, at: number): number {
  const length = der[at + 1] ?? 0;
  return at + 2 + (length > 0x80 ? length - 0x80 : 0);
}
