import type { Progress } from "../output/progress.ts";

/** Standard output or standard error. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width of the terminal in columns; 80 without a terminal. */
  readonly columns: number;
}

/**
 * The outside of `run(argv, host)`: streams, environment, clock and network. A test passes its own, so
 * that commands run without a process.
 */
export interface Host {
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  now(): Date;
  readonly fetch: typeof globalThis.fetch;
  /** Aborted by Ctrl-C and by SIGTERM, with an `Interruption` as its reason. */
  readonly signal: AbortSignal;
  /**
   * Restores the system's handling of Ctrl-C. No handler can run while JavaScript computes, so a
   * command that only reads is ended at once this way.
   */
  releaseSignals?(): void;
}

/** The input and output of a command. */
export interface Io extends Host {
  readonly progress: Progress;
  /** A URL may lead to this machine or a private network. */
  readonly allowPrivateAddresses?: boolean;
  /** Runs work that must not stop midway: after Ctrl-C, `run` waits for its end. */
  orderly<T>(work: () => Promise<T>): Promise<T>;
}
