import { type Copy, chunksOfCopy, type Decisions, decodeCopy, encodeCopy } from "./copy.ts";
import { keysError } from "./error.ts";
import { documentKeys, heldKey, keySetOf } from "./key-set.ts";
import { failureOf } from "./report.ts";
import { setIdOf } from "./settle.ts";
import { readContents } from "./source/contents.ts";
import type { MetadataSource } from "./source/document.ts";
import { emit, type Followed, nowSeconds, type Settings } from "./state.ts";

/** A failure of the cache is told, and harms nothing else. */
async function useCache(
  settings: Settings,
  followed: Followed,
  action: "read" | "written",
  use: () => Promise<void>,
): Promise<void> {
  try {
    await use();
  } catch (error) {
    const { entityId } = followed;
    const reason = error instanceof Error ? error.message : "unknown reason";
    const failure = keysError("trusted_keys.cache", { entityId, action, reason });
    const { code, message } = failureOf(failure, nowSeconds(settings));
    emit(settings, followed, { type: "cache_failed", code, message });
  }
}

/** Trusts the keys of the copy in the cache, checked like a new document. */
export async function restore(settings: Settings, followed: Followed): Promise<void> {
  const { cache, entityId, role } = followed;
  if (cache === undefined) return;
  await useCache(settings, followed, "read", async () => {
    const text = await cache.get(followed.entityId);
    if (text === undefined) return;
    const copy = decodeCopy(text);
    const contents = await contentsOf(followed.source, copy, entityId);
    if (contents.sha256 !== copy.version.sha256) throw new Error("it was damaged");
    const { from, version } = copy;
    const now = nowSeconds(settings);
    const found = documentKeys(contents, from, { entityId, role }, now);
    const offered = found.certificates.map(heldKey);
    const names = new Set(copy.trusted ?? offered.map(({ sha256 }) => sha256));
    const keys = offered.filter(({ sha256 }) => names.has(sha256));
    if (keys.length === 0) throw new Error("it has no trusted key");
    const { signature } = contents;
    const { validUntil, cacheDuration, publishedAt } = found;
    const times = { validUntil, cacheDuration, publishedAt };
    const isVerified = signature === "verified";
    const latest = { from, version, setId: setIdOf(offered), isVerified, ...times };
    // The clock may have been ahead when the copy was written.
    const readAt = Math.min(copy.readAt, now);
    const view = keySetOf(keys, { entityId, from, signature, readAt, validUntil });
    followed.trusted = { keys, view, isCurrent: true };
    followed.reference = latest;
    // While a change waits, the document must be read whole, to have its keys.
    if (copy.staged.length === 0) followed.latest = latest;
    followed.staged = copy.staged;
    followed.approved = new Set(copy.approved);
    followed.earlier = copy.earlier;
    followed.cached = true;
  });
}

async function contentsOf(source: MetadataSource, copy: Copy, entityId: string) {
  if (source.checkEntity !== undefined) {
    return await source.checkEntity(chunksOfCopy(copy), { entityId });
  }
  const chunks: Uint8Array[] = [];
  const { sha256 } = await readContents(
    (async function* () {
      for await (const chunk of chunksOfCopy(copy)) {
        chunks.push(chunk);
        yield chunk;
      }
    })(),
    { entityId },
    {},
  );
  const { metadata, signature } = await source.check(Buffer.concat(chunks), copy.from);
  return { entities: metadata.entities, signature, sha256 };
}

function decisionsOf({ trusted, staged, approved, earlier }: Followed): Decisions {
  const names = trusted?.keys.map(({ sha256 }) => sha256);
  return { trusted: names, staged, approved: [...approved], earlier };
}

/**
 * Writes the document that was read, unless a change that it asks for waits: then the one whose keys
 * are trusted stays, with the new decisions. One write after another.
 */
export function save(settings: Settings, followed: Followed, document?: Uint8Array): Promise<void> {
  const { cache } = followed;
  if (cache === undefined) return Promise.resolve();
  const write = () =>
    useCache(settings, followed, "written", async () => {
      const { trusted, latest } = followed;
      if (trusted === undefined || latest === undefined) return;
      const { from, readAt } = trusted.view;
      const decisions = decisionsOf(followed);
      if (document !== undefined && trusted.isCurrent) {
        const { version } = latest;
        await cache.set(
          encodeCopy({ from, readAt, version, document, ...decisions }),
          followed.entityId,
        );
        return;
      }
      const text = await cache.get(followed.entityId);
      if (text === undefined) {
        // The copy is gone: the next read is whole, and writes it again.
        followed.latest = undefined;
        return;
      }
      const copy = decodeCopy(text);
      await cache.set(encodeCopy({ ...copy, readAt, ...decisions }), followed.entityId);
    });
  const next = (followed.saving ?? Promise.resolve()).then(write);
  followed.saving = next.finally(() => {
    if (followed.saving === next) followed.saving = undefined;
  });
  return followed.saving;
}
