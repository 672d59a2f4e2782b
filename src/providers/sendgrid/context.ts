import { isObject } from "../../core/argument.ts";
import { BOOLEAN, type Kind } from "../../core/options.ts";
import { isProviderError, type ProviderCode, type ProviderError, providerError } from "../error.ts";
import { CALL_KINDS } from "../http/argument.ts";
import type { Timing } from "../http/clock.ts";
import type { Decoding } from "../http/decode.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import type { Answer, CallInput, Transport } from "../http/transport.ts";
import { identity } from "./operations.ts";

/** The shared parts of the client's groups. */
export interface Context {
  readonly transport: Transport;
  readonly clock: Timing;
  readonly strict: boolean;
}

export function decoding({ strict }: Context, operation: Operation): Decoding {
  return { identity, operation, strict };
}

/** A deletion. Undefined if an earlier attempt deleted it and its answer was lost. */
export async function callDelete(
  { transport }: Context,
  operation: Operation,
  input: CallInput,
  options: CallOptions | undefined,
): Promise<Answer | undefined> {
  try {
    return await transport.call(operation, input, options);
  } catch (error) {
    if (isNotFound(error) && error.outcome === "unknown") return undefined;
    throw error;
  }
}

/** SendGrid itself says that the resource does not exist. */
export function isNotFound(error: unknown): error is ProviderError {
  return isProviderError(error, "provider.not_found");
}

/** True if the looked-up resource exists. */
export async function exists(look: Promise<unknown>): Promise<boolean> {
  try {
    await look;
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** The write may have been applied: check before it is repeated. */
export function inDoubt(error: unknown): error is ProviderError {
  return isProviderError(error) && error.outcome === "unknown";
}

const KNOWN: Kind = {
  is: (value) => Array.isArray(value) && [...value].every(isObject),
  name: "a list, as list gives it",
};

/** Options of a write that looks before it writes. */
export const WRITE_KINDS: typeof CALL_KINDS & { readonly enabled: Kind; readonly known: Kind } = {
  ...CALL_KINDS,
  enabled: BOOLEAN,
  known: KNOWN,
};

/** An error that this client itself raises. */
export function clientError(
  code: ProviderCode,
  operation: Operation,
  values: Readonly<Record<string, string>>,
  facts: Partial<Parameters<typeof providerError>[2]> = {},
): ProviderError {
  return providerError(
    code,
    { provider: identity.title, task: operation.task, ...values },
    { provider: identity.name, operation: operation.id, outcome: "not_applied", ...facts },
  );
}
