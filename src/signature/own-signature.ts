import { createHash, sign as signOctets } from "node:crypto";
import { canonicalize, finishCanonical, newCanonicalizer } from "../xml/canonical.ts";
import type { XmlLimits } from "../xml/limits.ts";
import { nextToken } from "../xml/scanner.ts";
import { type Octets, scannerOf } from "../xml/tree.ts";
import { Token } from "../xml/window.ts";
import { ENVELOPED, EXCLUSIVE } from "./algorithms.ts";
import { signatureError } from "./fault.ts";
import { canonicalPart, readPreamble } from "./preamble.ts";
import type { Signer } from "./sign-key.ts";

const METHOD = { isExclusive: true, withComments: false, inclusivePrefixes: [] } as const;

/** A document without signature, as octets, and where in it its root's content begins. */
export interface Unsigned extends Octets {
  readonly contentAt: number;
  readonly id: string;
}

/**
 * The signature of a document: octet for octet what xml-crypto makes, in time that grows with the
 * document and no faster.
 */
export function ownSignature(unsigned: Unsigned, signer: Signer, limits: XmlLimits): string {
  const template = signatureText(unsigned.id, signer, digestOf(unsigned, signer, limits), "AAAA");
  const document = insertSignature(unsigned, template);
  const high = new Uint8Array((document.length >> 6) + 1).fill(1);
  const preamble = readPreamble({ latin1: document, high }, true, limits);
  if (preamble === undefined) throw signatureError("signature.structure");
  const octets = canonicalPart(preamble, "SignedInfo", METHOD, limits);
  const key = { key: signer.privateKey, dsaEncoding: "ieee-p1363" as const };
  const value = signOctets(signer.hash, Buffer.from(octets, "latin1"), key).toString("base64");
  return template.replace("AAAA</ds:SignatureValue>", () => `${value}</ds:SignatureValue>`);
}

/** Puts a signature where the schema wants it: first in the root. */
export function insertSignature({ latin1, contentAt }: Unsigned, signature: string): string {
  return latin1.slice(0, contentAt) + signature + latin1.slice(contentAt);
}

function digestOf(unsigned: Unsigned, signer: Signer, limits: XmlLimits): string {
  const hash = createHash(signer.hash);
  const scanner = scannerOf(unsigned, limits);
  const canonicalizer = newCanonicalizer(METHOD, (octets) => {
    hash.update(octets, "latin1");
  });
  for (let token = nextToken(scanner); token !== Token.done; token = nextToken(scanner)) {
    canonicalize(canonicalizer, scanner, token);
  }
  finishCanonical(canonicalizer);
  return hash.digest("base64");
}

function signatureText(id: string, signer: Signer, digest: string, value: string): string {
  const certificate = signer.certificatePem.replace(/-----[A-Z ]+-----|[\t\n\r ]+/g, "");
  return (
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>' +
    `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"/>` +
    `<ds:SignatureMethod Algorithm="${signer.signatureAlgorithm}"/>` +
    `<ds:Reference URI="#${id}"><ds:Transforms>` +
    `<ds:Transform Algorithm="${ENVELOPED}"/><ds:Transform Algorithm="${EXCLUSIVE}"/>` +
    `</ds:Transforms><ds:DigestMethod Algorithm="${signer.digestAlgorithm}"/>` +
    `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>` +
    `<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>` +
    `<ds:X509Certificate>${certificate}</ds:X509Certificate>` +
    "</ds:X509Data></ds:KeyInfo></ds:Signature>"
  );
}
