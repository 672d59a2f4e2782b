import type { Values } from "../core/codes/code.ts";
import { signatureCodes } from "../core/codes/signature.ts";
import { SignatureError } from "../core/errors.ts";
import type { Location } from "../core/finding.ts";
import { errorOf } from "../core/issue.ts";

/** The error of a code of this layer. */
export function signatureError(
  code: keyof typeof signatureCodes,
  values?: Values,
  at?: Location,
): SignatureError {
  return errorOf(SignatureError, signatureCodes, { code, values, at });
}
