import { isObject, isText, need } from "../core/argument.ts";
import { checkOptions, FUNCTION, OBJECT, type OptionKinds, oneOf, TEXT } from "../core/options.ts";
import type { RoleType } from "../metadata/index.ts";
import { LIMIT, SIGNAL } from "../providers/http/argument.ts";
import type { TrustedKeysCache } from "./cache.ts";
import { DRIFT_KINDS, type DriftOptions } from "./drift.ts";
import type { TrustedKeysEvent } from "./report.ts";
import type { RefreshOptions } from "./schedule.ts";
import type { MetadataSource } from "./source/document.ts";
import type { MetadataSourceOptions } from "./source/options.ts";

/** An identity provider, and where its metadata is. */
export interface FollowedProvider {
  /** The identity provider's metadata: a source, or the options of `createMetadataSource`. */
  readonly source: MetadataSource | MetadataSourceOptions;
  /** The identity provider. Its document may contain others too. */
  readonly entityId: string;
  /** The role whose signing keys are trusted. Default `IDPSSODescriptor`. */
  readonly role?: RoleType | undefined;
  /** Keeps a copy of the last accepted metadata, for a start while its server is down. */
  readonly cache?: TrustedKeysCache | undefined;
}

/** How keys are kept in step, for one identity provider or for many. */
export interface FollowOptions {
  readonly refresh?: RefreshOptions | undefined;
  /**
   * Seconds for which keys are trusted without a successful read, if their metadata has no
   * `validUntil`. Default: without limit.
   */
  readonly maxStaleSeconds?: number | undefined;
  /** Decides about documents that are odd. The defaults keep people signed in. */
  readonly drift?: DriftOptions | undefined;
  /** So many sign-ins with a staged key (`observe`) confirm it. Default: only a person does. */
  readonly confirmAfterSignIns?: number | undefined;
  /** Called for each read, failure, change and drift. Its exceptions are ignored. */
  readonly onEvent?: ((event: TrustedKeysEvent) => void) | undefined;
  /** Ends the refreshing, as `Symbol.asyncDispose` does. */
  readonly signal?: AbortSignal | undefined;
  /** The present. Default: the clock of this machine. */
  readonly clock?: (() => Date) | undefined;
}

export interface TrustedKeysOptions extends FollowedProvider, FollowOptions {}

const ROLES = ["IDPSSODescriptor", "AttributeAuthorityDescriptor", "SPSSODescriptor"] as const;

export const PROVIDER_KINDS: OptionKinds<FollowedProvider> = {
  source: OBJECT,
  entityId: TEXT,
  role: oneOf(...ROLES),
  cache: OBJECT,
};

export const FOLLOW_KINDS: OptionKinds<FollowOptions> = {
  refresh: OBJECT,
  maxStaleSeconds: LIMIT,
  drift: OBJECT,
  confirmAfterSignIns: {
    is: (value) => Number.isSafeInteger(value) && Number(value) > 0,
    name: "a whole number, 1 or greater",
  },
  onEvent: FUNCTION,
  signal: SIGNAL,
  clock: FUNCTION,
};

const REFRESH_KINDS: OptionKinds<RefreshOptions> = {
  factor: { is: (value) => Number(value) > 0 && Number(value) < 1, name: "between 0 and 1" },
  minSeconds: LIMIT,
  maxSeconds: LIMIT,
  unknownKeySeconds: LIMIT,
};

export function checkProvider(provider: FollowedProvider): void {
  need(() => isText(provider.entityId) && provider.entityId !== "", "entityId", "an entity ID");
  need(() => isObject(provider.source), "source", "a source or its options");
}

/** Throws a `TypeError` for a nested option that is unknown or of the wrong kind. */
export function checkFollow({ refresh, drift }: FollowOptions, caller: string): void {
  checkOptions(refresh, REFRESH_KINDS, `${caller}.refresh`);
  checkOptions(drift, DRIFT_KINDS, `${caller}.drift`);
}
