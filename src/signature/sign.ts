import { createHash, type KeyObject, sign as signBytes } from "node:crypto";
import type { Certificate } from "../certificates/types.ts";
import { isObject, need } from "../core/argument.ts";
import { decodeLatin1 } from "../core/bytes.ts";
import { ANY, checkOptions, OBJECT, type OptionKinds, oneOf } from "../core/options.ts";
import { namespaces } from "../core/uris.ts";
import { metadataFromElement, UNMIXED } from "../metadata/read/parse.ts";
import { canonicalize, finishCanonical, newCanonicalizer } from "../xml/canonical.ts";
import { attributeOf, type XmlElement } from "../xml/element.ts";
import { limitsOf, type XmlLimits } from "../xml/limits.ts";
import { isNcName } from "../xml/names.ts";
import { nextToken } from "../xml/scanner.ts";
import { growTree, type Surveyed, scannerOf, surveyDocument } from "../xml/tree.ts";
import { encodeLatin1 } from "../xml/utf8.ts";
import { Token } from "../xml/window.ts";
import { ENVELOPED, EXCLUSIVE } from "./algorithms.ts";
import { cryptoOptions } from "./anchors.ts";
import { signingError } from "./error.ts";
import { type Signer, signerOf } from "./signer.ts";
import { isDsig } from "./structure.ts";
import { verifyMetadata } from "./verify.ts";

/** The key and the certificate that sign, and the algorithm. */
export interface SignOptions {
  /** PEM, or a key of node:crypto (see `readPrivateKey`): RSA of 2048 bits or more, EC on P-256 or P-384. */
  readonly privateKey: string | KeyObject;
  /** The certificate of that key, as PEM or read; it is published in the signature. */
  readonly certificate: string | Certificate;
  /** Default: SHA-256, or SHA-384 for a key on P-384. */
  readonly hash?: "sha256" | "sha384" | "sha512" | undefined;
  /** The padding of an RSA signature: PKCS #1 v1.5, or PSS (RFC 9231, 2.3.10). Default: pkcs1. */
  readonly padding?: "pkcs1" | "pss" | undefined;
  readonly limits?: Partial<XmlLimits> | undefined;
}

const KINDS: OptionKinds<SignOptions> = {
  privateKey: ANY,
  certificate: ANY,
  hash: oneOf("sha256", "sha384", "sha512"),
  padding: oneOf("pkcs1", "pss"),
  limits: OBJECT,
};

/**
 * Signs SAML metadata: an enveloped signature with exclusive canonicalisation, as the first child of
 * the root, where the schema requires it. A root without `ID` is given one, derived from the document,
 * so that the same input gives the same result (except for the values of ECDSA and RSA-PSS). An XML
 * declaration of another encoding becomes UTF-8; nothing else changes. The result is verified before
 * it is returned.
 *
 * Throws a `SignatureError`, or a `MetadataError` for a document that cannot be read.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { signMetadata } from "samlcert/signature";
 *
 * function sign(xml: string): string {
 *   return signMetadata(xml, {
 *     privateKey: readFileSync("signer.key", "utf8"),
 *     certificate: readFileSync("signer.crt", "utf8"),
 *   });
 * }
 * console.log(typeof sign);
 * ```
 */
export function signMetadata(xml: string | Uint8Array, options: SignOptions): string {
  need(() => isObject(options), "options", "an object with privateKey and certificate");
  checkOptions(options, KINDS, "signMetadata");
  const limits = limitsOf(options.limits);
  const signer = signerOf(options);
  const document = surveyDocument(xml, limits);
  const { root } = growTree(scannerOf(document, limits), UNMIXED);
  metadataFromElement(root, "untrusted", document.locate);
  if (root.children.some((child) => isDsig(child, "Signature"))) {
    throw signingError("signature.signed_already");
  }
  const unsigned = prepare(inUtf8(document), root, limits);
  const { latin1, contentAt } = unsigned;
  const signature = signatureOf(unsigned, signer, limits);
  const signed = decodeLatin1(latin1.slice(0, contentAt) + signature + latin1.slice(contentAt));
  // In 1970: the document may be past its validUntil, which is for its readers to refuse.
  verifyMetadata(signed, { trust: { publicKeys: [signer.publicKey] }, now: 0, limits });
  return signed;
}

