import type { Values } from "../core/codes/code.ts";
import type { MetadataError } from "../core/errors.ts";
import type { Location } from "../core/finding.ts";
import type { Encoding } from "./encoding.ts";
import { type XmlCode, xmlError } from "./error.ts";
import type { XmlLimits } from "./limits.ts";
import { formatOf } from "./not-xml.ts";
import type { Scope } from "./scope.ts";
import type { Tag, TagReader } from "./tag.ts";

/** The kinds of tokens that `nextToken` finds. */
export const Token = {
  /** A start tag, in `tag`. If `tag.empty`, no end tag follows. */
  start: 1,
  /** An end tag; `tag` is the start tag that it closes. */
  end: 2,
  /** Character data between `from` and `to`; several may follow each other. */
  text: 3,
  /** A CDATA section with its content between `from` and `to`. */
  section: 4,
  /** A comment with its content between `from` and `to`. */
  comment: 5,
  /** The document is complete. */
  done: 6,
  /** The window ends inside a token: more bytes are needed. */
  more: 7,
  /** A processing instruction outside the root, from its target to its end between `from` and `to`. */
  instruction: 8,
} as const;
export type Token = (typeof Token)[keyof typeof Token];

/**
 * The only reader of XML: tree, stream and canonicalisation are loops over `nextToken`. It reads a
 * window of surveyed bytes, one character each; everything before `at` has been read.
 */
export interface Scanner {
  window: string;
  /** True if no bytes follow the window. */
  isLast: boolean;
  at: number;
  /** Extent of the content of the last token, in the window. */
  from: number;
  to: number;
  /** Start of the markup of the last token. */
  tokenAt: number;
  /** True if the last text has no reference, no `>` and no carriage return. */
  isPlain: boolean;
  tag: Tag;
  /** The open elements, and the scope around them. */
  readonly open: Tag[];
  readonly scope: Scope;
  isRootDone: boolean;
  /** Start of the document in the window; -1 if it began before. */
  start: number;
  readonly limits: XmlLimits;
  readonly reader: TagReader;
  readonly refuse: (code: XmlCode, at: number, values?: Values) => never;
  /** The encoding of the document; undefined if it is a string. */
  encoding: Encoding | undefined;
  /** True if the document declares US-ASCII. */
  isAscii: boolean;
  /** 1 for each 64 bytes of the window that contain one beyond ASCII; undefined if all are ASCII. */
  high: Uint8Array | undefined;
  /** True if the window is the whole document, which strings that are kept may keep in memory. */
  isWhole: boolean;
  /** For each `Sought` character, its first place at or after the place where it was last looked for. */
  readonly next: number[];
}

/** Characters that are searched for. Without the memo of their next places, a search could be quadratic. */
export const Sought = {
  greater: 0,
  ampersand: 1,
  carriageReturn: 2,
  lineFeed: 3,
  tab: 4,
  exclamation: 5,
  question: 6,
  sectionEnd: 7,
} as const;
export type Sought = (typeof Sought)[keyof typeof Sought];
const SOUGHT = [">", "&", "\r", "\n", "\t", "!", "?", "]]>"] as const;

const BYTE_ORDER_MARK = "\xef\xbb\xbf";

export function newScanner(
  scope: Scope,
  limits: XmlLimits,
  locate: (at: number) => Location,
): Scanner {
  const refuse = (code: XmlCode, at: number, values?: Values): never => {
    const head = scanner.start >= 0 ? scanner.window : "";
    throw refusal(head, code, values, locate(at));
  };
  const scanner: Scanner = {
    window: "",
    isLast: false,
    at: 0,
    from: 0,
    to: 0,
    tokenAt: 0,
    isPlain: true,
    tag: undefined as never,
    open: [],
    scope,
    isRootDone: false,
    start: 0,
    limits,
    refuse,
    reader: {
      limits,
      names: new Map(),
      namespaces: new Set(),
      refuse: (code, offset, values) => refuse(code, scanner.tokenAt + offset, values),
    },
    encoding: undefined,
    isAscii: false,
    high: undefined,
    isWhole: false,
    next: SOUGHT.map(() => -1),
  };
  return scanner;
}

/** Sets the next window, which begins with the unread part of the last one. */
export function setWindow(
  scanner: Scanner,
  window: string,
  isLast: boolean,
  high: Uint8Array | undefined,
): void {
  const isFirst = scanner.start >= 0 && scanner.at <= scanner.start;
  scanner.window = window;
  scanner.isLast = isLast;
  scanner.start = !isFirst ? -1 : window.startsWith(BYTE_ORDER_MARK) ? 3 : 0;
  scanner.at = isFirst ? scanner.start : 0;
  scanner.high = high;
  for (let i = 0; i < SOUGHT.length; i++) scanner.next[i] = -1;
  if (scanner.isAscii && high !== undefined) refuseAscii(scanner, 0);
}

/** The first place of a sought character at or after `from`; the window's end if there is none. */
export function nextOf(scanner: Scanner, which: Sought, from: number): number {
  const known = scanner.next[which] as number;
  if (known >= from) return known;
  const found = scanner.window.indexOf(SOUGHT[which] as string, from);
  const at = found < 0 ? scanner.window.length : found;
  scanner.next[which] = at;
  return at;
}

/** Refuses a document that declares US-ASCII and contains other bytes. */
export function refuseAscii(scanner: Scanner, at: number): never {
  return scanner.refuse("xml.encoding_mismatch", at, {
    declared: "US-ASCII",
    encoding: scanner.encoding ?? "UTF-8",
  });
}

/** The error of a document that is not XML, or that is refused for `code`. */
export function refusal(
  head: string,
  code: XmlCode,
  values?: Values,
  at?: Location,
): MetadataError {
  const other = formatOf(head);
  return other === undefined ? xmlError(code, values, at) : xmlError("xml.not_xml", other, at);
}

/** True if a byte beyond ASCII may be in the range. */
export function isHigh({ high }: Scanner, from: number, to: number): boolean {
  if (high === undefined) return false;
  for (let block = from >> 6; block <= to >> 6; block++) if (high[block] === 1) return true;
  return false;
}
