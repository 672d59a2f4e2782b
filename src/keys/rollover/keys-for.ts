import { type Instant, unixSeconds } from "../../core/time.ts";
import { needState } from "./document.ts";
import { type KeyStory, type Situation, situationOf } from "./situation.ts";
import type { RolloverKey, RolloverPolicy, RolloverState, RolloverUse } from "./types.ts";

/** The stage of a rollover. `idle` if there is one key and no other. */
export type RolloverPhase = "idle" | "announced" | "switched";

/** The keys to use at one moment. */
export interface KeysNow {
  /** The keys of the metadata, the preferred one first. */
  readonly publish: { readonly [Use in RolloverUse]: readonly RolloverKey[] };
  /** Absent if no signing key was given. */
  readonly signWith: RolloverKey | undefined;
  /** Every key to try, the newest first. */
  readonly decryptWith: readonly RolloverKey[];
  readonly phase: { readonly [Use in RolloverUse]: RolloverPhase };
  /** For `cacheDuration` and the HTTP header: shorter during a rollover. */
  readonly cacheSeconds: number;
}

/**
 * The keys to publish, to sign with and to decrypt with at a moment. Pure: every instance of a service that
 * has the same state does the same.
 *
 * - A signing key is published before it signs, and its predecessor as long as it is not retired.
 * - An encryption key decrypts before it is published, and its predecessor decrypts until messages that
 *   were encrypted to it can no longer arrive.
 *
 * @example
 * ```ts
 * import { keysFor, startRollover } from "samlcert/keys";
 *
 * function keysNow(signing: string, encryption: string) {
 *   const identityProviders = [{ entityId: "https://idp.example.com", metadata: "polls" as const }];
 *   return keysFor(startRollover({ signing, encryption, identityProviders }), new Date());
 * }
 * console.log(typeof keysNow);
 * ```
 */
export function keysFor(state: RolloverState, now: Instant): KeysNow {
  needState(state);
  const at = unixSeconds(now);
  const { policy } = state;
  const signing = situationOf(state, "signing", at);
  const encryption = situationOf(state, "encryption", at);
  const phase = { signing: phaseOf(signing), encryption: phaseOf(encryption) };
  const isIdle = phase.signing === "idle" && phase.encryption === "idle";
  return {
    publish: {
      signing: keysOf([signing.current, signing.next, ...signing.old]),
      encryption: keysOf(encryptTo(encryption, policy, at)),
    },
    signWith: signing.current?.key,
    decryptWith: keysOf(
      encryption.stories.filter((story) => isDecryptedWith(story, policy, at)).reverse(),
    ),
    phase,
    cacheSeconds: isIdle ? policy.cacheSeconds : policy.rolloverCacheSeconds,
  };
}

function phaseOf({ next, old }: Situation): RolloverPhase {
  if (next !== undefined) return "announced";
  return old.length > 0 ? "switched" : "idle";
}

/** One key, unless both are wanted: an identity provider that sees two takes any of them. */
function encryptTo(
  { current, next }: Situation,
  { encryption, spreadSeconds }: RolloverPolicy,
  now: number,
): readonly (KeyStory | undefined)[] {
  const isSpread = next !== undefined && now >= next.announcedAt + spreadSeconds;
  if (current === undefined) return [next];
  if (!isSpread) return [current];
  return encryption === "both" ? [next, current] : [next];
}

function isDecryptedWith(
  { retiredAt, compromised }: KeyStory,
  { inFlightSeconds }: RolloverPolicy,
  now: number,
): boolean {
  return retiredAt === undefined || (!compromised && now < retiredAt + inFlightSeconds);
}

function keysOf(stories: readonly (KeyStory | undefined)[]): readonly RolloverKey[] {
  return stories.flatMap((story) => (story === undefined ? [] : [story.key]));
}
