import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Only the owner can read the file. */
const OWNER_ONLY = 0o600;

/**
 * Replaces a file by a rename, so that a process that is killed leaves the old or the new text. Only its
 * owner can read it, unless the mode says otherwise. Throws the system's error.
 */
export async function replaceFile(
  path: string,
  text: string,
  mode: number = OWNER_ONLY,
): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await writeDurably(draft, text, mode);
    await rename(draft, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeDurably(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The name of a new file only survives a power cut if its folder was synced too. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; its file system keeps the name.
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
