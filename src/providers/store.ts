import type { Certificate } from "../certificates/types.ts";

/** The capabilities of a provider for certificates. */
export interface StoreCapabilities {
  /** The maximum number of certificates per connection; absent if no limit is documented. */
  readonly maxCertificates?: number | undefined;
  /** True if several certificates can be trusted at once, so that the old and the new one overlap. */
  readonly overlap: boolean;
  /** True if the provider reports if a certificate is enabled. */
  readonly enabledObservable: boolean;
  /** True if a certificate can be overwritten in place. */
  readonly replaceInPlace: boolean;
  /** States if the provider refuses a certificate outside its validity period. */
  readonly honoursExpiry: "yes" | "no" | "unknown";
}

/** A certificate that is stored at the provider. */
export interface StoredCertificate {
  /** The provider's identifier, as text. */
  readonly id: string;
  /** The stored text. */
  readonly public_certificate: string;
  /** The parsed certificate; absent if the text is not a readable certificate. */
  readonly certificate?: Certificate | undefined;
  /** Integer unix seconds, as the provider reports them. */
  readonly not_before?: number | undefined;
  readonly not_after?: number | undefined;
  /** Absent if the provider does not return it. */
  readonly enabled?: boolean | undefined;
}

/** Options of every call to a store. */
export interface StoreCallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Options of a call that writes a certificate. */
export interface StoreWriteOptions extends StoreCallOptions {
  /** Default true for a certificate that is created; otherwise sent only if set. */
  readonly enabled?: boolean | undefined;
  /** The result of a `list` just before; saves the look-up before the write. */
  readonly known?: readonly StoredCertificate[] | undefined;
}

/**
 * The certificates of one SSO connection: the only part of a provider that rotation uses.
 *
 * Every method can be repeated: `add` and `replace` look for the certificate by its SHA-256
 * fingerprint before they write and again after an ambiguous failure, and `remove` of what is gone
 * already succeeds.
 */
export interface CertificateStore {
  /** Such as `sendgrid`. */
  readonly provider: string;
  /** Names the connection within the provider. */
  readonly integrationId: string;
  /** The origin of the provider's API: two servers may have connections with the same id. */
  readonly origin?: string | undefined;
  readonly capabilities: StoreCapabilities;
  list(options?: StoreCallOptions): Promise<readonly StoredCertificate[]>;
  add(certificate: Certificate, options?: StoreWriteOptions): Promise<StoredCertificate>;
  replace(
    id: string,
    certificate: Certificate,
    options?: StoreWriteOptions,
  ): Promise<StoredCertificate>;
  remove(id: string, options?: StoreCallOptions): Promise<void>;
}
