import type { Values } from "../core/codes/code.ts";
import { rotationCodes } from "../core/codes/rotation.ts";
import { RotationError } from "../core/errors.ts";
import { errorOf } from "../core/issue.ts";

export type RotationCode = keyof typeof rotationCodes;

/** The error of a code, in the words of the table. */
export function rotationError(code: RotationCode, values?: Values): RotationError {
  return errorOf(RotationError, rotationCodes, { code, values });
}
