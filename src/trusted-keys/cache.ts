import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { need } from "../core/argument.ts";

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
