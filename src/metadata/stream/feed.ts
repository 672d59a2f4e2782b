import { decodeLatin1, toLatin1 } from "../../core/bytes.ts";
import { xmlCodes } from "../../core/codes/xml.ts";
import { MetadataError } from "../../core/errors.ts";
import type { Location } from "../../core/finding.ts";
import { errorOf } from "../../core/issue.ts";
import type { XmlLimits } from "../../xml/limits.ts";
import { placeAfter } from "../../xml/locate.ts";
import { octetsFromText, surveyOctets } from "../../xml/octets.ts";
import { rootScope } from "../../xml/scope.ts";
import { newScanner, type Scanner, setWindow } from "../../xml/window.ts";

/** Where a document comes from: all of it, or piece by piece, such as a file or a response body. */
export type OctetSource = AsyncIterable<Uint8Array> | Uint8Array | string;

/** A scanner, and the window that slides over its document. */
export interface Feed {
  readonly scanner: Scanner;
  /** Offset of the window in the document. */
  readonly base: () => number;
  /** The place of an offset in the window. */
  readonly locate: (at: number) => Location;
  /** Slides the window on. Call it when the scanner asks for more. */
  readonly more: () => Promise<void>;
  /** Ends the source early. */
  readonly close: () => Promise<void>;
}

/** Half a window is the most that a start tag or entity usually needs to be seen at once. */
const WINDOW = 64 * 1024;

/** The octets of a source, a piece at a time. */
interface Pieces {
  readonly next: () => Promise<Uint8Array | undefined>;
  /** The last piece was copied: the next may be on its way while that is scanned. */
  readonly release: () => void;
  readonly close: () => Promise<void>;
}

function piecesOf(source: OctetSource): Pieces {
  if (typeof source === "string" || source instanceof Uint8Array) {
    let rest: Uint8Array | undefined = typeof source === "string" ? octetsFromText(source) : source;
    return {
      next: async () => {
        const piece = rest;
        rest = undefined;
        return piece;
      },
      release: () => {},
      close: async () => {},
    };
  }
  if (typeof source?.[Symbol.asyncIterator] !== "function") throw streamError("xml.source");
  const iterator = source[Symbol.asyncIterator]();
  let coming: Promise<IteratorResult<Uint8Array>> | undefined;
  const ask = (): Promise<IteratorResult<Uint8Array>> => {
    const asked = iterator.next();
    // Whoever awaits it is told; without anybody it must not end the process.
    asked.catch(() => {});
    return asked;
  };
  return {
    next: async () => {
      const { done, value } = await (coming ?? ask());
      coming = undefined;
      if (done === true) return undefined;
      if (value instanceof Uint8Array) return value;
      throw streamError("xml.source");
    },
    release: () => {
      coming ??= ask();
    },
    close: async () => {
      await iterator.return?.();
    },
  };
}

/**
 * Makes a scanner over a source. Nothing is read before `more` is called.
 *
 * @param size octets of the first window; it grows where one token or entity needs more
 */
export function newFeed(source: OctetSource, limits: XmlLimits, size: number = WINDOW): Feed {
  const pieces = piecesOf(source);
  let buffer = new Uint8Array(size);
  let length = 0;
  let piece: Uint8Array | undefined;
  let taken = 0;
  let isEnded = false;
  // What was dropped before the window: octets, line ends, and the part of the line it begins in.
  let base = 0;
  let lines = 0;
  let column = 0;
  let windowLines = 0;

  const locate = (at: number): Location => {
    const { line, column: inside, offset } = placeAfter(scanner.window.slice(0, at), lines, base);
    const isFirstLine = line === lines + 1;
    return { line, column: (inside as number) + (isFirstLine ? column : 0), offset };
  };
  const scanner = newScanner(rootScope(), limits, locate);

  const drop = (): void => {
    const { window, at } = scanner;
    const lastLine = window.lastIndexOf("\n", at - 1);
    const hasLine = at > 0 && lastLine >= 0;
    const tail = decodeLatin1(window.slice(hasLine ? lastLine + 1 : 0, at)).length;
    column = hasLine ? tail : column + tail;
    lines += windowLines - lineEnds(window, at);
    base += at;
    buffer.copyWithin(0, at, length);
    length -= at;
  };

  const fill = async (): Promise<void> => {
    while (length < buffer.length && !isEnded) {
      if (piece === undefined || taken === piece.length) {
        piece = await pieces.next();
        taken = 0;
        if (piece === undefined) {
          isEnded = true;
          return;
        }
      }
      const count = Math.min(buffer.length - length, piece.length - taken);
      buffer.set(piece.subarray(taken, taken + count), length);
      length += count;
      taken += count;
    }
    if (!isEnded && taken === piece?.length) pieces.release();
  };

  const more = async (): Promise<void> => {
    drop();
    // What is open already fills half the window: a longer one, or every octet is looked at often.
    if (length > buffer.length / 2) {
      const larger = new Uint8Array(buffer.length * 2);
      larger.set(buffer.subarray(0, length));
      buffer = larger;
    }
    await fill();
    if (base + length > limits.streamBytes) throw streamError("xml.limit.stream");
    const octets = buffer.subarray(0, length);
    const survey = surveyOctets(octets);
    const window = toLatin1(octets);
    windowLines = survey.lines;
    if (isEnded && survey.faultAt < 0 && survey.due > 0) {
      survey.faultAt = length;
      survey.faultIsEncoding = true;
    }
    setWindow(scanner, window, isEnded, survey.high);
    if (survey.faultAt >= 0) {
      scanner.refuse(survey.faultIsEncoding ? "xml.encoding" : "xml.character", survey.faultAt);
    }
  };

  return { scanner, base: () => base, locate, more, close: pieces.close };
}

/** The error of a stream that is refused whatever it contains. */
function streamError(code: "xml.source" | "xml.limit.stream"): MetadataError {
  return errorOf(MetadataError, xmlCodes, { code });
}

/** Line ends from a place to the window's end. */
function lineEnds(window: string, from: number): number {
  let count = 0;
  for (let at = window.indexOf("\n", from); at >= 0; at = window.indexOf("\n", at + 1)) count++;
  return count;
}
