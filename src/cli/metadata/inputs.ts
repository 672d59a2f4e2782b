import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isSamlCertError } from "../../core/errors.ts";
import { inputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { fileOctets, inputName, readInput, standardInput } from "../input/files.ts";

/** What the reader takes as one document; larger ones are for the commands that stream. */
const MAX_DOCUMENT = 32 * 1024 * 1024;

/** From here on it can take a second on a slow machine. */
const LONG_READING = 2 * 1024 * 1024;

export async function readDocument(path: string, io: Io): Promise<Uint8Array> {
  const options = { maxBytes: MAX_DOCUMENT, what: "metadata" };
  const bytes = await readInput(path, io, options).catch((error: unknown) => {
    throw isSamlCertError(error, "cli.input_too_large")
      ? inputError("cli.document_too_large", {
          file: inputName(path),
          limit: MAX_DOCUMENT / 1024 / 1024,
        })
      : error;
  });
  await answerSignals(io);
  // What follows reads it in one go.
  io.releaseSignals?.();
  if (bytes.byteLength >= LONG_READING) io.progress.busy(`working through ${inputName(path)}`);
  return bytes;
}

/**
 * Hears of a Ctrl-C that came while something else was done; released before that, it would be lost.
 * In a pipe it ends the program before us, too, and so the input in the midst of a document: that is
 * not what to tell. By timers, for Deno looks for signals between them and not at each turn.
 */
async function answerSignals(io: Io): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await pause(0);
  io.signal.throwIfAborted();
}

const MEGABYTE = 1_000_000;

/** The octets of a file of any size, or of standard input, as they come. */
export async function* octetsOf(path: string, io: Io): AsyncGenerator<Uint8Array> {
  const total = path === "-" ? 0 : await sizeOf(path, io);
  const source: AsyncIterable<Uint8Array> =
    path === "-" ? standardInput(io, "metadata") : fileOctets(path, io);
  const of = total === 0 ? "" : ` of ${Math.ceil(total / MEGABYTE)}`;
  let read = 0;
  for await (const chunk of source) {
    read += chunk.byteLength;
    io.progress.doing(`reading ${inputName(path)}: ${Math.floor(read / MEGABYTE)}${of} MB`);
    yield chunk;
  }
  if (path === "-") await answerSignals(io);
  io.progress.clear();
}

/** Also gives the one clear message for a file that is not there, before it is streamed. */
async function sizeOf(path: string, io: Io): Promise<number> {
  const found = await stat(resolve(io.cwd, path)).catch(() => undefined);
  if (found?.isFile() === true) return found.size;
  // Whatever is wrong with it: this says so. A pipe or a device has no size, and is fine.
  if (found === undefined || found.isDirectory()) await readDocument(path, io);
  return 0;
}
