import { decodeLatin1 } from "./octets.ts";

/** A name cut at its colon. */
export interface SplitName {
  readonly prefix: string;
  readonly localName: string;
}

const NAME = 1;
const START = 2;

/** What octets are in a name: of its ASCII part, where it may begin too, or beyond ASCII (`NAME`). */
const NAME_OCTET: Uint8Array = /* @__PURE__ */ nameOctets();

function nameOctets(): Uint8Array {
  const table = new Uint8Array(256).fill(NAME, 0x80);
  for (const c of "-.0123456789:") table[c.charCodeAt(0)] = NAME;
  for (let i = 0; i < 26; i++) table[0x41 + i] = table[0x61 + i] = START;
  table[0x5f] = START;
  return table;
}

/** XML 1.0, production 3. */
export function isWhite(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

/** Where what is not white space begins, at `to` at the latest. */
export function skipWhite(latin1: string, from: number, to: number = latin1.length): number {
  let at = from;
  while (at < to && isWhite(latin1.charCodeAt(at))) at++;
  return at;
}

/** Where the name that begins at `from` ends. */
export function nameEnd(latin1: string, from: number): number {
  let at = from;
  while ((NAME_OCTET[latin1.charCodeAt(at)] as number) > 0) at++;
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

export function isNcName(name: string): boolean {
  if (NAME_OCTET[name.charCodeAt(0)] !== START) return NCNAME.test(name);
  for (let at = 1; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code > 0x7f || code === 0x3a || NAME_OCTET[code] === 0) return NCNAME.test(name);
  }
  return true;
}

/** Splits the octets of a qualified name; `undefined` if it is none. */
export function splitName(octetName: string): SplitName | undefined {
  const colon = octetName.indexOf(":");
  if (colon < 0) {
    const localName = decodeName(octetName);
    return isNcName(localName) ? { prefix: "", localName } : undefined;
  }
  const prefix = decodeName(octetName.slice(0, colon));
  const localName = decodeName(octetName.slice(colon + 1));
  return isNcName(prefix) && isNcName(localName) ? { prefix, localName } : undefined;
}

function decodeName(octets: string): string {
  for (let at = 0; at < octets.length; at++) {
    if (octets.charCodeAt(at) > 0x7f) return decodeLatin1(octets);
  }
  return octets;
}
