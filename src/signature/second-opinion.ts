import { createRequire } from "node:module";
import { decodeLatin1 } from "../core/bytes.ts";
import type { XmlLimits } from "../xml/limits.ts";
import { signatureError } from "./error.ts";
import { canonicalPart, type Preamble } from "./preamble.ts";
import type { ProvenSignature } from "./prove.ts";

/** Throws unless xml-crypto, which the caller has installed, verifies the signature too. */
export function askXmlCrypto(
  document: string,
  preamble: Preamble,
  { facts, signer }: ProvenSignature,
  limits: XmlLimits,
): void {
  const { SignedXml } = loadXmlCrypto();
  const signed = new SignedXml({
    publicCert: signer.key.export({ type: "spki", format: "pem" }),
    getCertFromKeyInfo: () => null,
  });
  // Self-contained: it may use prefixes that the root declares.
  const signature = canonicalPart(preamble, "Signature", facts.canonicalMethod, limits);
  if (!isConfirmed(signed, decodeLatin1(document), decodeLatin1(signature))) {
    throw signatureError("signature.second_opinion");
  }
}

type XmlCrypto = typeof import("xml-crypto");

function isConfirmed(
  signed: InstanceType<XmlCrypto["SignedXml"]>,
  document: string,
  signature: string,
): boolean {
  try {
    signed.loadSignature(signature);
    return signed.checkSignature(document) && signed.getSignedReferences().length === 1;
  } catch {
    return false;
  }
}

function loadXmlCrypto(): XmlCrypto {
  try {
    return createRequire(import.meta.url)("xml-crypto") as XmlCrypto;
  } catch {
    throw signatureError("signature.second_opinion_missing");
  }
}
