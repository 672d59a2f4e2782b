import { needCertificates } from "../../certificates/argument.ts";
import { type Certificate, parseCertificate } from "../../certificates/index.ts";
import { need } from "../../core/argument.ts";
import { checkOptions, OBJECT, type OptionKinds } from "../../core/options.ts";
import { providerError } from "../../providers/error.ts";
import {
  documentStore,
  type ItemStoreOptions,
  itemStore,
  listStore,
  memoryRecords,
  pemOf,
  type StoreEntry,
  type StoreRecords,
  slotStore,
} from "../../providers/kit/index.ts";
import type { CertificateStore, StoreCapabilities } from "../../providers/store.ts";
import type { Fault } from "../faults.ts";
import type { StoreBench } from "./types.ts";

/** The shapes of stores. */
export type StoreShape = "items" | "list" | "document" | "slots";

/** Options of `memoryStore`. */
export interface MemoryStoreOptions {
  /** Capabilities that differ from those of the shape. */
  readonly capabilities?: Partial<StoreCapabilities> | undefined;
}

const OPTIONS: OptionKinds<MemoryStoreOptions> = { capabilities: OBJECT };

/** A stored certificate: its id, its text, and if it is in force. */
interface Row {
  readonly id: string;
  readonly text: string;
  readonly pending?: boolean;
}

/** The provider in memory: requests that can fail. */
interface Provider {
  read(): Promise<readonly Row[]>;
  write(edit: (rows: readonly Row[]) => readonly Row[]): Promise<void>;
}

const SHAPES: Readonly<Record<StoreShape, Partial<StoreCapabilities>>> = {
  items: { replaceInPlace: false },
  list: {},
  document: {},
  slots: { maxCertificates: 2 },
};

/**
 * A provider in memory with a store of the kit: for tests of code that uses a `CertificateStore`, and
 * the model of a `StoreBench`.
 *
 * @example
 * ```ts
 * import { createTestCertificate, memoryStore } from "samlcert/testing";
 *
 * const { certificate } = await createTestCertificate();
 * const bench = memoryStore("items", [certificate]);
 * const store = bench.open({ maxRetries: 0 });
 * console.log((await store.list()).length, bench.stored());
 * ```
 */
export function memoryStore(
  shape: StoreShape,
  stored: readonly Certificate[] = [],
  options: MemoryStoreOptions = {},
): StoreBench {
  need(() => Object.hasOwn(SHAPES, shape), "shape", "items, list, document or slots");
  needCertificates(stored, "stored");
  checkOptions(options, OPTIONS, "memoryStore");
  let ids = 0;
  const row = (text: string): Row => ({ id: `c${++ids}`, text });
  let rows: readonly Row[] = stored.map(({ pem }) => row(pem));
  let earlier = rows;
  let staleReads = 0;
  let count = 0;
  const records = memoryRecords(
    rows.map(({ id, text }) => ({ id, pem: text, sha256: nameOf(text) })),
  );

  const bench: StoreBench = {
    open: () => openShape(shape, provider, capabilities, records, row),
    stored: () => rows.filter(({ pending }) => pending !== true).map(({ text }) => nameOf(text)),
    put({ pem }) {
      rows = [...rows, row(pem)];
    },
    take(sha256) {
      rows = rows.filter(({ text }) => nameOf(text) !== sha256);
    },
    strike: () => undefined,
    requests: () => count,
    stale(reads) {
      staleReads = reads;
    },
    approve() {
      rows = rows.map(({ pending: _, ...rest }) => rest);
    },
  };

  async function request<T>(effect: () => T, isWrite: boolean): Promise<T> {
    count += 1;
    const fault = bench.strike(count);
    if (fault === undefined) return effect();
    if (hasEffect(fault)) effect();
    throw errorOf(fault, isWrite);
  }

  const provider: Provider = {
    read: () =>
      request(() => {
        if (staleReads === 0) return rows;
        staleReads -= 1;
        return earlier;
      }, false),
    write: (edit) =>
      request(() => {
        earlier = rows;
        rows = edit(rows);
      }, true),
  };

  const capabilities: StoreCapabilities = {
    overlap: true,
    enabledObservable: false,
    replaceInPlace: true,
    honoursExpiry: "unknown",
    ...SHAPES[shape],
    ...options?.capabilities,
  };
  return bench;
}

