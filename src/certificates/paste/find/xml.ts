import type { Span } from "../inner.ts";

/** The text of one `ds:X509Certificate` element, by offsets. */
export interface XmlCertificate {
  readonly start: number;
  readonly end: number;
  /** The `use` of the enclosing KeyDescriptor, if any. */
  readonly use: string | undefined;
  readonly inKeyDescriptor: boolean;
  /** The number of the X509Data that it is in: the certificates of one are a chain. */
  readonly group: number;
}

/** The certificates of a text that is XML, or contains some. */
export interface XmlFound {
  readonly elements: readonly XmlCertificate[];
  /** The text, with blanks for the comments, processing instructions and CDATA marks in the elements. */
  readonly text: string;
  /** The comments and processing instructions. */
  readonly comments: readonly Span[];
  /** The places of those that were in an element, or contain a certificate themselves. */
  readonly blanked: readonly number[];
  /** From the first piece of markup to the end of the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * One piece of markup (XML 1.0, 2.4 to 2.7 and 3.1): comment, CDATA, processing instruction, end tag, or
 * start tag with its attributes. An attribute may contain `>`, and a short one `<`, which was `&lt;`;
 * one whose quote is not closed ends there.
 */
const MARKUP =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[|\]\]>|<\?[\s\S]*?(?:\?>|$)|<(\/?)(?:[\w.-]{1,80}:)?([A-Za-z_][\w.-]{0,80})((?:[^<>"']|"[^"<]*"|'[^'<]*')*(?:(?:"[^"<]{0,80}<[^"]{0,80}"|'[^'<]{0,80}<[^']{0,80}')(?=[\s/>])(?:[^<>"']|"[^"<]*"|'[^'<]*')*)?)>/g;

/** The attribute, or the value of another one, which may contain the same text. */
const USE = /\suse\s*=\s*(?:"([^"]*)"|'([^']*)')|"[^"]*"|'[^']*'/g;

/** The state of a scan for markup. */
interface Scan {
  readonly elements: XmlCertificate[];
  readonly blanks: Blank[];
  readonly comments: (Span & { readonly isInside: boolean })[];
  descriptor: { readonly use: string | undefined } | undefined;
  group: number;
  /** The start of the content of the open X509Certificate. */
  open: number | undefined;
  inCdata: boolean;
  from: number;
  to: number;
}

/**
 * Finds the certificates of any XML: metadata, a response, a fragment. Reads tags by the rules of XML, but
 * builds no tree, because a paste is often a part of a document; its place makes nothing trusted.
 */
export function findXmlCertificates(text: string): XmlFound {
  const scan: Scan = {
    ...{ elements: [], blanks: [], comments: [], descriptor: undefined, open: undefined },
    ...{ group: 0, inCdata: false, from: -1, to: 0 },
  };
  for (const match of text.matchAll(MARKUP)) {
    const isEndOfCdata = match[0] === "]]>";
    if (scan.inCdata !== isEndOfCdata) continue;
    if (match[2] === undefined) readOther(scan, match);
    else readTag(scan, match);
  }
  closeElement(scan, text.length);
  const { elements, blanks, comments, from, to } = scan;
  const hidden = comments.filter(
    ({ start, end, isInside }) => isInside || CERTIFICATE.test(text.slice(start, end)),
  );
  const places = hidden.map(({ start }) => start);
  return { elements, text: blanked(text, blanks), comments, blanked: places, from, to };
}

/** Base64 of DER. */
const CERTIFICATE = /MI[A-Za-z\d+/\s]{40}/;

/** A comment, a processing instruction, or a mark of CDATA. */
function readOther(scan: Scan, { 0: markup, index: at }: RegExpExecArray): void {
  scan.inCdata = markup === "<![CDATA[";
  const isInside = scan.open !== undefined;
  if (isInside) scan.blanks.push({ at, length: markup.length });
  if (scan.inCdata || markup === "]]>") return;
  const end = at + markup.length;
  scan.comments.push({ start: at, end, isInside });
  extend(scan, at, end);
}

function extend(scan: Scan, start: number, end: number): void {
  if (scan.from < 0) scan.from = start;
  scan.to = end;
}

function readTag(
  scan: Scan,
  { 0: markup, 1: slash, 2: name, 3: rest = "", index }: RegExpExecArray,
): void {
  closeElement(scan, index);
  extend(scan, index, index + markup.length);
  const isStart = slash === "" && !rest.endsWith("/");
  if (name === "KeyDescriptor") scan.descriptor = isStart ? { use: useOf(rest) } : undefined;
  if (name === "KeyDescriptor" || name === "X509Data") scan.group += 1;
  if (name === "X509Certificate" && isStart) scan.open = scan.to;
}

function closeElement(scan: Scan, end: number): void {
  const { open, descriptor, group } = scan;
  if (open === undefined) return;
  const inKeyDescriptor = descriptor !== undefined;
  scan.elements.push({ start: open, end, use: descriptor?.use, inKeyDescriptor, group });
  scan.open = undefined;
}

function useOf(attributes: string): string | undefined {
  for (const [, double, single] of attributes.matchAll(USE)) {
    const use = double ?? single;
    if (use !== undefined) return use.trim();
  }
  return undefined;
}

type Blank = { readonly at: number; readonly length: number };

function blanked(text: string, blanks: readonly Blank[]): string {
  let result = "";
  let from = 0;
  for (const { at, length } of blanks) {
    result += text.slice(from, at) + " ".repeat(length);
    from = at + length;
  }
  return result + text.slice(from);
}
