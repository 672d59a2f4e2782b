import type { Readable } from "node:stream";
import { EXIT, Interruption } from "./exit.ts";
import type { Host, Output } from "./io.ts";

/** How long a command that leaves in order may take for it. */
const LAST_RESORT_MS = 2000;

const SIGNALS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/** Signals of this process as an `AbortSignal`, until they are released. */
function catchSignals(): Pick<Required<Host>, "signal" | "releaseSignals"> {
  const controller = new AbortController();
  // The first one lets a command leave what it does in order; the second ends it at once.
  const handlers = Object.entries(SIGNALS).map(([name, code]) => {
    const handler = (): void => {
      if (controller.signal.aborted) process.exit(code);
      controller.abort(new Interruption(code));
      setTimeout(() => process.exit(code), LAST_RESORT_MS).unref();
    };
    process.on(name, handler);
    return [name, handler] as const;
  });
  return {
    signal: controller.signal,
    releaseSignals: () => {
      for (const [name, handler] of handlers) process.off(name, handler);
    },
  };
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
    ...catchSignals(),
  };
}
