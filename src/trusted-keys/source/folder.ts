import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { readEntities } from "../../metadata/index.ts";
import { sourceError } from "./failures.ts";
import { readSettled } from "./file.ts";

interface Indexed {
  readonly identity: string;
  readonly entityIds: readonly string[];
}

/** Many tenants that share a folder ask for their entities at the same time. */
const INDEX_MS = 1000;

/** Finds the file of an entity in a folder. Files that cannot be read harm only their own entities. */
export function folderIndex(folder: string, maxBytes: number) {
  let files: ReadonlyMap<string, Indexed> = new Map();
  let byEntity: ReadonlyMap<string, readonly string[]> = new Map();
  let indexing: Promise<void> | undefined;
  let indexedAt = Number.NEGATIVE_INFINITY;

  async function entry(path: string): Promise<Indexed | undefined> {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) return undefined;
    const identity = [found.ino, found.size, found.mtimeMs, found.ctimeMs].join();
    const known = files.get(path);
    if (known?.identity === identity) return known;
    try {
      const { result } = await readSettled(path, maxBytes, entityIdsOf);
      return { identity, entityIds: result };
    } catch {
      // Half-written, or not metadata. The entities that it had before stay its own.
      return { identity: "", entityIds: known?.entityIds ?? [] };
    }
  }

  async function index(): Promise<void> {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      const problem = `cannot be read (${error.code ?? "unknown reason"})`;
      throw sourceError("provider.metadata_folder", { problem }, { retryable: true });
    });
    const next = new Map<string, Indexed>();
    const paths = new Map<string, string[]>();
    for (const name of names.filter((one) => one.endsWith(".xml")).sort()) {
      const path = join(folder, name);
      const found = await entry(path);
      if (found === undefined) continue;
      next.set(path, found);
      for (const entityId of new Set(found.entityIds)) {
        paths.set(entityId, [...(paths.get(entityId) ?? []), path]);
      }
    }
    [files, byEntity] = [next, paths];
    indexedAt = performance.now();
  }

  return {
    /** The only file that contains the entity. */
    async fileOf(entityId: string): Promise<string> {
      if (performance.now() - indexedAt >= INDEX_MS) {
        indexing ??= index().finally(() => {
          indexing = undefined;
        });
        await indexing;
      }
      const found = byEntity.get(entityId) ?? [];
      const [first] = found;
      if (first !== undefined && found.length === 1) return first;
      const problem = `has ${found.length} files with ${entityId} instead of one`;
      throw sourceError("provider.metadata_folder", { problem });
    },
    /** Makes the next call look at the folder again. */
    forget(): void {
      indexedAt = Number.NEGATIVE_INFINITY;
    },
  };
}

async function entityIdsOf(chunks: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { entityId } of readEntities(chunks)) found.push(entityId);
  return found;
}