/** A document without signature, and where in it the content of its root begins. */
interface Unsigned extends Surveyed {
  readonly contentAt: number;
  readonly id: string;
}

const ENCODING = /^((?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["'])(?!us-ascii|ascii)[\w.-]+/i;

/** The result is a string, which is written as UTF-8. */
function inUtf8({ latin1, high }: Surveyed): Surveyed {
  return { latin1: latin1.replace(ENCODING, "$1UTF-8"), high };
}

/** Finds where the content of the root begins, and gives the root an ID. */
function prepare({ latin1 }: Surveyed, root: XmlElement, limits: XmlLimits): Unsigned {
  const scanner = scannerOf({ latin1, high: allHigh(latin1) }, limits);
  let token = nextToken(scanner);
  while (token !== Token.start) token = nextToken(scanner);
  const { tag, tokenAt, at } = scanner;
  if (tag.empty) throw signingError("signature.root_empty");
  const own = attributeOf(root, "ID");
  if (own !== undefined) {
    if (!isNcName(own)) throw signingError("signature.root_id");
    return { latin1, high: allHigh(latin1), contentAt: at, id: encodeLatin1(own) };
  }
  const digest = createHash("sha256").update(latin1, "latin1").digest("hex");
  const id = `_${digest.slice(0, 40)}`;
  const attribute = ` ID="${id}"`;
  const nameEnd = tokenAt + 1 + tag.rawName.length;
  const identified = latin1.slice(0, nameEnd) + attribute + latin1.slice(nameEnd);
  return { latin1: identified, high: allHigh(identified), contentAt: at + attribute.length, id };
}

/** Bytes beyond ASCII may be anywhere. */
function allHigh(latin1: string): Uint8Array {
  return new Uint8Array((latin1.length >> 6) + 1).fill(1);
}

const DS = `xmlns:ds="${namespaces.ds}"`;

function signatureOf(unsigned: Unsigned, signer: Signer, limits: XmlLimits): string {
  const { signatureAlgorithm, digestAlgorithm, method, privateKey, certificateBase64 } = signer;
  const signedInfo =
    `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"/>` +
    `<ds:SignatureMethod Algorithm="${signatureAlgorithm}"/>` +
    `<ds:Reference URI="#${unsigned.id}"><ds:Transforms>` +
    `<ds:Transform Algorithm="${ENVELOPED}"/><ds:Transform Algorithm="${EXCLUSIVE}"/>` +
    `</ds:Transforms><ds:DigestMethod Algorithm="${digestAlgorithm}"/>` +
    `<ds:DigestValue>${digestOf(unsigned, signer, limits)}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  // Its exclusive canonical form.
  const canonical = signedInfo
    .replace("<ds:SignedInfo>", `<ds:SignedInfo ${DS}>`)
    .replaceAll(/<(ds:\w+)([^<>]*)\/>/g, "<$1$2></$1>");
  const value = signBytes(
    method.hash,
    Buffer.from(canonical, "latin1"),
    cryptoOptions(privateKey, method),
  );
  return (
    `<ds:Signature ${DS}>${signedInfo}` +
    `<ds:SignatureValue>${value.toString("base64")}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>` +
    `<ds:X509Certificate>${certificateBase64}</ds:X509Certificate>` +
    "</ds:X509Data></ds:KeyInfo></ds:Signature>"
  );
}

function digestOf(unsigned: Unsigned, { method }: Signer, limits: XmlLimits): string {
  const hash = createHash(method.hash);
  const scanner = scannerOf(unsigned, limits);
  const form = { isExclusive: true, withComments: false, inclusivePrefixes: [] };
  const canonicalizer = newCanonicalizer(form, (bytes) => {
    hash.update(bytes, "latin1");
  });
  for (let token = nextToken(scanner); token !== Token.done; token = nextToken(scanner)) {
    if (token !== Token.instruction) canonicalize(canonicalizer, scanner, token);
  }
  finishCanonical(canonicalizer);
  return hash.digest("base64");
}
