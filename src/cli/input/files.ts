import { createReadStream } from "node:fs";
import { mkdir, open, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CertificateError, isSamlCertError, MetadataError } from "../../core/errors.ts";
import { InputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { shown } from "./secrets.ts";

export interface ReadOptions {
  /** The most bytes that are read; a larger input is refused. */
  readonly maxBytes: number;
  /** What is expected, for the messages: `a certificate`. */
  readonly what: string;
  /** What the file is called in messages, where its path must not be: it may be a mistyped key. */
  readonly name?: string;
}

/**
 * What a reader makes of a file. Its error says of which file it is: a command can be given several.
 */
export function named<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const kind = [CertificateError, MetadataError].find((one) => error instanceof one);
    if (kind === undefined || !isSamlCertError(error)) throw error;
    const { code, message, hint, at } = error;
    throw new kind(code, `${inputName(path)}: ${message}`, { hint, at });
  }
}

/** The name of an input in messages. */
export function inputName(path: string): string {
  return path === "-" ? "standard input" : shown(path);
}

function tooLarge(name: string, { maxBytes, what }: ReadOptions): InputError {
  return new InputError(
    "cli.input_too_large",
    `${name} is larger than ${Math.floor(maxBytes / 1024)} KiB, which is more than ${what} can be.`,
    "Check that this is the right file.",
  );
}

async function collect(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  options: ReadOptions,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > options.maxBytes) throw tooLarge(name, options);
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ["does not exist", "Check the path; use - to read from standard input."],
  EACCES: ["cannot be read: permission denied", "Check who may read the file."],
  EISDIR: ["is a directory", "Name a file in it."],
  ENOTDIR: ["does not exist: a part of its path is not a directory", "Check the path."],
  ENAMETOOLONG: [
    "is no file name: it is too long",
    "To check text, pipe it in and use - as the file.",
  ],
  EMFILE: ["cannot be opened: too many files are open", "Try again with fewer files."],
};

const WRITE_REASONS: typeof REASONS = {
  ...REASONS,
  ENOENT: ["cannot be written: its folder does not exist", "Make the folder first."],
  EACCES: ["cannot be written: permission denied", "Choose another place."],
  EPERM: ["cannot be written: permission denied", "Choose another place."],
  ENOSPC: ["cannot be written: the disk is full", "Free some space and try again."],
  EROFS: ["cannot be written: the file system is read-only", "Choose another place."],
};

function fileError(error: unknown, path: string, reasons = REASONS): InputError {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
  const [reason, hint] =
    code === "ENOENT" && /^https?:/i.test(path)
      ? ["is a URL, and only files are read", "Fetch it first, such as with curl -fLO."]
      : (reasons[code] ?? [`cannot be used (${code})`, "Check the file."]);
  const name = path.length > 200 ? `${shown(path).slice(0, 60)}...` : shown(path);
  return new InputError("cli.input_unreadable", `${name} ${reason}.`, hint);
}

/** What to say where results could not be written to where they go. */
export function unwritable(error: unknown, name: string): InputError {
  return fileError(error, name, WRITE_REASONS);
}

async function readFileBytes(path: string, io: Io, options: ReadOptions): Promise<Uint8Array> {
  const name = options.name ?? shown(path);
  io.progress.doing(`reading ${name}`);
  const file = await open(resolve(io.cwd, path), "r");
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    if (stat.size > options.maxBytes) throw tooLarge(name, options);
    // Also bounds what has no size of its own: a pipe, a device.
    return await collect(file.createReadStream({ autoClose: false }), name, options);
  } finally {
    await file.close();
  }
}

/** The octets of a file of any size, as they come. Throws an `InputError` that says what to do. */
export async function* fileOctets(path: string, io: Io): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(resolve(io.cwd, path), { signal: io.signal });
  } catch (error) {
    // What the consumer throws does not come by here.
    throw fileError(error, path);
  }
}

/** Standard input as it comes; a person at a terminal is told what to do. */
export function standardInput(io: Io, what: string): AsyncIterable<Uint8Array> {
  io.progress.doing("waiting for standard input");
  if (io.stdin.isTTY) {
    io.progress.clear();
    io.stderr.write(`Paste ${what}, then press Ctrl-D on an empty line.\n`);
  }
  return io.stdin;
}

/** Bytes of a file, or of standard input for `-`. Throws an `InputError` that says what to do. */
export async function readInput(path: string, io: Io, options: ReadOptions): Promise<Uint8Array> {
  if (path === "-") {
    return await collect(standardInput(io, options.what), inputName(path), options);
  }
  try {
    return await readFileBytes(path, io, options);
  } catch (error) {
    throw error instanceof InputError ? error : fileError(error, options.name ?? path);
  }
}

/** Writes a file, or standard output for `-`. */
export async function writeOutput(path: string, text: string, io: Io): Promise<void> {
  if (path === "-") {
    io.stdout.write(text);
    return;
  }
  try {
    await writeFile(resolve(io.cwd, path), text);
  } catch (error) {
    throw fileError(error, path, WRITE_REASONS);
  }
}

/** Makes the folder that an output goes to. */
export async function makeFolderFor(path: string, io: Io): Promise<void> {
  try {
    await mkdir(dirname(resolve(io.cwd, path)), { recursive: true });
  } catch (error) {
    throw fileError(error, path, WRITE_REASONS);
  }
}
