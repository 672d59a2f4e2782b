import { type CanonicalMethod, canonicalTag, isCanonicalText } from "./canonical-tag.ts";
import type { XmlAttribute } from "./element.ts";
import { normaliseLineEnds, resolveReferences } from "./references.ts";
import { rootScope, type Scope } from "./scope.ts";
import { type Scanner, Token } from "./window.ts";
import { escapeText } from "./writer.ts";

/** Writes the canonical form of what a scanner reads. */
export interface Canonicalizer {
  readonly method: CanonicalMethod;
  /** Takes octets of the canonical form, one character each. */
  readonly write: (octets: string) => void;
  /** What is rendered around the place that was reached, element by element. */
  readonly rendered: Scope[];
  /** From here on the window is canonical as it is, and still to be written; -1 while paused. */
  run: number;
  /** Octets that wait to be written together. */
  waiting: string;
  /** For the first tag alone: what the apex of a document subset takes from its ancestors. */
  inherited: readonly XmlAttribute[];
  /** The root's end was written. */
  isAfterRoot: boolean;
}

const WRITE_LENGTH = 64 * 1024;

export function newCanonicalizer(
  method: CanonicalMethod,
  write: (octets: string) => void,
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

/** Takes the scanner's last token. Give it every token, unless it is paused. */
export function canonicalize(canonicalizer: Canonicalizer, scanner: Scanner, token: Token): void {
  if (token === Token.start) startTag(canonicalizer, scanner);
  else if (token === Token.end) endTag(canonicalizer, scanner);
  else if (token === Token.text) text(canonicalizer, scanner);
  else if (token === Token.comment) comment(canonicalizer, scanner);
  else if (token === Token.section) {
    replaceToken(canonicalizer, scanner, escapeText(normaliseLineEnds(content(scanner))));
  }
}

/** Before the scanner's window slides on: writes what is canonical up to there. */
export function leaveWindow(canonicalizer: Canonicalizer, scanner: Scanner): void {
  if (canonicalizer.run < 0) return;
  if (isInside(canonicalizer)) flush(canonicalizer, scanner, scanner.at);
  canonicalizer.run = 0;
}

/** Leaves out what begins with the scanner's last token, until `resume`. */
export function pause(canonicalizer: Canonicalizer, scanner: Scanner): void {
  flush(canonicalizer, scanner, scanner.tokenAt);
  canonicalizer.run = -1;
}

/** Goes on after the scanner's last token. */
export function resume(canonicalizer: Canonicalizer, scanner: Scanner): void {
  canonicalizer.run = scanner.at;
}

/** Writes what waits. */
export function finishCanonical(canonicalizer: Canonicalizer): void {
  if (canonicalizer.waiting !== "") canonicalizer.write(canonicalizer.waiting);
  canonicalizer.waiting = "";
}

function isInside(canonicalizer: Canonicalizer): boolean {
  return canonicalizer.rendered.length > 1;
}

function put(canonicalizer: Canonicalizer, octets: string): void {
  canonicalizer.waiting = canonicalizer.waiting === "" ? octets : canonicalizer.waiting + octets;
  if (canonicalizer.waiting.length > WRITE_LENGTH) finishCanonical(canonicalizer);
}

/** Writes the window from the run's start. */
function flush(canonicalizer: Canonicalizer, scanner: Scanner, to: number): void {
  if (to > canonicalizer.run) put(canonicalizer, scanner.window.slice(canonicalizer.run, to));
  canonicalizer.run = to;
}

/** Writes octets in place of a stretch of the window. */
function replace(
  canonicalizer: Canonicalizer,
  scanner: Scanner,
  from: number,
  to: number,
  octets: string,
): void {
  flush(canonicalizer, scanner, from);
  if (octets !== "") put(canonicalizer, octets);
  canonicalizer.run = to;
}

function replaceToken(canonicalizer: Canonicalizer, scanner: Scanner, octets: string): void {
  replace(canonicalizer, scanner, scanner.tokenAt, scanner.at, octets);
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
    if (canonical.isFormless) scanner.refuse("xml.namespace_form", tokenAt);
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
  const nameEnd = tokenAt + 2 + tag.octetName.length;
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
  if (isCanonicalText(written)) return;
  const resolved = resolveReferences(normaliseLineEnds(written));
  if (typeof resolved === "number") {
    scanner.refuse("xml.reference", scanner.from + resolved);
  } else {
    const canonical = escapeText(resolved);
    if (canonical !== written) replaceToken(canonicalizer, scanner, canonical);
  }
}

/** Canonical XML, 2.3: comments outside the root have a line of their own. */
function comment(canonicalizer: Canonicalizer, scanner: Scanner): void {
  if (!canonicalizer.method.withComments) {
    if (isInside(canonicalizer)) replaceToken(canonicalizer, scanner, "");
    return;
  }
  const written = `<!--${normaliseLineEnds(content(scanner))}-->`;
  if (isInside(canonicalizer)) replaceToken(canonicalizer, scanner, written);
  else put(canonicalizer, canonicalizer.isAfterRoot ? `\n${written}` : `${written}\n`);
}
