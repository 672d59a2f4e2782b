import type { ReadingCode } from "../../issue.ts";
import type { createPlain } from "./unicode.ts";

/** The replacement of some characters of a text. */
export interface Substitute {
  readonly text: string;
  /** The number of characters that it replaces. */
  readonly length: number;
  readonly code: ReadingCode;
}

/** ASCII characters that can start an escape, and the kind of escape. */
const SIGNS: Readonly<Record<string, ReadingCode>> = {
  "\\": "pem.escaped_newlines",
  "%": "pem.url_encoded",
  "=": "pem.quoted_printable",
  "&": "pem.html_entities",
};

/**
 * Matches possible escapes. A run of backslashes counts as one, for any depth of escaping.
 *
 * - Escapes of JSON, C, Java, Python, shells, YAML and Markdown (CommonMark, 2.4).
 * - URL encoding (RFC 3986, 2.1).
 * - The characters of PEM that quoted-printable encodes (RFC 2045, 6.7).
 * - Character references of HTML and XML.
 * - Runs of characters that are neither printable ASCII nor white space.
 */
export const MANGLED: RegExp =
  /(?<!\\)\\{1,18}(?:([nrt/"'\n\r+=-])|u([\dA-Fa-f]{4})|x([\dA-Fa-f]{2}))|%([0-7][\dA-Fa-f])|=(3D|0[AD]|2[0BDF])(?!:)|&#[xX]([\dA-Fa-f]{1,4});|&#(\d{1,5});|&([A-Za-z]{2,7});|[^\t-\r -~]+/g;

const CONTROLS: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "\n": "",
  "\r": "",
};

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  plus: "+",
  equals: "=",
  sol: "/",
  Tab: "\t",
  NewLine: "\n",
};

/** The replacement of a match, or of a character in a run; undefined for literal text. */
export function substituteOf(
  match: RegExpExecArray,
  at: number,
  plain: ReturnType<typeof createPlain>,
): Substitute | undefined {
  const [all] = match;
  const code = SIGNS[all.charAt(0)];
  if (code === undefined) return plain(match.input, at);
  const text = meaningOf(match);
  return text === undefined ? undefined : { text, length: all.length, code };
}

function meaningOf(match: RegExpExecArray): string | undefined {
  const [, letter, u, x, percent, quoted, hex, decimal, name] = match;
  if (letter !== undefined) return CONTROLS[letter] ?? letter;
  if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const digits = u ?? x ?? percent ?? quoted ?? hex;
  const code = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16);
  // Zero is no character; longer numbers are beyond 16 bits.
  return (code > 0 || u !== undefined) && code <= 0xffff ? String.fromCharCode(code) : undefined;
}
