import { isFunction, isObject, isText, need } from "../../core/argument.ts";
import { BOOLEAN, checkOptions, type Kind, type OptionKinds } from "../../core/options.ts";
import { isProviderError, type ProviderCode, type ProviderError, providerError } from "../error.ts";
import { callOptions, SIGNAL } from "../http/argument.ts";
import { timingOf } from "../http/clock.ts";
import type { StoreCallOptions, StoreRemoveOptions, StoreWriteOptions } from "../store.ts";
import type { StoreOptions } from "./types.ts";

const KNOWN: Kind = {
  is: (value) => Array.isArray(value) && [...value].every(isObject),
  name: "a list, as list gives it",
};

export const LIST_CALL: OptionKinds<StoreCallOptions> = { signal: SIGNAL };
export const REMOVE_CALL: OptionKinds<StoreRemoveOptions> = { ...LIST_CALL, known: KNOWN };
export const WRITE_CALL: OptionKinds<StoreWriteOptions> = { ...REMOVE_CALL, enabled: BOOLEAN };

/** The tasks of a store, as they complete the sentence "Clerk failed to ...". */
const TASKS = {
  list: "list the certificates",
  add: "add the certificate",
  replace: "replace the certificate",
  remove: "remove the certificate",
} as const;

export type Task = keyof typeof TASKS;

/** The shared parts of the stores of one connection. */
export interface Engine {
  error(
    code: ProviderCode,
    task: Task,
    values: Readonly<Record<string, string | number>>,
    facts?: Partial<Parameters<typeof providerError>[2]>,
  ): ProviderError;
  /** Calls a function of the provider; an error of another kind says nothing about its effect. */
  call<T>(task: Task, work: () => Promise<T>): Promise<T>;
  /** The options of a method, checked. Throws if the caller has ended the call already. */
  options<Options extends StoreCallOptions>(
    given: Options | undefined,
    kinds: OptionKinds<Options>,
    task: Task,
  ): Options;
  /** Makes a write. Gives the failure if the write may have been applied; throws any other. */
  attempt(
    task: Task,
    work: () => Promise<unknown>,
    signal: AbortSignal | undefined,
  ): Promise<ProviderError | undefined>;
  /**
   * Looks until `done` gives a result, with a wait before each look. Undefined if the last look gives
   * none, or cannot be taken.
   */
  lookUntil<T>(
    look: () => Promise<T>,
    done: (seen: T) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<T | undefined>;
}

/** Checks the options of a store, and gives what its methods share. */
export function engineOf<Options extends StoreOptions>(
  options: Options,
  kinds: OptionKinds<Options>,
  caller: string,
): Engine {
  need(() => isObject(options), "options", "an object");
  checkOptions(options, kinds, caller);
  const { provider, title, integrationId, looksMs = [0, 1000], capabilities } = options;
  need(() => isText(provider), "provider", "a string");
  need(() => isText(title), "title", "a string");
  need(() => isText(integrationId), "integrationId", "a string");
  need(() => isObject(capabilities), "capabilities", "an object");
  const { sleep } = timingOf({ sleep: options.sleep });

  const error: Engine["error"] = (code, task, values, facts = {}) =>
    providerError(
      code,
      { provider: title, task: TASKS[task], ...values },
      { provider, operation: `store.${task}`, outcome: "not_applied", ...facts },
    );

  const call: Engine["call"] = async (task, work) => {
    try {
      return await work();
    } catch (cause) {
      if (isProviderError(cause)) throw cause;
      // The message of a foreign error may contain a secret; its name does not.
      const reason = cause instanceof Error ? cause.name : "a value that is no Error";
      const outcome = task === "list" ? "not_applied" : "unknown";
      throw error("provider.call_failed", task, { reason }, { outcome });
    }
  };

  return {
    error,
    call,
    options(given, kinds, task) {
      const read = callOptions(given, kinds, `store.${task}`);
      if (read.signal?.aborted !== true) return read;
      throw error("provider.aborted", task, { activity: `asking ${title} to ${TASKS[task]}` });
    },
    async attempt(task, work, signal) {
      try {
        await call(task, work);
        return undefined;
      } catch (failure) {
        const isLost = isProviderError(failure) && failure.outcome === "unknown";
        const isTold = isProviderError(failure, "provider.echo_mismatch");
        if (!isLost || isTold || signal?.aborted === true) throw failure;
        return failure;
      }
    },
    async lookUntil(look, done, signal) {
      for (const wait of looksMs) {
        await sleep(wait, signal);
        if (signal?.aborted === true) return undefined;
        try {
          const seen = await look();
          if (done(seen)) return seen;
        } catch {
          // The write's own failure, or that its effect is not shown, is what gets reported.
        }
      }
      return undefined;
    },
  };
}

/** Throws if this provider cannot store a certificate without trusting it. */
export function needEnabled(engine: Engine, task: Task, enabled: boolean | undefined): void {
  if (enabled !== false) return;
  const problem = "must not be false: this provider trusts every certificate that it stores";
  throw engine.error("provider.argument", task, { argument: "enabled", problem });
}

/** Throws a `TypeError` for a function that a store cannot do without. */
export function needFunctions(functions: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(functions)) {
    need(() => isFunction(value), name, "a function");
  }
}

/** Throws a `TypeError` for an id that is no text. */
export function needId(id: unknown): void {
  need(() => isText(id), "id", "a string");
}
