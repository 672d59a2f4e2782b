import { isObject, need } from "../../core/argument.ts";
import type { SamlCertCode } from "../../core/codes/index.ts";
import { hintOf } from "../codes.ts";
import { type Outcome, ProviderError } from "../error.ts";
import type { Clock } from "../http/clock.ts";
import { bodyText } from "../http/content.ts";
import type { Decoding } from "../http/decode.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import type { Answer, CallInput, Transport } from "../http/transport.ts";
import { identity } from "./operations.ts";

/** What the groups of the client share. */
export interface Context {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly strict: boolean;
}

export function decoding({ strict }: Context, operation: Operation): Decoding {
  return { identity, operation, strict };
}

/** A deletion. Undefined where an earlier attempt of this very call has done it, unheard. */
export async function callDelete(
  { transport }: Context,
  operation: Operation,
  input: CallInput,
  options: CallOptions | undefined,
): Promise<Answer | undefined> {
  try {
    return await transport.call(operation, input, options);
  } catch (error) {
    // An earlier attempt, whose answer was lost, removed it.
    if (isProviderError(error) && error.status === 404 && error.outcome === "unknown") {
      return undefined;
    }
    throw error;
  }
}

export function isProviderError(error: unknown): error is ProviderError {
  return error instanceof ProviderError;
}

/** The write may have had its effect: look before it is repeated. */
export function inDoubt(error: unknown): error is ProviderError {
  return isProviderError(error) && error.outcome === "unknown";
}

interface WriteOptions {
  readonly enabled?: boolean | undefined;
  readonly known?: readonly object[] | undefined;
}

/** Options of a write that looks before it writes: none where they are no object. */
export function writeOptions<T extends WriteOptions>(
  given: T | undefined,
  operation: Operation,
): T {
  const options = Object(given) as T;
  bodyText(operation, { enabled: options.enabled }, identity.name, "options");
  need(() => [...(options.known ?? [])].every(isObject), "known", "a list, as list gives it");
  return options;
}

interface RefusalDetails {
  readonly outcome?: Outcome;
  readonly hint?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly field?: string | undefined;
}

/** An error that this client itself raises. */
export function clientError(
  code: SamlCertCode,
  message: string,
  operation: Operation,
  { outcome = "not_applied", hint, resourceId, field }: RefusalDetails = {},
): ProviderError {
  return new ProviderError(code, message, {
    provider: identity.name,
    operation: operation.id,
    hint: hint ?? hintOf(code),
    outcome,
    resourceId,
    issues: field === undefined ? [] : [{ message, field }],
  });
}
