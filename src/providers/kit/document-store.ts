import type { Certificate } from "../../certificates/index.ts";
import { FUNCTION, type OptionKinds } from "../../core/options.ts";
import type { IdentityProviderOptions, KeyDescriptor } from "../../metadata/index.ts";
import type { CertificateStore, StoreCallOptions, StoredCertificate } from "../store.ts";
import { engineOf, needFunctions } from "./engine.ts";
import { type ListReading, listStore } from "./list-store.ts";
import { STORE_KINDS, type StoreEntry, type StoreOptions } from "./types.ts";

/** The metadata of a connection's identity provider, as one request reads it. */
export interface DocumentReading<Context> {
  /**
   * The stored XML; or, for a provider that does not keep it, what a document is built from, with the
   * certificates as text.
   */
  readonly document: string | DocumentParts;
  /** Given to `write`, such as the object that a PUT must send whole. */
  readonly context: Context;
}

/** The parts of a document that a provider has kept. */
export interface DocumentParts {
  readonly certificates: readonly string[];
  readonly identityProvider: Omit<IdentityProviderOptions, "signingCertificates">;
}

/** Options of `documentStore`. */
export interface DocumentStoreOptions<Context> extends StoreOptions {
  /** Reads the stored document. */
  read(options: StoreCallOptions): Promise<DocumentReading<Context>>;
  /** Writes the whole document. `context` is that of the reading just before. */
  write(xml: string, context: Context, options: StoreCallOptions): Promise<unknown>;
  /**
   * Gives the document to write, such as the identity provider's own. It must contain all of the
   * certificates. Default: the stored document with other signing certificates, without its signature.
   */
  metadata?:
    | ((certificates: readonly Certificate[], options: StoreCallOptions) => Promise<string>)
    | undefined;
}

const KINDS: OptionKinds<DocumentStoreOptions<unknown>> = {
  ...STORE_KINDS,
  read: FUNCTION,
  write: FUNCTION,
  metadata: FUNCTION,
};

/**
 * A store for a provider that takes the identity provider's metadata as one XML document. The SHA-256
 * of a certificate is its id.
 *
 * @example
 * ```ts
 * import { documentStore } from "samlcert/providers";
 *
 * export function storeOf(load: () => Promise<string>, save: (xml: string) => Promise<void>) {
 *   return documentStore({
 *     provider: "example",
 *     title: "Example",
 *     integrationId: "connection-1",
 *     capabilities: {
 *       overlap: true,
 *       enabledObservable: false,
 *       replaceInPlace: true,
 *       honoursExpiry: "unknown",
 *     },
 *     read: async () => ({ document: await load(), context: undefined }),
 *     write: (xml) => save(xml),
 *   });
 * }
 * ```
 */
export function documentStore<Context>(options: DocumentStoreOptions<Context>): CertificateStore {
  const engine = engineOf(options, KINDS, "documentStore");
  needFunctions({ read: options.read, write: options.write });
  const { read, write, metadata, ...rest } = options;

  async function handedThrough(
    make: NonNullable<typeof metadata>,
    certificates: readonly StoredCertificate[],
    call: StoreCallOptions,
  ): Promise<string> {
    const readable = certificates.flatMap(({ certificate }) => certificate ?? []);
    const xml = await make(readable, call);
    const given = (await entriesOf(xml)).map(({ sha256 }) => sha256);
    const lacking = readable.filter(({ fingerprint }) => !given.includes(fingerprint.sha256));
    if (lacking.length === 0) return xml;
    const names = lacking.map(({ fingerprint }) => fingerprint.sha256.slice(0, 16)).join(", ");
    throw engine.error("provider.document_lacks", "add", { certificates: names });
  }

  return listStore<DocumentReading<Context>>({
    ...rest,
    async read(call): Promise<ListReading<DocumentReading<Context>>> {
      const reading = await read(call);
      return { entries: await entriesOf(reading.document), context: reading };
    },
    async write(certificates, { document, context }, call) {
      const xml = metadata
        ? await handedThrough(metadata, certificates, call)
        : await rebuilt(document, certificates);
      await write(xml, context, call);
    },
  });
}

/** The signing certificates of a document. */
async function entriesOf(document: string | DocumentParts): Promise<readonly StoreEntry[]> {
  if (typeof document !== "string") return document.certificates.map((text) => ({ text }));
  // Imported here, so that stores of other shapes do not load metadata.
  const { acceptUnverified, signingCertificates } = await import("../../metadata/index.ts");
  const entity = acceptUnverified((await identityProviderIn(document)).entity);
  return signingCertificates(entity, "IDPSSODescriptor").map(({ pem, fingerprint }) => ({
    text: pem,
    sha256: fingerprint.sha256,
  }));
}

async function identityProviderIn(xml: string) {
  const { parseMetadata } = await import("../../metadata/index.ts");
  const [entity] = parseMetadata(xml).entities.filter(({ roles }) =>
    roles?.some(({ type }) => type === "IDPSSODescriptor"),
  );
  if (entity === undefined) throw new TypeError("The document describes no identity provider.");
  return { entity };
}

/** The document with these signing certificates. */
async function rebuilt(
  document: string | DocumentParts,
  certificates: readonly StoredCertificate[],
): Promise<string> {
  const readable = certificates.flatMap(({ certificate }) => certificate ?? []);
  const { buildIdentityProviderMetadata, buildMetadata } = await import("../../metadata/index.ts");
  if (typeof document !== "string") {
    return buildIdentityProviderMetadata({
      ...document.identityProvider,
      signingCertificates: readable,
    });
  }
  const { entity } = await identityProviderIn(document);
  const roles = entity.roles?.map((role) =>
    role.type === "IDPSSODescriptor"
      ? { ...role, keyDescriptors: keysWith(role.keyDescriptors ?? [], readable) }
      : role,
  );
  // The document is not the identity provider's any more, so neither is its time limit.
  const { validUntil: _, cacheDuration: __, ...lasting } = entity;
  return buildMetadata({ ...lasting, roles });
}

/**
 * The keys of a role with these signing certificates. A key for both purposes that no longer signs is
 * kept for encryption.
 */
function keysWith(
  keys: readonly KeyDescriptor[],
  certificates: readonly Certificate[],
): readonly KeyDescriptor[] {
  const wanted = new Map(certificates.map((one) => [one.fingerprint.sha256, one]));
  const kept = keys.flatMap((key): readonly KeyDescriptor[] => {
    if (key.use === "encryption") return [key];
    const own = key.keyInfo?.certificates ?? [];
    const left = own.filter(({ fingerprint }) => wanted.has(fingerprint.sha256));
    if (left.length === 0) return key.use === undefined ? [{ ...key, use: "encryption" }] : [];
    for (const { fingerprint } of left) wanted.delete(fingerprint.sha256);
    const { issuers: _, ...keyInfo } = key.keyInfo ?? {};
    return [{ ...key, keyInfo: { ...keyInfo, certificates: left } }];
  });
  const added = [...wanted.values()].map(
    (one): KeyDescriptor => ({ use: "signing", keyInfo: { certificates: [one] } }),
  );
  return [...kept, ...added];
}
