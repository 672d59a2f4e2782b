import { grow, newTreeBuilder } from "../xml/builder.ts";
import { canonicalize, finishCanonical, newCanonicalizer } from "../xml/canonical.ts";
import type { CanonicalMethod } from "../xml/canonical-tag.ts";
import { isDsig, type XmlAttribute, type XmlElement } from "../xml/element.ts";
import type { XmlLimits } from "../xml/limits.ts";
import { nextToken } from "../xml/scanner.ts";
import { bindingsOf, rootScope, type Scope, scopeInside, XML_NAMESPACE } from "../xml/scope.ts";
import type { Tag } from "../xml/tag.ts";
import { type Octets, scannerOf } from "../xml/tree.ts";
import { type Scanner, Token } from "../xml/window.ts";
import { signatureError } from "./fault.ts";

/** What stands before a signed document's content: its root's start tag and the signature. */
export interface Preamble {
  readonly root: Tag;
  readonly signature: XmlElement;
  /** Offset of the signature, in the window. */
  readonly signatureAt: number;
  /** The octets of the signature. */
  readonly octets: string;
}

/** The signature and what comes before it have to fit in this. */
export const PREAMBLE_BYTES: number = 256 * 1024;

/**
 * Reads from the start of a document to the end of its signature. The schema wants that to be the
 * root's first child; there it can be known before anything else is read. `undefined` says that the
 * window ends before it.
 */
export function readPreamble(
  document: Octets,
  isLast: boolean,
  limits: XmlLimits,
): Preamble | undefined {
  const scanner = scannerOf(document, limits, rootScope(), isLast);
  const root = nextStart(scanner);
  if (root === undefined) return undefined;
  if (root.empty) throw signatureError("signature.missing");
  const first = nextStart(scanner);
  if (first === undefined) return undefined;
  if (!isDsig(first, "Signature")) throw signatureError("signature.missing");
  const signatureAt = scanner.tokenAt;
  const builder = newTreeBuilder();
  let token: Token = Token.start;
  for (;;) {
    const signature = grow(builder, scanner, token);
    if (signature !== undefined) {
      const octets = scanner.window.slice(signatureAt, scanner.at);
      return { root, signature, signatureAt, octets };
    }
    token = nextToken(scanner);
    if (token === Token.more) return undefined;
  }
}

/** The next start tag; comments and text before it do not matter here. */
function nextStart(scanner: Scanner): Tag | undefined {
  for (;;) {
    const token = nextToken(scanner);
    if (token === Token.start) return scanner.tag;
    if (token === Token.more) return undefined;
    if (token === Token.end || token === Token.done) throw signatureError("signature.missing");
  }
}

/** The canonical octets of `<ds:SignedInfo>`, or of all of the signature. */
export function canonicalPart(
  preamble: Preamble,
  part: "SignedInfo" | "Signature",
  method: CanonicalMethod,
  limits: XmlLimits,
): string {
  const { root, signature, octets: latin1 } = preamble;
  // The octets were surveyed with the document; where they are beyond ASCII does not matter here.
  const high = new Uint8Array((latin1.length >> 6) + 1).fill(1);
  const scanner = scannerOf({ latin1, high }, limits, scopeOf(root));
  const depth = part === "Signature" ? 1 : 2;
  const ancestors = [root, signature].slice(0, depth);
  const inherited = method.isExclusive ? [] : inheritedAttributes(ancestors);
  let canonical = "";
  const canonicalizer = newCanonicalizer(
    method,
    (piece) => {
      canonical += piece;
    },
    inherited,
  );
  let isInside = false;
  for (let token = nextToken(scanner); token !== Token.done; token = nextToken(scanner)) {
    isInside ||= token === Token.start && isPart(scanner, part, depth);
    if (!isInside) continue;
    canonicalize(canonicalizer, scanner, token);
    if (token === Token.end && scanner.open.length === depth - 1) break;
  }
  finishCanonical(canonicalizer);
  if (canonical === "") throw signatureError("signature.structure");
  return canonical;
}

function isPart({ tag, open }: Scanner, part: string, depth: number): boolean {
  return open.length === depth && isDsig(tag, part);
}

/** The scope of a tag, without what was read in it. */
function scopeOf({ scope }: Tag): Scope {
  let copy = rootScope();
  for (const [prefix, namespace] of bindingsOf(scope)) copy = scopeInside(copy, prefix, namespace);
  return copy;
}

/** An inclusive form of SignedInfo has attributes of the elements around it. */
export function inheritsAttributes({ root, signature }: Preamble): boolean {
  return inheritedAttributes([root, signature]).length > 0;
}

/**
 * The `xml:` attributes that the apex of a subset takes from its ancestors (Canonical XML 1.0, 2.4).
 * Canonical XML 1.1 treats `xml:id` and `xml:base` otherwise; with those there is none.
 */
function inheritedAttributes(
  ancestors: readonly Pick<Tag, "attributes">[],
): readonly XmlAttribute[] {
  const found = new Map<string, XmlAttribute>();
  for (const { attributes } of ancestors) {
    for (const attribute of attributes) {
      if (attribute.namespace !== XML_NAMESPACE) continue;
      if (attribute.localName !== "lang" && attribute.localName !== "space") {
        throw signatureError("signature.structure", "An xml: attribute is in its way.");
      }
      found.set(attribute.localName, attribute);
    }
  }
  return [...found.values()];
}