function nameOf(text: string): string {
  return parseCertificate(text).fingerprint.sha256;
}

function hasEffect({ cut, status, effect, delayMs, malformed }: Fault): boolean {
  if (cut !== undefined) return cut === "after";
  return status === undefined ? delayMs !== undefined || malformed === true : effect === true;
}

/** The error that a client would throw. */
function errorOf(fault: Fault, isWrite: boolean) {
  const { status = 0 } = fault;
  const isRefused = status >= 400 && status < 500;
  const code = status === 429 ? "provider.rate_limited" : "provider.network";
  const outcome = isWrite && !isRefused ? "unknown" : "not_applied";
  const values = {
    provider: "Memory",
    task: "do it",
    reason: "a fault",
    host: "memory",
    activity: "doing it",
  };
  return providerError(code, values, { provider: "memory", outcome });
}

function openShape(
  shape: StoreShape,
  provider: Provider,
  capabilities: StoreCapabilities,
  records: StoreRecords,
  row: (text: string) => Row,
): CertificateStore {
  const base = {
    ...{ provider: "memory", title: "Memory", integrationId: "connection", capabilities },
    sleep: async () => undefined,
  };
  const write = (texts: readonly string[]) =>
    provider.write((before) =>
      texts.map((text) => before.find((one) => one.text === text) ?? row(text)),
    );
  const texts = async () => (await provider.read()).map(({ text }) => text);
  switch (shape) {
    case "items":
      return openItems(base, provider, records, row);
    case "list":
      return listStore({
        ...base,
        read: async () => ({
          entries: (await texts()).map((text) => ({ text })),
          context: undefined,
        }),
        write: (certificates) => write(certificates.map(pemOf)),
      });
    case "slots":
      return slotStore({
        ...base,
        async read() {
          const [current, next] = await texts();
          return { current, next };
        },
        write: ({ current, next }) =>
          write([current, next].flatMap((text) => (text ? [armoured(text)] : []))),
      });
    case "document":
      return documentStore({
        ...base,
        read: async () => ({
          document: { certificates: await texts(), identityProvider: IDP },
          context: undefined,
        }),
        async write(xml) {
          const found = xml.matchAll(/<(?:ds:)?X509Certificate>([^<]+)</g);
          await write([...found].map(([, text = ""]) => armoured(text)));
        },
      });
  }
}

function openItems(
  base: Pick<ItemStoreOptions, "provider" | "title" | "integrationId" | "capabilities" | "sleep">,
  provider: Provider,
  records: StoreRecords,
  row: (text: string) => Row,
): CertificateStore {
  const { observes = "certificate", needsApproval = false } = base.capabilities;
  const entryOf = ({ id, text }: Row): StoreEntry => ({
    id,
    ...(observes === "certificate" && { text }),
    ...(observes === "fingerprint" && { sha256: nameOf(text) }),
  });
  return itemStore({
    ...base,
    ...(observes !== "certificate" && { records }),
    async read() {
      const rows = await provider.read();
      return rows.filter(({ pending }) => pending !== true).map(entryOf);
    },
    async add({ pem }) {
      const added = { ...row(pem), ...(needsApproval && { pending: true }) };
      await provider.write((rows) => [...rows, added]);
      return needsApproval ? { pending_approval: true } : entryOf(added);
    },
    remove: (id) => provider.write((rows) => rows.filter((one) => one.id !== id)),
  });
}

const IDP = {
  entityId: "https://idp.example.com/saml",
  singleSignOnServices: ["https://idp.example.com/sso"],
};

/** The PEM of base64 text. */
function armoured(text: string): string {
  const body = text.replace(/\s+/g, "").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${body.join("\n")}\n-----END CERTIFICATE-----\n`;
}
