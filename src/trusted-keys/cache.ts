import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { need } from "../core/argument.ts";
import { toBase64 } from "../core/bytes.ts";
import { sha256Hex } from "../core/digest.ts";

/** Where a copy of the last accepted metadata outlives the process. */
export interface TrustedKeysCache {
  /** The text that was set last; undefined if there is none. */
  get(): Promise<string | undefined>;
  /** Must replace the text as a whole: a reader never sees half of it. */
  set(text: string): Promise<void>;
}

/**
 * A cache in a file. It is replaced by a rename, so that a process that is killed leaves the old or
 * the new copy. Only its owner can read it.
 *
 * @example
 * ```ts
 * import { createTrustedKeys, fileCache } from "samlcert/trusted-keys";
 *
 * const keys = createTrustedKeys({
 *   source: { url: "https://idp.example.com/metadata" },
 *   entityId: "https://idp.example.com",
 *   cache: fileCache("idp-metadata.json"),
 * });
 * await keys[Symbol.asyncDispose]();
 * ```
 */
export function fileCache(path: string): TrustedKeysCache {
  need(() => typeof path === "string" && path !== "", "path", "the path of a file");
  return {
    async get() {
      try {
        return await readFile(path, "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
    async set(text) {
      const temporary = `${path}.${randomUUID()}.tmp`;
      try {
        await writeDurably(temporary, text);
        await rename(temporary, path);
        await syncFolder(dirname(path));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
  };
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename durable; not every platform can open a folder. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, "r");
    await folder.sync().finally(() => folder.close());
  } catch {
    // The file itself is complete.
  }
}

/** A document as the cache stores it. */
export interface Copy {
  readonly from: string;
  /** Unix seconds. */
  readonly readAt: number;
  readonly bytes: Uint8Array;
}

const FORMAT = "samlcert/trusted-keys/v1";

export function encodeCopy({ from, readAt, bytes }: Copy): string {
  const fields = { format: FORMAT, from, readAt, sha256: sha256Hex(bytes) };
  return `${JSON.stringify({ ...fields, document: toBase64(bytes) })}\n`;
}

/** The copy in a text. Throws an error that names what is wrong with it. */
export function decodeCopy(text: string): Copy {
  const value = Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  const { format, from, readAt, sha256, document } = value;
  if (format !== FORMAT) throw new Error("it is in another format");
  if (typeof from !== "string" || !Number.isSafeInteger(readAt) || typeof document !== "string") {
    throw new Error("a field is missing");
  }
  const bytes = new Uint8Array(Buffer.from(document, "base64"));
  if (sha256Hex(bytes) !== sha256) throw new Error("it was damaged");
  return { from, readAt: readAt as number, bytes };
}
