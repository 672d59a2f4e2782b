import { isText, isUint8Array } from "../core/argument.ts";
import { decodeLatin1, toLatin1 } from "../core/bytes.ts";
import type { Location } from "../core/finding.ts";
import { grow, newTreeBuilder } from "./builder.ts";
import type { XmlDocument, XmlElement, XmlInstruction } from "./element.ts";
import { decodeDocument, type Encoding, encodingOf, unsupportedEncoding } from "./encoding.ts";
import { xmlError } from "./error.ts";
import { limitsOf, type XmlLimits } from "./limits.ts";
import { placeAfter } from "./locate.ts";
import { nameEnd } from "./names.ts";
import { nextToken } from "./scanner.ts";
import { rootScope, type Scope } from "./scope.ts";
import { bytesFromText, isOrdinaryAscii, surveyBytes } from "./utf8.ts";
import { newScanner, refusal, type Scanner, setWindow, Token } from "./window.ts";

/** Bytes that were surveyed: valid UTF-8 of XML characters, one character per byte. */
export interface Surveyed {
  readonly latin1: string;
  /** 1 for each 64 bytes that contain one beyond ASCII; undefined if all are ASCII. */
  readonly high: Uint8Array | undefined;
  /** The encoding of the document; undefined if it is a string. */
  readonly encoding?: Encoding | undefined;
  /** The place of an offset; absent for bytes that the library made. */
  readonly locate?: (at: number) => Location;
}

/** A document that was surveyed. */
export type SurveyedDocument = Surveyed & Required<Pick<Surveyed, "locate">>;

/**
 * Checks the bytes of a document, which may be UTF-8, UTF-16 or ISO-8859-1.
 *
 * @throws MetadataError `xml.input`, `xml.encoding*`, `xml.character`, `xml.limit.document`
 */
export function surveyDocument(xml: string | Uint8Array, limits: XmlLimits): SurveyedDocument {
  if (!isText(xml) && !isUint8Array(xml)) throw xmlError("xml.input");
  if (xml.length > limits.maxBytes) throw xmlError("xml.limit.document");
  if (isText(xml)) return surveyText(xml, limits, 1);
  // A copy: another thread could change shared memory between two looks at it.
  const bytes = new Uint8Array(xml);
  const encoding = encodingOf(bytes);
  if (encoding !== "UTF-8") {
    const unit = encoding === "ISO-8859-1" ? 1 : 2;
    return { ...surveyText(decodeDocument(bytes, encoding), limits, unit), encoding };
  }
  const { latin1, high } = surveyed(bytes, limits);
  return { latin1, high, encoding, locate: (at) => placeAfter(latin1.slice(0, at)) };
}

/** @param unit bytes of the document per UTF-16 unit of text, for offsets */
function surveyText(text: string, limits: XmlLimits, unit: number): SurveyedDocument {
  const { latin1, high } = isOrdinaryAscii(text)
    ? { latin1: text, high: undefined }
    : surveyed(bytesFromText(text), limits);
  const locate = (at: number): Location => {
    const before = latin1.slice(0, at);
    return { ...placeAfter(before), offset: decodeLatin1(before).length * unit };
  };
  return { latin1, high, locate };
}

function surveyed(bytes: Uint8Array, { maxBytes }: XmlLimits): Surveyed {
  if (bytes.length > maxBytes) throw xmlError("xml.limit.document");
  const survey = surveyBytes(bytes);
  const isCut = survey.invalidAt < 0 && survey.due > 0;
  const invalidAt = isCut ? bytes.length : survey.invalidAt;
  if (invalidAt >= 0) {
    const at = placeAfter(toLatin1(bytes, 0, invalidAt));
    throw refusalOfBytes(bytes, isCut || survey.isInvalidUtf8, at);
  }
  return { latin1: toLatin1(bytes), high: survey.high };
}

/** The error of a document that begins with `head` and has a byte that is not allowed. */
export function refusalOfBytes(head: Uint8Array, isInvalidUtf8: boolean, at: Location): Error {
  const start = toLatin1(head, 0, Math.min(head.length, 400));
  const encoding = unsupportedEncoding(start);
  if (encoding !== undefined) return xmlError("xml.encoding_unsupported", { encoding }, at);
  if (!isInvalidUtf8) return refusal(start, "xml.character", undefined, at);
  return refusal(start, "xml.encoding", { encoding: "UTF-8" }, at);
}

/**
 * Reads a document into a tree, strictly: XML 1.0 with namespaces, no document type declaration, no
 * processing instruction in the root, and nothing beyond the limits.
 *
 * @param unmixed see `newTreeBuilder`
 * @throws MetadataError with a code `xml.*`, line and column
 */
export function readXmlTree(
  xml: string | Uint8Array,
  limits?: Partial<XmlLimits>,
  unmixed?: ReadonlySet<string>,
): XmlDocument {
  const bounds = limitsOf(limits);
  const document = surveyDocument(xml, bounds);
  return { ...growTree(scannerOf(document, bounds), unmixed), locate: document.locate };
}

/** A scanner at the start of a document, which the strings that are read may keep in memory. */
export function scannerOf(
  { latin1, high, encoding, locate = () => ({}) }: Surveyed,
  limits: XmlLimits,
  scope: Scope = rootScope(),
  isLast = true,
): Scanner {
  const scanner = newScanner(scope, limits, locate);
  scanner.isWhole = true;
  scanner.encoding = encoding;
  setWindow(scanner, latin1, isLast, high);
  return scanner;
}

/** Reads to the end of the document; the tree contains the tokens that `covers` is true for. */
export function growTree(
  scanner: Scanner,
  unmixed?: ReadonlySet<string>,
  covers?: (token: Token) => boolean,
): Omit<XmlDocument, "locate"> {
  const builder = newTreeBuilder(unmixed);
  const instructions: XmlInstruction[] = [];
  let root: XmlElement | undefined;
  for (let token = nextToken(scanner); token !== Token.done; token = nextToken(scanner)) {
    if (token === Token.instruction) instructions.push(instructionOf(scanner));
    if (covers === undefined || covers(token)) root = grow(builder, scanner, token) ?? root;
  }
  return { root: root as XmlElement, instructions };
}

/** The element whose start tag was read last; undefined if the window ends before the element does. */
export function growElement(scanner: Scanner): XmlElement | undefined {
  const builder = newTreeBuilder();
  for (let token: Token = Token.start; token !== Token.more; token = nextToken(scanner)) {
    const element = grow(builder, scanner, token);
    if (element !== undefined) return element;
  }
  return undefined;
}

function instructionOf({ window, from, tokenAt }: Scanner): XmlInstruction {
  return { target: decodeLatin1(window.slice(from, nameEnd(window, from))), at: tokenAt };
}
