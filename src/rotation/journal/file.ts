import { type FileHandle, mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { isText, need } from "../../core/argument.ts";
import { errorCode } from "../../core/error-code.ts";
import type { RotationError } from "../../core/errors.ts";
import { syncFolder } from "../../core/files/replace.ts";
import { checkOptions, type OptionKinds, TEXT } from "../../core/options.ts";
import { rotationError } from "../error.ts";
import { sha256Hex } from "../plan/canonical.ts";
import { CHAIN_START, readLines, writeLine } from "./line.ts";
import { type Lock, takeLock } from "./lock.ts";
import { recordOf } from "./record.ts";
import type { Connection, RotationJournal } from "./types.ts";

/** Far above the journal of a run of 1000 certificates. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Options of `fileJournal` and `rotationJournals`. */
export interface FileJournalOptions {
  /** The name of a machine that is gone: a lock that one of its processes left is taken over. */
  readonly deadHost?: string | undefined;
  /**
   * The folder of the locks that keep two runs with different journals from one connection. Default: a
   * folder of this user in the system's folder for temporary files.
   */
  readonly lockFolder?: string | undefined;
}

export const JOURNAL_KINDS: OptionKinds<FileJournalOptions> = { deadHost: TEXT, lockFolder: TEXT };

interface OpenJournal {
  readonly locks: readonly Lock[];
  /** Absent until the first record is written. */
  file: FileHandle | undefined;
  size: number;
  digest: string;
}

/**
 * A journal in a file of JSON lines, synced to the disk after each line. Two locks keep a second run
 * out: `<path>.lock`, and one for the connection, whatever its journal. A lock that a dead process left
 * is taken over. The first record makes the file, whole or not at all; a file that does not begin with
 * a record is never changed.
 *
 * Its functions throw a `RotationError`: `journal.locked`, `rotation.locked`, `journal.not_a_journal`, `journal.corrupt`,
 * `journal.too_large`, `journal.write_failed`, `journal.unreadable`, `journal.lock_lost`.
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
export function fileJournal(path: string, options: FileJournalOptions = {}): RotationJournal {
  need(() => isText(path) && path !== "", "path", "the path of a file");
  checkOptions(options, JOURNAL_KINDS, "fileJournal");
  let current: OpenJournal | undefined;
  return {
    async open(connection) {
      const locks = await takeLocks(path, connection, options);
      let file: FileHandle | undefined;
      try {
        file = await openFile(path);
        const { records, size, digest } = await readAll(file);
        current = { locks, file: size > 0 ? file : undefined, size, digest };
        if (size === 0) await file?.close();
        return records;
      } catch (error) {
        await file?.close();
        await release(locks);
        throw error;
      }
    },

    async append(record) {
      const own = recordOf(record);
      if (!current) throw new RangeError("The journal is not open.");
      for (const lock of current.locks) await lock.check();
      const { text, digest } = writeLine(own, current.digest);
      const bytes = Buffer.from(text);
      if (current.size + bytes.length > MAX_BYTES) throw rotationError("journal.too_large");
      if (current.file) await appendBytes(current.file, current.size, bytes);
      else current.file = await createFile(path, bytes);
      current.size += bytes.length;
      current.digest = digest;
    },

    async close() {
      const closing = current;
      current = undefined;
      await closing?.file?.close();
      await release(closing?.locks ?? []);
    },
  };
}

async function takeLocks(
  path: string,
  connection: Connection | undefined,
  { deadHost, lockFolder }: FileJournalOptions,
): Promise<readonly Lock[]> {
  const own = await takeLock(`${path}.lock`, { code: "journal.locked", deadHost });
  if (!connection) return [own];
  try {
    const folder = lockFolder ?? join(tmpdir(), `samlcert-${userInfo().uid}`);
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw unreadable(error);
    });
    const { provider, integrationId, origin = "" } = connection;
    const name = sha256Hex(JSON.stringify([provider, origin, integrationId]));
    const place = join(folder, `${name.slice(0, 32)}.lock`);
    return [own, await takeLock(place, { code: "rotation.locked", deadHost })];
  } catch (error) {
    await own.release();
    throw error;
  }
}

async function release(locks: readonly Lock[]): Promise<void> {
  for (const lock of locks) await lock.release();
}

async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r+");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw unreadable(error);
  }
}

async function readAll(file: FileHandle | undefined) {
  if (!file) return { records: [], size: 0, digest: CHAIN_START };
  const stat = await file.stat().catch((error: unknown) => {
    throw unreadable(error);
  });
  if (!stat.isFile()) throw unreadable({ code: "not a file" });
  if (stat.size > MAX_BYTES) throw rotationError("journal.too_large");
  const text = await file.readFile("utf8");
  const { records, digest, end } = readLines(text);
  const size = Buffer.byteLength(text.slice(0, end));
  // A write that a crash cut off never counted. It is removed, so that the next line stands alone.
  if (size < stat.size) await file.truncate(size);
  return { records, size, digest };
}

/** Makes the file with its first line: whole, or not at all. */
async function createFile(path: string, bytes: Uint8Array): Promise<FileHandle> {
  const place = await realpath(path).catch(() => path);
  const draft = `${place}.new`;
  let file: FileHandle | undefined;
  try {
    file = await open(draft, "w+", 0o600);
    await file.writeFile(bytes);
    await file.sync();
    await rename(draft, place);
    await syncFolder(dirname(place));
    return file;
  } catch (error) {
    await file?.close();
    await rm(draft, { force: true });
    throw rotationError("journal.write_failed", { reason: errorCode(error) });
  }
}

/** Writes all bytes to the disk, or none of them. */
async function appendBytes(file: FileHandle, size: number, bytes: Uint8Array): Promise<void> {
  try {
    let written = 0;
    while (written < bytes.length) {
      const rest = bytes.length - written;
      written += (await file.write(bytes, written, rest, size + written)).bytesWritten;
    }
    await file.datasync();
  } catch (error) {
    await file.truncate(size).catch(() => undefined);
    throw rotationError("journal.write_failed", { reason: errorCode(error) });
  }
}

function unreadable(error: unknown): RotationError {
  return rotationError("journal.unreadable", { reason: errorCode(error) });
}
