import type { SamlCertCode } from "../core/codes/index.ts";
import { type ErrorDetails, type ErrorJson, SamlCertError } from "../core/errors.ts";

/** One complaint in a provider's error body. */
export interface ProviderIssue {
  readonly message: string;
  /** The request field that it is about. */
  readonly field?: string | undefined;
  /** The provider's own identifier of the error. */
  readonly errorId?: string | undefined;
}

/**
 * What became of a write.
 *
 * - `not_applied`: it had no effect: refused, or never sent.
 * - `unknown`: it may have had its effect: the answer was lost, unreadable, or a server error.
 *   Look before you repeat it.
 *
 * A read is always `not_applied`.
 */
export type Outcome = "not_applied" | "unknown";

/** What a `ProviderError` carries beside its code and message. */
export interface ProviderErrorDetails extends ErrorDetails {
  readonly provider: string;
  readonly outcome: Outcome;
  readonly operation?: string | undefined;
  readonly status?: number | undefined;
  readonly issues?: readonly ProviderIssue[] | undefined;
  readonly requestId?: string | undefined;
  readonly retryable?: boolean | undefined;
  readonly retryAfter?: number | undefined;
  readonly attempts?: number | undefined;
  readonly resourceId?: string | undefined;
}

/**
 * A call to a provider failed, or was refused before it was sent.
 *
 * Never holds a credential: what a provider or a custom `fetch` says is scrubbed of the secrets that
 * were sent, and no foreign error is kept as the cause.
 *
 * @example
 * ```ts
 * import { isSamlCertError } from "samlcert";
 * import { createSendGridClient, type ProviderError } from "samlcert/sendgrid";
 *
 * const client = createSendGridClient({ apiKey: process.env["SENDGRID_API_KEY"] ?? "" });
 * try {
 *   await client.integrations.list();
 * } catch (error) {
 *   if (!isSamlCertError(error, "provider.forbidden")) throw error;
 *   const { status, requestId, hint } = error as ProviderError;
 *   console.error(status, requestId, hint);
 * }
 * ```
 */
export class ProviderError extends SamlCertError {
  override name = "ProviderError";
  /** Such as `sendgrid`. */
  readonly provider: string;
  /** Such as `certificates.create`. */
  readonly operation?: string | undefined;
  /** HTTP status; absent where there was no answer. */
  readonly status?: number | undefined;
  /** All that the provider complained about. */
  readonly issues: readonly ProviderIssue[];
  /** The request field that the first complaint is about. */
  readonly field?: string | undefined;
  /** The provider's identifier of the first complaint. */
  readonly providerErrorId?: string | undefined;
  /** The provider's identifier of the request, for its support. */
  readonly requestId?: string | undefined;
  /** The failure is of a kind that passes; for a write, mind `outcome` first. */
  readonly retryable: boolean;
  /** Seconds to wait, where the provider says so. */
  readonly retryAfter?: number | undefined;
  readonly outcome: Outcome;
  /** How often the request was sent. */
  readonly attempts: number;
  /** The identifier of what was written, where the write is known to have happened. */
  readonly resourceId?: string | undefined;

  constructor(code: SamlCertCode, message: string, details: ProviderErrorDetails) {
    super(code, message, details);
    this.provider = details.provider;
    this.outcome = details.outcome;
    this.issues = details.issues ?? [];
    this.retryable = details.retryable ?? false;
    this.attempts = details.attempts ?? 0;
    const first = this.issues[0];
    const optional = {
      operation: details.operation,
      status: details.status,
      field: first?.field,
      providerErrorId: first?.errorId,
      requestId: details.requestId,
      retryAfter: details.retryAfter,
      resourceId: details.resourceId,
    };
    for (const [name, value] of Object.entries(optional)) {
      if (value !== undefined) Object.assign(this, { [name]: value });
    }
  }

  override toJSON(): ErrorJson {
    const { name, code, message, hint, at, stack, cause, ...rest } = this;
    return { ...super.toJSON(), ...rest };
  }
}
