import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host, Output } from "../../src/cli/framework/io.ts";
import { run } from "../../src/cli/run.ts";

/** The output and the exit code of a command. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** The input, at once or in pieces. */
  readonly stdin?: string | Uint8Array | AsyncIterable<Uint8Array>;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly now?: Date;
  readonly isTTY?: boolean;
  /** A person answers prompts: standard input is a terminal. */
  readonly stdinIsTTY?: boolean;
  readonly columns?: number;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof globalThis.fetch;
}

async function* atOnce(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.byteLength > 0) yield bytes;
}

/** Runs one command line in this process, over a `Host` that keeps what is printed. */
export async function runCommand(
  argv: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const texts = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr"): Output => ({
    write: (text) => {
      texts[name] += text;
    },
    isTTY: options.isTTY ?? false,
    columns: options.columns ?? 80,
  });
  const input = options.stdin ?? "";
  const chunks =
    typeof input === "string" || input instanceof Uint8Array ? atOnce(Buffer.from(input)) : input;
  const host: Host = {
    stdin: {
      isTTY: options.stdinIsTTY ?? false,
      [Symbol.asyncIterator]: () => chunks[Symbol.asyncIterator](),
    },
    stdout: output("stdout"),
    stderr: output("stderr"),
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
    now: () => options.now ?? new Date(),
    fetch: options.fetch ?? globalThis.fetch,
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await run(argv, host);
  return { code, ...texts };
}

/** Runs a body with an empty folder that is removed afterwards. */
export async function inFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "samlcert-test-"));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
