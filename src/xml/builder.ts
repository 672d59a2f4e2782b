import { decodeLatin1 } from "../core/bytes.ts";
import type { XmlAttribute, XmlElement } from "./element.ts";
import { isWhite, skipWhite } from "./names.ts";
import { normaliseLineEnds, resolveReferences } from "./references.ts";
import type { Scope } from "./scope.ts";
import { scopeIn } from "./tag.ts";
import { detached } from "./utf8.ts";
import { isHigh, type Scanner, Token } from "./window.ts";

/** An element while its content is read. */
interface Growing {
  readonly namespace: string;
  readonly localName: string;
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  children: XmlElement[];
  text: string;
  textAt: number[] | undefined;
  readonly scope: Scope;
  readonly at: number;
  commented: boolean;
}

/** Builds a tree from tokens. */
export interface TreeBuilder {
  /** See `newTreeBuilder`. */
  readonly unmixed: ReadonlySet<string>;
  readonly open: Growing[];
  /** Offset in the document of the scanner's window. */
  base: number;
  nodes: number;
}

const NO_CHILDREN: XmlElement[] = [];

const NONE: ReadonlySet<string> = /* @__PURE__ */ new Set();

/**
 * @param unmixed namespaces whose elements contain text or elements, but not both. The white space
 * between their child elements is not copied: reading a document of 1 MB is 1.3x faster.
 */
export function newTreeBuilder(unmixed: ReadonlySet<string> = NONE): TreeBuilder {
  return { unmixed, open: [], base: 0, nodes: 0 };
}

/** Adds the scanner's last token; returns the root once it is complete. */
export function grow(builder: TreeBuilder, scanner: Scanner, token: Token): XmlElement | undefined {
  if (token === Token.start) return startElement(builder, scanner);
  if (token === Token.end) return endElement(builder);
  const element = builder.open[builder.open.length - 1];
  if (element === undefined) return undefined;
  if (token === Token.comment) element.commented = true;
  else addText(builder, element, scanner, token);
  return undefined;
}

function startElement(builder: TreeBuilder, scanner: Scanner): XmlElement | undefined {
  const { tag } = scanner;
  const { open } = builder;
  builder.nodes += 1 + tag.attributes.length;
  if (builder.nodes > scanner.limits.maxNodes) scanner.refuse("xml.limit.nodes", scanner.tokenAt);
  const element: Growing = {
    namespace: tag.namespace,
    localName: tag.localName,
    prefix: tag.prefix,
    attributes: tag.attributes,
    children: NO_CHILDREN,
    text: "",
    textAt: undefined,
    scope: scopeIn(tag),
    at: builder.base + scanner.tokenAt,
    commented: false,
  };
  const parent = open[open.length - 1];
  if (parent !== undefined) {
    if (parent.children === NO_CHILDREN) parent.children = [element];
    else parent.children.push(element);
    if (parent.text !== "") {
      parent.textAt ??= new Array<number>(parent.children.length - 1).fill(0);
      parent.textAt.push(parent.text.length);
    }
  }
  if (tag.empty) return parent === undefined ? element : undefined;
  open.push(element);
  return undefined;
}

function endElement(builder: TreeBuilder): XmlElement | undefined {
  const element = builder.open.pop() as Growing;
  if (element.children !== NO_CHILDREN && skipWhite(element.text, 0) === element.text.length) {
    element.text = "";
    element.textAt = undefined;
  }
  return builder.open.length === 0 ? element : undefined;
}

function addText({ unmixed }: TreeBuilder, element: Growing, scanner: Scanner, token: Token): void {
  const isUnmixed = unmixed.has(element.namespace);
  if (isUnmixed && element.text === "" && isIndentation(element, scanner, token)) return;
  const piece = characters(scanner, token);
  element.text = element.text === "" ? piece : element.text + piece;
  if (element.text.length > scanner.limits.maxTextBytes) {
    scanner.refuse("xml.limit.text", scanner.from);
  }
}

/** True for white space after a child element, or before one. */
function isIndentation(element: Growing, scanner: Scanner, token: Token): boolean {
  const { window, from, to } = scanner;
  if (token !== Token.text || !isWhite(window.charCodeAt(from))) return false;
  if (element.children === NO_CHILDREN) {
    const next = window.charCodeAt(to + 1);
    // An end tag, a comment, a CDATA section, or the end of the window.
    if (next === 0x2f || next === 0x21 || Number.isNaN(next)) return false;
  }
  return skipWhite(window, from, to) === to;
}

/** The characters of the last text or CDATA section. */
export function characters(scanner: Scanner, token: Token): string {
  const { from, to } = scanner;
  const slice = scanner.window.slice(from, to);
  const written = scanner.isWhole ? slice : detached(slice);
  if (token === Token.text && scanner.isPlain) {
    return isHigh(scanner, from, to) ? decodeLatin1(written) : written;
  }
  const piece = normaliseLineEnds(written);
  const resolved = token === Token.section ? piece : resolveReferences(piece);
  if (typeof resolved === "number") return scanner.refuse("xml.reference", from + resolved);
  return decodeLatin1(resolved);
}
