import { decodeLatin1 } from "../core/bytes.ts";
import { cut } from "../core/quote.ts";
import { isKnownEncoding, mayDeclare } from "./encoding.ts";
import { isNcName, isWhite, nameEnd, skipWhite } from "./names.ts";
import { keepPattern, tagByPattern } from "./pattern.ts";
import { REFERENCE_LENGTH } from "./references.ts";
import { remembers, type Scope } from "./scope.ts";
import { readTag, type Tag } from "./tag.ts";
import { detached, standsAt } from "./utf8.ts";
import { isHigh, nextOf, refuseAscii, type Scanner, Sought, Token } from "./window.ts";

export function nextToken(scanner: Scanner): Token {
  const { window, at } = scanner;
  const less = window.indexOf("<", at);
  if (less === at) return markup(scanner, less);
  if (scanner.open.length > 0) return text(scanner, at, less);
  return outside(scanner, at, less);
}

function outside(scanner: Scanner, from: number, less: number): Token {
  const to = less < 0 ? scanner.window.length : less;
  const other = skipWhite(scanner.window, from, to);
  if (other < to) scanner.refuse("xml.text_outside_root", other);
  scanner.at = to;
  if (less >= 0) return markup(scanner, less);
  if (!scanner.isLast) return Token.more;
  if (!scanner.isRootDone) scanner.refuse("xml.no_element", to);
  return Token.done;
}

function text(scanner: Scanner, from: number, less: number): Token {
  const to = less < 0 ? safeEnd(scanner, from) : less;
  if (to === from) return needMore(scanner, from);
  scanner.tokenAt = scanner.from = from;
  scanner.to = scanner.at = to;
  const greater = nextOf(scanner, Sought.greater, from);
  if (greater < to && nextOf(scanner, Sought.sectionEnd, from) < to) {
    scanner.refuse("xml.section_end_in_text", nextOf(scanner, Sought.sectionEnd, from));
  }
  scanner.isPlain =
    greater >= to &&
    nextOf(scanner, Sought.ampersand, from) >= to &&
    nextOf(scanner, Sought.carriageReturn, from) >= to;
  return Token.text;
}

/** The end of text that the window cuts off: not in a reference, `]]>`, a line end or a character. */
function safeEnd(scanner: Scanner, from: number): number {
  const { window } = scanner;
  if (scanner.isLast) scanner.refuse("xml.truncated", window.length);
  let to = window.length;
  const ampersand = window.lastIndexOf("&");
  if (
    ampersand >= from &&
    to - ampersand < REFERENCE_LENGTH &&
    window.indexOf(";", ampersand) < 0
  ) {
    to = ampersand;
  }
  while (to > from && mayContinue(window.charCodeAt(to - 1))) to--;
  return to;
}

function mayContinue(byte: number): boolean {
  return byte === 0x5d || byte === 0x0d || byte >= 0x80;
}

/** True if nothing in the tag needs to be normalised, resolved or decoded. */
function isPlainTag(scanner: Scanner, from: number, to: number): boolean {
  return (
    nextOf(scanner, Sought.ampersand, from) >= to &&
    nextOf(scanner, Sought.lineFeed, from) >= to &&
    nextOf(scanner, Sought.tab, from) >= to &&
    nextOf(scanner, Sought.carriageReturn, from) >= to &&
    !isHigh(scanner, from, to)
  );
}

function needMore(scanner: Scanner, from: number): Token {
  if (scanner.isLast) return scanner.refuse("xml.truncated", scanner.window.length);
  if (scanner.window.length - from > scanner.limits.maxMarkupBytes) {
    scanner.refuse("xml.limit.markup", from);
  }
  return Token.more;
}

function markup(scanner: Scanner, less: number): Token {
  scanner.tokenAt = less;
  const code = scanner.window.charCodeAt(less + 1);
  if (code === 0x2f) return endTag(scanner, less);
  if (code === 0x21) return declaration(scanner, less);
  if (code === 0x3f) return instruction(scanner, less);
  if (less + 1 === scanner.window.length) return needMore(scanner, less);
  return startTag(scanner, less);
}

