import type { Values } from "../core/codes/code.ts";
import { keysCodes } from "../core/codes/keys.ts";
import { KeyError } from "../core/errors.ts";
import { errorOf } from "../core/issue.ts";

/** The reason not to make, read or roll over a key. No cause: it could quote the key. */
export function keyError(code: keyof typeof keysCodes, values?: Values): KeyError {
  return errorOf(KeyError, keysCodes, { code, values });
}
