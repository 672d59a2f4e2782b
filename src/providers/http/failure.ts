import type { Values } from "../../core/codes/code.ts";
import {
  isProviderError,
  type Outcome,
  type ProviderCode,
  ProviderError,
  type ProviderIssue,
  providerError,
} from "../error.ts";
import type { NoAnswer } from "./attempt.ts";
import type { Operation } from "./operation.ts";

/** Why one attempt did not succeed; it becomes a `ProviderError` if no other attempt follows. */
export interface Failure {
  readonly code: ProviderCode;
  readonly values: Values;
  readonly hint?: string | undefined;
  readonly status?: number | undefined;
  readonly issues?: readonly ProviderIssue[] | undefined;
  readonly requestId?: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs?: number | undefined;
  /** True if the provider cannot have processed the request, regardless of its method. */
  readonly untouched: boolean;
}

/** An error answer, as a provider is asked about it. */
export interface Refusal {
  readonly status: number;
  readonly issues: readonly ProviderIssue[];
  readonly operation: Operation;
}

/** The details of an error answer that only its provider knows. */
export interface Advice {
  readonly hint?: string | undefined;
  /** False if the same request will fail again, regardless of the status. */
  readonly retryable?: false;
}

/** A provider's names, and how its error answers are read. */
export interface ProviderIdentity {
  /** Such as `sendgrid`. */
  readonly name: string;
  /** Such as `SendGrid`. */
  readonly title: string;
  /** Advice on an error answer. */
  advise(refusal: Refusal): Advice | undefined;
  /** True for an error body in the provider's form; only then does a 404 mean "does not exist". */
  isErrorBody(json: unknown): boolean;
}

const BY_STATUS: Readonly<Record<number, ProviderCode>> = {
  400: "provider.bad_request",
  401: "provider.unauthorized",
  403: "provider.forbidden",
  404: "provider.not_found",
  408: "provider.server_error",
  409: "provider.conflict",
  410: "provider.not_found",
  412: "provider.conflict",
  422: "provider.bad_request",
  429: "provider.rate_limited",
};

function codeOf(status: number, recognised: boolean): ProviderCode {
  // A browser hides the status of a redirect that it does not follow: it is 0.
  if (status < 400) return "provider.redirected";
  const code = BY_STATUS[status] ?? (status >= 500 ? "provider.server_error" : "provider.rejected");
  return code === "provider.not_found" && !recognised ? "provider.wrong_endpoint" : code;
}

/** Not implemented, so a repetition fails as well. */
const PERMANENT = new Set([501, 505]);

function isTemporary(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && !PERMANENT.has(status));
}

/** A 4xx is a refusal, except 408: the server may have read the whole request. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

/** An answer with a status other than 2xx. */
export interface ErrorAnswer {
  readonly host: string;
  readonly status: number;
  readonly issues: readonly ProviderIssue[];
  readonly json: unknown;
}

/** The failure of an attempt that got an error answer. */
export function failureOf(
  identity: ProviderIdentity,
  operation: Operation,
  { host, status, issues, json }: ErrorAnswer,
): Failure {
  const code = codeOf(status, identity.isErrorBody(json));
  const trusted = code !== "provider.wrong_endpoint";
  const advice = trusted ? identity.advise({ status, issues, operation }) : undefined;
  const said = issues[0]?.message.replace(/[.!?]+$/, "");
  const reason = said ?? (code === "provider.rate_limited" ? String(status) : "no reason given");
  return {
    code,
    values: { provider: identity.title, task: operation.task, status, reason, host },
    hint: advice?.hint,
    status,
    issues,
    retryable: isTemporary(status) && advice?.retryable !== false,
    untouched: isRefusal(status),
  };
}

/** A failure of an attempt without a whole answer. */
export function silence(
  identity: ProviderIdentity,
  operation: Operation,
  host: string,
  result: NoAnswer & { readonly maxBytes?: number },
): Failure {
  const activity = `asking ${identity.title} to ${operation.task}`;
  const reason = "reason" in result ? result.reason : "";
  return {
    code: `provider.${result.kind}`,
    values: { activity, host, reason, limit: result.maxBytes ?? "" },
    retryable: ["timeout", "unreachable", "network"].includes(result.kind),
    untouched: result.kind === "unreachable" || result.kind === "tls",
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
  { code, values, retryAfterMs, ...facts }: Failure,
  { attempts, doubt }: Progress,
): ProviderError {
  const outcome: Outcome = operation.method !== "GET" && doubt ? "unknown" : "not_applied";
  return providerError(code, values, {
    ...facts,
    provider: identity.name,
    operation: operation.id,
    outcome,
    retryAfterSeconds: retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000),
    attempts,
  });
}

/** The same error, of a call that had sent a write before it failed: its effect is unknown. */
export function inDoubtNow(error: unknown): unknown {
  if (!isProviderError(error)) return error;
  return new ProviderError(error.code, error.message, { ...error, outcome: "unknown" });
}

/** Checks the effect of a write; if the check fails, the effect stays unknown. */
export async function lookBack<T>(look: Promise<T>): Promise<T> {
  try {
    return await look;
  } catch (error) {
    throw inDoubtNow(error);
  }
}
