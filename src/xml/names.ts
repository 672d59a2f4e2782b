import { decodeLatin1 } from "../core/bytes.ts";

/** A name split at its colon. */
export interface SplitName {
  readonly prefix: string;
  readonly localName: string;
}

/** 1 for each byte that may occur in a name; those beyond ASCII are checked later. */
const NAME_BYTE: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(/[\w.:\x80-\xff-]/.test(String.fromCharCode(byte))),
);

/** XML 1.0, production 3. */
export function isWhite(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

/** The next place that is not white space, at most `to`. */
export function skipWhite(latin1: string, from: number, to: number = latin1.length): number {
  let at = from;
  while (at < to && isWhite(latin1.charCodeAt(at))) at++;
  return at;
}

/** The end of the name that begins at `from`. */
export function nameEnd(latin1: string, from: number): number {
  let at = from;
  while (NAME_BYTE[latin1.charCodeAt(at)] === 1) at++;
  return at;
}

// XML 1.0 (Fifth Edition), productions 4 and 4a, without the colon (Namespaces in XML 1.0, 4).
const START_CHARACTERS =
  "A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D" +
  "\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}";
const NCNAME: RegExp = /* @__PURE__ */ new RegExp(
  `^[${START_CHARACTERS}][${START_CHARACTERS}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]*$`,
  "u",
);

/** Fast path for ASCII names. */
const PLAIN = /^[A-Za-z_][\w.-]*$/;

export function isNcName(name: string): boolean {
  return PLAIN.test(name) || NCNAME.test(name);
}

/** Splits the bytes of a qualified name; undefined if it is not one. */
export function splitName(rawName: string): SplitName | undefined {
  const colon = rawName.indexOf(":");
  const prefix = colon < 0 ? "" : decodeLatin1(rawName.slice(0, colon));
  const localName = decodeLatin1(rawName.slice(colon + 1));
  const isSplit = isNcName(localName) && (colon < 0 || isNcName(prefix));
  return isSplit ? { prefix, localName } : undefined;
}
