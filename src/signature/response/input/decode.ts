import { fromCleanBase64, toLatin1 } from "../../../core/bytes.ts";
import type { Issue } from "../../../core/issue.ts";
import { inflateRaw } from "./inflate.ts";

/** The reason why a text is not a message. */
export type DecodeIssue = Issue<
  | "response.not_found"
  | "response.base64"
  | "response.compressed"
  | "response.limit.message"
  | "response.empty"
>;

/** The document in a message field, and its form. */
export interface Decoded {
  readonly xml: Uint8Array;
  readonly compressed: boolean;
}

/** A value that is encoded more often than this is not a SAML message. */
const MAX_ROUNDS = 3;

/** Bytes of the shortest message, rounded down; anything shorter is not base64 of one. */
const SHORTEST = 40;

/** Decodes percent-encoding, once or several times; a malformed text stays as it is. */
export function percentDecoded(text: string): string {
  let decoded = text;
  for (let round = 0; round < MAX_ROUNDS && /%[0-9a-fA-F]{2}/.test(decoded); round++) {
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      break;
    }
  }
  return decoded;
}

/** True for bytes that begin as XML does, after a byte order mark and white space. */
export function isXml(bytes: Uint8Array): boolean {
  const head = toLatin1(bytes, 0, Math.min(bytes.length, 64));
  return /^(?:\xef\xbb\xbf)?[\t\n\r ]*<|^\xff\xfe<\0|^\xfe\xff\0<|^<\0|^\0</.test(head);
}

/** Decodes base64, and DEFLATE if the binding compressed the message (SAML bindings 3.4.4.1). */
export function decodeField(text: string, maxBytes: number): Decoded | DecodeIssue {
  let field = percentDecoded(text);
  for (let round = 0; ; round++) {
    const bytes = bytesOfField(field);
    if ("code" in bytes) return bytes;
    const decoded = documentIn(bytes, maxBytes);
    const isShort = bytes.length < SHORTEST;
    if ("code" in decoded && isShort) return { code: "response.not_found" };
    const again = "code" in decoded && round < MAX_ROUNDS ? toLatin1(bytes) : "";
    if (!/^[A-Za-z0-9+/=\s]{50,}$/.test(again)) return decoded;
    field = again;
  }
}

function bytesOfField(field: string): Uint8Array | DecodeIssue {
  const dense = field
    .replace(/[\s"'\u200b\ufeff]+/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  if (dense === "") return { code: "response.empty" };
  const [body, padding] = splitPadding(dense);
  if (!/^[A-Za-z0-9+/]*$/.test(body)) {
    return { code: body.length > 200 ? "response.base64" : "response.not_found" };
  }
  const isWhole = body.length % 4 !== 1 && padding.length <= 2;
  const clean = body.padEnd(Math.ceil(body.length / 4) * 4, "=");
  return (isWhole ? fromCleanBase64(clean) : undefined) ?? { code: "response.base64" };
}

function splitPadding(dense: string): readonly [string, string] {
  const end = dense.indexOf("=");
  return end < 0 ? [dense, ""] : [dense.slice(0, end), dense.slice(end)];
}

function documentIn(bytes: Uint8Array, maxBytes: number): Decoded | DecodeIssue {
  const tooLong: DecodeIssue = { code: "response.limit.message", values: { limit: maxBytes } };
  if (isXml(bytes)) {
    return bytes.length > maxBytes ? tooLong : { xml: bytes, compressed: false };
  }
  const xml = inflateRaw(bytes, maxBytes);
  if (xml === "too_long") return tooLong;
  if (xml === "damaged" || !isXml(xml)) return { code: "response.compressed" };
  return { xml, compressed: true };
}
