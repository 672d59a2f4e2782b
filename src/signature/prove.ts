import type { SignatureError } from "../core/errors.ts";
import { quoted } from "../core/quote.ts";
import { namespaces } from "../core/uris.ts";
import { attributeOf, childrenOf } from "../xml/element.ts";
import { signingKeyOf, type TrustedKey, trustedKeys } from "./anchors.ts";
import { signatureError } from "./error.ts";
import type { SignatureInfo, Verification } from "./options.ts";
import { canonicalPart, type Preamble } from "./preamble.ts";
import { readSignature, type SignatureFacts } from "./structure.ts";

/** A signature whose value a trusted key made; the digest has not been compared yet. */
export interface ProvenSignature {
  readonly facts: SignatureFacts;
  readonly signer: TrustedKey;
  /** The root's ID, if the reference names it. */
  readonly id: string | undefined;
}

/** Checks everything about a signature except the digest of what it covers. */
export function proveSignature(preamble: Preamble, verification: Verification): ProvenSignature {
  const facts = readSignature(preamble.signature);
  if (!verification.allowSha1) refuseSha1(facts);
  const id = attributeOf(preamble.root, "ID");
  checkReference(facts.referenceUri, id, verification);
  const { canonicalMethod, signatureMethod, signatureValue } = facts;
  const bytes = canonicalPart(preamble, "SignedInfo", canonicalMethod, verification.limits);
  const signer = signingKeyOf(
    verification.keys,
    signatureMethod,
    Buffer.from(bytes, "latin1"),
    signatureValue,
    verification.allowShortRsa,
  );
  if (signer === undefined) throw untrusted(preamble, verification);
  return { facts, signer, id };
}

function refuseSha1(facts: SignatureFacts): void {
  const { digestHash, digestAlgorithm, signatureMethod, signatureAlgorithm } = facts;
  if (signatureMethod.hash !== "sha1" && digestHash !== "sha1") return;
  const algorithm = digestHash === "sha1" ? digestAlgorithm : signatureAlgorithm;
  throw signatureError("signature.sha1", { algorithm });
}

function checkReference(uri: string, id: string | undefined, options: Verification): void {
  if (uri === "") {
    if (!options.allowEmptyReference) throw signatureError("signature.reference_empty");
    return;
  }
  if (id === undefined || uri !== `#${id}` || !PLAIN_ID.test(id)) {
    throw signatureError("signature.reference", { reference: quoted(uri) });
  }
}

/** Wider than the schema's NCName, and never taken for an XPointer. */
const PLAIN_ID = /^[\w.:\x80-\uffff-]+$/;

/** KeyInfo is only believed for the message: its end entity tells a changed document from a stranger's. */
function untrusted({ signature }: Preamble, { keys }: Verification): SignatureError {
  const texts = childrenOf(signature, namespaces.ds, "KeyInfo").flatMap((keyInfo) =>
    childrenOf(keyInfo, namespaces.ds, "X509Data").map((data) =>
      childrenOf(data, namespaces.ds, "X509Certificate")
        .map(({ text }) => `-----BEGIN CERTIFICATE-----${text}-----END CERTIFICATE-----`)
        .join("\n"),
    ),
  );
  const named = texts.flatMap((text) => {
    try {
      return trustedKeys({ certificates: text });
    } catch {
      return [];
    }
  });
  const isKnown = named.some((one) => keys.some((key) => key.sha256() === one.sha256()));
  return signatureError(isKnown ? "signature.changed" : "signature.untrusted");
}

/** The report about a verified signature. */
export function signatureInfo(
  { facts, signer }: ProvenSignature,
  secondOpinion: boolean,
): SignatureInfo {
  const { signatureAlgorithm: algorithm } = facts;
  return {
    algorithm,
    // Exporting a key of node:crypto takes longer than verifying the document.
    get keySha256() {
      return signer.sha256();
    },
    secondOpinion,
  };
}
