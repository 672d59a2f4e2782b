import { readFile } from "node:fs/promises";
import { need } from "../core/argument.ts";
import { errorCode } from "../core/error-code.ts";
import { replaceFile } from "../core/files/replace.ts";

/** Where a copy of the last accepted metadata outlives the process. */
export interface TrustedKeysCache {
  /**
   * The text that was set last; undefined if there is none. The entity ID is for a cache of several
   * identity providers.
   */
  get(entityId?: string): Promise<string | undefined>;
  /** Must replace the text as a whole: a reader never sees half of it. */
  set(text: string, entityId?: string): Promise<void>;
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
        if (errorCode(error) === "ENOENT") return undefined;
        throw error;
      }
    },
    set: (text) => replaceFile(path, text),
  };
}
