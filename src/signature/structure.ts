import type { SignatureError } from "../core/errors.ts";
import { namespaces } from "../core/uris.ts";
import type { CanonicalMethod } from "../xml/canonical-tag.ts";
import { attributeOf, isDsig, type XmlElement } from "../xml/element.ts";
import { octetsOfBase64 } from "../xml/octets.ts";
import {
  canonicalForms,
  DEFAULT_FORM,
  digestLengths,
  digestMethods,
  ENVELOPED,
  EXCLUSIVE,
  type HashName,
  type SignatureMethod,
  signatureMethods,
} from "./algorithms.ts";
import { signatureError } from "./fault.ts";

/** What a `<ds:Signature>` of metadata says, once it is known to be built as it has to be. */
export interface SignatureFacts {
  readonly canonicalMethod: CanonicalMethod;
  readonly signatureMethod: SignatureMethod;
  readonly signatureAlgorithm: string;
  readonly signatureValue: Uint8Array;
  readonly referenceUri: string;
  readonly digestForm: CanonicalMethod;
  readonly digestHash: HashName;
  readonly digestValue: Uint8Array;
}

/**
 * Reads a signature. Whatever is not expected is refused. What `KeyInfo` says is never believed, and it
 * may not hold anything that another program could take for the signature or for metadata.
 */
export function readSignature(signature: XmlElement): SignatureFacts {
  const [signedInfo, value] = parts(signature, ["SignedInfo", "SignatureValue"], "KeyInfo");
  if (signature.children.slice(2).some(isMisleading)) throw signatureError("signature.structure");
  const [canonicalization, method, reference] = parts(signedInfo, [
    "CanonicalizationMethod",
    "SignatureMethod",
    "Reference",
  ]);
  const [transforms, digestMethod, digestValue] = parts(reference, [
    "Transforms",
    "DigestMethod",
    "DigestValue",
  ]);
  parts(method, []);
  parts(digestMethod, []);
  const referenceUri = attributeOf(reference, "URI");
  if (referenceUri === undefined) throw signatureError("signature.reference");
  const signatureAlgorithm = algorithmOf(method);
  const signatureMethod = signatureMethods.get(signatureAlgorithm);
  const digestHash = digestMethods.get(algorithmOf(digestMethod));
  if (signatureMethod === undefined || digestHash === undefined) {
    throw signatureError("signature.algorithm");
  }
  const digest = base64(digestValue);
  if (digest.length !== digestLengths[digestHash]) throw structureError(digestValue);
  return {
    canonicalMethod: canonicalMethodOf(canonicalization),
    signatureMethod,
    signatureAlgorithm,
    signatureValue: base64(value),
    referenceUri,
    digestForm: digestFormOf(transforms),
    digestHash,
    digestValue: digest,
  };
}

const MISLEADING: ReadonlySet<string> = new Set([
  "Signature",
  "SignedInfo",
  "CanonicalizationMethod",
  "SignatureMethod",
  "Reference",
  "DigestMethod",
  "DigestValue",
  "SignatureValue",
]);

/** By local name, for some programs look at nothing else. */
function isMisleading({ namespace, localName, children }: XmlElement): boolean {
  if (namespace === namespaces.md || MISLEADING.has(localName)) return true;
  return children.some(isMisleading);
}

/** The children of an element: exactly these, in this order, and perhaps one last. */
function parts<const Names extends readonly string[]>(
  element: XmlElement,
  names: Names,
  last?: string,
): { readonly [I in keyof Names]: XmlElement } {
  const { children } = element;
  const hasLast = children.length === names.length + 1 && isDsig(children[names.length], last);
  const isComplete = children.length === names.length || hasLast;
  const isExpected = names.every((name, i) => isDsig(children[i], name));
  if (!isComplete || !isExpected || isMixed(element)) throw structureError(element);
  return children as never;
}

/** A comment would be read by one program and skipped by another (CVE-2025-29775). */
function isMixed({ commented, text }: XmlElement): boolean {
  return commented || text.trim() !== "";
}

function structureError({ localName }: XmlElement): SignatureError {
  return signatureError("signature.structure", `It is about ${localName.slice(0, 40)}.`);
}

function algorithmOf(element: XmlElement): string {
  return attributeOf(element, "Algorithm") ?? "";
}

function base64(element: XmlElement): Uint8Array {
  const octets = octetsOfBase64(element.text);
  if (element.children.length > 0 || element.commented || octets === undefined) {
    throw structureError(element);
  }
  return octets;
}

function canonicalMethodOf(element: XmlElement): CanonicalMethod {
  const algorithm = algorithmOf(element);
  const form = canonicalForms.get(algorithm);
  if (form === undefined) throw signatureError("signature.transform");
  return { ...form, inclusivePrefixes: prefixList(element, form.isExclusive) };
}

/** `<ec:InclusiveNamespaces PrefixList="...">`: of an exclusive form alone, and alone there. */
function prefixList(element: XmlElement, isExclusive: boolean): readonly string[] {
  const [list, ...others] = element.children;
  if (isMixed(element) || others.length > 0) throw structureError(element);
  if (list === undefined) return [];
  const isList = list.localName === "InclusiveNamespaces" && list.namespace === EXCLUSIVE;
  const prefixes = attributeOf(list, "PrefixList");
  if (!isExclusive || !isList || prefixes === undefined || list.children.length > 0) {
    throw structureError(element);
  }
  return prefixes
    .split(/[\t\n\r ]+/)
    .filter((prefix) => prefix !== "")
    .map((prefix) => (prefix === "#default" ? "" : prefix));
}

/** SAML core 5.4.4: the enveloped-signature transform, and a canonicalisation; here in that order. */
function digestFormOf(transforms: XmlElement): CanonicalMethod {
  const [enveloped, canonical, ...others] = transforms.children;
  const isExpected =
    transforms.children.every((child) => isDsig(child, "Transform")) &&
    enveloped?.children.length === 0 &&
    algorithmOf(enveloped) === ENVELOPED &&
    others.length === 0;
  if (!isExpected || transforms.commented) throw signatureError("signature.transform");
  // A same-document reference has no comments, whatever the transform (XML Signature 1.1, 4.4.3.3).
  const method = canonical && canonicalMethodOf(canonical);
  return { ...DEFAULT_FORM, inclusivePrefixes: [], ...method, withComments: false };
}
