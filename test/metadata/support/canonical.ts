import { newFeed } from "../../../src/metadata/stream/feed.ts";
import {
  canonicalize,
  finishCanonical,
  leaveWindow,
  newCanonicalizer,
} from "../../../src/xml/canonical.ts";
import type { CanonicalMethod } from "../../../src/xml/canonical-tag.ts";
import { DEFAULT_LIMITS } from "../../../src/xml/limits.ts";
import { nextToken } from "../../../src/xml/scanner.ts";
import { scannerOf, surveyDocument } from "../../../src/xml/tree.ts";
import { Token } from "../../../src/xml/window.ts";

/** The canonical form of a document that is in memory. */
export function canonicalForm(xml: Uint8Array, method: CanonicalMethod): Buffer {
  const scanner = scannerOf(surveyDocument(xml, DEFAULT_LIMITS), DEFAULT_LIMITS);
  const pieces: string[] = [];
  const canonicalizer = newCanonicalizer(method, (piece) => pieces.push(piece));
  for (let token = nextToken(scanner); token !== Token.done; token = nextToken(scanner)) {
    canonicalize(canonicalizer, scanner, token);
  }
  finishCanonical(canonicalizer);
  return Buffer.from(pieces.join(""), "latin1");
}

/** The same through windows of a few bytes that end anywhere. */
export async function canonicalFormOfStream(
  xml: Uint8Array,
  method: CanonicalMethod,
  size: number,
): Promise<Buffer> {
  const feed = newFeed(xml, DEFAULT_LIMITS, size);
  const { scanner } = feed;
  const pieces: string[] = [];
  const canonicalizer = newCanonicalizer(method, (piece) => pieces.push(piece));
  for (;;) {
    const token = nextToken(scanner);
    if (token === Token.done) break;
    if (token === Token.more) {
      leaveWindow(canonicalizer, scanner);
      await feed.more();
    } else canonicalize(canonicalizer, scanner, token);
  }
  finishCanonical(canonicalizer);
  return Buffer.from(pieces.join(""), "latin1");
}
