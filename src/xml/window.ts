import type { Location } from "../core/finding.ts";
import type { XmlCode } from "./codes.ts";
import { xmlError } from "./fault.ts";
import type { XmlLimits } from "./limits.ts";
import type { Scope } from "./scope.ts";
import type { Tag, TagReader } from "./tag.ts";

/** What `nextToken` found. */
export const Token = {
  /** A start tag, in `tag`. If `tag.empty`, no end tag follows. */
  start: 1,
  /** An end tag; `tag` is what it closes. */
  end: 2,
  /** Character data between `from` and `to`; several may follow each other. */
  text: 3,
  /** A CDATA section with its content between `from` and `to`. */
  section: 4,
  /** A comment with its content between `from` and `to`. */
  comment: 5,
  /** The document is complete. */
  done: 6,
  /** The window ends inside a token: give more octets. */
  more: 7,
} as const;
export type Token = (typeof Token)[keyof typeof Token];

/**
 * The one reader of XML: tree, stream and canonicalisation are loops over `nextToken`. It reads a
 * window of octets (one character each) that were surveyed before; what is before `at` is done with.
 */
export interface Scanner {
  window: string;
  /** No more octets follow the window. */
  isLast: boolean;
  at: number;
  /** Extent of the content of the last token, in the window. */
  from: number;
  to: number;
  /** Where the markup of the last token begins. */
  tokenAt: number;
  /** The last text has no reference, no `>` and no carriage return. */
  isPlain: boolean;
  tag: Tag;
  /** The last start tag that was read. */
  lastStart: Tag | undefined;
  /** The open elements, and the scope around them. */
  readonly open: Tag[];
  readonly scope: Scope;
  isRootDone: boolean;
  /** Where in the window the document begins; -1 if it began before. */
  start: number;
  readonly limits: XmlLimits;
  readonly reader: TagReader;
  readonly refuse: (code: XmlCode, at: number, detail?: string) => never;
  /** It declares an encoding that has nothing beyond ASCII. */
  isAscii: boolean;
  /** One for each 64 octets of the window that hold one beyond ASCII; nothing if all are ASCII. */
  high: Uint8Array | undefined;
  /** The window is the whole document: what is kept of it may keep it alive. */
  isWhole: boolean;
  /** For each `Sought` character, its first place at or after the place where it was last looked for. */
  readonly next: number[];
}

/** What is looked for, and whose next place in the window is remembered. */
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
  const refuse = (code: XmlCode, at: number, detail?: string): never => {
    const isFirst = scanner.start >= 0;
    throw xmlError(code, locate(at), detail, isFirst ? scanner.window : "");
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
    lastStart: undefined,
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
      refuse: (code, offset, detail) => refuse(code, scanner.tokenAt + offset, detail),
    },
    isAscii: false,
    high: undefined,
    isWhole: false,
    next: SOUGHT.map(() => -1),
  };
  return scanner;
}

/** Gives the next window; it begins with what the last one had from `at` on. */
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
  if (scanner.isAscii && high !== undefined) scanner.refuse("xml.encoding", 0);
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

/** An octet beyond ASCII may be in the range. */
export function isHigh({ high }: Scanner, from: number, to: number): boolean {
  if (high === undefined) return false;
  for (let block = from >> 6; block <= to >> 6; block++) if (high[block] === 1) return true;
  return false;
}
