import { words } from "../core/codes/code.ts";
import { watchCodes } from "../core/codes/watch.ts";
import { isSamlCertError } from "../core/errors.ts";
import type { ConnectionStatus } from "./types.ts";

export type ToldError = ConnectionStatus["errors"][number];

/** The code and message of an error. Only errors of this package are known to contain no secret. */
export function toldError(error: unknown): ToldError {
  if (isSamlCertError(error)) return { code: error.code, message: error.message };
  const code = "watch.read_failed";
  return { code, message: words(watchCodes[code]).message };
}

/** The parts of one look. */
export interface Attempts {
  readonly errors: readonly ToldError[];
  /** The result of a part; undefined after an error, which is kept in `errors`. */
  attempt<T>(work: () => Promise<T>): Promise<T | undefined>;
}

/** Collects the errors of the parts of one look. An aborted signal ends the look. */
export function attempting(signal: AbortSignal | undefined): Attempts {
  const errors: ToldError[] = [];
  return {
    errors,
    async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
      try {
        return await work();
      } catch (error) {
        signal?.throwIfAborted();
        errors.push(toldError(error));
        return undefined;
      }
    },
  };
}
