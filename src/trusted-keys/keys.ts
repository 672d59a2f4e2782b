// Not the globals: Deno's give numbers, which have no unref.
import { clearTimeout, setTimeout } from "node:timers";
import { isText, need } from "../core/argument.ts";
import { checkOptions } from "../core/options.ts";
import { isoTime } from "../core/time.ts";
import { notify } from "../providers/http/hooks.ts";
import { LONGEST_TIMER_MS } from "../providers/http/numbers.ts";
import { decodeCopy, encodeCopy } from "./cache.ts";
import { keysError } from "./error.ts";
import { type LoadedKeys, loadKeys, type TrustedKeySet } from "./key-set.ts";
import { KEYS_KINDS, REFRESH_KINDS, type TrustedKeysOptions } from "./options.ts";
import {
  changeBetween,
  type FailureSummary,
  failureOf,
  summaryOf,
  type TrustedKeysEvent,
  type TrustReport,
  type TrustState,
} from "./report.ts";
import { nextAttempt, nextRead, refreshOf } from "./schedule.ts";
import { createMetadataSource, type MetadataSource, type MetadataSourceOptions } from "./source.ts";

/** The callback form of node-saml's option `idpCert`. */
export type IdpCertCallback = (
  callback: (error: Error | null, publicCert?: string | string[]) => void,
) => void;

/** The keys of an identity provider, in step with its metadata. */
export interface TrustedKeys {
  /** The keys to trust now, from memory. Throws a `TrustedKeysError` if there is none. */
  current(): TrustedKeySet;
  /** For node-saml and passport-saml: `new SAML({ idpCert: keys.idpCert, ... })`. */
  readonly idpCert: IdpCertCallback;
  /**
   * Reads now, or waits for the read that is in progress. Rejects only if no key is trusted
   * afterwards: an outage of the metadata server does not stop a service that has keys.
   */
  refresh(): Promise<TrustReport>;
  /**
   * Reads because a message is signed with none of the keys; true if they have changed, so that the
   * message should be verified again. Reads at most once per `unknownKeySeconds`.
   */
  keyUnknown(): Promise<boolean>;
  report(): TrustReport;
  [Symbol.asyncDispose](): Promise<void>;
}

function sourceOf(source: MetadataSource | MetadataSourceOptions): MetadataSource {
  return "read" in source ? source : createMetadataSource(source);
}

/**
 * Keeps the keys of an identity provider in step with its metadata: reads it in time (Shibboleth's
 * rules), keeps the last good keys while it cannot be read, and never trusts the keys of a document
 * that was not accepted. The first read starts at once; timers do not keep the process alive.
 *
 * @example
 * ```ts
 * import { createTrustedKeys, fileCache } from "samlcert/trusted-keys";
 *
 * const keys = createTrustedKeys({
 *   source: { url: "https://idp.example.com/metadata" },
 *   entityId: "https://idp.example.com",
 *   cache: fileCache("idp-metadata.json"),
 * });
 * const saml = { idpCert: keys.idpCert, issuer: "https://sp.example.com" };
 * console.log(typeof saml.idpCert, keys.report().state);
 * await keys[Symbol.asyncDispose]();
 * ```
 */
