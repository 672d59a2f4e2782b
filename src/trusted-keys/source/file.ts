import { type Stats, watch as watchFolder } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isSamlCertError } from "../../core/errors.ts";
import { sourceError } from "./failures.ts";

/** A file that was written to less than this ago may still be half-written. */
const SETTLED_MS = 100;
const ATTEMPTS = 20;
const CHUNK_BYTES = 65_536;
/** Editors and deployments cause several events for one change. */
const DEBOUNCE_MS = 50;

function fileError(problem: string) {
  return sourceError("provider.metadata_file", { problem }, { retryable: true });
}

/** The error of the system in our words. An error of the reader stays as it is. */
function unreadable(error: unknown) {
  if (isSamlCertError(error)) return error;
  const reason = (error as NodeJS.ErrnoException).code;
  return reason === undefined ? error : fileError(`cannot be read (${reason})`);
}

/** A change of any of these is another version of the file. */
function identityOf({ ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [ino, size, mtimeMs, ctimeMs].join();
}

/** Without a stream: on Deno, one that is left early may still be reading when the file is closed. */
async function* chunksWithin(file: FileHandle, maxBytes: number): AsyncGenerator<Uint8Array> {
  for (let size = 0; ; ) {
    const buffer = new Uint8Array(CHUNK_BYTES);
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return;
    size += bytesRead;
    if (size > maxBytes) throw fileError(`is larger than ${maxBytes} bytes`);
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * Passes the content of a file to a reader. If the file is written to meanwhile, the result is dropped
 * and the file is read again: nobody can tell half of a document from all of it.
 */
export async function readSettled<T>(
  path: string,
  maxBytes: number,
  read: (chunks: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<{ readonly result: T; readonly lastModified: string }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const file = await open(path, "r").catch((error) => {
      throw unreadable(error);
    });
    try {
      const before = await file.stat();
      // Also just ahead of the clock: a time stamp has fractions of a millisecond.
      const age = Math.abs(Date.now() - before.mtimeMs);
      if (before.isFile() && age < SETTLED_MS) await pause(SETTLED_MS);
      const outcome = await settled(() => read(chunksWithin(file, maxBytes)));
      if (identityOf(before) !== identityOf(await file.stat())) continue;
      return { result: outcome(), lastModified: before.mtime.toUTCString() };
    } catch (error) {
      throw unreadable(error);
    } finally {
      await file.close();
    }
  }
  throw fileError("changes while it is read");
}

/** The result or the error of work, to be taken later. */
async function settled<T>(work: () => Promise<T>): Promise<() => T> {
  try {
    const result = await work();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/**
 * Calls when a file or a folder may have changed. The folder around a file is watched, because a file that is replaced
 * by a rename is another file; so are the symbolic links of a Kubernetes volume.
 */
export function watchPath(path: string, isFolder: boolean, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let known: string | undefined;
  const look = async (): Promise<void> => {
    const found = isFolder ? undefined : await stat(path).catch(() => undefined);
    const identity = found && identityOf(found);
    if (!isFolder && identity === known) return;
    known = identity;
    changed();
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), DEBOUNCE_MS);
    timer.unref();
  };
  try {
    const watcher = watchFolder(isFolder ? path : dirname(path), { persistent: false }, soon);
    watcher.on("error", () => watcher.close());
    return () => {
      clearTimeout(timer);
      watcher.close();
    };
  } catch {
    // The folder does not exist yet, or the system has no watcher left: the schedule reads it.
    return () => undefined;
  }
}
