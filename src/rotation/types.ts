import type { StoreCapabilities } from "../providers/store.ts";
import type { GuardOverride, Refusal } from "./plan/guards.ts";

/**
 * The evidence on which a superseded certificate is retired. Times are whole seconds.
 *
 * - `confirmed`: a person says that the identity provider has switched (`retireSuperseded`).
 * - `unpublishedFor`: the identity provider's metadata has not contained the certificate for this long.
 * - `signedWithNew`: this many sign-ins with a desired certificate were observed, and for
 *   `oldUnusedFor` none with the superseded one (`observeSignIn`).
 * - `afterSeconds`: time has passed. Time is no evidence: an identity provider that has not switched
 *   is locked out.
 * - `never`: the rotation only adds.
 */
export type RetirePolicy =
  | "confirmed"
  | "never"
  | { readonly unpublishedFor: number }
  | { readonly signedWithNew: number; readonly oldUnusedFor?: number | undefined }
  | { readonly afterSeconds: number };

/** The policy of a rotation. Times are whole seconds. */
export interface RotationPolicy {
  /** When a superseded certificate is retired. Default: `confirmed`. */
  readonly retire?: RetirePolicy | undefined;
  /**
   * How long the service provider may use what it has cached: from then on it is safe to switch the
   * identity provider. Default: 15 minutes.
   */
  readonly cacheSeconds?: number | undefined;
  /** The remaining life that the longest-lived desired certificate must have. Default: 14 days. */
  readonly minimumRemainingLifeSeconds?: number | undefined;
  /**
   * Sent with every certificate that is written. Default: `true` for a certificate that is added;
   * nothing for one that exists.
   */
  readonly enabled?: boolean | undefined;
  /** Overwrite an old certificate instead of adding a second one: there is no overlap. Default: false. */
  readonly replaceInPlace?: boolean | undefined;
  /** The most certificates that the provider stores, if fewer than the provider says. */
  readonly maxCertificates?: number | undefined;
  /**
   * The stored certificates that may be removed before the new one is added, if the provider has no
   * free place: the id or the SHA-256 of each. You say that the identity provider does not sign with
   * them. The last usable certificate stays all the same.
   */
  readonly removeFirst?: readonly string[] | undefined;
  /** Guards to skip, by the name of the danger. */
  readonly overrides?: readonly GuardOverride[] | undefined;
}

/** A policy with every default filled in, as it stands in a plan. */
export interface ResolvedPolicy {
  readonly retire: RetirePolicy;
  readonly cacheSeconds: number;
  readonly minimumRemainingLifeSeconds: number;
  readonly enabled?: boolean | undefined;
  readonly replaceInPlace: boolean;
  readonly maxCertificates?: number | undefined;
  readonly removeFirst?: readonly string[] | undefined;
  readonly overrides: readonly GuardOverride[];
}

/**
 * Where the identity provider publishes its certificates: metadata at a URL or in a file. A plan
 * carries it, and it is read again right before each removal.
 */
export interface EvidenceSource {
  readonly url?: string | undefined;
  /** An absolute path, so that it is found from any folder. */
  readonly file?: string | undefined;
  /** The identity provider's entityID. */
  readonly entityId?: string | undefined;
  /** PEM of the certificates that may have signed the metadata. */
  readonly trust?: readonly string[] | undefined;
  /** Let the URL lead to this machine or a private network. Default: false. */
  readonly allowPrivateAddresses?: boolean | undefined;
}

/** The connection of a plan, such as a `CertificateStore`. */
export interface RotationTarget {
  readonly provider: string;
  readonly integrationId: string;
  readonly capabilities: StoreCapabilities;
}

/** A certificate as a plan carries it. */
export interface PlannedCertificate {
  /** SHA-256 of the DER, lower-case hex. */
  readonly sha256: string;
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex. */
  readonly spkiSha256: string;
  readonly subject: string;
  /** Integer unix seconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly pem: string;
}

/** A certificate that was stored when the plan was made. */
export interface StoredSnapshot {
  readonly id: string;
  /** SHA-256 of the DER, or of the text if it is not a readable certificate. */
  readonly sha256: string;
  readonly certificate?: PlannedCertificate | undefined;
  readonly enabled?: boolean | undefined;
  /** Not in force until somebody approves it at the provider. */
  readonly pendingApproval?: true | undefined;
}

/** The fields of every step. */
interface StepBase {
  /** Position in the plan, from 0. */
  readonly index: number;
  readonly reason: string;
  /** The risk, and its consequence. */
  readonly risk: string;
  /** The number of calls to the store if nothing fails. */
  readonly requests: number;
}

/** Reads the store and stops if another writer has changed it. */
export interface CheckStep extends StepBase {
  readonly kind: "check";
}

/** Uploads a certificate in addition to the others. */
export interface AddStep extends StepBase {
  readonly kind: "add";
  readonly sha256: string;
}

/** Writes `enabled` to a stored certificate. */
export interface EnableStep extends StepBase {
  readonly kind: "enable";
  readonly id: string;
  readonly sha256: string;
}

/** Overwrites a stored certificate with another. */
export interface ReplaceStep extends StepBase {
  readonly kind: "replace";
  readonly id: string;
  /** SHA-256 of the certificate that it overwrites. */
  readonly replaces: string;
  readonly sha256: string;
}

/** Reads the store and compares its copy with what was sent: fingerprint and both dates. */
export interface VerifyStep extends StepBase {
  readonly kind: "verify";
  readonly sha256s: readonly string[];
}

/** Waits for the evidence that the identity provider has switched. */
export interface WaitStep extends StepBase {
  readonly kind: "wait";
  readonly retire: Exclude<RetirePolicy, "never">;
  /** The first successor begins to be valid at this time, in unix seconds. */
  readonly notBefore?: number | undefined;
}

/** Removes a stored certificate, and reads the store to see that it is gone. */
export interface RetireStep extends StepBase {
  readonly kind: "retire";
  readonly id: string;
  readonly sha256: string;
}

export type RotationStep =
  | CheckStep
  | AddStep
  | EnableStep
  | ReplaceStep
  | VerifyStep
  | WaitStep
  | RetireStep;

/** A certificate that the plan keeps, or leaves out. */
export interface Untouched {
  readonly sha256: string;
  /** Absent if it is not stored. */
  readonly id?: string | undefined;
  readonly reason: string;
}

/** The steps of a rotation, in order, with the reason of each. Plain JSON. */
export interface RotationPlan {
  readonly format: "samlcert.rotation-plan";
  readonly version: 2;
  /** SHA-256 of everything else in the plan: equal plans have equal ids. */
  readonly id: string;
  /** Unix seconds. */
  readonly createdAt: number;
  /** Absent if the plan was made without a connection. */
  readonly provider?: string | undefined;
  readonly integrationId?: string | undefined;
  readonly identityProvider?: string | undefined;
  /** Where the evidence is read before each removal. */
  readonly source?: EvidenceSource | undefined;
  readonly capabilities: StoreCapabilities;
  readonly policy: ResolvedPolicy;
  readonly desired: readonly PlannedCertificate[];
  readonly before: readonly StoredSnapshot[];
  readonly steps: readonly RotationStep[];
  readonly kept: readonly Untouched[];
  readonly skipped: readonly Untouched[];
  /** Guards that forbid the plan. A plan with one is not executed. */
  readonly refusals: readonly Refusal[];
  /** The number of calls to the store if nothing fails; most stores take one request for each. */
  readonly requests: number;
}
