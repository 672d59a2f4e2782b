import { encodeLatin1 } from "./utf8.ts";

const PREDEFINED: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Longer references are refused: only padding makes one that long. */
export const REFERENCE_LENGTH = 32;

/** The character of a reference, given without `&` and `;`; undefined if it is not one. */
function referent(name: string): string | undefined {
  if (name.charCodeAt(0) !== 0x23) return PREDEFINED.get(name);
  const isHex = name.charCodeAt(1) === 0x78;
  const digits = name.slice(isHex ? 2 : 1);
  if (!(isHex ? /^[0-9a-fA-F]+$/ : /^[0-9]+$/).test(digits)) return undefined;
  const code = Number.parseInt(digits, isHex ? 16 : 10);
  return isXmlCharacter(code) ? encodeLatin1(String.fromCodePoint(code)) : undefined;
}

/** XML 1.0, production 2. */
function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code > 0xffff && code < 0x110000);
}

/** Resolves the references of text; returns the offset of the first malformed one instead, if any. */
export function resolveReferences(latin1: string): string | number {
  let result = "";
  let from = 0;
  for (let at = latin1.indexOf("&"); at >= 0; at = latin1.indexOf("&", from)) {
    const name = latin1.slice(at + 1, at + 1 + REFERENCE_LENGTH);
    const end = name.indexOf(";");
    const character = end < 0 ? undefined : referent(name.slice(0, end));
    if (character === undefined) return at;
    result += latin1.slice(from, at) + character;
    from = at + end + 2;
  }
  return result + latin1.slice(from);
}

/** Normalises line ends (XML 1.0, 2.11). */
export function normaliseLineEnds(latin1: string): string {
  return latin1.indexOf("\r") < 0 ? latin1 : latin1.replace(/\r\n?/g, "\n");
}
