import { SignatureError } from "../../core/errors.ts";
import type { Location } from "../../core/finding.ts";
import { signatureCodeEntry } from "./codes.ts";

/** The error of a code of this folder. */
export function signatureError(code: string, detail?: string, at?: Location): SignatureError {
  const { summary, hint } = signatureCodeEntry(code);
  return new SignatureError(code, detail === undefined ? summary : `${summary} ${detail}`, {
    hint,
    at,
  });
}
