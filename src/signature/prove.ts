import type { KeyObject } from "node:crypto";
import { decodeLatin1 } from "../core/bytes.ts";
import { sha256Hex } from "../core/digest.ts";
import { unixSeconds } from "../core/time.ts";
import { attributeOf } from "../xml/element.ts";
import type { XmlLimits } from "../xml/limits.ts";
import { anchorKeys, signingKeyOf } from "./anchors.ts";
import type { DigestPass } from "./digest.ts";
import { signatureError } from "./fault.ts";
import type { SignatureInfo, VerifyOptions } from "./options.ts";
import { canonicalPart, inheritsAttributes, type Preamble } from "./preamble.ts";
import { MISREAD, OPINION_BYTES, OPINION_ELEMENTS, secondOpinion } from "./second-opinion.ts";
import { readSignature, type SignatureFacts } from "./structure.ts";

/** A signature whose value a trusted key made; the digest is still to be checked. */
export interface ProvenSignature {
  readonly facts: SignatureFacts;
  readonly key: KeyObject;
  /** The root's ID, where the reference names it. */
  readonly id: string | undefined;
}

/** Checks everything about a signature but the digest of what it covers. */
export function proveSignature(
  preamble: Preamble,
  options: VerifyOptions,
  limits: XmlLimits,
): ProvenSignature {
  const keys = anchorKeys(options?.trust);
  const facts = readSignature(preamble.signature);
  const usesSha1 = facts.digestHash === "sha1" || facts.signatureMethod.hash === "sha1";
  if (usesSha1 && options.unsafe?.sha1 !== true) throw signatureError("signature.sha1");
  const id = attributeOf(preamble.root, "ID");
  checkReference(facts.referenceUri, id, options);
  const octets = canonicalPart(preamble, "SignedInfo", facts.canonicalMethod, limits);
  const key = signingKeyOf(
    keys,
    facts.signatureMethod,
    Buffer.from(octets, "latin1"),
    facts.signatureValue,
    options.unsafe?.shortRsaKeys === true,
  );
  return { facts, key, id };
}

function checkReference(uri: string, id: string | undefined, options: VerifyOptions): void {
  if (uri === "") {
    if (options.allowEmptyReference !== true) throw signatureError("signature.reference_empty");
    return;
  }
  if (id === undefined || uri !== `#${id}` || !PLAIN_ID.test(id)) {
    throw signatureError("signature.reference");
  }
}

/** Near enough to what the schema allows, and never taken for another kind of reference. */
const PLAIN_ID = /^[\w.:\x80-\uffff-]+$/;

/** The present, in unix seconds. */
export function presentOf(options: VerifyOptions): number {
  return unixSeconds(options?.now ?? new Date());
}

/** Asks xml-crypto, within its limits. Throws if it disagrees; says what is known about the signature. */
export function confirm(
  latin1: string | undefined,
  preamble: Preamble,
  { facts, key }: ProvenSignature,
  { count }: DigestPass,
  limits: XmlLimits,
): SignatureInfo {
  const asks =
    latin1 !== undefined &&
    latin1.length <= OPINION_BYTES &&
    count.elements <= OPINION_ELEMENTS &&
    count.comments === 0 &&
    !MISREAD.test(latin1) &&
    // xml-crypto leaves those out (Canonical XML 1.0, 2.4).
    (facts.canonicalMethod.isExclusive || !inheritsAttributes(preamble));
  if (asks) {
    const signature = canonicalPart(preamble, "Signature", facts.canonicalMethod, limits);
    if (!secondOpinion(decodeLatin1(latin1), decodeLatin1(signature), key)) {
      throw signatureError("signature.second_opinion");
    }
  }
  const keySha256 = sha256Hex(key.export({ type: "spki", format: "der" }));
  return { algorithm: facts.signatureAlgorithm, keySha256, secondOpinion: asks };
}
