import { decodeLatin1, toLatin1 } from "../core/bytes.ts";
import type { Location } from "../core/finding.ts";
import { grow, newTreeBuilder } from "./builder.ts";
import type { XmlDocument, XmlElement } from "./element.ts";
import { xmlError } from "./fault.ts";
import { limitsOf, type XmlLimits } from "./limits.ts";
import { placeAfter } from "./locate.ts";
import { isOrdinaryAscii, octetsFromText, surveyOctets } from "./octets.ts";
import { nextToken } from "./scanner.ts";
import { rootScope, type Scope } from "./scope.ts";
import { newScanner, type Scanner, setWindow, Token } from "./window.ts";

/** Octets that were surveyed: valid UTF-8 of XML characters. */
export interface Octets {
  readonly latin1: string;
  /** One for each 64 octets that hold one beyond ASCII; nothing if all are ASCII. */
  readonly high: Uint8Array | undefined;
  /** Where in the document a place is; nowhere, if the octets are of our own making. */
  readonly locate?: (at: number) => Location;
}

/** A document as such octets. */
export type OctetDocument = Required<Octets>;

/**
 * Checks the octets of a document, and gives them as one string.
 *
 * @throws MetadataError `xml.input`, `xml.encoding`, `xml.character`, `xml.limit.document`
 */
export function octetDocument(xml: string | Uint8Array, limits: XmlLimits): OctetDocument {
  if (!isReadable(xml)) throw xmlError("xml.input");
  if (xml.length > limits.documentBytes) throw xmlError("xml.limit.document");
  const isText = typeof xml === "string";
  // A copy: what other threads share could change between two looks at it.
  const { latin1, high } =
    isText && isOrdinaryAscii(xml)
      ? { latin1: xml, high: undefined }
      : surveyed(isText ? octetsFromText(xml) : new Uint8Array(xml), limits);
  const locate = (at: number): Location => {
    const place = placeAfter(latin1.slice(0, at));
    // Text is located in UTF-16 units, octets in octets (core/finding.ts).
    return isText ? { ...place, offset: decodeLatin1(latin1.slice(0, at)).length } : place;
  };
  return { latin1, high, locate };
}

function surveyed(octets: Uint8Array, { documentBytes }: XmlLimits): Octets {
  if (octets.length > documentBytes) throw xmlError("xml.limit.document");
  const survey = surveyOctets(octets);
  const isCut = survey.faultAt < 0 && survey.due > 0;
  const faultAt = isCut ? octets.length : survey.faultAt;
  if (faultAt >= 0) {
    const code = isCut || survey.faultIsEncoding ? "xml.encoding" : "xml.character";
    const before = toLatin1(octets.subarray(0, faultAt));
    throw xmlError(code, placeAfter(before), undefined, toLatin1(octets.subarray(0, 400)));
  }
  return { latin1: toLatin1(octets), high: survey.high };
}

/** From a form or a JSON body anything may come; by name, for other realms have their own bytes. */
function isReadable(xml: unknown): boolean {
  return typeof xml === "string" || Object.prototype.toString.call(xml) === "[object Uint8Array]";
}

/**
 * Reads a document into a tree, strictly: UTF-8, XML 1.0 with namespaces, no document type
 * declaration, no processing instruction, and nothing beyond the limits.
 *
 * @throws MetadataError with a code `xml.*`, line and column
 */
export function readXmlTree(xml: string | Uint8Array, limits?: Partial<XmlLimits>): XmlDocument {
  const bounds = limitsOf(limits);
  const document = octetDocument(xml, bounds);
  return { root: growTree(scannerOf(document, bounds)), locate: document.locate };
}

/** A scanner at the start of a document that is held, and so may be kept alive by what is read. */
export function scannerOf(
  { latin1, high, locate = () => ({}) }: Octets,
  limits: XmlLimits,
  scope: Scope = rootScope(),
  isLast = true,
): Scanner {
  const scanner = newScanner(scope, limits, locate);
  scanner.isWhole = true;
  setWindow(scanner, latin1, isLast, high);
  return scanner;
}

/** Reads to the end of the document; the tree has the tokens that are covered. */
export function growTree(scanner: Scanner, covers?: (token: Token) => boolean): XmlElement {
  const builder = newTreeBuilder();
  let root: XmlElement | undefined;
  for (let token = nextToken(scanner); token !== Token.done; token = nextToken(scanner)) {
    if (covers === undefined || covers(token)) root = grow(builder, scanner, token) ?? root;
  }
  return root as XmlElement;
}
