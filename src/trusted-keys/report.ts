import type { Certificate } from "../certificates/types.ts";
import { isSamlCertError } from "../core/errors.ts";
import { isoTime } from "../core/time.ts";
import type { TrustedKeySet } from "./key-set.ts";

/** A key in a report or an event. */
export interface KeySummary {
  readonly sha256: string;
  readonly subject: string;
  /** ISO 8601 text. */
  readonly notAfter: string;
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
  readonly keys: readonly KeySummary[];
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
  readonly entityId: string;
  readonly added: readonly KeySummary[];
  readonly removed: readonly KeySummary[];
  /** No key of before is left. */
  readonly replacesAll: boolean;
  readonly signature: TrustedKeySet["signature"];
}

/** An event for a log. `at` is ISO 8601 text. */
export type TrustedKeysEvent = { readonly at: string } & (
  | ({ readonly type: "changed" } & TrustedKeysChange)
  | { readonly type: "read"; readonly entityId: string; readonly nextReadAt: string }
  | ({ readonly type: "failed" | "cache_failed"; readonly entityId: string } & FailureSummary)
);

export function summaryOf({ fingerprint, subject, notAfter }: Certificate): KeySummary {
  return { sha256: fingerprint.sha256, subject: subject.text, notAfter: notAfter.iso };
}

/** The difference of two lists of keys; undefined if there is none. */
export function changeBetween(
  before: TrustedKeySet | undefined,
  after: TrustedKeySet,
): TrustedKeysChange | undefined {
  const old = (before?.certificates ?? []).map(summaryOf);
  const present = after.certificates.map(summaryOf);
  const added = without(present, old);
  const removed = without(old, present);
  if (added.length === 0 && removed.length === 0) return undefined;
  const replacesAll = old.length > 0 && removed.length === old.length;
  return { entityId: after.entityId, added, removed, replacesAll, signature: after.signature };
}

function without(keys: readonly KeySummary[], others: readonly KeySummary[]) {
  const known = new Set(others.map(({ sha256 }) => sha256));
  return keys.filter(({ sha256 }) => !known.has(sha256));
}

export function failureOf(error: unknown, at: number): FailureSummary {
  const message = error instanceof Error ? error.message : "unknown reason";
  const code = isSamlCertError(error) ? error.code : undefined;
  return { at: isoTime(at), code, message };
}
