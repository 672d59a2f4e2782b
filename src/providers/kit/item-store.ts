import { needCertificate } from "../../certificates/argument.ts";
import type { Certificate } from "../../certificates/index.ts";
import { FUNCTION, OBJECT, type OptionKinds } from "../../core/options.ts";
import { isProviderError } from "../error.ts";
import { lookBack } from "../http/failure.ts";
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
import { keepRecords, type StoreRecords } from "./records.ts";
import { STORE_KINDS, type StoreEntry, type StoreOptions } from "./types.ts";

/** Options of a provider's function that writes one certificate. */
export interface ItemWriteOptions extends StoreCallOptions {
  /** Absent if the provider's own value must not change. */
  readonly enabled?: boolean | undefined;
}

/** Options of `itemStore`. */
export interface ItemStoreOptions extends StoreOptions {
  /** Reads every certificate. */
  read(options: StoreCallOptions): Promise<readonly StoreEntry[]>;
  /**
   * Adds one certificate. Gives the stored entry, or undefined if the answer does not show it: then
   * the list is read.
   */
  add(certificate: Certificate, options: ItemWriteOptions): Promise<StoreEntry | undefined>;
  /** Deletes one certificate by its id. */
  remove(id: string, options: StoreCallOptions): Promise<unknown>;
  /**
   * Overwrites a certificate; without a certificate, writes `enabled` only. Absent if the provider has
   * no such operation.
   */
  update?:
    | ((
        id: string,
        certificate: Certificate | undefined,
        options: ItemWriteOptions,
      ) => Promise<StoreEntry | undefined>)
    | undefined;
  /** Keeps which certificate an id is. Needed if the provider does not show it. */
  readonly records?: StoreRecords | undefined;
}

const KINDS: OptionKinds<ItemStoreOptions> = {
  ...STORE_KINDS,
  read: FUNCTION,
  add: FUNCTION,
  remove: FUNCTION,
  update: FUNCTION,
  records: OBJECT,
};

/**
 * A store for a provider that adds, lists and deletes single certificates by id.
 *
 * Looks by SHA-256 before it adds, and again after a failure with an unknown outcome, instead of adding
 * twice.
 *
 * @example
 * ```ts
 * import { itemStore } from "samlcert/providers";
 *
 * const items = new Map<string, string>();
 * const store = itemStore({
 *   provider: "example",
 *   title: "Example",
 *   integrationId: "connection-1",
 *   capabilities: {
 *     overlap: true,
 *     enabledObservable: false,
 *     replaceInPlace: false,
 *     honoursExpiry: "unknown",
 *   },
 *   read: async () => [...items].map(([id, text]) => ({ id, text })),
 *   async add({ pem, fingerprint }) {
 *     items.set(fingerprint.sha256.slice(0, 8), pem);
 *     return { id: fingerprint.sha256.slice(0, 8), text: pem };
 *   },
 *   remove: async (id) => items.delete(id),
 * });
 * console.log(await store.list());
 * ```
 */
