import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isSamlCertError } from "../../core/errors.ts";
import { inputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { fileBytes, inputName, readInput, standardInput } from "../input/files.ts";
import { isUrl, urlBytes } from "../input/urls.ts";

/** The largest document that is read as a whole; the streaming commands read larger ones. */
const MAX_DOCUMENT = 32 * 1024 * 1024;

/** A larger document can take a second on a slow machine. */
const LONG_READING = 2 * 1024 * 1024;

/** The bytes of a file, a URL or standard input. */
export async function readDocument(path: string, io: Io): Promise<Uint8Array> {
  const options = { maxBytes: MAX_DOCUMENT, what: "metadata" };
  const read = isUrl(path) ? urlBytes(path, io, MAX_DOCUMENT) : readInput(path, io, options);
  const bytes = await read.catch((error: unknown) => {
    throw isSamlCertError(error, "cli.input_too_large")
      ? inputError("cli.document_too_large", {
          file: inputName(path),
          limit: MAX_DOCUMENT / 1024 / 1024,
        })
      : error;
  });
  await answerSignals(io);
  // The document is now parsed in one go.
  io.releaseSignals?.();
  if (bytes.byteLength >= LONG_READING) io.progress.busy(`working through ${inputName(path)}`);
  return bytes;
}

/**
 * Handles a Ctrl-C that arrived during the reading, before the signals are released. In a pipe, Ctrl-C also
 * ends the program before this one and truncates the document, which must not be reported as an error.
 * Timers are used because Deno checks for signals between timers, not at each turn.
 */
async function answerSignals(io: Io): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await pause(0);
  io.signal.throwIfAborted();
}

const MEGABYTE = 1_000_000;

/** Twice the largest aggregate that is known. */
const MAX_DOWNLOAD = 256 * 1024 * 1024;

/** Streams the bytes of a file of any size, of a URL, or of standard input. */
export async function* streamOf(path: string, io: Io): AsyncGenerator<Uint8Array> {
  if (isUrl(path)) {
    yield await urlBytes(path, io, MAX_DOWNLOAD);
    return;
  }
  const total = path === "-" ? 0 : await sizeOf(path, io);
  const source: AsyncIterable<Uint8Array> =
    path === "-" ? standardInput(io, "metadata") : fileBytes(path, io);
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

/** The size of a file. Throws the error of a missing file before it is streamed. */
async function sizeOf(path: string, io: Io): Promise<number> {
  const found = await stat(resolve(io.cwd, path)).catch(() => undefined);
  if (found?.isFile() === true) return found.size;
  // This throws the error. A pipe or a device has no size and can be streamed.
  if (found === undefined || found.isDirectory()) await readDocument(path, io);
  return 0;
}
