import type { CertificateState } from "../certificates/index.ts";

/** How one stored certificate stands. Times are unix seconds. */
export interface CertificateStatus {
  /** The provider's identifier. */
  readonly id: string;
  readonly state: CertificateState | "disabled" | "unreadable";
  /** Absent where the text is not a readable certificate, as is all that follows. */
  readonly sha256?: string | undefined;
  readonly subject?: string | undefined;
  readonly notBefore?: number | undefined;
  readonly notAfter?: number | undefined;
  /** Whole days until the end; negative when it has passed; absent where there is no end. */
  readonly daysLeft?: number | undefined;
  /**
   * Against what the identity provider publishes: `published`, `stale` (not published any more, and
   * expired), or `extra` (not published, and still trusted). Absent where that is not known.
   */
  readonly publication?: "published" | "stale" | "extra" | undefined;
}

/** A certificate that the identity provider publishes and that is not stored. */
export interface UnstoredCertificate {
  /** `missing`: sign-in may fail now. `next`: it will fail when the identity provider switches. */
  readonly state: "missing" | "next";
  readonly sha256: string;
  readonly subject: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** From the worst to the best. */
export type IntegrationState =
  | "unreachable"
  | "down"
  | "missing"
  | "expiring"
  | "next_missing"
  | "active";

/** How one integration stands. Plain JSON. */
export interface IntegrationStatus {
  readonly provider: string;
  readonly integrationId: string;
  /**
   * `unreachable`: the provider did not answer. `down`: no stored certificate is valid. `missing`: a
   * published one is not stored and none of the stored is published. `expiring`: the last valid one
   * ends soon. `next_missing`: a published one is not stored yet. `active`: nothing to do.
   */
  readonly state: IntegrationState;
  /** Something has to be done by somebody. */
  readonly actionNeeded: boolean;
  /** Days until the last of the valid certificates ends. */
  readonly daysLeft?: number | undefined;
  readonly certificates: readonly CertificateStatus[];
  readonly unstored: readonly UnstoredCertificate[];
  /** Why it is not known what is stored, or published. */
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}
