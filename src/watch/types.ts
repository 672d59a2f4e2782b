import type { CertificateState } from "../certificates/index.ts";

/** The kinds of connections, by the place that their certificates are read from. */
export type ConnectionKind = "metadata" | "certificates" | "store" | "trusted_keys" | "own_keys";

/** The status of one certificate. Times are unix seconds. */
export interface CertificateStatus {
  /** Unique within its connection: the provider's identifier, or the fingerprint. */
  readonly id: string;
  readonly state: CertificateState | "disabled" | "unreadable";
  /** Absent, like the fields after it, if the stored text is not a readable certificate. */
  readonly sha256?: string | undefined;
  readonly subject?: string | undefined;
  readonly issuer?: string | undefined;
  /** Lower-case hex. */
  readonly serialNumber?: string | undefined;
  readonly notBefore?: number | undefined;
  readonly notAfter?: number | undefined;
  /** Whole days until the end; negative after it; absent if there is no end. */
  readonly daysLeft?: number | undefined;
  /** The purpose, where the source states it; absent if the key is for both. */
  readonly use?: "signing" | "encryption" | undefined;
  /**
   * Compared with the identity provider's certificates: `published`, `stale` (no longer published,
   * and expired), or `extra` (not published, and still trusted). Absent if those are unknown.
   */
  readonly publication?: "published" | "stale" | "extra" | undefined;
}

/** A certificate that the identity provider publishes and the connection does not have. */
export interface UnstoredCertificate {
  /** `missing`: sign-in may fail now. `next`: sign-in fails once the identity provider switches. */
  readonly state: "missing" | "next";
  readonly sha256: string;
  readonly subject: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

/**
 * The states of a connection, from the worst to the best.
 *
 * - `down`: no certificate is valid.
 * - `missing`: a published certificate is not stored, and no stored one is published.
 * - `unverified`: the signature or the validity of the metadata is not accepted.
 * - `unreadable`: the source answered, but not with certificates or metadata.
 * - `unreachable`: the source did not answer.
 * - `stale`: the keys are from an earlier read, because newer ones were not accepted.
 * - `expiring`: the last valid certificate ends soon.
 * - `retirement_due`: the time that a rotation or a rollover waited for has passed.
 * - `switched`: a certificate is still stored that the identity provider no longer publishes.
 * - `unconfirmed`: a new key waits for a person's word.
 * - `next_missing`: the next certificate is published and not stored yet.
 * - `awaiting_approval`: the provider has accepted the next certificate, and somebody must approve it.
 * - `awaiting_switch`: the next certificate is in place, and the other side has not switched yet.
 * - `active`: nothing to do.
 */
export type ConnectionState =
  | "down"
  | "missing"
  | "unverified"
  | "unreadable"
  | "unreachable"
  | "stale"
  | "expiring"
  | "retirement_due"
  | "switched"
  | "unconfirmed"
  | "next_missing"
  | "awaiting_approval"
  | "awaiting_switch"
  | "active";

/** The next step of a person. */
export interface NextStep {
  /** The party that must act, such as `the administrator of the identity provider`. */
  readonly who: string;
  /** The step, in one sentence. */
  readonly step: string;
}

/** A switch or a retirement that is planned. */
export interface PlannedChange {
  readonly kind: "switch" | "retirement";
  /** Unix seconds; absent if it waits for evidence instead of a time. */
  readonly at?: number | undefined;
  /** The certificate that comes into use, or goes. */
  readonly sha256?: string | undefined;
}

/** The kinds of events. */
export type WatchEventType =
  | "appeared"
  | "vanished"
  | "key_published"
  | "key_vanished"
  | "certificate_replaced"
  | "endpoint_changed"
  | "metadata_changed"
  | "verification_failed"
  | "verification_restored"
  | "read_failed"
  | "read_restored"
  | "state_changed";

/** A change since the last run. Plain JSON; it is told once. */
export interface WatchEvent {
  /** Stays the same if a run is repeated, so that a receiver can drop a repetition. */
  readonly id: string;
  readonly type: WatchEventType;
  /** Unix seconds of the run that noticed it. */
  readonly at: number;
  /** One sentence. */
  readonly message: string;
  /** The certificate that it is about. */
  readonly sha256?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** The status of one connection. Plain JSON; times are unix seconds. */
export interface ConnectionStatus {
  /**
   * Names the connection in state files and metrics: `sendgrid:123`, `metadata:https://…`, `file:…`.
   * An entity of an aggregate follows its address: `metadata:https://…#entityID`.
   */
  readonly id: string;
  /** For people: the name of the configuration, the display name, or the source. */
  readonly name: string;
  readonly kind: ConnectionKind;
  /** An address, a path, or a provider and its integration; never a secret. */
  readonly source: string;
  /** The person or team that looks after the connection. */
  readonly owner?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** The entity ID, where the source states it. */
  readonly entityId?: string | undefined;
  readonly state: ConnectionState;
  /** True if a person must act. */
  readonly actionNeeded: boolean;
  /** Days until the last valid certificate ends. */
  readonly daysLeft?: number | undefined;
  /** Days before the end from which on a certificate is `expiring`. */
  readonly expiringDays: number;
  readonly certificates: readonly CertificateStatus[];
  readonly unstored: readonly UnstoredCertificate[];
  /** Absent if there is nothing to do. */
  readonly next?: NextStep | undefined;
  readonly planned?: PlannedChange | undefined;
  /** The changes since the last run; empty without a kept state. */
  readonly events: readonly WatchEvent[];
  /** The connection is in this state since then, as far as the kept state tells. */
  readonly since?: number | undefined;
  /** The last time that the source could be read, as far as the kept state tells. */
  readonly lastSuccessAt?: number | undefined;
  /** The time that this look took. */
  readonly durationSeconds: number;
  /** The reasons why something is unknown. */
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}
