import type { Certificate } from "../../certificates/types.ts";
import { readCertificate } from "../../certificates/x509/certificate.ts";
import { isSamlCertError } from "../../core/errors.ts";
import type { Finding } from "../../core/finding.ts";
import { namespaces } from "../../core/uris.ts";
import { attributeOf, childrenOf, type XmlElement } from "../../xml/element.ts";
import { bytesOfBase64 } from "../../xml/utf8.ts";
import { isDsig, readSignature, type SignatureFacts } from "../structure.ts";
import { canonicalDocument, canonicalElement } from "./canonical.ts";
import { contains, pathOf, type ReadDocument } from "./document.ts";
import type { Question } from "./proof.ts";

/** A signature of a message, before its key is known. */
export interface SignatureReading {
  readonly element: XmlElement;
  /** The element that it is in. */
  readonly owner: XmlElement;
  /** The element that its reference names. */
  readonly target?: XmlElement | undefined;
  readonly facts?: SignatureFacts | undefined;
  readonly embedded: readonly Certificate[];
  /** The reason why it cannot be checked. */
  readonly fault?: Finding | undefined;
  /** Undefined if it cannot be checked. */
  readonly question?: Question | undefined;
}

/** Certificates of one KeyInfo that are read; a chain is rarely longer. */
const MAX_EMBEDDED = 5;

/** Every signature of a document, in its order. */
export function readSignatures(document: ReadDocument, max: number): readonly SignatureReading[] {
  const elements = document.elements.filter((element) => isDsig(element, "Signature"));
  return elements.slice(0, max).map((element) => readOne(document, element));
}

/** Number of signatures of a document. */
export function countSignatures({ elements }: ReadDocument): number {
  return elements.filter((element) => isDsig(element, "Signature")).length;
}

function readOne(document: ReadDocument, element: XmlElement): SignatureReading {
  const owner = document.parents.get(element) ?? element;
  const embedded = embeddedCertificates(element);
  let reading: SignatureReading = { element, owner, embedded };
  try {
    const facts = readSignature(element);
    const target = targetOf(document, facts.referenceUri);
    reading = { ...reading, facts, target };
    if (target === undefined) return reading;
    return { ...reading, question: questionOf(document, element, facts, target) };
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    const { code, message, hint, at = document.locate(element.at) } = error;
    const place = { ...at, path: pathOf(document, element) };
    return { ...reading, fault: { code, severity: "error", message, hint, at: place } };
  }
}

/** The first element with the ID that a reference names; the root for an empty one. */
function targetOf({ root, elements }: ReadDocument, uri: string): XmlElement | undefined {
  if (uri === "") return root;
  const id = uri.slice(1);
  if (!uri.startsWith("#") || id === "") return undefined;
  return elements.find((element) => attributeOf(element, "ID") === id);
}

function questionOf(
  document: ReadDocument,
  element: XmlElement,
  facts: SignatureFacts,
  target: XmlElement,
): Question {
  const signedInfo = element.children[0] as XmlElement;
  const omitted = contains(document, target, element) ? element : undefined;
  const isWhole = facts.referenceUri === "";
  const question: Question = {
    method: facts.signatureMethod,
    value: facts.signatureValue,
    signed: canonicalElement(document, signedInfo, facts.canonicalMethod),
  };
  // Programs differ in which of two elements with one ID they take; xmlsec1 refuses the document.
  if (hasDuplicateIds(document)) return question;
  const content = isWhole
    ? canonicalDocument(document, facts.digestForm, element)
    : canonicalElement(document, target, facts.digestForm, omitted);
  return { ...question, digest: { hash: facts.digestHash, value: facts.digestValue, content } };
}

function hasDuplicateIds({ elements }: ReadDocument): boolean {
  const ids = elements.flatMap(idsOf);
  return new Set(ids).size < ids.length;
}

/** Everything that some program takes for an ID. */
export function idsOf({ attributes }: XmlElement): readonly string[] {
  return attributes.filter(({ localName }) => /^id$/i.test(localName)).map(({ value }) => value);
}

/** The certificates in the KeyInfo of a signature that can be read. */
function embeddedCertificates(element: XmlElement): readonly Certificate[] {
  const texts = childrenOf(element, namespaces.ds, "KeyInfo")
    .flatMap((keyInfo) => childrenOf(keyInfo, namespaces.ds, "X509Data"))
    .flatMap((data) => childrenOf(data, namespaces.ds, "X509Certificate"))
    .slice(0, MAX_EMBEDDED);
  return texts.flatMap(({ text }) => {
    try {
      return [readCertificate(bytesOfBase64(text) ?? new Uint8Array()).certificate];
    } catch {
      return [];
    }
  });
}
