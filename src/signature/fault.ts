import type { SamlCertCode } from "../core/codes/index.ts";
import { SignatureError } from "../core/errors.ts";
import type { Words } from "../core/words.ts";
import { type SignatureCode, type SigningCode, signatureWords, signingWords } from "./codes.ts";

/** Why a signature is refused. */
export function signatureError(code: SignatureCode, detail = ""): SignatureError {
  return errorOf(code, signatureWords[code], detail);
}

/** Why a document is not signed. */
export function signingError(code: SigningCode, detail = ""): SignatureError {
  return errorOf(code, signingWords[code], detail);
}

function errorOf(
  code: SamlCertCode,
  [summary, hint]: Words[string],
  detail: string,
): SignatureError {
  return new SignatureError(code, detail === "" ? summary : `${summary} ${detail}`, { hint });
}
