import type { Readable } from "node:stream";
import { unwritable } from "../input/files.ts";
import { EXIT, Interruption } from "./exit.ts";
import type { Host, Output } from "./io.ts";

/** How long a command that leaves in order may take for it. */
const LAST_RESORT_MS = 2000;

const SIGNALS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

function releaseSignals(): void {
  for (const name of Object.keys(SIGNALS)) process.removeAllListeners(name);
}

/**
 * Ends this process by the signal that it was sent, so that a script around it ends, too. An exit
 * would wait for the threads that read files, and one of them may be stuck in a pipe.
 */
function dieOf(name: string, code: number): never {
  releaseSignals();
  // Windows knows no signals: there it would end with another code.
  if (process.platform !== "win32") process.kill(process.pid, name);
  process.exit(code);
}

/** Ends this process after an interruption that the command has answered. */
export function endInterrupted(code: number): never {
  const [name = "SIGINT"] = Object.entries(SIGNALS).find(([, exit]) => exit === code) ?? [];
  dieOf(name, code);
}

/** The signals of this process as an `AbortSignal`, until they are released. */
function catchSignals(): AbortSignal {
  const controller = new AbortController();
  // The first one lets a command leave what it does in order; the second ends it at once.
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
    // A reader that goes away (`samlcert ... | head`) is no fault of ours.
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
        // Deno's streams throw.
        fail(error);
      }
    },
    isTTY: stream.isTTY === true,
    // Asked for each time: a terminal can be resized.
    get columns() {
      return stream.columns || 80;
    },
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

/** The `Host` that this process is. */
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
