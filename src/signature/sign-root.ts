import { createHash, sign as signBytes } from "node:crypto";
import { decodeLatin1, toBase64 } from "../core/bytes.ts";
import { namespaces } from "../core/uris.ts";
import { canonicalize, finishCanonical, newCanonicalizer } from "../xml/canonical.ts";
import { attributeOf, type XmlElement } from "../xml/element.ts";
import type { XmlLimits } from "../xml/limits.ts";
import { isNcName } from "../xml/names.ts";
import { nextToken } from "../xml/scanner.ts";
import { type Surveyed, scannerOf } from "../xml/tree.ts";
import { encodeLatin1 } from "../xml/utf8.ts";
import { Token } from "../xml/window.ts";
import { ENVELOPED, EXCLUSIVE } from "./algorithms.ts";
import { cryptoOptions } from "./anchors.ts";
import { signingError } from "./error.ts";
import type { LocalSigner, Signer } from "./signer.ts";

/** How the root of a document is signed. */
export interface RootSigning {
  readonly root: XmlElement;
  readonly signer: Signer;
  readonly limits: XmlLimits;
  /** The text after which the signature stands. Default: the start tag of the root. */
  readonly after?: string | undefined;
}

/** The bytes to sign, and the signed document for their signature. */
export interface ToSign {
  readonly data: Uint8Array;
  readonly finish: (value: Uint8Array) => string;
}

/** Signs the root of a document with an enveloped signature. */
export function signRoot(
  document: Surveyed,
  signing: RootSigning & { signer: LocalSigner },
): string {
  const { data, finish } = toSign(document, signing);
  const { method, privateKey } = signing.signer;
  return finish(signBytes(method.hash, data, cryptoOptions(privateKey, method)));
}

/** Prepares an enveloped signature of the root of a document. */
export function toSign(document: Surveyed, signing: RootSigning): ToSign {
  const { root, signer, limits, after = "" } = signing;
  const unsigned = prepare(inUtf8(document), root, limits);
  const { latin1, contentAt } = unsigned;
  const at = latin1.indexOf(after, contentAt) + after.length;
  const signedInfo = signedInfoOf(unsigned, signer, limits);
  return {
    data: Buffer.from(canonicalForm(signedInfo), "latin1"),
    finish: (value) => {
      const signature = signatureOf(signedInfo, value, signer.certificateBase64);
      return decodeLatin1(latin1.slice(0, at) + signature + latin1.slice(at));
    },
  };
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

function signedInfoOf(unsigned: Unsigned, signer: Signer, limits: XmlLimits): string {
  const { signatureAlgorithm, digestAlgorithm } = signer;
  return (
    `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"/>` +
    `<ds:SignatureMethod Algorithm="${signatureAlgorithm}"/>` +
    `<ds:Reference URI="#${unsigned.id}"><ds:Transforms>` +
    `<ds:Transform Algorithm="${ENVELOPED}"/><ds:Transform Algorithm="${EXCLUSIVE}"/>` +
    `</ds:Transforms><ds:DigestMethod Algorithm="${digestAlgorithm}"/>` +
    `<ds:DigestValue>${digestOf(unsigned, signer, limits)}</ds:DigestValue></ds:Reference></ds:SignedInfo>`
  );
}

/** The exclusive canonical form of `<ds:SignedInfo>`. */
function canonicalForm(signedInfo: string): string {
  return signedInfo
    .replace("<ds:SignedInfo>", `<ds:SignedInfo xmlns:ds="${namespaces.ds}">`)
    .replaceAll(/<(ds:\w+)([^<>]*)\/>/g, "<$1$2></$1>");
}

function signatureOf(
  signedInfo: string,
  value: Uint8Array,
  certificate: string | undefined,
): string {
  return (
    `<ds:Signature xmlns:ds="${namespaces.ds}">${signedInfo}` +
    `<ds:SignatureValue>${toBase64(value)}</ds:SignatureValue>${keyInfo(certificate)}</ds:Signature>`
  );
}

function keyInfo(certificateBase64: string | undefined): string {
  if (certificateBase64 === undefined) return "";
  const certificate = `<ds:X509Certificate>${certificateBase64}</ds:X509Certificate>`;
  return `<ds:KeyInfo><ds:X509Data>${certificate}</ds:X509Data></ds:KeyInfo>`;
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
