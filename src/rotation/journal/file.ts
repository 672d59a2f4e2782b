import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { need } from "../../core/argument.ts";
import { RotationError } from "../../core/errors.ts";
import { CHAIN_START, readLines, writeLine } from "./line.ts";
import { type Lock, takeLock } from "./lock.ts";
import { recordOf } from "./record.ts";
import type { RotationJournal } from "./types.ts";

/** A run of 1000 certificates writes less than this by far. */
const MAX_BYTES = 64 * 1024 * 1024;

interface OpenJournal {
  readonly file: FileHandle;
  readonly lock: Lock;
  size: number;
  digest: string;
}

/**
 * A journal in a file of JSON lines, synced to the disk after each line and locked against a second
 * run by `<path>.lock`. A lock that a dead process left behind is taken over.
 *
 * Its functions throw a `RotationError`: `journal.locked`, `journal.corrupt`, `journal.too_large`,
 * `journal.write_failed`, `journal.unreadable`, `journal.lock_lost`.
 *
 * @example
 * ```ts
 * import { fileJournal } from "samlcert/rotation";
 *
 * const journal = fileJournal("rotation.journal");
 * const records = await journal.open();
 * console.log(records.length);
 * await journal.close();
 * ```
 */
export function fileJournal(path: string): RotationJournal {
  need(() => typeof path === "string", "path", "the path of a file");
  let current: OpenJournal | undefined;
  return {
    async open() {
      const lock = await takeLock(`${path}.lock`);
      let file: FileHandle | undefined;
      try {
        file = await openFile(path);
        const { records, state } = await readAll(file);
        current = { file, lock, ...state };
        return records;
      } catch (error) {
        await file?.close();
        await lock.release();
        throw error;
      }
    },

    async append(record) {
      const own = recordOf(record);
      if (!current) throw new RangeError("The journal is not open.");
      await current.lock.check();
      const { text, digest } = writeLine(own, current.digest);
      const bytes = Buffer.from(text);
      await appendBytes(current, bytes);
      current.size += bytes.length;
      current.digest = digest;
    },

    async close() {
      const closing = current;
      current = undefined;
      await closing?.file.close();
      await closing?.lock.release();
    },
  };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r+");
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw unreadable(error);
  }
  try {
    const file = await open(path, "wx+", 0o600);
    await file.sync();
    await syncFolder(dirname(path));
    return file;
  } catch (error) {
    throw unreadable(error);
  }
}

async function readAll(file: FileHandle) {
  const { size, mode } = await file.stat().catch((error: unknown) => {
    throw unreadable(error);
  });
  if ((mode & 0o170000) !== 0o100000) throw unreadable(new Error("not a file"));
  if (size > MAX_BYTES) throw tooLarge();
  const text = await file.readFile("utf8");
  const { records, digest, end } = readLines(text);
  const kept = Buffer.byteLength(text.slice(0, end));
  // A write that was cut off by a crash never counted. It goes, so that the next line stands alone.
  if (kept < size) await file.truncate(kept);
  return { records, state: { size: kept, digest: records.length > 0 ? digest : CHAIN_START } };
}

/** All of it, on the disk, or nothing of it. */
async function appendBytes({ file, size }: OpenJournal, bytes: Uint8Array): Promise<void> {
  if (size + bytes.length > MAX_BYTES) throw tooLarge();
  try {
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await file.write(
        bytes,
        written,
        bytes.length - written,
        size + written,
      );
      written += bytesWritten;
    }
    await file.datasync();
  } catch (error) {
    await file.truncate(size).catch(() => undefined);
    throw new RotationError(
      "journal.write_failed",
      `The journal could not be written (${codeOf(error)}).`,
      { hint: "Make room on the disk, then resume." },
    );
  }
}

/** The name of a new file only survives a power cut when its folder was synced too. */
async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; there the file system keeps the name by itself.
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "unknown error";
}

function unreadable(error: unknown): RotationError {
  return new RotationError(
    "journal.unreadable",
    `The journal cannot be opened (${codeOf(error)}).`,
    { hint: "Check the path of the journal and the permissions of its folder." },
  );
}

function tooLarge(): RotationError {
  return new RotationError("journal.too_large", "The journal is larger than 64 MiB.", {
    hint: "Check the path: no rotation writes that much.",
  });
}
