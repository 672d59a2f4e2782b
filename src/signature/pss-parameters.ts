import { namespaces } from "../core/uris.ts";
import { attributeOf, childrenOf, isNamed, type XmlElement } from "../xml/element.ts";
import { digestLength, digestMethods, PSS, type SignatureMethod } from "./algorithms.ts";

/** RSASSA-PSS with parameters (RFC 9231, 2.3.9). */
export const RSA_PSS: string = `${PSS}rsa-pss`;

/** Longer than any salt that fits a signature. */
const MAX_SALT = 512;

/**
 * Reads `<pss:RSAPSSParams>`. Without it, and for what it leaves out, the defaults are those of
 * sha256-rsa-MGF1. Undefined for any other content, and for a mask with another hash than the digest,
 * which no runtime verifies.
 */
export function readPssMethod(method: XmlElement): SignatureMethod | undefined {
  const [parameters, ...others] = method.children;
  if (others.length > 0) return undefined;
  const { children = [] } = parameters ?? {};
  const [digest] = parameters ? childrenOf(parameters, namespaces.ds, "DigestMethod") : [];
  const partOf = (name: string): XmlElement | undefined =>
    children.find((child) => isNamed(child, PSS, name));
  const [mask, salt, trailer] = ["MaskGenerationFunction", "SaltLength", "TrailerField"].map(
    partOf,
  );
  const known = [digest, mask, salt, trailer].filter((one) => one !== undefined);
  const isParameters = parameters === undefined || isNamed(parameters, PSS, "RSAPSSParams");
  if (!isParameters || known.length !== children.length) return undefined;
  const hash = digest === undefined ? "sha256" : hashOf(digest);
  const saltLength = salt === undefined ? hash && digestLength(hash) : numberOf(salt);
  const isPlain = [digest, mask?.children[0]].every((one) => (one?.children ?? []).length === 0);
  const isUsual = trailer === undefined || numberOf(trailer) === 1;
  if (hash === undefined || saltLength === undefined || !isPlain || !isUsual) return undefined;
  return mask === undefined || isMaskOf(mask, hash)
    ? { kind: "rsa-pss", hash, saltLength }
    : undefined;
}

function hashOf(digest: XmlElement): SignatureMethod["hash"] | undefined {
  return digestMethods.get(attributeOf(digest, "Algorithm") ?? "");
}

function isMaskOf(mask: XmlElement, hash: SignatureMethod["hash"]): boolean {
  const [digest, ...others] = mask.children;
  const isMgf1 = (attributeOf(mask, "Algorithm") ?? `${PSS}MGF1`) === `${PSS}MGF1`;
  if (!isMgf1 || others.length > 0) return false;
  if (digest === undefined) return hash === "sha256";
  return isNamed(digest, namespaces.ds, "DigestMethod") && hashOf(digest) === hash;
}

function numberOf({ text, children }: XmlElement): number | undefined {
  const value =
    children.length === 0 && /^\d{1,3}$/.test(text.trim()) ? Number(text) : MAX_SALT + 1;
  return value > MAX_SALT ? undefined : value;
}
