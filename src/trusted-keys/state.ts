import { clearTimeout } from "node:timers";
import type { RoleType } from "../metadata/index.ts";
import { notify } from "../providers/http/hooks.ts";
import type { TrustedKeysCache } from "./cache.ts";
import { DRIFT_DEFAULTS, type DriftKind, type DriftPolicies } from "./drift.ts";
import type { HeldKey, TrustedKeySet } from "./key-set.ts";
import type { FollowedProvider, FollowOptions } from "./options.ts";
import type { FailureSummary, StagedKey, TrustedKeysEvent } from "./report.ts";
import { type Refresh, refreshOf } from "./schedule.ts";
import type { DocumentVersion, MetadataSource } from "./source/document.ts";
import { createMetadataSource } from "./source/source.ts";

/** Runs reads, at most so many at once. */
export type Queue = <T>(urgency: Urgency, work: () => Promise<T>) => Promise<T>;

/** `waiting`: a sign-in waits for the read. `failing`: the read before failed. */
export type Urgency = "waiting" | "scheduled" | "failing";

/** The settings that all followed identity providers share. */
export interface Settings {
  readonly clock: () => Date;
  readonly refresh: Refresh;
  readonly maxStaleSeconds: number | undefined;
  readonly policies: DriftPolicies;
  readonly confirmAfterSignIns: number | undefined;
  readonly onEvent: ((event: TrustedKeysEvent) => void) | undefined;
  readonly queue: Queue;
}

export function settingsOf(options: FollowOptions, queue: Queue): Settings {
  const given = Object.entries(options.drift ?? {}).filter(([, action]) => action !== undefined);
  return {
    clock: options.clock ?? (() => new Date()),
    refresh: refreshOf(options.refresh ?? {}),
    maxStaleSeconds: options.maxStaleSeconds,
    policies: { ...DRIFT_DEFAULTS, ...Object.fromEntries(given) },
    confirmAfterSignIns: options.confirmAfterSignIns,
    onEvent: options.onEvent,
    queue,
  };
}

/** The trusted keys. */
export interface Trusted {
  readonly keys: readonly HeldKey[];
  readonly view: TrustedKeySet;
  /** All of them are in the document that was read last. */
  readonly isCurrent: boolean;
}

/** The facts about the document that was read last. */
export interface Latest {
  readonly from: string;
  readonly version: DocumentVersion;
  /** The name of its set of keys. */
  readonly setId: string;
  readonly validUntil?: number | undefined;
  readonly cacheDuration?: number | undefined;
  readonly publishedAt?: number | undefined;
  readonly isVerified: boolean;
}

/** The document whose keys are not all decided about. */
export interface Undecided {
  readonly keys: readonly HeldKey[];
  readonly document: readonly DriftKind[];
  readonly latest: Latest;
  readonly signature: TrustedKeySet["signature"];
}

/** The state of one followed identity provider. */
export interface Followed {
  readonly tenant: string | undefined;
  readonly entityId: string;
  readonly role: RoleType;
  readonly source: MetadataSource;
  readonly cache: TrustedKeysCache | undefined;
  /** Ends the read in progress. */
  abort: AbortController | undefined;
  isClosed: boolean;
  trusted: Trusted | undefined;
  latest: Latest | undefined;
  /** The last document that was followed; a stale copy is older than it. */
  reference: Latest | undefined;
  undecided: Undecided | undefined;
  staged: readonly StagedKey[];
  approved: ReadonlySet<string>;
  /** The set IDs of earlier documents, the newest last. */
  earlier: readonly string[];
  /** The drift that was told already. */
  told: ReadonlySet<string>;
  /** The last sign-ins by key, in unix seconds. */
  signIns: Map<string, number> | undefined;
  cached: boolean;
  failures: number;
  lastFailure: FailureSummary | undefined;
  /** Unix milliseconds. */
  attemptedAt: number;
  nextReadAt: number;
  started: Promise<void> | undefined;
  flight: Promise<void> | undefined;
  saving: Promise<void> | undefined;
  timer: NodeJS.Timeout | undefined;
  unwatch: (() => void) | undefined;
}

const NONE: ReadonlySet<string> = new Set();

export function newFollowed(
  { source, entityId, role = "IDPSSODescriptor", cache }: FollowedProvider,
  tenant?: string,
): Followed {
  return {
    tenant,
    entityId,
    role,
    source: "read" in source ? source : createMetadataSource(source),
    cache,
    abort: undefined,
    isClosed: false,
    trusted: undefined,
    latest: undefined,
    reference: undefined,
    undecided: undefined,
    staged: [],
    approved: NONE,
    earlier: [],
    told: NONE,
    signIns: undefined,
    cached: false,
    failures: 0,
    lastFailure: undefined,
    attemptedAt: Number.NEGATIVE_INFINITY,
    nextReadAt: Number.NEGATIVE_INFINITY,
    started: undefined,
    flight: undefined,
    saving: undefined,
    timer: undefined,
    unwatch: undefined,
  };
}

export function nowSeconds({ clock }: Settings): number {
  return Math.floor(clock().getTime() / 1000);
}

type Told<Event> = Event extends unknown ? Omit<Event, "at" | "entityId" | "tenant"> : never;

export function emit(
  settings: Settings,
  { entityId, tenant }: Followed,
  event: Told<TrustedKeysEvent>,
): void {
  if (settings.onEvent === undefined) return;
  const at = new Date(nowSeconds(settings) * 1000).toISOString().replace(".000Z", "Z");
  const named = { at, entityId, ...(tenant !== undefined && { tenant }), ...event };
  notify(settings.onEvent, named as TrustedKeysEvent);
}

/** Unix seconds after which the keys are too old. */
export function trustedUntil(settings: Settings, { view }: Trusted): number | undefined {
  const { maxStaleSeconds } = settings;
  if (view.validUntil !== undefined || maxStaleSeconds === undefined) return view.validUntil;
  return view.readAt + maxStaleSeconds;
}

export function isUsable(
  settings: Settings,
  { trusted }: Followed,
  milliseconds: number = settings.clock().getTime(),
): boolean {
  if (trusted === undefined) return false;
  return milliseconds < (trustedUntil(settings, trusted) ?? Number.POSITIVE_INFINITY) * 1000;
}

/** Ends the refreshing. */
export function close(followed: Followed): void {
  followed.isClosed = true;
  followed.abort?.abort();
  followed.unwatch?.();
  clearTimeout(followed.timer);
}
