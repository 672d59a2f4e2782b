import type { Values } from "../core/codes/code.ts";
import { signatureCodes } from "../core/codes/signature.ts";
import { signingCodes } from "../core/codes/signing.ts";
import { SignatureError } from "../core/errors.ts";
import type { Location } from "../core/finding.ts";
import { errorOf } from "../core/issue.ts";

/** The reason to refuse a signature. */
export function signatureError(
  code: keyof typeof signatureCodes,
  values?: Values,
  at?: Location,
): SignatureError {
  return errorOf(SignatureError, signatureCodes, { code, values, at });
}

/** The reason not to sign a document, or not to read a key. */
export function signingError(code: keyof typeof signingCodes, values?: Values): SignatureError {
  return errorOf(SignatureError, signingCodes, { code, values });
}
