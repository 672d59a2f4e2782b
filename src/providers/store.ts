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
  /**
   * The part of a stored certificate that the provider shows. Where it is `nothing`, the store keeps records of
   * its own. Default: `certificate`.
   */
  readonly observes?: "certificate" | "fingerprint" | "nothing" | undefined;
  /** The minimum number of certificates: the provider refuses to remove more. Default: 0. */
  readonly minCertificates?: number | undefined;
  /** True if a change can wait for somebody's approval at the provider. Default: false. */
  readonly needsApproval?: boolean | undefined;
}

/** A certificate that is stored at the provider. */
export interface StoredCertificate {
  /** The provider's identifier, as text; the SHA-256 of the certificate where the provider has none. */
  readonly id: string;
  /** The stored text; absent if the provider does not show it. */
  readonly public_certificate?: string | undefined;
  /**
   * The parsed certificate, from the stored text or from the store's own records; absent if neither
   * is a readable certificate.
   */
  readonly certificate?: Certificate | undefined;
  /** SHA-256 of the DER in lower-case hex, where the provider shows it instead of the certificate. */
  readonly sha256?: string | undefined;
  /** Integer unix seconds, as the provider reports them. */
  readonly not_before?: number | undefined;
  readonly not_after?: number | undefined;
  /** Absent if the provider does not return it. */
  readonly enabled?: boolean | undefined;
  /** True if the certificate was accepted and is not in force until somebody approves it. */
  readonly pending_approval?: boolean | undefined;
}

/** Options of every call to a store. */
export interface StoreCallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Options of a call that removes a certificate. */
export interface StoreRemoveOptions extends StoreCallOptions {
  /**
   * The result of a `list` just before. It can save the look-up before the write; a store that writes
   * the whole list reads again, and stops if something of it is gone.
   */
  readonly known?: readonly StoredCertificate[] | undefined;
}

/** Options of a call that writes a certificate. */
export interface StoreWriteOptions extends StoreRemoveOptions {
  /** Default true for a certificate that is created; otherwise sent only if set. */
  readonly enabled?: boolean | undefined;
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
  /** Overwrites a certificate. Only called if `capabilities.replaceInPlace` is true. */
  replace(
    id: string,
    certificate: Certificate,
    options?: StoreWriteOptions,
  ): Promise<StoredCertificate>;
  remove(id: string, options?: StoreRemoveOptions): Promise<void>;
}
