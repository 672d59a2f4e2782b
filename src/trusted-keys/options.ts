import { FUNCTION, OBJECT, type OptionKinds, oneOf, TEXT } from "../core/options.ts";
import type { RoleType } from "../metadata/index.ts";
import { LIMIT, SIGNAL } from "../providers/http/argument.ts";
import type { TrustedKeysCache } from "./cache.ts";
import type { TrustedKeysChange, TrustedKeysEvent } from "./report.ts";
import type { RefreshOptions } from "./schedule.ts";
import type { MetadataSource, MetadataSourceOptions } from "./source.ts";

export interface TrustedKeysOptions {
  /** The identity provider's metadata: a source, or the options of `createMetadataSource`. */
  readonly source: MetadataSource | MetadataSourceOptions;
  /** The identity provider. Its document may contain others too. */
  readonly entityId: string;
  /** The role whose signing keys are trusted. Default `IDPSSODescriptor`. */
  readonly role?: RoleType | undefined;
  /** Keeps a copy of the last accepted metadata, for a start while its server is down. */
  readonly cache?: TrustedKeysCache | undefined;
  readonly refresh?: RefreshOptions | undefined;
  /**
   * Seconds for which keys are trusted without a successful read, if their metadata has no
   * `validUntil`. Default: without limit.
   */
  readonly maxStaleSeconds?: number | undefined;
  /** Decides about a change of keys after the first ones. Default: every change is accepted. */
  readonly accept?: ((change: TrustedKeysChange) => boolean) | undefined;
  /** Called for each read, failure and change. Its exceptions are ignored. */
  readonly onEvent?: ((event: TrustedKeysEvent) => void) | undefined;
  /** Ends the refreshing, as `Symbol.asyncDispose` does. */
  readonly signal?: AbortSignal | undefined;
  /** The present. Default: the clock of this machine. */
  readonly clock?: (() => Date) | undefined;
}

const ROLES = ["IDPSSODescriptor", "AttributeAuthorityDescriptor", "SPSSODescriptor"] as const;

export const KEYS_KINDS: OptionKinds<TrustedKeysOptions> = {
  source: OBJECT,
  entityId: TEXT,
  role: oneOf(...ROLES),
  cache: OBJECT,
  refresh: OBJECT,
  maxStaleSeconds: LIMIT,
  accept: FUNCTION,
  onEvent: FUNCTION,
  signal: SIGNAL,
  clock: FUNCTION,
};

export const REFRESH_KINDS: OptionKinds<RefreshOptions> = {
  factor: { is: (value) => Number(value) > 0 && Number(value) < 1, name: "between 0 and 1" },
  minSeconds: LIMIT,
  maxSeconds: LIMIT,
  unknownKeySeconds: LIMIT,
};
