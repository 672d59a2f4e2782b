import type { Values } from "../core/codes/code.ts";
import { watchCodes } from "../core/codes/watch.ts";
import { SamlCertError } from "../core/errors.ts";
import { errorOf } from "../core/issue.ts";

/** A source, the configuration or the kept state of a watch cannot be used. */
export class WatchError extends SamlCertError {
  override name = "WatchError";
}

export type WatchCode = keyof typeof watchCodes;

export function watchError(code: WatchCode, values: Values = {}): WatchError {
  return errorOf(WatchError, watchCodes, { code, values });
}
