import { AMOUNT, checkOptions, FUNCTION, type Kind, type OptionKinds } from "../../core/options.ts";
import type { CallOptions } from "./operation.ts";
import type { TransportOptions } from "./transport.ts";

export const SIGNAL: Kind = {
  is: (value) => typeof (value as AbortSignal | null)?.addEventListener === "function",
  name: "an AbortSignal",
};

/** A limit that is not 0; `Infinity` is one. */
export const LIMIT: Kind = {
  is: (value) => typeof value === "number" && value > 0,
  name: "a number greater than 0",
};

export const CALL_KINDS: OptionKinds<CallOptions> = {
  signal: SIGNAL,
  timeoutMs: LIMIT,
  totalTimeoutMs: LIMIT,
};

export const TRANSPORT_KINDS: OptionKinds<TransportOptions> = {
  fetch: FUNCTION,
  timeoutMs: LIMIT,
  totalTimeoutMs: LIMIT,
  maxRetries: AMOUNT,
  maxBytes: LIMIT,
  limiter: {
    is: (value) => typeof (Object(value) as { readonly take?: unknown }).take === "function",
    name: "an object with the method take",
  },
  clock: FUNCTION,
  sleep: FUNCTION,
  random: FUNCTION,
  onRequest: FUNCTION,
  onResponse: FUNCTION,
  onRetry: FUNCTION,
};

/** The options of one call, checked; none if they are no object. */
export function callOptions<Options extends CallOptions>(
  given: Options | undefined,
  kinds: OptionKinds<Options>,
  caller: string,
): Options {
  checkOptions(given, kinds, caller);
  return Object(given) as Options;
}

/** The part of a method's options that a request takes. */
export function callPart({ signal, timeoutMs, totalTimeoutMs }: CallOptions): CallOptions {
  return { signal, timeoutMs, totalTimeoutMs };
}
