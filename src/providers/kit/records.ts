import { needCertificate } from "../../certificates/argument.ts";
import { type Certificate, parseCertificate } from "../../certificates/index.ts";
import { isFunction, isObject, isText, need } from "../../core/argument.ts";
import { isProviderError } from "../error.ts";
import type { StoredCertificate } from "../store.ts";
import { storedFrom } from "./entries.ts";
import type { StoreEntry } from "./types.ts";

/** A store's own record of a certificate that the provider does not show. Plain JSON. */
export interface StoreRecord {
  /** SHA-256 of the DER, lower-case hex. */
  readonly sha256: string;
  readonly pem: string;
  /** The provider's id; absent while it is unknown. */
  readonly id?: string | undefined;
  /** The ids that were stored before it was added: a new one is its own. */
  readonly before?: readonly string[] | undefined;
  /** True while somebody must approve the addition. */
  readonly pendingApproval?: true | undefined;
}

/** Storage for a store's own records. Two functions, for any storage. */
export interface StoreRecords {
  read(): Promise<readonly StoreRecord[]>;
  /** Replaces all records. Resolves once they would survive a power cut. */
  write(records: readonly StoreRecord[]): Promise<void>;
}

/**
 * Records that last as long as the process. For tests: a store that is opened again later must read the
 * records of the first one.
 *
 * @example
 * ```ts
 * import { memoryRecords } from "samlcert/providers";
 *
 * const records = memoryRecords();
 * console.log(await records.read());
 * ```
 */
export function memoryRecords(records: readonly StoreRecord[] = []): StoreRecords {
  need(() => records.every(isObject), "records", "a list of StoreRecords");
  let kept = records;
  return {
    read: async () => kept,
    async write(written) {
      kept = written;
    },
  };
}

/**
 * Says which certificate an entry of the provider is, of which the provider shows only the id: one that
 * somebody added at the provider's console. A wrong record is dangerous: rotation relies on it.
 *
 * @example
 * ```ts
 * import { type Certificate } from "samlcert";
 * import { identifyCertificate, type StoreRecords } from "samlcert/providers";
 *
 * export async function identify(records: StoreRecords, id: string, certificate: Certificate) {
 *   await identifyCertificate(records, id, certificate);
 * }
 * ```
 */
export async function identifyCertificate(
  records: StoreRecords,
  id: string,
  certificate: Certificate,
): Promise<void> {
  need(() => isFunction(records.read) && isFunction(records.write), "records", "a StoreRecords");
  need(() => isText(id), "id", "a string");
  needCertificate(certificate);
  const { pem, fingerprint } = certificate;
  const { sha256 } = fingerprint;
  const kept = await records.read();
  need(() => kept.every(isObject), "records", "a StoreRecords");
  const others = kept.filter((one) => one.id !== id && one.sha256 !== sha256);
  await records.write([...others, { sha256, pem, id }]);
}

/** The id of a certificate that awaits approval: the provider has none for it yet. */
const PENDING = "pending-approval:";

/** Completes what a provider shows with a store's own records. */
export interface RecordKeeper {
  /** The list with the certificate of each recorded id, and with those that await approval. */
  complete(stored: readonly StoredCertificate[]): Promise<readonly StoredCertificate[]>;
  /** Records an addition before it is sent, and its id as soon as `note` or a list shows it. */
  adding(
    certificate: Certificate,
    before: readonly StoredCertificate[],
    send: (
      note: (echo: StoreEntry | undefined) => Promise<StoreEntry | undefined>,
    ) => Promise<StoredCertificate>,
  ): Promise<StoredCertificate>;
  /** Forgets a certificate that awaits approval: the provider has nothing to delete. */
  forgetPending(id: string): Promise<boolean>;
  forget(id: string): Promise<void>;
}

export function keepRecords(records: StoreRecords): RecordKeeper {
  async function put(record: StoreRecord): Promise<void> {
    const others = (await records.read()).filter(({ sha256 }) => sha256 !== record.sha256);
    await records.write([...others, record]);
  }

  async function drop(isGone: (record: StoreRecord) => boolean): Promise<boolean> {
    const all = await records.read();
    const left = all.filter((record) => !isGone(record));
    if (left.length < all.length) await records.write(left);
    return left.length < all.length;
  }

  /** Gives a record without an id the one entry that is new since it was added. */
  function bind(record: StoreRecord, free: readonly string[]): StoreRecord {
    const { id, before = [], pendingApproval: _, ...rest } = record;
    const [only, ...others] = free.filter((name) => !before.includes(name));
    const isSure = id === undefined && only !== undefined && others.length === 0;
    return isSure ? { ...rest, id: only } : record;
  }

  return {
    async complete(stored) {
      const known = await records.read();
      const taken = new Set(known.flatMap(({ id }) => id ?? []));
      const free = stored.map(({ id }) => id).filter((id) => !taken.has(id));
      const bound: StoreRecord[] = [];
      for (const record of known) {
        const now = bind(
          record,
          free.filter((id) => bound.every((one) => one.id !== id)),
        );
        bound.push(now);
      }
      if (bound.some((record, index) => record !== known[index])) await records.write(bound);
      const byId = new Map(bound.map((record) => [record.id, record]));
      const pending = bound.filter(
        ({ id, pendingApproval }) => id === undefined && pendingApproval,
      );
      return [
        ...stored.map((item) => recorded(item, byId.get(item.id))),
        ...pending
          .map(({ sha256, pem }) =>
            storedFrom({ id: `${PENDING}${sha256}`, text: pem, pending_approval: true }),
          )
          .map(withoutText),
      ];
    },
    async adding(certificate, before, send) {
      const { pem, fingerprint } = certificate;
      const record = { sha256: fingerprint.sha256, pem, before: before.map(({ id }) => id) };
      const kept = await records.read();
      const earlier = kept.some(({ sha256, id }) => sha256 === record.sha256 && id === undefined);
      // A record of another run that adds the same may know more.
      if (!earlier) await put(record);
      try {
        const stored = await send(async (echo) => {
          if (echo?.pending_approval) {
            await put({ ...record, pendingApproval: true });
            return { ...echo, id: `${PENDING}${record.sha256}`, text: pem };
          }
          if (echo?.id !== undefined) await put({ sha256: record.sha256, pem, id: echo.id });
          return echo;
        });
        return recorded(stored, { ...record, id: stored.id });
      } catch (error) {
        // An addition with an unknown outcome may still appear.
        const isRefused = isProviderError(error) && error.outcome === "not_applied";
        const isOwn = ({ sha256, id, pendingApproval }: StoreRecord) =>
          sha256 === record.sha256 && id === undefined && pendingApproval === undefined;
        if (isRefused && !earlier) await drop(isOwn);
        throw error;
      }
    },
    async forgetPending(id) {
      if (!id.startsWith(PENDING)) return false;
      await drop(({ sha256 }) => `${PENDING}${sha256}` === id);
      return true;
    },
    async forget(id) {
      await drop((record) => record.id === id);
    },
  };
}

/** A stored entry with the certificate that its record names. */
function recorded(item: StoredCertificate, record: StoreRecord | undefined): StoredCertificate {
  if (record === undefined || item.certificate !== undefined) return withoutText(item);
  const certificate = parseCertificate(record.pem);
  return { ...item, certificate, sha256: record.sha256 };
}

/** The provider did not show the text, so it is not told as if it had. */
function withoutText({ public_certificate: _, ...item }: StoredCertificate): StoredCertificate {
  return item;
}
