import type { KeyObject } from "node:crypto";
import { createHash } from "node:crypto";
import { unixSeconds } from "../../core/time.ts";
import { metadataFromElement } from "../read/parse.ts";
import { grow, newTreeBuilder } from "../xml/builder.ts";
import type { XmlElement } from "../xml/element.ts";
import { DEFAULT_LIMITS, type XmlLimits } from "../xml/limits.ts";
import { decodeLatin1 } from "../xml/octets.ts";
import { newScanner, nextToken, setWindow, Token } from "../xml/scanner.ts";
import { rootScope } from "../xml/scope.ts";
import { type OctetDocument, octetDocument } from "../xml/tree.ts";
import { anchorKeys, signingKeyOf } from "./anchors.ts";
import { type DigestPass, newDigestPass } from "./digest.ts";
import { signatureError } from "./fault.ts";
import type { VerifiedMetadata, VerifyOptions } from "./options.ts";
import { canonicalPart, type Preamble, readPreamble } from "./preamble.ts";
import { isKnown, OPINION_BYTES, OPINION_ELEMENTS, secondOpinion } from "./second-opinion.ts";
import { readSignature, type SignatureFacts } from "./structure.ts";
import { checkAll, checkRoot } from "./validity.ts";

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
  const keys = anchorKeys(options.trust);
  const facts = readSignature(preamble.signature);
  const usesSha1 = facts.digestHash === "sha1" || facts.signatureMethod.hash === "sha1";
  if (usesSha1 && options.unsafe?.sha1 !== true) throw signatureError("signature.sha1");
  const id = preamble.root.attributes.find(
    ({ namespace, localName }) => namespace === "" && localName === "ID",
  )?.value;
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
  if (id === undefined || id === "" || uri !== `#${id}`)
    throw signatureError("signature.reference");
}

/** SHA-256 of a key's SubjectPublicKeyInfo, lower-case hex. */
export function keySha256(key: KeyObject): string {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex");
}

/** The present, in unix seconds. */
export function presentOf({ now }: VerifyOptions): number {
  return unixSeconds(now ?? new Date());
}

/**
 * Verifies the signature of SAML metadata, and gives what it covers. Trust comes from the caller
 * alone; what the document says about keys is not looked at. Anything unusual is refused: see the
 * codes `signature.*`. Documents up to 256 KiB without comments are verified by xml-crypto as well,
 * and a disagreement is a refusal.
 *
 * An expired document is refused, and so is one that has an expired entity or role.
 *
 * Throws a `SignatureError`, or a `MetadataError` for a document that cannot be read.
 *
 * @example
 * ```ts
 * import { signingCertificates } from "samlcert/metadata";
 * import { verifyMetadata } from "samlcert/signature";
 *
 * function trustedKeys(xml: string, signer: string): readonly string[] {
 *   const { entities } = verifyMetadata(xml, { trust: { certificates: [signer] }, now: new Date() });
 *   return entities.flatMap((entity) => signingCertificates(entity).map(({ pem }) => pem));
 * }
 * console.log(typeof trustedKeys);
 * ```
 */
export function verifyMetadata(xml: string | Uint8Array, options: VerifyOptions): VerifiedMetadata {
  const limits: XmlLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const now = presentOf(options);
  const document = octetDocument(xml, limits);
  const { latin1, high, locate } = document;
  const preamble = readPreamble(latin1, high, true, limits, locate);
  if (preamble === undefined) throw signatureError("signature.missing");
  const proven = proveSignature(preamble, options, limits);
  const { root, pass } = readDigested(document, preamble, proven, limits);
  const opinion = needsOpinion(document, pass, proven.facts);
  if (opinion && !agrees(document, preamble, proven, limits)) {
    throw signatureError("signature.second_opinion");
  }
  checkRoot(root, options.validity ?? {}, now);
  checkAll(root, options.validity ?? {}, now);
  return {
    ...metadataFromElement(root, "verified"),
    signed: true,
    signature: {
      algorithm: proven.facts.signatureAlgorithm,
      keySha256: keySha256(proven.key),
      secondOpinion: opinion,
    },
  } as unknown as VerifiedMetadata;
}

/** Reads the document in the very pass that digests it; gives it only if the digest is right. */
function readDigested(
  { latin1, high, locate }: OctetDocument,
  { signatureAt }: Preamble,
  { facts, id }: ProvenSignature,
  limits: XmlLimits,
): { root: XmlElement; pass: DigestPass } {
  const scanner = newScanner(rootScope(), limits, locate);
  scanner.isWhole = true;
  setWindow(scanner, latin1, true, high);
  const pass = newDigestPass(scanner, facts, signatureAt, id);
  const builder = newTreeBuilder();
  let root: XmlElement | undefined;
  for (let token = nextToken(scanner); token !== Token.done; token = nextToken(scanner)) {
    if (pass.take(token)) root = grow(builder, scanner, token) ?? root;
  }
  pass.finish();
  return { root: root as XmlElement, pass };
}

function needsOpinion(
  { latin1 }: OctetDocument,
  { count }: DigestPass,
  facts: SignatureFacts,
): boolean {
  return (
    latin1.length <= OPINION_BYTES &&
    count.elements <= OPINION_ELEMENTS &&
    count.comments === 0 &&
    isKnown(facts.canonicalAlgorithms)
  );
}

function agrees(
  { latin1 }: OctetDocument,
  preamble: Preamble,
  { key }: ProvenSignature,
  limits: XmlLimits,
): boolean {
  const method = { isExclusive: true, withComments: false, inclusivePrefixes: [] };
  const signature = canonicalPart(preamble, "Signature", method, limits);
  return secondOpinion(decodeLatin1(latin1), decodeLatin1(signature), key);
}
