import { createGunzip } from "node:zlib";
import type { StagedKey } from "./report.ts";
import type { DocumentVersion } from "./source/document.ts";

/** The decisions about keys that must survive a restart. */
export interface Decisions {
  /** The keys of the document that are trusted; absent if all of them are. */
  readonly trusted?: readonly string[] | undefined;
  readonly staged: readonly StagedKey[];
  /** The keys that a person or sign-ins confirmed. */
  readonly approved: readonly string[];
  /** The key sets of earlier documents, to tell a stale copy. */
  readonly earlier: readonly string[];
}

/** A document as the cache stores it. */
export interface Copy extends Decisions {
  readonly from: string;
  /** Unix seconds. */
  readonly readAt: number;
  readonly version: DocumentVersion;
  /** Compressed with gzip. */
  readonly document: Uint8Array;
}

const FORMAT = "samlcert/trusted-keys/v2";

export function encodeCopy({ document, ...fields }: Copy): string {
  const text = Buffer.from(document).toString("base64");
  return `${JSON.stringify({ format: FORMAT, ...fields, document: text })}\n`;
}

/** The copy in a text. Throws an error that names what is wrong with it. */
export function decodeCopy(text: string): Copy {
  const value = Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  if (value["format"] !== FORMAT) throw new Error("it is in another format");
  const { from, readAt, document, version, trusted } = value;
  const { sha256 } = Object(version) as Partial<DocumentVersion>;
  const texts = [from, document, sha256];
  const lists = [value["staged"], value["approved"], value["earlier"], trusted ?? []];
  if (
    !texts.every((one) => typeof one === "string") ||
    !lists.every(Array.isArray) ||
    !Number.isSafeInteger(readAt)
  ) {
    throw new Error("a field is missing");
  }
  const copy = value as object as Omit<Copy, "document">;
  return { ...copy, document: Buffer.from(String(document), "base64") };
}

/** The chunks of the document in a copy. */
export async function* chunksOfCopy({ document }: Copy): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  gunzip.end(document);
  yield* gunzip as AsyncIterable<Uint8Array>;
}
