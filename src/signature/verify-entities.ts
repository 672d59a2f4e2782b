import { OBJECT, type OptionKinds } from "../core/options.ts";
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
import type { XmlLimits } from "../xml/limits.ts";
import { nextToken } from "../xml/scanner.ts";
import { Token } from "../xml/window.ts";
import { type DigestPass, newDigestPass } from "./digest.ts";
import { signatureError } from "./error.ts";
import { VERIFY_KINDS, type VerifyOptions, verificationOf } from "./options.ts";
import { PREAMBLE_BYTES, type Preamble, readPreamble } from "./preamble.ts";
import { proveSignature } from "./prove.ts";
import { checkAll, checkElement, checkRoot } from "./validity.ts";

/** How the entities of a signed stream are verified and selected. */
export interface VerifyEntitiesOptions extends Omit<VerifyOptions, "secondOpinion"> {
  /** Returns only these entities. Default: all. The signature is that of the whole document. */
  readonly select?: EntitySelection | undefined;
}

const { secondOpinion: _, ...STREAM_KINDS } = VERIFY_KINDS;
const KINDS: OptionKinds<VerifyEntitiesOptions> = { ...STREAM_KINDS, select: OBJECT };

/**
 * Verifies a signed document of any size from a stream, in bounded memory, and returns the entities
 * that are selected. They are kept until the digest of the whole document is verified. Everything that
 * `verifyMetadata` refuses is refused, except a `validUntil` outside the root, the selected entities
 * and the groups around them.
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
  const verification = verificationOf(options, KINDS, "verifyEntities");
  const { limits, validity, now } = verification;
  const feed = newFeed(source, limits);
  try {
    const preamble = await preambleOf(feed, limits);
    const { facts, id } = proveSignature(preamble, verification);
    const pass = newDigestPass(feed.scanner, facts, preamble.signatureAt, id);
    const finder = newEntityFinder(feed.scanner, selectorOf(options.select), false);
    const held = await digestAll(feed, pass, finder, limits);
    pass.finish();
    checkRoot(preamble.root, validity, now);
    for (const { element, groups } of held) {
      for (const group of groups) checkElement(group.element, validity, now);
      checkAll(element, validity, now);
    }
    return held.map(entityReader("verified"));
  } finally {
    await feed.close();
  }
}

/** Slides the window on until it contains the signature. */
async function preambleOf(feed: Feed, limits: XmlLimits): Promise<Preamble> {
  const { scanner } = feed;
  do await feed.more();
  while (!scanner.isLast && scanner.window.length < PREAMBLE_BYTES);
  const { window: latin1, high, isLast, encoding } = scanner;
  const document = { latin1, high, encoding, locate: feed.locate };
  const preamble = readPreamble(document, isLast, limits);
  if (preamble === undefined) {
    throw signatureError("signature.too_long", { bytes: PREAMBLE_BYTES });
  }
  return preamble;
}

/** Digests the whole document and collects the selected entities. */
async function digestAll(
  feed: Feed,
  pass: DigestPass,
  finder: EntityFinder,
  limits: XmlLimits,
): Promise<readonly FoundEntity[]> {
  const { scanner } = feed;
  const held: FoundEntity[] = [];
  let bytes = 0;
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
    bytes += feed.base() + scanner.at - finder.builtFrom;
    if (bytes > limits.maxBytes) throw signatureError("signature.limit.held");
    held.push(found);
  }
}
