import type { Progress } from "../output/progress.ts";

/** A place to write text to: standard output or standard error. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width of the terminal in columns; 80 where there is none. */
  readonly columns: number;
}

/**
 * Everything of the outside that `run(argv, host)` touches. It needs no process, so a test runs
 * commands with a host of its own.
 */
export interface Host {
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  now(): Date;
  readonly fetch: typeof globalThis.fetch;
  /** Aborted by Ctrl-C and by SIGTERM, with an `Interruption` as its reason. */
  readonly signal: AbortSignal;
  /**
   * Leaves Ctrl-C to the system from now on. While JavaScript computes, no handler can run: a
   * command that only reads is ended at once this way.
   */
  releaseSignals?(): void;
}

/** What a command is handed. */
export interface Io extends Host {
  /** Where it says how far it is. */
  readonly progress: Progress;
  /** Does what must not be left in the middle: after Ctrl-C, its end is waited for. */
  orderly<T>(work: () => Promise<T>): Promise<T>;
}
