import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Invocation, OptionSpec } from "../framework/command.ts";
import { confirmationError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { writeOutput } from "../input/files.ts";
import { shown } from "../input/secrets.ts";
import { asksYes } from "../provider/confirm.ts";
import { printable } from "./text.ts";

export const FORCE_OPTION: OptionSpec = { name: "force", summary: "replace files that exist" };

export const OUTPUT_OPTION: OptionSpec = {
  name: "output",
  short: "o",
  value: "FILE",
  summary: "the output file",
  default: "-",
};

/** `-o`, and `--force` for it. */
export const OUTPUT_OPTIONS: readonly OptionSpec[] = [
  OUTPUT_OPTION,
  { ...FORCE_OPTION, summary: "replace the output file without asking; only a terminal asks" },
];

/**
 * Writes the output of a command to the file of `-o`, and says so. At a terminal it asks before it
 * replaces a file with other content; a script replaces it, as a shell's `>` does.
 */
export async function saveOutput(
  content: string | Uint8Array,
  invocation: Invocation,
  io: Io,
): Promise<void> {
  const path = invocation.value("output") ?? "-";
  if (path === "-") return await writeOutput(path, content, io);
  const before = await contentOf(path, io);
  if (before?.equals(Buffer.from(content)) === true)
    return saySaved("Unchanged", path, invocation, io);
  // A question that nobody sees would stop a script that was started at a terminal.
  const canAsk = io.stdin.isTTY && io.stderr.isTTY && !invocation.flag("force");
  if (before !== undefined && canAsk) {
    const answer = await asksYes(io, `${printable(shown(path))} exists already. Replace it?`);
    if (!answer) throw confirmationError("cli.output_kept", { file: shown(path) });
  }
  await writeOutput(path, content, io);
  saySaved(before === undefined ? "Wrote" : "Replaced", path, invocation, io);
}

/** Names a written file on standard error, for people: not with `--quiet` or `--json`. */
export function saySaved(verb: string, path: string, invocation: Invocation, io: Io): void {
  if (!invocation.flag("quiet") && !invocation.flag("json"))
    io.stderr.write(`${verb}: ${printable(shown(path))}\n`);
}

/** The content of a regular file; undefined for a device, a pipe, and a file that does not exist. */
async function contentOf(path: string, io: Io): Promise<Buffer | undefined> {
  const place = resolve(io.cwd, path);
  try {
    return (await stat(place)).isFile() ? await readFile(place) : undefined;
  } catch {
    // The write then names the cause.
    return undefined;
  }
}