export function createTrustedKeys(options: TrustedKeysOptions): TrustedKeys {
  checkOptions(options, KEYS_KINDS, "createTrustedKeys");
  need(() => isText(options.entityId) && options.entityId !== "", "entityId", "an entity ID");
  need(() => typeof options.source === "object", "source", "a source or its options");
  checkOptions(options.refresh, REFRESH_KINDS, "createTrustedKeys.refresh");
  const { entityId, role = "IDPSSODescriptor", cache, maxStaleSeconds, accept, signal } = options;
  const clock = options.clock ?? (() => new Date());
  const now = (): number => Math.floor(clock().getTime() / 1000);
  const source = sourceOf(options.source);
  const refresh = refreshOf(options.refresh ?? {});
  const controller = new AbortController();

  let loaded: LoadedKeys | undefined;
  let cached = false;
  let failures = 0;
  let lastFailure: FailureSummary | undefined;
  /** Unix milliseconds. */
  let attemptedAt = Number.NEGATIVE_INFINITY;
  let nextReadAt = Number.NEGATIVE_INFINITY;
  let flight: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const close = (): void => {
    controller.abort();
    clearTimeout(timer);
    signal?.removeEventListener("abort", close);
  };

  function emit(event: TrustedKeysEvent): void {
    notify(options.onEvent, event);
  }

  /** Unix seconds after which the keys are too old. */
  function trustedUntil({ keys: { validUntil, readAt } }: LoadedKeys): number | undefined {
    if (validUntil !== undefined || maxStaleSeconds === undefined) return validUntil;
    return readAt + maxStaleSeconds;
  }

  function isUsable(milliseconds = clock().getTime()): boolean {
    if (loaded === undefined) return false;
    return milliseconds < (trustedUntil(loaded) ?? Number.POSITIVE_INFINITY) * 1000;
  }

  function take(next: LoadedKeys): void {
    const change = changeBetween(loaded?.keys, next.keys);
    if (change !== undefined && loaded !== undefined && accept?.(change) === false) {
      const [added, removed] = [change.added.length, change.removed.length];
      throw keysError("trusted_keys.refused", { entityId, added, removed });
    }
    loaded = next;
    if (change !== undefined) emit({ at: isoTime(now()), type: "changed", ...change });
  }

  /** A failure of the cache is told, and harms nothing else. */
  async function useCache(action: "read" | "written", use: () => Promise<void>): Promise<void> {
    try {
      await use();
    } catch (error) {
      const reason = error instanceof Error ? error.message : "unknown reason";
      const failure = keysError("trusted_keys.cache", { entityId, action, reason });
      emit({ type: "cache_failed", entityId, ...failureOf(failure, now()) });
    }
  }

  const started = useCache("read", async () => {
    const text = await cache?.get();
    if (text === undefined) return;
    const { bytes, from, readAt } = decodeCopy(text);
    const document = await source.check(bytes, from);
    if (loaded !== undefined) return;
    take(loadKeys(document, { entityId, role }, { now: now(), readAt }));
    cached = true;
  });

  async function readOnce(): Promise<void> {
    attemptedAt = clock().getTime();
    try {
      const document = await source.read({ signal: controller.signal });
      const readAt = now();
      const next = loadKeys(document, { entityId, role }, { now: readAt, readAt });
      take(next);
      const { keys, cacheDuration, maxAge, bytes } = next;
      const untilInvalid = keys.validUntil === undefined ? undefined : keys.validUntil - readAt;
      const wait = nextRead({ untilInvalid, cacheDuration, maxAge }, refresh, Math.random());
      nextReadAt = clock().getTime() + wait * 1000;
      [failures, lastFailure, cached] = [0, undefined, false];
      emit({ at: isoTime(readAt), type: "read", entityId, nextReadAt: isoTime(readAt + wait) });
      await useCache("written", async () => {
        await cache?.set(encodeCopy({ from: keys.from, readAt, bytes }));
      });
    } catch (error) {
      failures += 1;
      // Without a key to trust, every sign-in fails: the first retries come sooner.
      const first = isUsable() ? refresh.minSeconds : refresh.unknownKeySeconds;
      const wait = nextAttempt(failures, { ...refresh, minSeconds: first }, Math.random());
      nextReadAt = clock().getTime() + wait * 1000;
      if (controller.signal.aborted) return;
      lastFailure = failureOf(error, now());
      emit({ type: "failed", entityId, ...lastFailure });
    }
  }

  /** Single flight: whoever asks meanwhile waits for the same read. */
  function read(): Promise<void> {
    if (controller.signal.aborted) return Promise.resolve();
    flight ??= started.then(readOnce).finally(() => {
      flight = undefined;
      schedule();
    });
    return flight;
  }

  function schedule(): void {
    clearTimeout(timer);
    if (controller.signal.aborted) return;
    const wait = Math.max(0, nextReadAt - clock().getTime());
    timer = setTimeout(() => void read(), Math.min(wait, LONGEST_TIMER_MS));
    timer.unref();
  }

  function current(): TrustedKeySet {
    // A timer may be late: the machine was suspended, or the function was frozen between requests.
    const milliseconds = clock().getTime();
    if (milliseconds >= nextReadAt && flight === undefined) void read();
    if (loaded !== undefined && isUsable(milliseconds)) return loaded.keys;
    if (loaded === undefined) throw keysError("trusted_keys.none", { entityId });
    throw keysError("trusted_keys.expired", {
      entityId,
      until: isoTime(trustedUntil(loaded) ?? 0),
    });
  }

  function stateOf(): TrustState {
    if (loaded === undefined) return "none";
    if (!isUsable()) return "expired";
    return lastFailure === undefined && !cached ? "fresh" : "stale";
  }

  function report(): TrustReport {
    const keys = loaded?.keys;
    const time = (seconds: number | undefined) =>
      seconds === undefined ? undefined : isoTime(Math.floor(seconds));
    return {
      entityId,
      state: stateOf(),
      keys: (keys?.certificates ?? []).map(summaryOf),
      from: keys?.from,
      signature: keys?.signature,
      cached,
      readAt: time(keys?.readAt),
      validUntil: time(keys?.validUntil),
      nextReadAt: Number.isFinite(nextReadAt) ? time(nextReadAt / 1000) : undefined,
      lastFailure,
    };
  }

  /** Reads, or joins the read in progress; but strangers cannot cause one read after another. */
  async function readGuarded(): Promise<void> {
    const waited = clock().getTime() - attemptedAt;
    if (flight !== undefined || waited >= refresh.unknownKeySeconds * 1000) await read();
  }

  async function usable(): Promise<TrustedKeySet> {
    if (!isUsable()) await started;
    if (!isUsable()) await readGuarded();
    return current();
  }

  if (signal?.aborted === true) close();
  else signal?.addEventListener("abort", close, { once: true });
  void read();
  return {
    current,
    idpCert(callback) {
      const answer = ({ certificates }: TrustedKeySet): void =>
        callback(
          null,
          certificates.map(({ pem }) => pem),
        );
      if (isUsable()) answer(current());
      else usable().then(answer, callback);
    },
    async refresh() {
      await read();
      current();
      return report();
    },
    async keyUnknown() {
      const before = loaded?.keys;
      await readGuarded();
      const after = loaded?.keys;
      return after !== undefined && changeBetween(before, after) !== undefined;
    },
    report,
    async [Symbol.asyncDispose]() {
      close();
      await flight;
    },
  };
}
