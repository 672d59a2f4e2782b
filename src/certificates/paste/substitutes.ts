import type { CodeEntry } from "../../core/finding.ts";
import { isBase64 } from "../pem/base64.ts";
import { REPAIRS } from "./codes.ts";

/** What some characters of a text stand for. */
export interface Substitute {
  readonly text: string;
  /** How many characters it replaces. */
  readonly length: number;
  readonly entry: CodeEntry;
}

const HEX_DIGITS = "0123456789abcdefABCDEF";

/** The number in hex at `start`, or undefined where it is not `digits` digits long. */
function hexAt(text: string, start: number, digits: number): number | undefined {
  if (start + digits > text.length) return undefined;
  const part = text.slice(start, start + digits);
  for (const digit of part) if (!HEX_DIGITS.includes(digit)) return undefined;
  return Number.parseInt(part, 16);
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "/": "/",
  '"': '"',
  "'": "'",
  "\n": "",
  "\r": "",
  // Markdown (CommonMark, 2.4).
  "-": "-",
  "+": "+",
  "=": "=",
};

/** Escaped once, twice, three and four times. */
const MOST_BACKSLASHES = 16;

/** Escapes of JSON, C, Java, Python, shells and YAML; a run of backslashes counts as one. */
export function decodeEscape(text: string, start: number): Substitute | undefined {
  // The run was looked at where it begins.
  if (text.charAt(start - 1) === "\\") return undefined;
  let i = start;
  while (text.charAt(i) === "\\" && i < start + MOST_BACKSLASHES) i++;
  const letter = text.charAt(i);
  const entry = REPAIRS.escapes;
  const simple = Object.hasOwn(SIMPLE_ESCAPES, letter) ? SIMPLE_ESCAPES[letter] : undefined;
  if (simple !== undefined) return { text: simple, length: i + 1 - start, entry };
  const digits = letter === "u" ? 4 : letter === "x" ? 2 : 0;
  const code = digits === 0 ? undefined : hexAt(text, i + 1, digits);
  if (code === undefined) return undefined;
  return { text: String.fromCharCode(code), length: i + 1 + digits - start, entry };
}

/** RFC 3986, 2.1. */
export function decodePercent(text: string, start: number): Substitute | undefined {
  const code = hexAt(text, start + 1, 2);
  if (code === undefined || code >= 0x80) return undefined;
  return { text: String.fromCharCode(code), length: 3, entry: REPAIRS.percent };
}

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

/** Longest character reference that is read: `&#x10FFFF;`. */
const LONGEST_ENTITY = 12;

/** Character references of HTML and XML. */
export function decodeEntity(text: string, start: number): Substitute | undefined {
  const body = text.slice(start + 1, start + LONGEST_ENTITY);
  const end = body.indexOf(";");
  if (end < 1) return undefined;
  const decoded = entityText(body.slice(0, end));
  if (decoded === undefined) return undefined;
  return { text: decoded, length: end + 2, entry: REPAIRS.entities };
}

function entityText(name: string): string | undefined {
  if (!name.startsWith("#"))
    return Object.hasOwn(NAMED_ENTITIES, name) ? NAMED_ENTITIES[name] : undefined;
  const isHex = name.charAt(1) === "x" || name.charAt(1) === "X";
  const digits = name.slice(isHex ? 2 : 1);
  const code = isHex ? hexAt(digits, 0, digits.length) : decimalOf(digits);
  // A number of no character, such as &#0; or one beyond Unicode.
  if (code === undefined || code === 0 || code > 0xffff || digits === "") return undefined;
  return String.fromCharCode(code);
}

function decimalOf(digits: string): number | undefined {
  for (const digit of digits) if (digit < "0" || digit > "9") return undefined;
  return Number(digits);
}

/** Elements that copying from a web page leaves between the lines. */
const LAYOUT_TAGS =
  " br p div span pre code li ul ol td tr table tbody b i u em strong font wbr a o:p blockquote samp kbd textarea ".split(
    " ",
  );
const LONGEST_TAG = 200;

/** An attribute may hold what is looked for. */
function holdsData(tag: string): boolean {
  return tag.includes("-----") || /[A-Za-z0-9+/]{40}/.test(tag);
}

/** A tag of HTML that is only layout, as a line break. */
export function decodeLayoutTag(text: string, start: number): Substitute | undefined {
  if (!isTagStart(text.charCodeAt(start + 1))) return undefined;
  const rest = text.slice(start + 1, start + LONGEST_TAG);
  const end = rest.indexOf(">");
  if (end < 1) return undefined;
  const tag = rest.slice(0, end);
  const [name = ""] = (tag.startsWith("/") ? tag.slice(1) : tag).split(/[\s/]/, 1);
  if (name === "" || !LAYOUT_TAGS.includes(name.toLowerCase()) || holdsData(tag)) return undefined;
  return { text: "\n", length: end + 2, entry: REPAIRS.htmlTags };
}

/** A slash or a letter. */
function isTagStart(code: number): boolean {
  const folded = code | 0x20;
  return code === 0x2f || (folded >= 97 && folded <= 122);
}

/** What mail programs encode of PEM: the equals sign always, line breaks, blanks, `+`, `-` and `/` sometimes. */
const QUOTED = ["3D", "0A", "0D", "20", "2B", "2D", "2F"];

/** Quoted-printable (RFC 2045, 6.7), as mail programs show it raw: `=3D`, and `=` at the end of a line. */
export function decodeQuotedPrintable(text: string, start: number): Substitute | undefined {
  const entry = REPAIRS.quotedPrintable;
  const code = QUOTED.includes(text.slice(start + 1, start + 3))
    ? hexAt(text, start + 1, 2)
    : undefined;
  if (code !== undefined) return { text: String.fromCharCode(code), length: 3, entry };
  const newline = text.startsWith("\r\n", start + 1) ? 2 : text.startsWith("\n", start + 1) ? 1 : 0;
  if (newline === 0) return undefined;
  // Padding ends a line too, but what follows it is no line of base64.
  const next = start + 1 + newline;
  return isBase64Line(text, next) ? { text: "", length: 1 + newline, entry } : undefined;
}

/** Quoted-printable has lines of at most 76 characters. */
const LONGEST_LINE = 76;

/** True if base64, with or without a soft break or `=3D` at its end, is all of a line. */
function isBase64Line(text: string, start: number): boolean {
  let i = start;
  while (i < start + LONGEST_LINE && isBase64(text.charCodeAt(i))) i++;
  const after = text.charAt(i);
  return i > start && (after === "=" || after === "\n" || after === "\r" || after === "");
}

/** Longest sequence that sets the colours of a terminal. */
const LONGEST_SGR = 16;

/** Colours of a terminal (ECMA-48, 8.3.117): `ESC [`, numbers, a letter. */
export function decodeColour(text: string, start: number): Substitute {
  let end = start + 1;
  if (text.charAt(end) === "[") {
    end++;
    while (end < start + LONGEST_SGR && "0123456789;".includes(text.charAt(end) || "?")) end++;
    end++;
  }
  return { text: "", length: end - start, entry: REPAIRS.invisible };
}
