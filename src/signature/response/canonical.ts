import {
  type Canonicalizer,
  canonicalize,
  finishCanonical,
  newCanonicalizer,
  pause,
  resume,
} from "../../xml/canonical.ts";
import type { CanonicalMethod } from "../../xml/canonical-tag.ts";
import type { XmlElement } from "../../xml/element.ts";
import { nextToken } from "../../xml/scanner.ts";
import { rootScope } from "../../xml/scope.ts";
import { scannerOf } from "../../xml/tree.ts";
import { type Scanner, Token } from "../../xml/window.ts";
import { inheritedAttributes, scopeCopy } from "../preamble.ts";
import { ancestry, type ReadDocument } from "./document.ts";

/**
 * The canonical bytes of an element, one character each, without the element `omitted` (the signature,
 * for the enveloped-signature transform).
 */
export function canonicalElement(
  document: ReadDocument,
  element: XmlElement,
  method: CanonicalMethod,
  omitted?: XmlElement,
): string {
  const { latin1, high } = document.surveyed;
  const outer = ancestry(document, element).slice(0, -1);
  const scope = outer.at(-1)?.scope;
  const bytes = latin1.slice(element.at);
  // Blocks of 64 bytes no longer begin where those of the document do.
  const blocks = high && new Uint8Array((bytes.length >> 6) + 1).fill(1);
  const scanner = scannerOf(
    { latin1: bytes, high: blocks },
    document.limits,
    scope === undefined ? rootScope() : scopeCopy(scope),
  );
  const inherited = method.isExclusive ? [] : inheritedAttributes(outer, element);
  const omittedAt = omitted === undefined ? -1 : omitted.at - element.at;
  return canonical(scanner, method, inherited, omittedAt, ({ open }, token) => {
    return (token === Token.start || token === Token.end) && open.length === 0;
  });
}

/** The canonical bytes of the whole document: also the comments and instructions around its root. */
export function canonicalDocument(
  { surveyed, limits }: ReadDocument,
  method: CanonicalMethod,
  omitted: XmlElement,
): string {
  const scanner = scannerOf(surveyed, limits);
  return canonical(scanner, method, [], omitted.at, () => false);
}

function canonical(
  scanner: Scanner,
  method: CanonicalMethod,
  inherited: ReturnType<typeof inheritedAttributes>,
  omittedAt: number,
  isEnd: (scanner: Scanner, token: Token) => boolean,
): string {
  const pieces: string[] = [];
  const canonicalizer: Canonicalizer = newCanonicalizer(
    method,
    (piece) => pieces.push(piece),
    inherited,
  );
  /** Number of open elements around the omitted one; -1 outside of it. */
  let omittedDepth = -1;
  for (let token = nextToken(scanner); token !== Token.done; token = nextToken(scanner)) {
    if (omittedDepth < 0 && token === Token.start && scanner.tokenAt === omittedAt) {
      pause(canonicalizer, scanner);
      omittedDepth = scanner.tag.empty ? scanner.open.length : scanner.open.length - 1;
    }
    if (omittedDepth < 0) canonicalize(canonicalizer, scanner, token);
    else if (isClosed(scanner, token) && scanner.open.length === omittedDepth) {
      resume(canonicalizer, scanner);
      omittedDepth = -1;
    }
    if (isEnd(scanner, token)) break;
  }
  finishCanonical(canonicalizer);
  return pieces.join("");
}

/** True after an end tag, and after the tag of an empty element. */
function isClosed({ tag }: Scanner, token: Token): boolean {
  return token === Token.end || (token === Token.start && tag.empty);
}
