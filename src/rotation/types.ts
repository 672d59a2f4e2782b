import type { StoreCapabilities } from "../providers/store.ts";
import type { GuardOverride, Refusal } from "./plan/guards.ts";

/** How careful a rotation is. Times are whole seconds. */
export interface RotationPolicy {
  /** How long old and new are both trusted before the old is retired. Default: 5 days. */
  readonly overlapSeconds?: number | undefined;
  /** What the longest-lived desired certificate must still have before it. Default: 14 days. */
  readonly minimumRemainingLifeSeconds?: number | undefined;
  /** Sent with every certificate that is written; never sent where it is not set. */
  readonly enabled?: boolean | undefined;
  /** Overwrite an old certificate instead of adding beside it: no overlap. Default: false. */
  readonly replaceInPlace?: boolean | undefined;
  /** The most certificates that the provider holds, where it is less than the provider says. */
  readonly maxCertificates?: number | undefined;
  /** Guards that are set aside, by the name of the danger. */
  readonly overrides?: readonly GuardOverride[] | undefined;
}

/** A policy with every default filled in, as it stands in a plan. */
export interface ResolvedPolicy {
  readonly overlapSeconds: number;
  readonly minimumRemainingLifeSeconds: number;
  readonly enabled?: boolean | undefined;
  readonly replaceInPlace: boolean;
  readonly maxCertificates?: number | undefined;
  readonly overrides: readonly GuardOverride[];
}

/** The connection that a plan is for. A `CertificateStore` is one. */
export interface RotationTarget {
  readonly provider: string;
  readonly integrationId: string;
  readonly capabilities: StoreCapabilities;
}

/** A certificate as a plan carries it: enough to upload it, compare it and speak of it. */
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

/** A certificate that the provider held when the plan was made. */
export interface StoredSnapshot {
  readonly id: string;
  /** SHA-256 of the DER, or of the text where it is not a readable certificate. */
  readonly sha256: string;
  readonly certificate?: PlannedCertificate | undefined;
  readonly enabled?: boolean | undefined;
}

/** What every step says of itself. */
interface StepBase {
  /** Position in the plan, from 0. */
  readonly index: number;
  readonly reason: string;
  /** What can go wrong here, and what becomes of it. */
  readonly risk: string;
  /** How many requests it costs when nothing fails. */
  readonly requests: number;
}

/** Reads the store and stops if anybody else changed it. */
export interface CheckStep extends StepBase {
  readonly kind: "check";
}

/** Uploads a certificate beside the others. */
export interface AddStep extends StepBase {
  readonly kind: "add";
  readonly sha256: string;
}

/** Writes `enabled` to a certificate that is stored already. */
export interface EnableStep extends StepBase {
  readonly kind: "enable";
  readonly id: string;
  readonly sha256: string;
}

/** Overwrites a stored certificate with another. */
export interface ReplaceStep extends StepBase {
  readonly kind: "replace";
  readonly id: string;
  /** What it is until then. */
  readonly replaces: string;
  readonly sha256: string;
}

/** Reads the store and compares what it echoes: fingerprint and both dates. */
export interface VerifyStep extends StepBase {
  readonly kind: "verify";
  readonly sha256s: readonly string[];
}

/** Lets the overlap pass, while the identity provider switches. */
export interface WaitStep extends StepBase {
  readonly kind: "wait";
  /** Counted from the step before it. */
  readonly seconds: number;
  /** Not before this time in any case, in unix seconds: a successor begins to be valid. */
  readonly notBefore?: number | undefined;
}

/** Removes a stored certificate. */
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

/** A certificate that the plan leaves as it is, or leaves out. */
export interface Untouched {
  readonly sha256: string;
  /** Absent where it is not stored. */
  readonly id?: string | undefined;
  readonly reason: string;
}

/** What will be done, in which order, and why. Plain JSON. */
export interface RotationPlan {
  readonly format: "samlcert.rotation-plan";
  readonly version: 1;
  /** SHA-256 of everything else in the plan: equal plans have equal ids. */
  readonly id: string;
  /** Unix seconds. */
  readonly createdAt: number;
  /** Absent where the plan was made without naming a connection. */
  readonly provider?: string | undefined;
  readonly integrationId?: string | undefined;
  readonly identityProvider?: string | undefined;
  readonly capabilities: StoreCapabilities;
  readonly policy: ResolvedPolicy;
  readonly desired: readonly PlannedCertificate[];
  readonly before: readonly StoredSnapshot[];
  readonly steps: readonly RotationStep[];
  readonly kept: readonly Untouched[];
  readonly skipped: readonly Untouched[];
  /** Guards that forbid the plan. A plan with one is not executed. */
  readonly refusals: readonly Refusal[];
  /** What executing it costs when nothing fails. */
  readonly requests: number;
}
