import { type Values, words } from "../core/codes/code.ts";
import { watchCodes } from "../core/codes/watch.ts";
import { isSamlCertError } from "../core/errors.ts";
import type { WatchCode } from "./error.ts";
import type { Seen } from "./source.ts";
import type { ConnectionState, ConnectionStatus } from "./types.ts";

export type ToldError = ConnectionStatus["errors"][number];

/** The code and message of an error. Only errors of this package are known to contain no secret. */
function toldError(error: unknown): ToldError {
  if (isSamlCertError(error)) return { code: error.code, message: error.message };
  return errorOfCode("watch.read_failed");
}

/** An entry of `errors` that was not thrown. */
export function errorOfCode(code: WatchCode, values: Values = {}): ToldError {
  return { code, message: words(watchCodes[code], values).message };
}

/** The state of a source that threw, by the class of the error; `unreachable` for all others. */
const STATES: Readonly<Record<string, ConnectionState>> = {
  SignatureError: "unverified",
  MetadataError: "unreadable",
  CertificateError: "unreadable",
  KeyError: "unreadable",
};

const UNREADABLE: readonly string[] = [
  ...["watch.not_a_report", "watch.file_too_large", "provider.too_large"],
] satisfies readonly string[];

/** The connection of a source that threw. */
export function failedLook(id: string, error: unknown): Seen {
  const known = isSamlCertError(error) ? error : undefined;
  const isWrong = known !== undefined && UNREADABLE.includes(known.code);
  const state = isWrong ? "unreadable" : (STATES[known?.name ?? ""] ?? "unreachable");
  return { id, state, certificates: [], errors: [toldError(error)], isFailed: true };
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
