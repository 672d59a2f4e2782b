import { toLatin1 } from "../core/bytes.ts";
import { xmlError } from "./error.ts";

/** An encoding that is read. */
export type Encoding = "UTF-8" | "UTF-16LE" | "UTF-16BE" | "ISO-8859-1";

/** Bytes that are enough to tell the encoding: a byte order mark and an XML declaration. */
export const ENCODING_BYTES = 256;

const DECLARED = /^<\?xml[^>]*?[\t\n\r ]encoding[\t\n\r ]*=[\t\n\r ]*["']([\w.-]{1,40})["']/;
const LATIN_1 = /^(?:iso[-_]8859-1|latin1|l1)$/i;

function declaredIn(head: string): string {
  return DECLARED.exec(head)?.[1] ?? "";
}

/** The encoding of a document by its first bytes (XML 1.0, appendix F). */
export function encodingOf(bytes: Uint8Array): Encoding {
  const head = toLatin1(bytes, 0, Math.min(bytes.length, ENCODING_BYTES));
  if (/^(?:\xff\xfe(?!\0\0)|<\0\?\0)/.test(head)) return "UTF-16LE";
  if (/^(?:\xfe\xff|\0<\0\?)/.test(head)) return "UTF-16BE";
  return LATIN_1.test(declaredIn(head)) ? "ISO-8859-1" : "UTF-8";
}

/** True if a document in `encoding` may declare `name`. */
export function mayDeclare(encoding: Encoding, name: string): boolean {
  if (encoding === "UTF-8") return /^utf-?8$/i.test(name);
  if (encoding === "ISO-8859-1") return LATIN_1.test(name);
  return /^utf-?16$/i.test(name) || name.toUpperCase() === encoding;
}

/** True for the name of an encoding that is read. */
export function isKnownEncoding(name: string): boolean {
  return LATIN_1.test(name) || /^(?:utf-?8|utf-?16(?:le|be)?|(?:us-)?ascii)$/i.test(name);
}

/** Encodings that are recognised by the first bytes, and not read (XML 1.0, appendix F). */
const UNREAD: readonly (readonly [begins: RegExp, encoding: string])[] = [
  [/^(?:\xff\xfe\0\0|\0\0\xfe\xff|<\0\0\0|\0\0\0<)/, "UTF-32"],
  // `<?xm`, or `<` and two letters.
  [/^L(?:o\xa7\x94|[\x81-\xa9\xc1-\xe9]{2})/, "EBCDIC"],
];

/** The encoding of a document, by its start, if it is one that is not read. */
export function unsupportedEncoding(head: string): string | undefined {
  const unread = UNREAD.find(([begins]) => begins.test(head))?.[1];
  if (unread !== undefined) return unread;
  const name = declaredIn(head);
  return name === "" || isKnownEncoding(name) ? undefined : name;
}

/** Makes text of the pieces of a document, one after the other. */
export type Decoder = (piece: Uint8Array, isLast: boolean) => string;

/** Throws `xml.encoding` for bytes that are not valid. */
export function newDecoder(encoding: Encoding): Decoder {
  // TextDecoder's "iso-8859-1" is windows-1252.
  if (encoding === "ISO-8859-1") return (piece) => toLatin1(piece);
  const decoder = new TextDecoder(encoding.toLowerCase(), { fatal: true, ignoreBOM: true });
  return (piece, isLast) => {
    try {
      return decoder.decode(piece, { stream: !isLast });
    } catch {
      throw xmlError("xml.encoding", { encoding });
    }
  };
}

/** The text of a document. */
export function decodeDocument(bytes: Uint8Array, encoding: Encoding): string {
  return newDecoder(encoding)(bytes, true);
}
