import { FUNCTION, type OptionKinds } from "../../core/options.ts";
import type { CertificateStore, StoreCallOptions } from "../store.ts";
import { engineOf, needFunctions } from "./engine.ts";
import { base64Of } from "./entries.ts";
import { listStore } from "./list-store.ts";
import { STORE_KINDS, type StoreOptions } from "./types.ts";

/** The two places of a connection, as text in the provider's form. */
export interface Slots {
  readonly current?: string | undefined;
  readonly next?: string | undefined;
}

/** Options of `slotStore`. */
export interface SlotStoreOptions extends StoreOptions {
  read(options: StoreCallOptions): Promise<Slots>;
  /** Writes both places, as base64 without armour; an absent one must be emptied. */
  write(slots: Slots, options: StoreCallOptions): Promise<unknown>;
}

const KINDS: OptionKinds<SlotStoreOptions> = { ...STORE_KINDS, read: FUNCTION, write: FUNCTION };

/**
 * A store for a provider with two places: the current certificate and the next. Both are trusted. A
 * certificate is added to the free place; when the current one is removed, the next takes its place.
 *
 * @example
 * ```ts
 * import { type Slots, slotStore } from "samlcert/providers";
 *
 * let slots: Slots = {};
 * const store = slotStore({
 *   provider: "example",
 *   title: "Example",
 *   integrationId: "connection-1",
 *   capabilities: {
 *     maxCertificates: 2,
 *     overlap: true,
 *     enabledObservable: false,
 *     replaceInPlace: true,
 *     honoursExpiry: "unknown",
 *   },
 *   read: async () => slots,
 *   write: async (written) => {
 *     slots = written;
 *   },
 * });
 * console.log(await store.list());
 * ```
 */
export function slotStore(options: SlotStoreOptions): CertificateStore {
  engineOf(options, KINDS, "slotStore");
  needFunctions({ read: options.read, write: options.write });
  const { read, write, ...rest } = options;
  return listStore({
    ...rest,
    async read(call) {
      const { current, next } = await read(call);
      const texts = [current, next].filter((text) => text !== undefined && text !== "");
      return { entries: texts.map((text) => ({ text })), context: undefined };
    },
    async write(certificates, _, call) {
      const [current, next] = certificates.map(base64Of);
      await write({ current, next }, call);
    },
  });
}