function startTag(scanner: Scanner, less: number): Token {
  const scope = scanner.open[scanner.open.length - 1]?.scope ?? scanner.scope;
  const greater = nextOf(scanner, Sought.greater, less);
  if (greater === scanner.window.length) return needMore(scanner, less);
  const raw = scanner.window.slice(less, greater + 1);
  const tag = scope.tags?.get(raw) ?? newTag(scanner, less, greater, raw, scope);
  if (tag === undefined) return longTag(scanner, less, scope);
  return accept(scanner, tag, greater);
}

function newTag(
  scanner: Scanner,
  less: number,
  greater: number,
  raw: string,
  scope: Scope,
): Tag | undefined {
  const kept = scanner.isWhole ? raw : detached(raw);
  const isPlain = isPlainTag(scanner, less, greater);
  const alike = isPlain ? tagByPattern(scope, kept) : undefined;
  const tag = alike ?? readTag(scanner.reader, kept, scope, isPlain);
  if (tag === undefined) return undefined;
  if (alike !== undefined) return alike;
  if (isPlain) keepPattern(tag);
  if (remembers(scope, raw)) {
    scope.tags ??= new Map();
    scope.tags.set(kept, tag);
  }
  return tag;
}

/** A tag with a `>` inside a value. */
function longTag(scanner: Scanner, less: number, scope: Scope): Token {
  const end = tagEnd(scanner.window, less);
  if (end < 0) return needMore(scanner, less);
  const raw = detached(scanner.window.slice(less, end + 1));
  const tag = readTag(scanner.reader, raw, scope, false);
  return tag === undefined ? scanner.refuse("xml.markup", less) : accept(scanner, tag, end);
}

