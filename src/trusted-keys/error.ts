import type { Values } from "../core/codes/code.ts";
import { trustedKeysCodes } from "../core/codes/trusted-keys.ts";
import { SamlCertError } from "../core/errors.ts";
import { errorOf } from "../core/issue.ts";

/** Metadata was not accepted as a source of trusted keys, or there is no key to trust. */
export class TrustedKeysError extends SamlCertError {
  override name = "TrustedKeysError";
}

export function keysError(code: keyof typeof trustedKeysCodes, values: Values): TrustedKeysError {
  return errorOf(TrustedKeysError, trustedKeysCodes, { code, values });
}