export function itemStore(options: ItemStoreOptions): CertificateStore {
  const engine = engineOf(options, KINDS, "itemStore");
  const { read, add, remove } = options;
  needFunctions({ read, add, remove });
  const { capabilities, update } = options;
  const records = options.records && keepRecords(options.records);

  async function look(signal: AbortSignal | undefined): Promise<readonly StoredCertificate[]> {
    const entries = await engine.call("list", () => options.read({ signal }));
    const stored = entries.map(storedFrom);
    return records ? await records.complete(stored) : stored;
  }

  /** Throws if the provider shows another certificate, or other times, than were sent. */
  function checkEcho(sent: Certificate, echo: StoredCertificate, task: Task): StoredCertificate {
    const sha256 = sha256Of(echo);
    const differing = [
      ...(sha256 !== undefined && sha256 !== sent.fingerprint.sha256
        ? ["it is another certificate"]
        : []),
      ...(echo.public_certificate !== undefined && sha256 === undefined
        ? ["it is not readable"]
        : []),
      ...differs("not_before", sent.notBefore.unixSeconds, echo.not_before),
      ...differs("not_after", sent.notAfter.unixSeconds, echo.not_after),
    ];
    if (differing.length === 0) return echo;
    const values = { id: echo.id, difference: differing.join(", ") };
    const facts = { outcome: "unknown", resourceId: echo.id } as const;
    throw engine.error("provider.echo_mismatch", task, values, facts);
  }

  /** Makes one write, and looks for its effect if the answer does not show it. */
  async function write(
    task: Task,
    certificate: Certificate,
    signal: AbortSignal | undefined,
    send: () => Promise<StoreEntry | undefined>,
    isEffect: (item: StoredCertificate) => boolean,
  ): Promise<StoredCertificate> {
    let echo: StoreEntry | undefined;
    const failure = await engine.attempt(
      task,
      async () => {
        echo = await send();
      },
      signal,
    );
    if (echo?.id !== undefined) return checkEcho(certificate, storedFrom(echo), task);
    const seen = await engine.lookUntil(
      () => look(signal),
      (stored) => stored.some(isEffect),
      signal,
    );
    const found = seen?.find(isEffect);
    if (found) return checkEcho(certificate, found, task);
    throw failure ?? engine.error("provider.not_shown", task, {}, { outcome: "unknown" });
  }

  async function create(
    certificate: Certificate,
    enabled: boolean | undefined,
    before: readonly StoredCertificate[],
    signal: AbortSignal | undefined,
  ): Promise<StoredCertificate> {
    const send = () => options.add(certificate, { signal, enabled });
    const isEffect = (item: StoredCertificate) => findSame([item], certificate) !== undefined;
    if (!records) return await write("add", certificate, signal, send, isEffect);
    return await records.adding(certificate, before, (note) =>
      write("add", certificate, signal, async () => note(await send()), isEffect),
    );
  }

  async function setEnabled(
    item: StoredCertificate,
    certificate: Certificate,
    enabled: boolean | undefined,
    signal: AbortSignal | undefined,
  ): Promise<StoredCertificate> {
    if (enabled === undefined || update === undefined || item.enabled === enabled) return item;
    const send = () => update(item.id, undefined, { signal, enabled });
    // Without an echo, only a list that shows `enabled` proves it.
    const isEffect = (other: StoredCertificate) =>
      other.id === item.id && other.enabled === enabled;
    return await write("replace", certificate, signal, send, isEffect);
  }

  /** Removes it, unless it is gone already. */
  async function removeOnce(id: string, signal: AbortSignal | undefined): Promise<void> {
    try {
      await options.remove(id, { signal });
    } catch (error) {
      if (!isProviderError(error, "provider.not_found")) throw error;
    }
  }

  return {
    provider: options.provider,
    integrationId: options.integrationId,
    ...(options.origin !== undefined && { origin: options.origin }),
    capabilities,
    async list(given) {
      const { signal } = engine.options(given, LIST_CALL, "list");
      return await look(signal);
    },
    async add(certificate, given) {
      needCertificate(certificate);
      const { signal, enabled, known } = engine.options(given, WRITE_CALL, "add");
      if (update === undefined) needEnabled(engine, "add", enabled);
      let before = known ?? (await look(signal));
      const limit = capabilities.maxCertificates ?? Number.POSITIVE_INFINITY;
      if (known && before.length >= limit) before = await look(signal);
      const stored = findSame(before, certificate);
      if (stored) return await setEnabled(stored, certificate, enabled, signal);
      if (before.length >= limit) {
        throw engine.error("provider.store_full", "add", { count: before.length, limit });
      }
      return await create(certificate, enabled, before, signal);
    },
    async replace(id, certificate, given) {
      needId(id);
      needCertificate(certificate);
      const { signal, enabled, known } = engine.options(given, WRITE_CALL, "replace");
      if (update === undefined) {
        const problem = "names a certificate that this provider cannot overwrite";
        throw engine.error("provider.argument", "replace", { argument: "id", problem });
      }
      const isEffect = (item: StoredCertificate) =>
        item.id === id && findSame([item], certificate) !== undefined;
      const stored = (known ?? (await look(signal))).find(isEffect);
      if (stored) return await setEnabled(stored, certificate, enabled, signal);
      const send = () => update(id, certificate, { signal, enabled });
      return await write("replace", certificate, signal, send, isEffect);
    },
    async remove(id, given) {
      needId(id);
      const { signal } = engine.options(given, REMOVE_CALL, "remove");
      if (await records?.forgetPending(id)) return;
      const failure = await engine.attempt("remove", () => removeOnce(id, signal), signal);
      if (failure !== undefined) {
        const left = await lookBack(look(signal));
        if (left.some((item) => item.id === id)) throw failure;
      }
      await records?.forget(id);
    },
  };
}

function differs(field: string, sent: number, echoed: number | undefined): readonly string[] {
  return echoed === undefined || echoed === sent
    ? []
    : [`${field} is ${echoed} instead of ${sent}`];
}
