import { randomUUID } from "node:crypto";
import { link, open, rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { outputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { unwritable } from "../input/files.ts";
import { shown } from "../input/secrets.ts";

/** A file to write. Only its owner can read one with a secret. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly isSecret: boolean;
}

/**
 * Writes files, each whole or not at all; - is standard output. A file that exists is only replaced with
 * `force`, and keeps neither its permissions nor its content then.
 */
export async function writeNew(
  files: readonly NewFile[],
  { force }: { readonly force: boolean },
  io: Io,
): Promise<void> {
  const made: string[] = [];
  try {
    for (const { path, text, isSecret } of files) {
      if (path === "-") {
        io.stdout.write(text);
        continue;
      }
      const place = resolve(io.cwd, path);
      await writeOne(place, path, { text, isSecret, force });
      if (!force) made.push(place);
    }
  } catch (error) {
    // One of a pair is of no use.
    for (const place of made) await rm(place, { force: true });
    throw error;
  }
}

async function writeOne(
  place: string,
  path: string,
  { text, isSecret, force }: Omit<NewFile, "path"> & { readonly force: boolean },
): Promise<void> {
  const draft = `${place}.${randomUUID()}`;
  try {
    const file = await open(draft, "wx", isSecret ? 0o600 : 0o644);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    // A link fails if the name exists, a rename replaces it.
    await (force ? rename(draft, place) : link(draft, place));
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === "EEXIST";
    if (isTaken) throw outputError("cli.output_exists", { file: shown(path) });
    throw unwritable(error, path);
  } finally {
    await rm(draft, { force: true });
  }
}
