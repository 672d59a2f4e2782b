/** A key is rolled over for one purpose at a time: signing and encryption follow different orders. */
export type RolloverUse = "signing" | "encryption";

/** The policy of a rollover. Times are whole seconds. */
export interface RolloverPolicy {
  /**
   * An encryption key is announced alone (`replace`), or next to the current one (`both`), for identity
   * providers that must be able to choose. Both keys decrypt either way. Default: `replace`.
   */
  readonly encryption: "replace" | "both";
  /** How long metadata may be cached while no rollover runs. Default: one day. */
  readonly cacheSeconds: number;
  /** The same during a rollover. Default: one hour. */
  readonly rolloverCacheSeconds: number;
  /** A key decrypts this long before it is published, so that every instance has it. Default: 60 s. */
  readonly spreadSeconds: number;
  /** Messages that are signed or encrypted with an old key can arrive this long after. Default: one hour. */
  readonly inFlightSeconds: number;
}

/** An identity provider that has our metadata. */
export interface RolloverIdentityProvider {
  readonly entityId: string;
  /** It reads our metadata by itself, or a person gives it the file. */
  readonly metadata: "polls" | "by_hand";
}

/** A key as the state names it: nothing secret. */
export interface RolloverKey {
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex. */
  readonly spkiSha256: string;
  /** PEM. */
  readonly certificate: string;
}

/** The evidence of a step: the identity provider's own act, or a person's word. */
export type Witness = "request" | "message" | "person";

/** One fact, in the order in which they happened. Times are unix seconds. */
export type RolloverEvent =
  | {
      readonly type: "started";
      readonly at: number;
      readonly use: RolloverUse;
      readonly key: RolloverKey;
    }
  | {
      readonly type: "announced";
      readonly at: number;
      readonly use: RolloverUse;
      readonly key: RolloverKey;
    }
  | {
      /** An identity provider has read metadata with these keys. */
      readonly type: "read";
      readonly at: number;
      readonly entityId: string;
      readonly signing: readonly string[];
      readonly encryption: readonly string[];
      readonly by: Witness;
    }
  | {
      /** The next key is the current one from now on. */
      readonly type: "switched";
      readonly at: number;
      readonly use: RolloverUse;
      readonly spkiSha256: string;
      readonly by: "evidence" | "person";
    }
  | {
      readonly type: "retired";
      readonly at: number;
      readonly use: RolloverUse;
      readonly spkiSha256: string;
      readonly by: "evidence" | "person";
      /** It is not used for another second, not even for messages in flight. */
      readonly compromised: boolean;
    };

/** The state of all rollovers of a service: plain JSON, without any private key. */
export interface RolloverState {
  readonly format: "samlcert.key-rollover";
  readonly version: 1;
  readonly policy: RolloverPolicy;
  readonly identityProviders: readonly RolloverIdentityProvider[];
  readonly events: readonly RolloverEvent[];
}
