import { isText, need } from "../core/argument.ts";
import { checkOptions, FUNCTION, type Kind, type OptionKinds } from "../core/options.ts";
import { keysError } from "./error.ts";
import { current, read, reportOf } from "./follow.ts";
import type { TrustedKeySet } from "./key-set.ts";
import { keysOf, type TrustedKeys } from "./keys.ts";
import {
  checkFollow,
  checkProvider,
  FOLLOW_KINDS,
  type FollowedProvider,
  type FollowOptions,
  PROVIDER_KINDS,
} from "./options.ts";
import { createQueue } from "./queue.ts";
import type { TrustReport } from "./report.ts";
import { close, type Followed, newFollowed, settingsOf } from "./state.ts";

export interface TenantKeysOptions extends FollowOptions {
  /**
   * The identity provider of a tenant, such as from your database; undefined if it has none. Called
   * when a tenant is used for the first time, and again after `forget`.
   */
  readonly sourceOf: (
    tenant: string,
  ) => FollowedProvider | undefined | Promise<FollowedProvider | undefined>;
  /** Reads at once, over all tenants. Default 16. */
  readonly concurrency?: number | undefined;
  /** Tenants in memory; the one that was not used for the longest time goes first. Default 20 000. */
  readonly maxTenants?: number | undefined;
}

/** The keys of many tenants' identity providers. */
export interface TenantKeys {
  /**
   * The keys of a tenant, from memory. Throws `trusted_keys.none` before its first read, which it
   * starts: wait for `ready` where a tenant may be new.
   */
  current(tenant: string): TrustedKeySet;
  /** The methods for one tenant, after its source is known. Rejects if it has none. */
  ready(tenant: string): Promise<TrustedKeys>;
  /** Drops a tenant from memory: it has left, or its source has changed. */
  forget(tenant: string): void;
  /** The reports of the tenants in memory. */
  reports(): Iterable<TrustReport & { readonly tenant: string }>;
  [Symbol.asyncDispose](): Promise<void>;
}

const WHOLE: Kind = {
  is: (value) => Number.isSafeInteger(value) && Number(value) > 0,
  name: "a whole number, 1 or greater",
};

const KINDS: OptionKinds<TenantKeysOptions> = {
  ...FOLLOW_KINDS,
  sourceOf: FUNCTION,
  concurrency: WHOLE,
  maxTenants: WHOLE,
};

/** A tenant whose source is asked for, or is known. */
type Entry = Followed | Promise<Followed>;

function isKnown(entry: Entry | undefined): entry is Followed {
  return entry !== undefined && !(entry instanceof Promise);
}

/**
 * Keeps the keys of many tenants' identity providers in step with their metadata, as
 * `createTrustedKeys` does for one. A tenant is read when it is used for the first time. Reads share a
 * queue in which people who wait come first, and sources that fail come last; a broken tenant harms no
 * other.
 *
 * @example
 * ```ts
 * import { createTenantKeys } from "samlcert/trusted-keys";
 *
 * const tenants = createTenantKeys({
 *   sourceOf: (tenant) => ({
 *     source: { url: `https://${tenant}.example.com/metadata` },
 *     entityId: `https://${tenant}.example.com`,
 *   }),
 * });
 * const idpCertOf = async (tenant: string) => (await tenants.ready(tenant)).idpCert;
 * console.log(typeof idpCertOf);
 * await tenants[Symbol.asyncDispose]();
 * ```
 */
export function createTenantKeys(options: TenantKeysOptions): TenantKeys {
  need(() => typeof options.sourceOf === "function", "sourceOf", "a function");
  checkOptions(options, KINDS, "createTenantKeys");
  checkFollow(options, "createTenantKeys");
  const { sourceOf, concurrency = 16, maxTenants = 20_000, signal } = options;
  const settings = settingsOf(options, createQueue(concurrency));
  /** The least recently used first. */
  const entries = new Map<string, Entry>();
  const ends = new Set<Promise<unknown>>();
  let isClosed = false;

  function end(entry: Entry | undefined): void {
    if (!isKnown(entry)) return;
    close(entry);
    const rest = Promise.allSettled([entry.flight, entry.saving]);
    ends.add(rest);
    void rest.then(() => ends.delete(rest));
  }

  function evict(): void {
    for (const [tenant, entry] of entries) {
      if (entries.size <= maxTenants) return;
      entries.delete(tenant);
      end(entry);
    }
  }

  async function open(tenant: string): Promise<Followed> {
    const provider = await sourceOf(tenant);
    if (provider === undefined) throw keysError("trusted_keys.tenant", { tenant });
    checkOptions(provider, PROVIDER_KINDS, "sourceOf");
    checkProvider(provider);
    return newFollowed(provider, tenant);
  }

  function opened(tenant: string): Promise<Followed> {
    const opening: Promise<Followed> = open(tenant).then(
      (followed) => {
        // It may have been forgotten meanwhile.
        if (isClosed || entries.get(tenant) !== opening) close(followed);
        else entries.set(tenant, followed);
        void read(settings, followed);
        return followed;
      },
      (error: unknown) => {
        // Strangers cannot fill the memory with names that do not exist.
        if (entries.get(tenant) === opening) entries.delete(tenant);
        throw error;
      },
    );
    opening.catch(() => undefined);
    entries.set(tenant, opening);
    evict();
    return opening;
  }

  /** The entry of a tenant, which is now the most recently used one. */
  function entryOf(tenant: string): Entry {
    const entry = entries.get(tenant);
    if (entry === undefined) {
      need(() => isText(tenant) && tenant !== "", "tenant", "the name of a tenant");
      return opened(tenant);
    }
    entries.delete(tenant);
    entries.set(tenant, entry);
    return entry;
  }

  function dispose(): void {
    isClosed = true;
    signal?.removeEventListener("abort", dispose);
    for (const entry of entries.values()) end(entry);
  }

  if (signal?.aborted === true) dispose();
  else signal?.addEventListener("abort", dispose, { once: true });
  return {
    current(tenant) {
      const entry = entryOf(tenant);
      if (isKnown(entry)) return current(settings, entry);
      throw keysError("trusted_keys.none", { entityId: tenant });
    },
    ready: async (tenant) => keysOf(settings, await entryOf(tenant)),
    forget(tenant) {
      end(entries.get(tenant));
      entries.delete(tenant);
    },
    *reports() {
      for (const [tenant, entry] of entries) {
        if (isKnown(entry)) yield { tenant, ...reportOf(settings, entry) };
      }
    },
    async [Symbol.asyncDispose]() {
      dispose();
      await Promise.all(ends);
    },
  };
}
