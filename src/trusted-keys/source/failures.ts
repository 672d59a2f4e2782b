import type { Values } from "../../core/codes/code.ts";
import { type ProviderCode, type ProviderError, providerError } from "../../providers/error.ts";

/** The name of the metadata source in errors. */
const PROVIDER = "metadata-url";

/** An error of the metadata source. Reading has no effect, so the outcome is never unknown. */
export function sourceError(
  code: ProviderCode,
  values: Values,
  facts: {
    readonly status?: number;
    readonly retryable?: boolean;
    readonly retryAfterSeconds?: number | undefined;
  } = {},
): ProviderError {
  return providerError(
    code,
    { activity: "reading metadata", ...values },
    { provider: PROVIDER, operation: "read", outcome: "not_applied", ...facts },
  );
}
