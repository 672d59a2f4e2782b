import type { SignatureError } from "../core/errors.ts";
import { cut, quoted } from "../core/quote.ts";
import { namespaces } from "../core/uris.ts";
import type { CanonicalMethod } from "../xml/canonical-tag.ts";
import { attributeOf, isNamed, type XmlElement } from "../xml/element.ts";
import { bytesOfBase64 } from "../xml/utf8.ts";
import {
  canonicalForms,
  DEFAULT_FORM,
  digestLength,
  digestMethods,
  ENVELOPED,
  EXCLUSIVE,
  type HashName,
  type SignatureMethod,
  signatureMethods,
} from "./algorithms.ts";
import { signatureError } from "./error.ts";
import { RSA_PSS, readPssMethod } from "./pss-parameters.ts";

/** The content of a `<ds:Signature>` of metadata. */
export interface SignatureFacts {
  readonly canonicalMethod: CanonicalMethod;
  readonly signatureMethod: SignatureMethod;
  readonly signatureAlgorithm: string;
  readonly signatureValue: Uint8Array;
  readonly referenceUri: string;
  readonly digestForm: CanonicalMethod;
  readonly digestHash: HashName;
  readonly digestAlgorithm: string;
  readonly digestValue: Uint8Array;
}

/** True for an element of XML Signature, or its tag. */
export function isDsig(
  element: Pick<XmlElement, "namespace" | "localName"> | undefined,
  localName: string | undefined,
): boolean {
  return isNamed(element, namespaces.ds, localName);
}

/**
 * Reads a signature. Everything unexpected is refused. `KeyInfo` is not trusted, and it must not contain
 * anything that another program could take for the signature or for metadata.
 */
export function readSignature(signature: XmlElement): SignatureFacts {
  const [signedInfo, value] = parts(signature, ["SignedInfo", "SignatureValue"], "KeyInfo");
  const misleading = signature.children.slice(2).find(isMisleading);
  if (misleading !== undefined) throw structureError(misleading);
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
  parts(digestMethod, []);
  const referenceUri = attributeOf(reference, "URI");
  if (referenceUri === undefined) throw structureError(reference);
  const signatureMethod = signatureMethodOf(method);
  const digestHash = supported(digestMethods, digestMethod);
  const digest = base64(digestValue);
  if (digest.length !== digestLength(digestHash)) throw structureError(digestValue);
  return {
    canonicalMethod: canonicalMethodOf(canonicalization),
    signatureMethod,
    signatureAlgorithm: algorithmOf(method),
    signatureValue: base64(value),
    referenceUri,
    digestForm: digestFormOf(transforms),
    digestHash,
    digestAlgorithm: algorithmOf(digestMethod),
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

/** By local name, because some programs ignore namespaces. */
function isMisleading({ namespace, localName, children }: XmlElement): boolean {
  if (namespace === namespaces.md || MISLEADING.has(localName)) return true;
  return children.some(isMisleading);
}

/** The child elements: exactly these, in this order, and at most one more named `last`. */
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
  return signatureError("signature.structure", { element: cut(localName) });
}

function algorithmOf(element: XmlElement): string {
  return attributeOf(element, "Algorithm") ?? "";
}

function supported<T>(known: ReadonlyMap<string, T>, element: XmlElement): T {
  const algorithm = algorithmOf(element);
  const found = known.get(algorithm);
  if (found !== undefined) return found;
  throw signatureError("signature.algorithm", { algorithm: quoted(algorithm) });
}

function signatureMethodOf(method: XmlElement): SignatureMethod {
  if (algorithmOf(method) !== RSA_PSS) {
    parts(method, []);
    return supported(signatureMethods, method);
  }
  const found = isMixedBelow(method) ? undefined : readPssMethod(method);
  if (found === undefined) throw structureError(method);
  return found;
}

/** True for a comment, and for text where no number belongs. */
function isMixedBelow({ children, commented, text, localName }: XmlElement): boolean {
  const isNumber = localName === "SaltLength" || localName === "TrailerField";
  return commented || (text.trim() !== "" && !isNumber) || children.some(isMixedBelow);
}

function base64(element: XmlElement): Uint8Array {
  const bytes = bytesOfBase64(element.text);
  if (element.children.length > 0 || element.commented || bytes === undefined) {
    throw structureError(element);
  }
  return bytes;
}

function canonicalMethodOf(element: XmlElement): CanonicalMethod {
  const algorithm = algorithmOf(element);
  const form = canonicalForms.get(algorithm);
  if (form === undefined) {
    throw isDsig(element, "Transform")
      ? transformError(element)
      : signatureError("signature.canonicalization", { algorithm: quoted(algorithm) });
  }
  return { ...form, inclusivePrefixes: prefixList(element, form.isExclusive) };
}

/** Ten times as many as any known document has; each costs a look-up per element. */
const MAX_PREFIXES = 100;

/** `<ec:InclusiveNamespaces PrefixList="...">`, which only exclusive canonicalisation has. */
function prefixList(element: XmlElement, isExclusive: boolean): readonly string[] {
  const [list, ...others] = element.children;
  if (isMixed(element) || others.length > 0) throw structureError(element);
  if (list === undefined) return [];
  const text = attributeOf(list, "PrefixList");
  const isList = isExclusive && isNamed(list, EXCLUSIVE, "InclusiveNamespaces");
  if (!isList || text === undefined || list.children.length > 0) throw structureError(list);
  // libxml2 and xmlsec1 take the empty text before a superfluous blank for #default.
  const prefixes = text.split(" ", MAX_PREFIXES + 2);
  if (prefixes.at(-1) === "") prefixes.pop();
  if (prefixes.length > MAX_PREFIXES) {
    throw signatureError("signature.limit.prefixes", { limit: MAX_PREFIXES });
  }
  return prefixes.map((prefix) => (prefix === "#default" ? "" : prefix));
}

/** SAML core 5.4.4: enveloped-signature, then at most one canonicalisation. */
function digestFormOf(transforms: XmlElement): CanonicalMethod {
  const [enveloped, canonical, ...others] = transforms.children;
  if (transforms.commented || enveloped === undefined) throw structureError(transforms);
  const isFirst = algorithmOf(enveloped) === ENVELOPED && enveloped.children.length === 0;
  const wrong = [
    ...(isFirst ? [] : [enveloped]),
    ...transforms.children.filter((child) => !isDsig(child, "Transform")),
    ...others,
  ];
  if (wrong[0] !== undefined) throw transformError(wrong[0]);
  // A same-document reference excludes comments with every transform (XML Signature 1.1, 4.4.3.3).
  const method = canonical && canonicalMethodOf(canonical);
  return { ...DEFAULT_FORM, inclusivePrefixes: [], ...method, withComments: false };
}

function transformError(element: XmlElement): SignatureError {
  return signatureError("signature.transform", { algorithm: quoted(algorithmOf(element)) });
}
