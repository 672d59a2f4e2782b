import type { CodeEntry } from "../../core/finding.ts";
import { REPAIRS } from "./codes.ts";
import { decodeMojibake, plainCharacter } from "./unicode.ts";

/** What some characters of a text stand for. */
export interface Substitute {
  readonly text: string;
  readonly entry: CodeEntry;
}

/**
 * All that may stand for something else. A run of backslashes counts as one, however often the text
 * was escaped; no part of this can go back further than over such a run, once.
 *
 * - Escapes of JSON, C, Java, Python, shells, YAML and Markdown (CommonMark, 2.4).
 * - URL encoding (RFC 3986, 2.1).
 * - What mail programs encode of PEM in quoted-printable (RFC 2045, 6.7).
 * - Character references of HTML and XML.
 * - Colours of a terminal (ECMA-48, 8.3.117).
 * - UTF-8 that was read as Windows-1252, and whatever is not ASCII.
 */
export const MANGLED: RegExp =
  /(?<!\\)\\+(?:([nrt/"'\n\r+=-])|u([\dA-Fa-f]{4})|x([\dA-Fa-f]{2}))|%([0-7][\dA-Fa-f])|=(3D|0[AD]|2[0BDF])|&#x([\dA-Fa-f]{1,4});|&#(\d{1,5});|&([A-Za-z]{2,7});|\u00c2[^ -~]?|[\u00e2\u00ef][^ -~]{2}|[^\t-\r -~](?:\[[\d;]*[mK])?/g;

const CONTROLS: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "\n": "",
  "\r": "",
};

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
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

/** What a match stands for; undefined where it stands for itself. */
export function substituteOf(match: RegExpExecArray): Substitute | undefined {
  const [all, letter, u, x, percent, quoted, hex, decimal, name] = match;
  const digits = u ?? x ?? percent ?? quoted ?? hex;
  const code = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16);
  // No number, that of no character, or one beyond 16 bits.
  const numbered = code > 0 && code <= 0xffff ? String.fromCharCode(code) : undefined;
  const entity = name !== undefined && Object.hasOwn(NAMED_ENTITIES, name);
  const text =
    letter === undefined
      ? entity
        ? NAMED_ENTITIES[name]
        : numbered
      : (CONTROLS[letter] ?? letter);
  const entry = SIGNS[all.charAt(0)];
  if (entry !== undefined) return text === undefined ? undefined : { text, entry };
  return decodeMojibake(all) ?? plainCharacter(all.charAt(0));
}

const SIGNS: Readonly<Record<string, CodeEntry>> = {
  "\\": REPAIRS.escapes,
  "%": REPAIRS.percent,
  "=": REPAIRS.quotedPrintable,
  "&": REPAIRS.entities,
};
