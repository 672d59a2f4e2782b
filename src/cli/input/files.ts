import { createReadStream } from "node:fs";
import { mkdir, open, realpath, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { errorCode } from "../../core/error-code.ts";
import {
  CertificateError,
  isSamlCertError,
  KeyError,
  MetadataError,
  SignatureError,
} from "../../core/errors.ts";
import { replaceFile } from "../../core/files/replace.ts";
import { cut } from "../../core/quote.ts";
import { InputError, inputError, type OutputError, outputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { shown } from "./secrets.ts";

export interface ReadOptions {
  /** The most bytes that are read; a larger input is refused. */
  readonly maxBytes: number;
  /** The kind of input, for the messages: `a certificate`. */
  readonly what: string;
  /** The name of the file in messages, where its path must not appear: it may be a mistyped key. */
  readonly name?: string;
}

/** The result of a reader. Its error names the file, because a command can be given several. */
export function named<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const kind = [CertificateError, KeyError, MetadataError, SignatureError].find(
      (one) => error instanceof one,
    );
    if (kind === undefined || !isSamlCertError(error)) throw error;
    const { code, message, hint, at } = error;
    throw new kind(code, `${inputName(path)}: ${message}`, { hint, at });
  }
}

/** The name of an input in messages. */
export function inputName(path: string): string {
  return path === "-" ? "standard input" : shown(path);
}

function tooLarge(file: string, { maxBytes, what }: ReadOptions): InputError {
  const limit = Math.floor(maxBytes / 1024);
  return inputError("cli.input_too_large", { file, limit, expected: what });
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

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a directory",
  ENOTDIR: "a part of its path is not a directory",
  EMFILE: "too many files are open",
  EROFS: "the file system is read-only",
};

function unreadable(error: unknown, path: string): InputError {
  const code = errorCode(error);
  // A certificate pasted as a file name is shown only at its beginning.
  const file = path.length > 200 ? cut(shown(path)) : shown(path);
  if (code === "ENAMETOOLONG") return inputError("cli.input_name_too_long", { file });
  if (code === "ENOENT" && /^https?:/i.test(path)) return inputError("cli.input_is_url", { file });
  return inputError("cli.input_unreadable", { file, reason: REASONS[code] ?? code });
}

/** The error of an output that cannot be written. */
export function unwritable(error: unknown, path: string): OutputError {
  const code = errorCode(error);
  const file = shown(path);
  return outputError(UNWRITABLE[code] ?? "cli.output_unwritable", {
    file,
    reason: REASONS[code] ?? code,
  });
}

/** The causes that have a code of their own. */
const UNWRITABLE: Readonly<Record<string, Parameters<typeof outputError>[0]>> = {
  ENOENT: "cli.output_folder_missing",
  ENOSPC: "cli.output_disk_full",
  EDQUOT: "cli.output_disk_full",
  EPIPE: "cli.output_closed",
};

async function readFileBytes(path: string, io: Io, options: ReadOptions): Promise<Uint8Array> {
  const name = options.name ?? shown(path);
  io.progress.doing(`reading ${name}`);
  const file = await open(resolve(io.cwd, path), "r");
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    if (stat.size > options.maxBytes) throw tooLarge(name, options);
    // A pipe or a device has no size, so the limit is checked while it is read, too.
    return await collect(file.createReadStream({ autoClose: false }), name, options);
  } finally {
    await file.close();
  }
}

/** Streams the bytes of a file of any size. Throws an `InputError`. */
export async function* fileBytes(path: string, io: Io): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(resolve(io.cwd, path), { signal: io.signal });
  } catch (error) {
    // An error of the consumer does not pass through here.
    throw unreadable(error, path);
  }
}

/** Streams standard input. At a terminal it first asks the person to paste. */
export function standardInput(io: Io, what: string): AsyncIterable<Uint8Array> {
  io.progress.doing("waiting for standard input");
  if (io.stdin.isTTY) {
    io.progress.clear();
    io.stderr.write(`Paste ${what}, then press Ctrl-D on an empty line.\n`);
  }
  return io.stdin;
}

/** The bytes of a file, or of standard input for `-`. Throws an `InputError`. */
export async function readInput(path: string, io: Io, options: ReadOptions): Promise<Uint8Array> {
  if (path === "-") {
    return await collect(standardInput(io, options.what), inputName(path), options);
  }
  try {
    return await readFileBytes(path, io, options);
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(error, options.name ?? path);
  }
}

/** Writes a file, or standard output, which takes text only, for `-`. */
export async function writeOutput(path: string, text: string | Uint8Array, io: Io): Promise<void> {
  if (path === "-") {
    io.stdout.write(typeof text === "string" ? text : new TextDecoder().decode(text));
    return;
  }
  try {
    await writeFile(resolve(io.cwd, path), text);
  } catch (error) {
    throw unwritable(error, path);
  }
}

/** A new file can be read by whom the umask admits: the node exporter runs as another user. */
const EVERYBODY = 0o666;

/**
 * Replaces an output file at once, so that no reader sees half of it. A link is followed; a device or a
 * pipe is written to.
 */
export async function replaceOutput(path: string, text: string, io: Io): Promise<void> {
  if (path === "-") return await writeOutput(path, text, io);
  try {
    const named = resolve(io.cwd, path);
    const target = await realpath(named).catch(() => named);
    const found = await stat(target).catch(() => undefined);
    if (found !== undefined && !found.isFile()) await writeFile(target, text);
    else await replaceFile(target, text, found === undefined ? EVERYBODY : found.mode & 0o777);
  } catch (error) {
    throw unwritable(error, path);
  }
}

/** Creates the folder of an output file. */
export async function makeFolderFor(path: string, io: Io): Promise<void> {
  try {
    await mkdir(dirname(resolve(io.cwd, path)), { recursive: true });
  } catch (error) {
    throw unwritable(error, path);
  }
}
