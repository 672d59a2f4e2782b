import type { Readable } from "node:stream";

/** A place to write text to: standard output or standard error. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width of the terminal in columns; 80 where there is none. */
  readonly columns: number;
}

/**
 * Everything that a command may touch of the outside. `run(argv, io)` needs no process, so a test
 * runs commands with an `Io` of its own.
 */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  now(): Date;
  readonly fetch: typeof globalThis.fetch;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

function outputOf(stream: NodeJS.WriteStream): Output {
  // A reader that goes away (`samlcert ... | head`) is no fault of ours.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  return {
    write: (text) => void stream.write(text),
    isTTY: stream.isTTY === true,
    columns: stream.columns ?? 80,
  };
}

/** A closed standard input (`<&-`) reads as an empty one. */
async function* bytesOf(open: () => Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of open()) yield chunk as Uint8Array;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EBADF" && code !== "EAGAIN" && code !== "EOF") throw error;
  }
}

/** The `Io` of this process. */
export function processIo(signal: AbortSignal): Io {
  // A command that waits for a paste would otherwise not notice Ctrl-C.
  signal.addEventListener("abort", () => process.stdin.destroy(), { once: true });
  return {
    stdin: {
      isTTY: process.stdin.isTTY === true,
      [Symbol.asyncIterator]: () => bytesOf(() => process.stdin),
    },
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    fetch: globalThis.fetch,
    signal,
  };
}
