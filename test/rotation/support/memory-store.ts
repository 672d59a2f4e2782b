import type { Certificate } from "../../../src/certificates/index.ts";
import type {
  CertificateStore,
  StoreCapabilities,
  StoredCertificate,
} from "../../../src/providers/store.ts";

/** The fault of one request, decided before it is answered. */
export type Fault =
  | { readonly kind: "none" }
  /** Fails; nothing has happened at the provider. */
  | { readonly kind: "before" }
  /** Happens at the provider, but the answer is lost. */
  | { readonly kind: "after" }
  /** Another writer was quicker. */
  | { readonly kind: "writer"; readonly write: (entries: StoredCertificate[]) => void };

export interface MemoryStore extends CertificateStore {
  readonly entries: StoredCertificate[];
  /** Every request, as it came in. */
  readonly requests: {
    readonly method: string;
    readonly sha256?: string | undefined;
    readonly enabled?: boolean | undefined;
  }[];
  /** Fingerprints of what was uploaded, in order. */
  readonly uploads: string[];
}

export const likeSendGrid: StoreCapabilities = {
  overlap: true,
  enabledObservable: false,
  replaceInPlace: true,
  honoursExpiry: "unknown",
};

/** The stored form of a certificate. */
export function stored(id: string, certificate: Certificate): StoredCertificate {
  return {
    id,
    public_certificate: certificate.pem,
    certificate,
    not_before: certificate.notBefore.unixSeconds,
    not_after: certificate.notAfter.unixSeconds,
  };
}

/**
 * A provider in memory that keeps the contract of `CertificateStore`. `fault` decides about each
 * request; `watch` sees what is stored after it.
 */
export function memoryStore(
  initial: readonly Certificate[] = [],
  options: {
    readonly capabilities?: StoreCapabilities;
    readonly fault?: (index: number, method: string) => Fault;
    readonly watch?: (entries: readonly StoredCertificate[], method: string) => void;
    readonly echo?: (item: StoredCertificate) => StoredCertificate;
  } = {},
): MemoryStore {
  const entries: StoredCertificate[] = initial.map((item, index) => stored(`${index + 1}`, item));
  const requests: MemoryStore["requests"] = [];
  const uploads: string[] = [];
  let lastId = entries.length;

  const observable = options.capabilities?.enabledObservable === true;
  const made = (id: string, certificate: Certificate, enabled?: boolean): StoredCertificate => {
    const item = stored(id, certificate);
    const kept = observable ? { ...item, enabled: enabled ?? true } : item;
    return options.echo?.(kept) ?? kept;
  };

  async function answer<T>(
    method: string,
    about: { readonly sha256?: string | undefined; readonly enabled?: boolean | undefined },
    effect: () => T,
  ) {
    const fault = options.fault?.(requests.length, method) ?? { kind: "none" };
    requests.push({ method, ...about });
    if (fault.kind === "before") throw new Error("refused");
    if (fault.kind === "writer") fault.write(entries);
    const result = effect();
    options.watch?.(entries, method);
    if (fault.kind === "after") throw new Error("cut");
    return result;
  }

  return {
    provider: "memory",
    integrationId: "one",
    capabilities: options.capabilities ?? likeSendGrid,
    entries,
    requests,
    uploads,
    async list() {
      return await answer("list", {}, () => [...entries]);
    },
    async add(certificate, { enabled } = {}) {
      const { sha256 } = certificate.fingerprint;
      return await answer("add", { sha256, enabled }, () => {
        lastId += 1;
        const item = made(`${lastId}`, certificate, enabled);
        entries.push(item);
        uploads.push(sha256);
        return item;
      });
    },
    async replace(id, certificate, { enabled } = {}) {
      const { sha256 } = certificate.fingerprint;
      return await answer("replace", { sha256, enabled }, () => {
        const index = entries.findIndex((item) => item.id === id);
        if (index < 0) throw new Error("not found");
        const item = made(id, certificate, enabled ?? entries[index]?.enabled);
        entries[index] = item;
        return item;
      });
    },
    async remove(id) {
      const index = () => entries.findIndex((item) => item.id === id);
      const sha256 = entries[index()]?.certificate?.fingerprint.sha256;
      await answer("remove", { sha256 }, () => {
        if (index() >= 0) entries.splice(index(), 1);
      });
    },
  };
}
