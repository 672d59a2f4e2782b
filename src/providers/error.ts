import { type Values, words } from "../core/codes/code.ts";
import type { SamlCertCode } from "../core/codes/index.ts";
import { providerCodes } from "../core/codes/providers.ts";
import { type ErrorDetails, type ErrorJson, SamlCertError } from "../core/errors.ts";

/** A code of a `ProviderError`. */
export type ProviderCode = keyof typeof providerCodes;

/** One error in a provider's error body. */
export interface ProviderIssue {
  readonly message: string;
  /** The request field that it is about. */
  readonly field?: string | undefined;
  /** The provider's own identifier of the error. */
  readonly errorId?: string | undefined;
}

/**
 * The effect of a write that failed.
 *
 * - `not_applied`: it had none: it was refused, or never sent.
 * - `unknown`: it may have been applied: the answer was lost, unreadable, or a server error. Check
 *   before you repeat it.
 *
 * A read is always `not_applied`.
 */
export type Outcome = "not_applied" | "unknown";

/** The parts of a `ProviderError` besides its code, message and hint. */
export interface ProviderFacts {
  readonly provider: string;
  readonly outcome: Outcome;
  readonly operation?: string | undefined;
  readonly status?: number | undefined;
  readonly issues?: readonly ProviderIssue[] | undefined;
  readonly requestId?: string | undefined;
  readonly retryable?: boolean | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly attempts?: number | undefined;
  readonly resourceId?: string | undefined;
}

export interface ProviderErrorDetails extends ErrorDetails, ProviderFacts {}

/**
 * A call to a provider failed, or was refused before it was sent.
 *
 * Never contains a credential: the text of a provider or of a custom `fetch` is scrubbed of the
 * secrets that were sent, and no foreign error is kept as the cause.
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
  /** HTTP status; absent if there was no answer. */
  readonly status?: number | undefined;
  /** Every error that the provider's answer names. */
  readonly issues: readonly ProviderIssue[];
  /** The request field that the first of them is about. */
  readonly field?: string | undefined;
  /** The provider's identifier of the first of them. */
  readonly providerErrorId?: string | undefined;
  /** The provider's identifier of the request, for its support. */
  readonly requestId?: string | undefined;
  /** True for a temporary failure; for a write, look at `outcome` first. */
  readonly retryable: boolean;
  /** Seconds to wait, if the provider says so. */
  readonly retryAfterSeconds?: number | undefined;
  readonly outcome: Outcome;
  /** How often the request was sent. */
  readonly attempts: number;
  /** The identifier of the written resource, if the write is known to have happened. */
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
      retryAfterSeconds: details.retryAfterSeconds,
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

/** The error of a code in the words of the table; `hint` only if a provider has a better one. */
export function providerError(
  code: ProviderCode,
  values: Values,
  facts: ProviderFacts & { readonly hint?: string | undefined; readonly cause?: unknown },
): ProviderError {
  const { message, hint } = words(providerCodes[code], values);
  return new ProviderError(code, message, { ...facts, hint: facts.hint ?? hint });
}

export function isProviderError(error: unknown, code?: ProviderCode): error is ProviderError {
  return error instanceof ProviderError && (code === undefined || error.code === code);
}
