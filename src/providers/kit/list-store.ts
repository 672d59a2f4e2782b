import { needCertificate } from "../../certificates/argument.ts";
import { FUNCTION, type OptionKinds } from "../../core/options.ts";
import type { CertificateStore, StoreCallOptions, StoredCertificate } from "../store.ts";
import {
  engineOf,
  LIST_CALL,
  needEnabled,
  needFunctions,
  needId,
  REMOVE_CALL,
  type Task,
  WRITE_CALL,
} from "./engine.ts";
import { findSame, sha256Of, storedFrom } from "./entries.ts";
import { STORE_KINDS, type StoreEntry, type StoreOptions } from "./types.ts";

/** The whole list of a connection, as one request reads it. */
export interface ListReading<Context> {
  readonly entries: readonly StoreEntry[];
  /** Given to `write`, such as the object that a PUT must send whole. */
  readonly context: Context;
}

/** Options of `listStore`. */
export interface ListStoreOptions<Context> extends StoreOptions {
  /** Reads the whole list. */
  read(options: StoreCallOptions): Promise<ListReading<Context>>;
  /**
   * Writes the whole list. `context` is that of the reading just before. Of a certificate that is
   * unreadable, `public_certificate` is the text to write.
   */
  write(
    certificates: readonly StoredCertificate[],
    context: Context,
    options: StoreCallOptions,
  ): Promise<unknown>;
}

const KINDS: OptionKinds<ListStoreOptions<unknown>> = {
  ...STORE_KINDS,
  read: FUNCTION,
  write: FUNCTION,
};

/** How often a write is repeated because another writer's list came in between. */
const ROUNDS = 3;

/**
 * A store for a provider that takes the whole list of certificates. The SHA-256 of a certificate is its
 * id.
 *
 * Each change reads the list, writes it with the change, and reads it again: none of the known APIs has
 * a conditional write. A reading that lacks what was shown just before is not written back.
 *
 * @example
 * ```ts
 * import { listStore, pemOf } from "samlcert/providers";
 *
 * let list: readonly string[] = [];
 * const store = listStore({
 *   provider: "example",
 *   title: "Example",
 *   integrationId: "connection-1",
 *   capabilities: {
 *     overlap: true,
 *     enabledObservable: false,
 *     replaceInPlace: true,
 *     honoursExpiry: "unknown",
 *   },
 *   read: async () => ({ entries: list.map((text) => ({ text })), context: undefined }),
 *   write: async (certificates) => {
 *     list = certificates.map(pemOf);
 *   },
 * });
 * console.log(await store.list());
 * ```
 */
