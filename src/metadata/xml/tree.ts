import { toLatin1 } from "../../core/bytes.ts";
import type { Location } from "../../core/finding.ts";
import { grow, newTreeBuilder } from "./builder.ts";
import type { XmlDocument, XmlElement } from "./element.ts";
import { xmlError } from "./fault.ts";
import { limitsOf, type XmlLimits } from "./limits.ts";
import { placeAfter } from "./locate.ts";
import { decodeLatin1, isOrdinaryAscii, octetsFromText, surveyOctets } from "./octets.ts";
import { nextToken } from "./scanner.ts";
import { rootScope } from "./scope.ts";
import { newScanner, setWindow, Token } from "./window.ts";

/** A document as octets that were surveyed: valid UTF-8 of XML characters. */
export interface OctetDocument {
  readonly latin1: string;
  /** One for each 64 octets that hold one beyond ASCII; nothing if all are ASCII. */
  readonly high: Uint8Array | undefined;
  readonly locate: (at: number) => Location;
}

/**
 * Checks the octets of a document, and gives them as one string.
 *
 * @throws MetadataError `xml.input`, `xml.encoding`, `xml.character`, `xml.limit.document`
 */
export function octetDocument(xml: string | Uint8Array, limits: XmlLimits): OctetDocument {
  if (!isReadable(xml)) throw xmlError("xml.input");
  if (xml.length > limits.documentBytes) throw xmlError("xml.limit.document");
  if (typeof xml === "string" && isOrdinaryAscii(xml)) {
    return { latin1: xml, high: undefined, locate: (at) => placeAfter(xml.slice(0, at)) };
  }
  // A copy: what other threads share could change between two looks at it.
  const octets = typeof xml === "string" ? octetsFromText(xml) : new Uint8Array(xml);
  if (octets.length > limits.documentBytes) throw xmlError("xml.limit.document");
  const survey = surveyOctets(octets);
  const isText = typeof xml === "string";
  if (survey.faultAt < 0 && survey.due > 0) {
    survey.faultAt = octets.length;
    survey.faultIsEncoding = true;
  }
  if (survey.faultAt >= 0) {
    const before = toLatin1(octets.subarray(0, survey.faultAt));
    const code = survey.faultIsEncoding ? "xml.encoding" : "xml.character";
    throw xmlError(code, placeAfter(before), undefined, toLatin1(octets.subarray(0, 400)));
  }
  const latin1 = isText && survey.high === undefined ? xml : toLatin1(octets);
  const locate = (at: number): Location => {
    const place = placeAfter(latin1.slice(0, at));
    // Text is located in UTF-16 units, octets in octets (core/finding.ts).
    return isText ? { ...place, offset: decodeLatin1(latin1.slice(0, at)).length } : place;
  };
  return { latin1, high: survey.high, locate };
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
  const scanner = newScanner(rootScope(), bounds, document.locate);
  scanner.isWhole = true;
  setWindow(scanner, document.latin1, true, document.high);
  const builder = newTreeBuilder();
  let root: XmlElement | undefined;
  for (let token = nextToken(scanner); token !== Token.done; token = nextToken(scanner)) {
    root = grow(builder, scanner, token) ?? root;
  }
  return { root: root as XmlElement, locate: document.locate };
}
