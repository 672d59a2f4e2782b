import { cut } from "../core/quote.ts";
import { canonicalize, finishCanonical, newCanonicalizer } from "../xml/canonical.ts";
import type { CanonicalMethod } from "../xml/canonical-tag.ts";
import type { XmlAttribute, XmlElement } from "../xml/element.ts";
import type { XmlLimits } from "../xml/limits.ts";
import { nextToken } from "../xml/scanner.ts";
import { bindingsOf, rootScope, type Scope, scopeInside, XML_NAMESPACE } from "../xml/scope.ts";
import type { Tag } from "../xml/tag.ts";
import { growElement, type Surveyed, scannerOf } from "../xml/tree.ts";
import { type Scanner, Token } from "../xml/window.ts";
import { signatureError } from "./error.ts";
import { misplacement } from "./misplacement.ts";
import { isDsig } from "./structure.ts";

/** The start of a signed document: the start tag of its root, and the signature. */
export interface Preamble {
  readonly root: Tag;
  readonly signature: XmlElement;
  /** Offset of the signature in the window. */
  readonly signatureAt: number;
  /** The bytes of the signature. */
  readonly bytes: string;
}

/** Upper bound on the signature and what comes before it, in a stream. */
export const PREAMBLE_BYTES: number = 256 * 1024;

/**
 * Reads from the start of a document to the end of its signature. The schema requires it to be the
 * first child of the root, where it is known before anything else is read. Undefined if the window
 * ends before the signature does.
 */
export function readPreamble(
  document: Surveyed,
  isLast: boolean,
  limits: XmlLimits,
): Preamble | undefined {
  const scanner = scannerOf(document, limits, rootScope(), isLast);
  const root = nextStart(scanner);
  if (root === undefined) return undefined;
  const first = root.empty ? undefined : nextStart(scanner);
  if (first === undefined && !root.empty && !isLast) return undefined;
  if (!isDsig(first, "Signature")) throw misplacement(scanner, document);
  const signatureAt = scanner.tokenAt;
  const signature = growElement(scanner);
  if (signature === undefined) return undefined;
  const bytes = scanner.window.slice(signatureAt, scanner.at);
  return { root: root as Tag, signature, signatureAt, bytes };
}

/** The next start tag. Undefined at the end of an element or of the window. */
function nextStart(scanner: Scanner): Tag | undefined {
  for (;;) {
    const token = nextToken(scanner);
    if (token === Token.start) return scanner.tag;
    if (token === Token.more || token === Token.end || token === Token.done) return undefined;
  }
}

/** The canonical bytes of `<ds:SignedInfo>`, or of the whole signature. */
export function canonicalPart(
  preamble: Preamble,
  part: "SignedInfo" | "Signature",
  method: CanonicalMethod,
  limits: XmlLimits,
): string {
  const { root, signature, bytes: latin1 } = preamble;
  // The bytes were surveyed with the document; where they are beyond ASCII does not matter here.
  const high = new Uint8Array((latin1.length >> 6) + 1).fill(1);
  const scanner = scannerOf({ latin1, high }, limits, scopeCopy(root.scope));
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
  if (canonical === "") throw signatureError("signature.structure", { element: part });
  return canonical;
}

function isPart({ tag, open }: Scanner, part: string, depth: number): boolean {
  return open.length === depth && isDsig(tag, part);
}

/** A copy of a scope, without its memoised tags. */
export function scopeCopy(scope: Scope): Scope {
  let copy = rootScope();
  for (const [prefix, namespace] of bindingsOf(scope)) copy = scopeInside(copy, prefix, namespace);
  return copy;
}

/**
 * The `xml:` attributes that the apex of a subset inherits from its ancestors (Canonical XML 1.0, 2.4).
 * Canonical XML 1.1 treats `xml:id` and `xml:base` differently; these are refused.
 *
 * @param apex its own attributes come before inherited ones
 */
export function inheritedAttributes(
  ancestors: readonly Pick<Tag, "attributes">[],
  apex?: Pick<Tag, "attributes">,
): readonly XmlAttribute[] {
  const found = new Map<string, XmlAttribute>();
  for (const { attributes } of ancestors) {
    for (const attribute of attributes) {
      if (attribute.namespace !== XML_NAMESPACE) continue;
      if (attribute.localName !== "lang" && attribute.localName !== "space") {
        const name = `xml:${cut(attribute.localName)}`;
        throw signatureError("signature.inherited_attribute", { attribute: name });
      }
      found.set(attribute.localName, attribute);
    }
  }
  for (const { namespace, localName } of apex?.attributes ?? []) {
    if (namespace === XML_NAMESPACE) found.delete(localName);
  }
  return [...found.values()];
}
