import type { SamlCertCode } from "../../core/codes/index.ts";
import { hintOf } from "../codes.ts";
import { type Outcome, ProviderError, type ProviderIssue } from "../error.ts";
import { type AttemptResult, isTlsRefusal } from "./attempt.ts";
import type { Operation } from "./operation.ts";

/** Why one attempt did not succeed: what a `ProviderError` is made from if none follows. */
export interface Failure {
  readonly code: SamlCertCode;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly status?: number | undefined;
  readonly issues?: readonly ProviderIssue[] | undefined;
  readonly requestId?: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs?: number | undefined;
  /** The provider cannot have acted on the request, whatever its method. */
  readonly untouched: boolean;
}

/** The name of a provider in messages, and what it knows about its own refusals. */
export interface ProviderIdentity {
  /** Such as `sendgrid`. */
  readonly name: string;
  /** Such as `SendGrid`. */
  readonly title: string;
  /** A better hint than the general one, if it has one for this status and operation. */
  readonly hint?: ((status: number, operation: Operation) => string | undefined) | undefined;
}

const BY_STATUS: Readonly<Record<number, SamlCertCode>> = {
  400: "provider.bad_request",
  401: "provider.unauthorized",
  403: "provider.forbidden",
  404: "provider.not_found",
  408: "provider.timeout",
  409: "provider.conflict",
  410: "provider.not_found",
  412: "provider.conflict",
  422: "provider.bad_request",
  429: "provider.rate_limited",
};

function codeOf(status: number): SamlCertCode {
  // A browser hides the status of a redirect that it does not follow: it is 0.
  if (status < 400) return "provider.redirected";
  return BY_STATUS[status] ?? (status >= 500 ? "provider.server_error" : "provider.rejected");
}

/** Never supported, so never worth a repetition. */
const LASTING = new Set([501, 505]);

function passes(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && !LASTING.has(status));
}

/** A 4xx is a refusal; after 408 nobody knows how much of the request was read. */
function refused(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

/** The failure that an answer with a status other than 2xx stands for. */
export function refusal(
  identity: ProviderIdentity,
  operation: Operation,
  status: number,
  issues: readonly ProviderIssue[],
): Failure {
  const said = issues[0] === undefined ? "." : `: ${issues[0].message.replace(/[.!?]?$/, ".")}`;
  const verb = refused(status) ? "refused" : "failed";
  return {
    code: codeOf(status),
    message: `${identity.title} ${verb} to ${operation.does} (${status})${said}`,
    hint: identity.hint?.(status, operation),
    status,
    issues,
    retryable: passes(status),
    untouched: refused(status),
  };
}

const WITHOUT_ANSWER = {
  aborted: ["provider.aborted", "The call was ended by its caller", false],
  timeout: ["provider.timeout", "No answer in time", true],
  too_large: ["provider.too_large", "The answer is larger than the limit", false],
} as const;

/** The failure that an attempt without a whole answer stands for. */
export function silence(
  identity: ProviderIdentity,
  operation: Operation,
  result: Exclude<AttemptResult, { kind: "answer" }>,
): Failure {
  const task = `while asking ${identity.title} to ${operation.does}`;
  if (result.kind !== "network") {
    const [code, message, retryable] = WITHOUT_ANSWER[result.kind];
    return { code, message: `${message} ${task}.`, retryable, untouched: false };
  }
  const tls = isTlsRefusal(result.reason);
  return {
    code: "provider.network",
    message: `The connection failed (${result.reason}) ${task}.`,
    hint: tls
      ? "The server's TLS certificate is not trusted here: check the base URL and any proxy; set NODE_EXTRA_CA_CERTS for a private authority."
      : undefined,
    retryable: !tls,
    untouched: result.unsent,
  };
}

/** How far a call had come when it ended. */
export interface Progress {
  readonly attempts: number;
  /** An attempt of this call may have had its effect. */
  readonly doubt: boolean;
}

/** The error that a call ends with. */
export function toError(
  identity: ProviderIdentity,
  operation: Operation,
  failure: Failure,
  { attempts, doubt }: Progress,
): ProviderError {
  const outcome: Outcome = operation.method !== "GET" && doubt ? "unknown" : "not_applied";
  const { code, message, hint, status, issues, requestId, retryable, retryAfterMs } = failure;
  return new ProviderError(code, message, {
    provider: identity.name,
    operation: operation.id,
    hint: hint ?? hintOf(code),
    outcome,
    status,
    issues,
    requestId,
    retryable,
    retryAfter: retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000),
    attempts,
  });
}

/** The same error, of a call that had sent a write before it failed: that may have had its effect. */
export function inDoubtNow(error: unknown): unknown {
  if (!(error instanceof ProviderError)) return error;
  return new ProviderError(error.code, error.message, { ...error, outcome: "unknown" });
}

/** A look at what a write has left: if it fails, the write may have had its effect all the same. */
export async function lookBack<T>(look: Promise<T>): Promise<T> {
  try {
    return await look;
  } catch (error) {
    throw inDoubtNow(error);
  }
}
