import type { SamlCertCode } from "../core/codes/index.ts";
import { hintOf } from "../providers/codes.ts";
import { ProviderError } from "../providers/error.ts";

export interface FailureDetails {
  readonly hint?: string | undefined;
  readonly status?: number | undefined;
  readonly retryable?: boolean | undefined;
}

export const PROVIDER = "metadata-url";

/** An error of the metadata source. Reading has no effect, so that its outcome is never in doubt. */
export function sourceError(
  code: SamlCertCode,
  message: string,
  { hint, status, retryable }: FailureDetails = {},
): ProviderError {
  return new ProviderError(code, message, {
    provider: PROVIDER,
    operation: "read",
    outcome: "not_applied",
    hint: hint ?? hintOf(code),
    status,
    retryable,
  });
}