/** The closing `>` of a tag with another one inside a value; -1 if it is not in the window. */
function tagEnd(window: string, less: number): number {
  for (let at = less + 1; at < window.length; at++) {
    const code = window.charCodeAt(at);
    if (code === 0x3e) return at;
    if (code !== 0x22 && code !== 0x27) continue;
    at = window.indexOf(code === 0x22 ? '"' : "'", at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

function accept(scanner: Scanner, tag: Tag, greater: number): Token {
  const { open } = scanner;
  if (open.length === 0) {
    if (scanner.isRootDone) scanner.refuse("xml.second_root", scanner.tokenAt);
    scanner.isRootDone = tag.empty;
  }
  if (open.length === scanner.limits.maxDepth) scanner.refuse("xml.limit.depth", scanner.tokenAt);
  if (greater - scanner.tokenAt > scanner.limits.maxMarkupBytes) {
    scanner.refuse("xml.limit.markup", scanner.tokenAt);
  }
  scanner.tag = tag;
  scanner.at = greater + 1;
  if (!tag.empty) open.push(tag);
  return Token.start;
}

function endTag(scanner: Scanner, less: number): Token {
  const { window, open } = scanner;
  const tag = open[open.length - 1];
  const end = less + 2 + (tag === undefined ? 0 : tag.rawName.length);
  const greater = window.charCodeAt(end) === 0x3e ? end : nextOf(scanner, Sought.greater, less);
  if (greater === window.length) return needMore(scanner, less);
  if (tag === undefined) return scanner.refuse("xml.no_start_tag", less);
  if (!standsAt(tag.rawName, window, less + 2) || skipWhite(window, end, greater) !== greater) {
    scanner.refuse("xml.end_tag", less, { name: cut(tag.localName) });
  }
  open.pop();
  if (open.length === 0) scanner.isRootDone = true;
  scanner.tag = tag;
  scanner.at = greater + 1;
  return Token.end;
}

function declaration(scanner: Scanner, less: number): Token {
  const { window } = scanner;
  if (window.startsWith("<!--", less)) return comment(scanner, less);
  if (window.startsWith("<![CDATA[", less)) return section(scanner, less);
  const rest = window.slice(less, less + 9);
  if (rest.length < 9 && ("<!--".startsWith(rest) || "<![CDATA[".startsWith(rest))) {
    return needMore(scanner, less);
  }
  const isDoctype = "<!DOCTYPE".startsWith(rest.toUpperCase());
  if (isDoctype && rest.length < 9 && !scanner.isLast) return Token.more;
  return scanner.refuse(isDoctype ? "xml.doctype" : "xml.markup", less);
}

function comment(scanner: Scanner, less: number): Token {
  const end = scanner.window.indexOf("--", less + 4);
  if (end < 0 || end + 2 >= scanner.window.length) return needMore(scanner, less);
  // XML 1.0, 2.5: no -- inside.
  if (scanner.window.charCodeAt(end + 2) !== 0x3e) scanner.refuse("xml.markup", end);
  return content(scanner, Token.comment, less + 4, end, end + 3);
}

function section(scanner: Scanner, less: number): Token {
  const end = scanner.window.indexOf("]]>", less + 9);
  if (scanner.open.length === 0) scanner.refuse("xml.text_outside_root", less);
  if (end < 0) return needMore(scanner, less);
  return content(scanner, Token.section, less + 9, end, end + 3);
}

function content(scanner: Scanner, token: Token, from: number, to: number, at: number): Token {
  if (at - scanner.tokenAt > scanner.limits.maxMarkupBytes) {
    scanner.refuse("xml.limit.markup", scanner.tokenAt);
  }
  scanner.from = from;
  scanner.to = to;
  scanner.at = at;
  return token;
}

const DECLARATION =
  /^<\?xml[\t\n\r ]+version[\t\n\r ]*=[\t\n\r ]*(["'])([^"'<>]*)\1(?:[\t\n\r ]+encoding[\t\n\r ]*=[\t\n\r ]*(["'])([A-Za-z][A-Za-z0-9._-]*)\3)?(?:[\t\n\r ]+standalone[\t\n\r ]*=[\t\n\r ]*(["'])(?:yes|no)\5)?[\t\n\r ]*\?>$/;

/** The XML declaration, which is not a token, or a processing instruction. */
function instruction(scanner: Scanner, less: number): Token {
  const { window } = scanner;
  const target = window.slice(less, less + 6);
  if (target.length < 6 && !scanner.isLast) return Token.more;
  if (/^<\?xml[\t\n\r ?]$/i.test(target)) return xmlDeclaration(scanner, less);
  if (scanner.open.length > 0) scanner.refuse("xml.processing_instruction", less);
  const name = nameEnd(window, less + 2);
  const end = window.indexOf("?>", name);
  if (end < 0) return needMore(scanner, less);
  const isNamed = isNcName(decodeLatin1(window.slice(less + 2, name)));
  if (!isNamed || (end > name && !isWhite(window.charCodeAt(name)))) {
    scanner.refuse("xml.markup", less);
  }
  return content(scanner, Token.instruction, less + 2, end, end + 2);
}

function xmlDeclaration(scanner: Scanner, less: number): Token {
  const { window } = scanner;
  if (less !== scanner.start) scanner.refuse("xml.declaration_place", less);
  const end = window.indexOf("?>", less);
  if (end < 0 && window.length < 1024) return needMore(scanner, less);
  const match = DECLARATION.exec(window.slice(less, Math.min(end + 2, less + 1024)));
  if (match === null) return scanner.refuse("xml.declaration", less);
  if (match[2] !== "1.0") scanner.refuse("xml.version", less);
  if (match[4] !== undefined) checkEncoding(scanner, less, match[4]);
  scanner.at = end + 2;
  return nextToken(scanner);
}

/** A string is already decoded, so its declared encoding does not count. */
function checkEncoding(scanner: Scanner, less: number, declared: string): void {
  const { encoding, high } = scanner;
  if (/^(?:us-)?ascii$/i.test(declared)) {
    scanner.isAscii = encoding !== undefined;
    if (scanner.isAscii && (high || encoding !== "UTF-8")) refuseAscii(scanner, less);
  } else if (encoding !== undefined && !isKnownEncoding(declared)) {
    scanner.refuse("xml.encoding_unsupported", less, { encoding: cut(declared) });
  } else if (encoding !== undefined && !mayDeclare(encoding, declared)) {
    scanner.refuse("xml.encoding_mismatch", less, { declared, encoding });
  }
}
