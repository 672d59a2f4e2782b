import { quoted } from "../core/quote.ts";
import { type CanonicalMethod, canonicalTag } from "./canonical-tag.ts";
import type { XmlAttribute } from "./element.ts";
import { nameEnd, skipWhite } from "./names.ts";
import { normaliseLineEnds, resolveReferences } from "./references.ts";
import { rootScope, type Scope } from "./scope.ts";
import { type Scanner, Token } from "./window.ts";
import { escapeText } from "./writer.ts";

/** Writes the canonical form of the tokens of a scanner. */
export interface Canonicalizer {
  readonly method: CanonicalMethod;
  /** Takes bytes of the canonical form, one character each. */
  readonly write: (bytes: string) => void;
  /** The declarations rendered for each open element. */
  readonly rendered: Scope[];
  /** Start of the part of the window that is canonical and not yet written; -1 while paused. */
  run: number;
  /** Bytes that wait to be written together. */
  waiting: string;
  /** `xml:` attributes that the apex of a document subset inherits; for the first tag only. */
  inherited: readonly XmlAttribute[];
  /** True after the end of the root. */
  isAfterRoot: boolean;
}

const WRITE_LENGTH = 64 * 1024;

export function newCanonicalizer(
  method: CanonicalMethod,
  write: (bytes: string) => void,
  inherited: readonly XmlAttribute[] = [],
): Canonicalizer {
  return {
    method,
    write,
    rendered: [rootScope()],
    run: 0,
    waiting: "",
    inherited,
    isAfterRoot: false,
  };
}

/** Takes the scanner's last token. Must be called for every token, unless paused. */
export function canonicalize(canonicalizer: Canonicalizer, scanner: Scanner, token: Token): void {
  if (token === Token.start) startTag(canonicalizer, scanner);
  else if (token === Token.end) endTag(canonicalizer, scanner);
  else if (token === Token.text) text(canonicalizer, scanner);
  else if (token === Token.comment) comment(canonicalizer, scanner);
  else if (token === Token.instruction) instruction(canonicalizer, scanner);
  else if (token === Token.section) {
    replaceToken(canonicalizer, scanner, escapeText(normaliseLineEnds(content(scanner))));
  }
}

/** Must be called before the scanner's window slides on. Writes the canonical part of it. */
export function leaveWindow(canonicalizer: Canonicalizer, scanner: Scanner): void {
  if (canonicalizer.run < 0) return;
  if (isInside(canonicalizer)) flush(canonicalizer, scanner, scanner.at);
  canonicalizer.run = 0;
}

/** Leaves out the scanner's last token and all after it until `resume`. */
export function pause(canonicalizer: Canonicalizer, scanner: Scanner): void {
  flush(canonicalizer, scanner, scanner.tokenAt);
  canonicalizer.run = -1;
}

/** Continues after the scanner's last token. */
export function resume(canonicalizer: Canonicalizer, scanner: Scanner): void {
  canonicalizer.run = scanner.at;
}

/** Writes the rest. */
export function finishCanonical(canonicalizer: Canonicalizer): void {
  if (canonicalizer.waiting !== "") canonicalizer.write(canonicalizer.waiting);
  canonicalizer.waiting = "";
}

function isInside(canonicalizer: Canonicalizer): boolean {
  return canonicalizer.rendered.length > 1;
}

function put(canonicalizer: Canonicalizer, bytes: string): void {
  canonicalizer.waiting = canonicalizer.waiting === "" ? bytes : canonicalizer.waiting + bytes;
  if (canonicalizer.waiting.length > WRITE_LENGTH) finishCanonical(canonicalizer);
}

/** Writes the window from the run's start. */
function flush(canonicalizer: Canonicalizer, scanner: Scanner, to: number): void {
  if (to > canonicalizer.run) put(canonicalizer, scanner.window.slice(canonicalizer.run, to));
  canonicalizer.run = to;
}

