import { isSamlCertError } from "../core/errors.ts";
import { isoTime } from "../core/time.ts";
import type { DriftAction, DriftKind } from "./drift.ts";
import type { TrustedKeySet } from "./key-set.ts";

/** A key in a report or an event. */
export interface KeySummary {
  readonly sha256: string;
  readonly subject: string;
  /** ISO 8601 text. */
  readonly notAfter: string;
}

/** A trusted key in a report. */
export interface TrustedKeySummary extends KeySummary {
  /** The last sign-in with this key that `observe` was told of, as ISO 8601 text. */
  readonly lastSignInAt?: string | undefined;
}

/** A change of one key that waits for `approve`, or for sign-ins. */
export interface StagedKey extends KeySummary {
  readonly change: "add" | "remove";
  readonly reasons: readonly DriftKind[];
  /** ISO 8601 text. */
  readonly since: string;
  /** The sign-ins with this key since then that `observe` was told of. */
  readonly signIns: number;
}

export interface FailureSummary {
  /** ISO 8601 text. */
  readonly at: string;
  /** The code of an error of samlcert. */
  readonly code?: string | undefined;
  readonly message: string;
}

/**
 * - `fresh`: the last read succeeded.
 * - `stale`: it failed, and the last good keys are still trusted.
 * - `expired`: the last good keys are too old to be trusted.
 * - `none`: nothing was accepted yet.
 */
export type TrustState = "fresh" | "stale" | "expired" | "none";

/** The present state of trusted keys, as plain data. */
export interface TrustReport {
  readonly entityId: string;
  readonly state: TrustState;
  readonly keys: readonly TrustedKeySummary[];
  readonly staged: readonly StagedKey[];
  readonly from?: string | undefined;
  readonly signature?: TrustedKeySet["signature"] | undefined;
  /** True if the keys come from the cache, and no read has succeeded since the start. */
  readonly cached: boolean;
  /** ISO 8601 text, as are the others. */
  readonly readAt?: string | undefined;
  readonly validUntil?: string | undefined;
  readonly nextReadAt?: string | undefined;
  readonly lastFailure?: FailureSummary | undefined;
}

/** A change of the trusted keys. */
export interface TrustedKeysChange {
  readonly added: readonly KeySummary[];
  readonly removed: readonly KeySummary[];
  /** No key of before is left. */
  readonly replacesAll: boolean;
  readonly signature: TrustedKeySet["signature"];
}

/** Something odd about a document, and what was done. */
export interface Drift {
  readonly kind: DriftKind;
  readonly action: DriftAction;
  /** The keys that it is about; none if the document is refused unread. */
  readonly keys: readonly KeySummary[];
  readonly from?: string | undefined;
}

/**
 * An event for an audit log. `at` is ISO 8601 text. `tenant` is there if the keys are of
 * `createTenantKeys`.
 *
 * - `read`: a read succeeded.
 * - `failed`: it failed; the keys stay as they are.
 * - `changed`: the trusted keys are others now.
 * - `drift`: a document is odd; `action` says what was done.
 * - `confirmed`: a staged change is made, because a person or enough sign-ins confirmed it.
 * - `cache_failed`: the cache cannot be read or written.
 */
export type TrustedKeysEvent = {
  readonly at: string;
  readonly entityId: string;
  readonly tenant?: string | undefined;
} & (
  | ({ readonly type: "changed" } & TrustedKeysChange)
  | ({ readonly type: "drift" } & Drift)
  | ({ readonly type: "confirmed"; readonly by: "person" | "sign-ins" } & KeySummary)
  | { readonly type: "read"; readonly nextReadAt: string }
  | ({ readonly type: "failed" | "cache_failed" } & Omit<FailureSummary, "at">)
);

export function summaryOf({ sha256, subject, notAfter }: KeySummary): KeySummary {
  return { sha256, subject, notAfter };
}

/** The difference of two lists of keys; undefined if there is none. */
export function changeBetween(
  before: readonly KeySummary[],
  after: readonly KeySummary[],
  signature: TrustedKeySet["signature"],
): TrustedKeysChange | undefined {
  const added = without(after, before);
  const removed = without(before, after);
  if (added.length === 0 && removed.length === 0) return undefined;
  const replacesAll = before.length > 0 && removed.length === before.length;
  return { added, removed, replacesAll, signature };
}

function without(keys: readonly KeySummary[], others: readonly KeySummary[]) {
  const known = new Set(others.map(({ sha256 }) => sha256));
  return keys.filter(({ sha256 }) => !known.has(sha256)).map(summaryOf);
}

export function failureOf(error: unknown, at: number): FailureSummary {
  const message = error instanceof Error ? error.message : "unknown reason";
  const code = isSamlCertError(error) ? error.code : undefined;
  return { at: isoTime(at), code, message };
}
