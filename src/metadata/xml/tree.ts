import type { Location } from "../../core/finding.ts";
import { grow, newTreeBuilder } from "./builder.ts";
import type { XmlDocument, XmlElement } from "./element.ts";
import { xmlError } from "./fault.ts";
import { DEFAULT_LIMITS, type XmlLimits } from "./limits.ts";
import { placeAfter } from "./locate.ts";
import { decodeLatin1, latin1FromOctets, newSurvey, surveyOctets } from "./octets.ts";
import { newScanner, nextToken, setWindow, Token } from "./scanner.ts";
import { rootScope } from "./scope.ts";

/** A document as octets that were surveyed: valid UTF-8 of XML characters, no byte order mark. */
export interface OctetDocument {
  readonly latin1: string;
  readonly locate: (at: number) => Location;
}

/**
 * Checks the octets of a document, and gives them as one string.
 *
 * @throws MetadataError `xml.encoding`, `xml.character`, `xml.limit.document`
 */
export function octetDocument(xml: string | Uint8Array, limits: XmlLimits): OctetDocument {
  if (xml.length > limits.documentBytes) throw xmlError("xml.limit.document");
  const octets = typeof xml === "string" ? octetsOf(xml) : xml;
  if (octets.length > limits.documentBytes) throw xmlError("xml.limit.document");
  const survey = newSurvey();
  surveyOctets(survey, octets);
  const isText = typeof xml === "string";
  if (survey.faultAt < 0 && survey.due > 0) {
    survey.faultAt = octets.length;
    survey.faultIsEncoding = true;
  }
  if (survey.faultAt >= 0) {
    const before = latin1FromOctets(octets.subarray(0, survey.faultAt));
    const code = survey.faultIsEncoding ? "xml.encoding" : "xml.character";
    throw xmlError(code, placeAfter(before));
  }
  const all = isText && !survey.high ? xml : latin1FromOctets(octets);
  const skipped = all.startsWith("\xef\xbb\xbf") ? 3 : 0;
  const latin1 = skipped === 0 ? all : all.slice(skipped);
  const locate = (at: number): Location => {
    const place = placeAfter(latin1.slice(0, at));
    // Text is located in UTF-16 units, octets in octets (core/finding.ts).
    const mark = skipped === 0 ? 0 : isText ? 1 : 3;
    const offset = isText ? decodeLatin1(latin1.slice(0, at)).length : at;
    return { line: place.line, column: place.column, offset: mark + offset };
  };
  return { latin1, locate };
}

function octetsOf(text: string): Uint8Array {
  const octets = new TextEncoder().encode(text);
  // A lone surrogate becomes U+FFFD, which would hide that the text was none.
  if (octets.length > text.length) {
    const at = text.search(/\p{Surrogate}/u);
    if (at >= 0) throw xmlError("xml.character", { offset: at }, "It is a lone surrogate.");
  }
  return octets;
}

/**
 * Reads a document into a tree, strictly: UTF-8, XML 1.0 with namespaces, no document type
 * declaration, no processing instruction, and nothing beyond the limits.
 *
 * @throws MetadataError with a code `xml.*`, line and column
 */
export function readXmlTree(xml: string | Uint8Array, limits?: Partial<XmlLimits>): XmlDocument {
  const bounds: XmlLimits =
    limits === undefined ? DEFAULT_LIMITS : { ...DEFAULT_LIMITS, ...limits };
  const document = octetDocument(xml, bounds);
  const scanner = newScanner(rootScope(), bounds, document.locate);
  setWindow(scanner, document.latin1, true);
  const builder = newTreeBuilder();
  let root: XmlElement | undefined;
  for (let token = nextToken(scanner); token !== Token.done; token = nextToken(scanner)) {
    root = grow(builder, scanner, token) ?? root;
  }
  return { root: root as XmlElement, locate: document.locate };
}