export function listStore<Context>(options: ListStoreOptions<Context>): CertificateStore {
  const engine = engineOf(options, KINDS, "listStore");
  needFunctions({ read: options.read, write: options.write });
  const { capabilities } = options;

  interface Reading {
    readonly stored: readonly StoredCertificate[];
    readonly context: Context;
  }

  async function look(call: StoreCallOptions): Promise<Reading> {
    const { entries, context } = await engine.call("list", () => options.read(call));
    const stored = new Map(entries.map(storedFrom).map((item) => [item.id, item]));
    return { stored: [...stored.values()], context };
  }

  /** Reads right before a write. Of what was shown just before, only `leaving` may be gone. */
  async function current(task: Task, call: Change): Promise<Reading> {
    const { signal, known = [], leaving } = call;
    const gone = ({ stored }: Reading) =>
      known.filter(({ id }) => id !== leaving && stored.every((item) => item.id !== id));
    const first = await look({ signal });
    if (gone(first).length === 0) return first;
    // A list may be shown late: written back, it would drop what is stored.
    const later = await engine.lookUntil(
      () => look({ signal }),
      (seen) => gone(seen).length === 0,
      signal,
    );
    if (later) return later;
    const changes = `${gone(first).map(nameOf).join(", ")} is gone`;
    throw engine.error("provider.list_changed", task, { changes });
  }

  interface Change {
    readonly signal?: AbortSignal | undefined;
    readonly known?: readonly StoredCertificate[] | undefined;
    /** The id that the change removes. */
    readonly leaving?: string | undefined;
    /** The list with the change; undefined if it is in the list already. */
    edit(stored: readonly StoredCertificate[]): readonly StoredCertificate[] | undefined;
  }

  /** Makes a change, and gives the list that shows it. */
  async function change(
    task: Task,
    call: Change,
    round = 1,
  ): Promise<readonly StoredCertificate[]> {
    const { signal, edit } = call;
    const before = await current(task, call);
    const next = edit(before.stored);
    if (next === undefined) return before.stored;
    const failure = await engine.attempt(
      task,
      () => options.write(next, before.context, { signal }),
      signal,
    );
    let last = before;
    const seen = await engine.lookUntil(
      async () => {
        last = await look({ signal });
        return last;
      },
      ({ stored }) => edit(stored) === undefined,
      signal,
    );
    if (seen) return seen.stored;
    if (failure !== undefined) throw failure;
    // Another writer's list came in between: this change goes on top of it.
    const isOverwritten = namesOf(last.stored) !== namesOf(before.stored);
    if (isOverwritten && round < ROUNDS) return await change(task, call, round + 1);
    throw engine.error("provider.not_shown", task, {}, { outcome: "unknown" });
  }

  function checkRoom(task: Task, count: number): void {
    const { maxCertificates: limit = Number.POSITIVE_INFINITY } = capabilities;
    if (count >= limit) throw engine.error("provider.store_full", task, { count, limit });
  }

  function checkRest(task: Task, id: string, rest: number): void {
    const { minCertificates: limit = 0 } = capabilities;
    if (rest < limit) throw engine.error("provider.store_minimum", task, { id, limit });
  }

  return {
    provider: options.provider,
    integrationId: options.integrationId,
    ...(options.origin !== undefined && { origin: options.origin }),
    capabilities,
    async list(given) {
      const { signal } = engine.options(given, LIST_CALL, "list");
      return (await look({ signal })).stored;
    },
    async add(certificate, given) {
      needCertificate(certificate);
      const { signal, enabled, known } = engine.options(given, WRITE_CALL, "add");
      needEnabled(engine, "add", enabled);
      const added = storedFrom({ text: certificate.pem });
      const stored = await change("add", {
        signal,
        known,
        edit(list) {
          if (findSame(list, certificate)) return undefined;
          checkRoom("add", list.length);
          return [...list, added];
        },
      });
      return findSame(stored, certificate) ?? added;
    },
    async replace(id, certificate, given) {
      needId(id);
      needCertificate(certificate);
      const { signal, enabled, known } = engine.options(given, WRITE_CALL, "replace");
      needEnabled(engine, "replace", enabled);
      const added = storedFrom({ text: certificate.pem });
      const isSame = (item: StoredCertificate) => sha256Of(item) === added.sha256;
      const stored = await change("replace", {
        signal,
        known,
        leaving: id,
        edit(list) {
          const hasIt = list.some(isSame);
          if (hasIt && (id === added.id || list.every((item) => item.id !== id))) return undefined;
          const place = list.findIndex((item) => item.id === id);
          if (place < 0)
            throw engine.error("provider.list_changed", "replace", {
              changes: `${short(id)} is gone`,
            });
          const rest = list.filter((item) => item.id !== id && !isSame(item));
          return [...rest.slice(0, place), added, ...rest.slice(place)];
        },
      });
      return findSame(stored, certificate) ?? added;
    },
    async remove(id, given) {
      needId(id);
      const { signal, known } = engine.options(given, REMOVE_CALL, "remove");
      await change("remove", {
        signal,
        known,
        leaving: id,
        edit(list) {
          const rest = list.filter((item) => item.id !== id);
          if (rest.length === list.length) return undefined;
          checkRest("remove", short(id), rest.length);
          return rest;
        },
      });
    },
  };
}

function namesOf(stored: readonly StoredCertificate[]): string {
  return stored.map(({ id }) => id).join();
}

function nameOf({ id }: StoredCertificate): string {
  return short(id);
}

/** The start of a fingerprint, long enough for people to tell certificates apart. */
function short(id: string): string {
  return id.slice(0, 16);
}
