import type { Readable } from "node:stream";
import { unwritable } from "../input/files.ts";
import { EXIT, Interruption } from "./exit.ts";
import type { Host, Output } from "./io.ts";

/** Time for a command to stop in order after a signal. */
const LAST_RESORT_MS = 2000;

const SIGNALS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

function releaseSignals(): void {
  for (const name of Object.keys(SIGNALS)) process.removeAllListeners(name);
}

/**
 * Ends this process by the signal that it received, so that a calling script ends, too. An exit would
 * wait for the threads that read files, and one of them may be blocked on a pipe.
 */
function dieOf(name: string, code: number): never {
  releaseSignals();
  // Windows has no signals; a kill there gives another exit code.
  if (process.platform !== "win32") process.kill(process.pid, name);
  process.exit(code);
}

/** Ends this process after the command has handled an interruption; with its own code if it ended in order. */
export function endInterrupted(code: number): never {
  const [name] = Object.entries(SIGNALS).find(([, exit]) => exit === code) ?? [];
  if (name === undefined) process.exit(code);
  dieOf(name, code);
}

/** The signals of this process as an `AbortSignal`, until they are released. */
function catchSignals(): AbortSignal {
  const controller = new AbortController();
  // The first signal lets the command stop in order; the second ends it at once.
  for (const [name, code] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      if (controller.signal.aborted) dieOf(name, code);
      controller.abort(new Interruption(code));
      setTimeout(() => dieOf(name, code), LAST_RESORT_MS).unref();
    });
  }
  return controller.signal;
}

function outputOf(stream: NodeJS.WriteStream): Output {
  const fail = (error: unknown): never => {
    // The reader has closed the pipe, as in `samlcert ... | head`.
    if ((error as NodeJS.ErrnoException).code === "EPIPE") process.exit(EXIT.ok);
    const { code, message, hint } = unwritable(error, "Standard output");
    if (stream === process.stdout) process.stderr.write(`error  ${code}\n${message} ${hint}\n`);
    process.exit(EXIT.unreadable);
  };
  stream.on("error", fail);
  return {
    write: (text) => {
      try {
        stream.write(text);
      } catch (error) {
        // Deno's streams throw instead of emitting an error.
        fail(error);
      }
    },
    isTTY: stream.isTTY === true,
    // Read each time, because a terminal can be resized.
    get columns() {
      return stream.columns || 80;
    },
  };
}

/** Streams standard input; a closed one (`<&-`) is empty. */
async function* bytesOf(open: () => Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of open()) yield chunk as Uint8Array;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EBADF" && code !== "EAGAIN" && code !== "EOF") throw error;
  }
}

/** The `Host` of this process. */
export function processHost(): Host {
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
    signal: catchSignals(),
    releaseSignals,
  };
}
