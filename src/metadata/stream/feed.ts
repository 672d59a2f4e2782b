import { isText, isUint8Array } from "../../core/argument.ts";
import { decodeLatin1, toLatin1 } from "../../core/bytes.ts";
import type { Location } from "../../core/finding.ts";
import { type Decoder, ENCODING_BYTES, encodingOf, newDecoder } from "../../xml/encoding.ts";
import { xmlError } from "../../xml/error.ts";
import type { XmlLimits } from "../../xml/limits.ts";
import { placeAfter } from "../../xml/locate.ts";
import { rootScope } from "../../xml/scope.ts";
import { refusalOfBytes } from "../../xml/tree.ts";
import { bytesFromText, surveyBytes } from "../../xml/utf8.ts";
import { newScanner, type Scanner, setWindow } from "../../xml/window.ts";

/** A whole document, or one in pieces, such as a file or a response body. */
export type OctetSource = AsyncIterable<Uint8Array> | Uint8Array | string;

/** A scanner, and the window that slides over its document. */
export interface Feed {
  readonly scanner: Scanner;
  /** Offset of the window in the document, in UTF-8. */
  readonly base: () => number;
  /** The place of an offset in the window. */
  readonly locate: (at: number) => Location;
  /** Slides the window on, when the scanner needs more bytes. */
  readonly more: () => Promise<void>;
  /** Ends the source early. */
  readonly close: () => Promise<void>;
}

/** Twice the size of usual entities. */
const WINDOW = 64 * 1024;

/** The bytes of a source, a piece at a time. */
interface Pieces {
  readonly next: () => Promise<Uint8Array | undefined>;
  /** Requests the next piece while the last one is scanned. */
  readonly release: () => void;
  readonly close: () => Promise<void>;
}

function piecesOf(source: OctetSource): Pieces {
  if (isText(source) || isUint8Array(source)) {
    let rest: Uint8Array | undefined = isText(source) ? bytesFromText(source) : source;
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
  if (typeof source?.[Symbol.asyncIterator] !== "function") throw xmlError("xml.source");
  const iterator = source[Symbol.asyncIterator]();
  let coming: Promise<IteratorResult<Uint8Array>> | undefined;
  const ask = (): Promise<IteratorResult<Uint8Array>> => {
    const asked = iterator.next();
    // The awaiting caller gets the error; unhandled, it would end the process.
    asked.catch(() => {});
    return asked;
  };
  return {
    next: async () => {
      const { done, value } = await (coming ?? ask());
      coming = undefined;
      if (done === true) return undefined;
      if (isUint8Array(value)) return value;
      throw xmlError("xml.source");
    },
    release: () => {
      coming ??= ask();
    },
    close: async () => {
      await iterator.return?.();
    },
  };
}

/** The chunks in UTF-8 for any encoding of the document; `scanner` gets the encoding. */
function inUtf8(pieces: Pieces, scanner: Scanner): Pieces {
  let decode: Decoder | undefined;
  let state: "start" | "middle" | "end" = "start";
  const start = async (): Promise<Uint8Array | undefined> => {
    let head = await pieces.next();
    while (head !== undefined && head.length < ENCODING_BYTES) {
      const piece = await pieces.next();
      if (piece === undefined) break;
      head = concatenated(head, piece);
    }
    state = "middle";
    scanner.encoding = encodingOf(head ?? new Uint8Array());
    if (scanner.encoding === "UTF-8") return head;
    decode = newDecoder(scanner.encoding);
    return bytesFromText(decode(head as Uint8Array, false));
  };
  const next = async (): Promise<Uint8Array | undefined> => {
    if (state === "start") return await start();
    if (state === "end") return undefined;
    const piece = await pieces.next();
    if (piece === undefined) state = "end";
    return decode === undefined
      ? piece
      : bytesFromText(decode(piece ?? new Uint8Array(), piece === undefined));
  };
  return { ...pieces, next };
}

function concatenated(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/**
 * Makes a scanner over a source. Nothing is read before `more` is called.
 *
 * @param size bytes of the first window; it grows if one token or entity needs more
 */
export function newFeed(source: OctetSource, limits: XmlLimits, size: number = WINDOW): Feed {
  let buffer = new Uint8Array(size);
  let length = 0;
  let piece: Uint8Array | undefined;
  let taken = 0;
  let isEnded = false;
  // Counted before the window: bytes, line ends, and characters of its first line.
  let base = 0;
  let lines = 0;
  let column = 0;
  let windowLines = 0;

  const locate = (at: number): Location => {
    const { line, column: inside, offset } = placeAfter(scanner.window.slice(0, at), lines, base);
    const isFirstLine = line === lines + 1;
    const place = { line, column: (inside as number) + (isFirstLine ? column : 0) };
    // Offsets in UTF-8 are not those of a document in another encoding.
    return (scanner.encoding ?? "UTF-8") === "UTF-8" ? { ...place, offset } : place;
  };
  const scanner = newScanner(rootScope(), limits, locate);
  const pieces = isText(source) ? piecesOf(source) : inUtf8(piecesOf(source), scanner);

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
    // If the unread part fills half the window, a larger one avoids scanning each byte often.
    if (length > buffer.length / 2) {
      const larger = new Uint8Array(buffer.length * 2);
      larger.set(buffer.subarray(0, length));
      buffer = larger;
    }
    await fill();
    if (base + length > limits.maxStreamBytes) throw xmlError("xml.limit.stream");
    const bytes = buffer.subarray(0, length);
    const survey = surveyBytes(bytes);
    const window = toLatin1(bytes);
    windowLines = survey.lines;
    if (isEnded && survey.invalidAt < 0 && survey.due > 0) {
      survey.invalidAt = length;
      survey.isInvalidUtf8 = true;
    }
    setWindow(scanner, window, isEnded, survey.high);
    if (survey.invalidAt >= 0) {
      const head = base === 0 ? bytes : new Uint8Array();
      throw refusalOfBytes(head, survey.isInvalidUtf8, locate(survey.invalidAt));
    }
  };

  return { scanner, base: () => base, locate, more, close: pieces.close };
}

/** Line ends from `from` to the end of the window. */
function lineEnds(window: string, from: number): number {
  let count = 0;
  for (let at = window.indexOf("\n", from); at >= 0; at = window.indexOf("\n", at + 1)) count++;
  return count;
}
