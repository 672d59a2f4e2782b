import type { VerifiedEntity } from "../metadata/model/trust.ts";
import { entityReader } from "../metadata/stream/entities.ts";
import { type Feed, newFeed, type OctetSource } from "../metadata/stream/feed.ts";
import {
  type EntityFinder,
  type FoundEntity,
  moved,
  newEntityFinder,
  take,
} from "../metadata/stream/finder.ts";
import { type EntitySelection, selectorOf } from "../metadata/stream/selection.ts";
import { limitsOf, type XmlLimits } from "../xml/limits.ts";
import { nextToken } from "../xml/scanner.ts";
import { Token } from "../xml/window.ts";
import { type DigestPass, newDigestPass } from "./digest.ts";
import { signatureError } from "./fault.ts";
import type { VerifyOptions } from "./options.ts";
import { PREAMBLE_BYTES, type Preamble, readPreamble } from "./preamble.ts";
import { confirm, presentOf, proveSignature } from "./prove.ts";
import { OPINION_BYTES } from "./second-opinion.ts";
import { checkAll, checkElement, checkRoot, validityOf } from "./validity.ts";

/** How the entities of a signed stream are verified and chosen. */
export interface VerifyEntitiesOptions extends VerifyOptions {
  /** Only these entities are given; all, if absent. The signature is that of the whole document. */
  readonly select?: EntitySelection | undefined;
}

/**
 * Verifies a signed document of any size from a stream, in bounded memory, and gives the entities that
 * are selected. They are held until the digest of the whole document is known to be right: nothing is
 * given before. What `verifyMetadata` refuses is refused here, but that of a `validUntil` only that of
 * the root, of what is given and of the groups around it counts.
 *
 * Throws a `SignatureError`, or a `MetadataError` for a document that cannot be read.
 *
 * @example
 * ```ts
 * import { createReadStream } from "node:fs";
 * import { verifyEntities } from "samlcert/signature";
 *
 * async function entity(file: string, entityId: string, signer: string): Promise<unknown> {
 *   const [found] = await verifyEntities(createReadStream(file), {
 *     trust: { certificates: [signer] },
 *     select: { entityIds: [entityId] },
 *   });
 *   return found;
 * }
 * console.log(typeof entity);
 * ```
 */
export async function verifyEntities(
  source: OctetSource,
  options: VerifyEntitiesOptions,
): Promise<readonly VerifiedEntity[]> {
  const limits = limitsOf(options?.limits);
  const now = presentOf(options);
  const policy = validityOf(options?.validity);
  const feed = newFeed(source, limits);
  try {
    const preamble = await preambleOf(feed, limits);
    const proven = proveSignature(preamble, options, limits);
    const whole = feed.scanner.isLast ? feed.scanner.window : undefined;
    const pass = newDigestPass(feed.scanner, proven.facts, preamble.signatureAt, proven.id);
    const finder = newEntityFinder(feed.scanner, selectorOf(options?.select), false);
    const held = await digestAll(feed, pass, finder, limits);
    pass.finish();
    confirm(whole, preamble, proven, pass, limits);
    checkRoot(preamble.root, policy, now);
    for (const { element, groups } of held) {
      for (const group of groups) checkElement(group.element, policy, now);
      checkAll(element, policy, now);
    }
    return held.map(entityReader("verified"));
  } finally {
    await feed.close();
  }
}

/** Slides the window on until the signature is in it, or a small document all of it. */
async function preambleOf(feed: Feed, limits: XmlLimits): Promise<Preamble> {
  const { scanner } = feed;
  do await feed.more();
  while (!scanner.isLast && scanner.window.length < OPINION_BYTES);
  const { window: latin1, high, isLast } = scanner;
  const preamble = readPreamble({ latin1, high, locate: feed.locate }, isLast, limits);
  if (preamble === undefined) {
    throw signatureError("signature.missing", `It does not end within ${PREAMBLE_BYTES} octets.`);
  }
  return preamble;
}

/** Digests the document to its end, and holds the entities that are wanted. */
async function digestAll(
  feed: Feed,
  pass: DigestPass,
  finder: EntityFinder,
  limits: XmlLimits,
): Promise<readonly FoundEntity[]> {
  const { scanner } = feed;
  const held: FoundEntity[] = [];
  let octets = 0;
  for (;;) {
    const token = nextToken(scanner);
    if (token === Token.done) return held;
    if (token === Token.more) {
      pass.leave();
      await feed.more();
      moved(finder, feed.base());
      continue;
    }
    const found = pass.take(token) ? take(finder, token) : undefined;
    if (found === undefined) continue;
    octets += feed.base() + scanner.at - finder.builtFrom;
    if (octets > limits.documentBytes) throw signatureError("signature.limit.held");
    held.push(found);
  }
}