/** Writes bytes instead of a part of the window. */
function replace(
  canonicalizer: Canonicalizer,
  scanner: Scanner,
  from: number,
  to: number,
  bytes: string,
): void {
  flush(canonicalizer, scanner, from);
  if (bytes !== "") put(canonicalizer, bytes);
  canonicalizer.run = to;
}

function replaceToken(canonicalizer: Canonicalizer, scanner: Scanner, bytes: string): void {
  replace(canonicalizer, scanner, scanner.tokenAt, scanner.at, bytes);
}

function content(scanner: Scanner): string {
  return scanner.window.slice(scanner.from, scanner.to);
}

function startTag(canonicalizer: Canonicalizer, scanner: Scanner): void {
  const { rendered, method } = canonicalizer;
  const { tag, tokenAt } = scanner;
  const around = rendered[rendered.length - 1] as Scope;
  if (rendered.length === 1) canonicalizer.run = tokenAt;
  let canonical = tag.canonical;
  if (canonical?.around !== around) {
    canonical = canonicalTag(tag, method, around, canonicalizer.inherited);
    if (canonical.formless !== undefined) {
      const namespace = quoted(canonical.formless);
      scanner.refuse("xml.namespace_form", tokenAt, { namespace });
    }
    if (canonicalizer.inherited.length === 0) tag.canonical = canonical;
    canonicalizer.inherited = NONE;
  }
  if (canonical.cut > 0) {
    replace(canonicalizer, scanner, scanner.at - canonical.cut, scanner.at, canonical.rest);
  }
  if (!tag.empty) rendered.push(canonical.inside);
  else if (rendered.length === 1) afterRoot(canonicalizer, scanner);
}

const NONE: readonly XmlAttribute[] = [];

function endTag(canonicalizer: Canonicalizer, scanner: Scanner): void {
  const { tag, tokenAt, at } = scanner;
  const nameEnd = tokenAt + 2 + tag.rawName.length;
  if (nameEnd + 1 !== at) replace(canonicalizer, scanner, nameEnd, at - 1, "");
  canonicalizer.rendered.pop();
  if (canonicalizer.rendered.length === 1) afterRoot(canonicalizer, scanner);
}

function afterRoot(canonicalizer: Canonicalizer, scanner: Scanner): void {
  flush(canonicalizer, scanner, scanner.at);
  canonicalizer.isAfterRoot = true;
}

function text(canonicalizer: Canonicalizer, scanner: Scanner): void {
  if (scanner.isPlain) return;
  const written = content(scanner);
  const resolved = resolveReferences(normaliseLineEnds(written));
  if (typeof resolved === "number") {
    scanner.refuse("xml.reference", scanner.from + resolved);
  } else {
    const canonical = escapeText(resolved);
    if (canonical !== written) replaceToken(canonicalizer, scanner, canonical);
  }
}

function comment(canonicalizer: Canonicalizer, scanner: Scanner): void {
  if (!canonicalizer.method.withComments) {
    if (isInside(canonicalizer)) replaceToken(canonicalizer, scanner, "");
    return;
  }
  const written = `<!--${normaliseLineEnds(content(scanner))}-->`;
  if (isInside(canonicalizer)) replaceToken(canonicalizer, scanner, written);
  else putOutside(canonicalizer, written);
}

function instruction(canonicalizer: Canonicalizer, { window, from, to }: Scanner): void {
  const end = nameEnd(window, from);
  const data = normaliseLineEnds(window.slice(skipWhite(window, end, to), to));
  const target = window.slice(from, end);
  putOutside(canonicalizer, `<?${target}${data === "" ? "" : ` ${data}`}?>`);
}

/** Canonical XML, 2.3: comments and instructions outside the root are on lines of their own. */
function putOutside(canonicalizer: Canonicalizer, written: string): void {
  put(canonicalizer, canonicalizer.isAfterRoot ? `\n${written}` : `${written}\n`);
}
