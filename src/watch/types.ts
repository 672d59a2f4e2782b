import type { CertificateState } from "../certificates/index.ts";

/** The status of one stored certificate. Times are unix seconds. */
export interface CertificateStatus {
  /** The provider's identifier. */
  readonly id: string;
  readonly state: CertificateState | "disabled" | "unreadable";
  /** Absent, like the fields after it, if the stored text is not a readable certificate. */
  readonly sha256?: string | undefined;
  readonly subject?: string | undefined;
  readonly notBefore?: number | undefined;
  readonly notAfter?: number | undefined;
  /** Whole days until the end; negative after it; absent if there is no end. */
  readonly daysLeft?: number | undefined;
  /**
   * Compared with the identity provider's certificates: `published`, `stale` (no longer published,
   * and expired), or `extra` (not published, and still trusted). Absent if those are unknown.
   */
  readonly publication?: "published" | "stale" | "extra" | undefined;
}

/** A certificate that the identity provider publishes and the provider does not store. */
export interface UnstoredCertificate {
  /** `missing`: sign-in may fail now. `next`: sign-in fails once the identity provider switches. */
  readonly state: "missing" | "next";
  readonly sha256: string;
  readonly subject: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** The states of an integration, from the worst to the best. */
export type IntegrationState =
  | "unreachable"
  | "down"
  | "missing"
  | "expiring"
  | "retirement_due"
  | "switched"
  | "awaiting_switch"
  | "next_missing"
  | "active";

/** The status of one integration. Plain JSON. */
export interface IntegrationStatus {
  readonly provider: string;
  readonly integrationId: string;
  /**
   * `unreachable`: the provider did not answer. `down`: no stored certificate is valid. `missing`: a
   * published certificate is not stored, and no stored one is published. `expiring`: the last valid
   * one ends soon. `retirement_due`: the time that a rotation waited for has passed. `switched`: the
   * identity provider no longer publishes a certificate that is still stored. `awaiting_switch`: a
   * rotation has stored the next certificate, and waits for the identity provider. `next_missing`: a
   * published one is not stored yet. `active`: nothing to do.
   */
  readonly state: IntegrationState;
  /** True if a person must act. */
  readonly actionNeeded: boolean;
  /** Days until the last valid certificate ends. */
  readonly daysLeft?: number | undefined;
  readonly certificates: readonly CertificateStatus[];
  readonly unstored: readonly UnstoredCertificate[];
  /** The reasons why the stored or published certificates are unknown. */
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}
