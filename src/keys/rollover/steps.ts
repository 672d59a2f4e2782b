import type { GivenCertificate } from "../../certificates/given.ts";
import { isObject, isText, need } from "../../core/argument.ts";
import {
  ANY,
  BOOLEAN,
  checkOptions,
  INSTANT,
  LIST,
  type OptionKinds,
  oneOf,
  TEXT,
} from "../../core/options.ts";
import { type Instant, isoTime, unixSeconds } from "../../core/time.ts";
import { keyError } from "../error.ts";
import { needState } from "./document.ts";
import { missingReaders } from "./evidence.ts";
import { situationOf } from "./situation.ts";
import { keyOf } from "./start.ts";
import type { RolloverEvent, RolloverState, RolloverUse, Witness } from "./types.ts";

interface StepOptions {
  readonly use: RolloverUse;
  /** Default: the current time. */
  readonly now?: Instant | undefined;
}

export interface AnnounceOptions extends StepOptions {
  /** The certificate of the next key. */
  readonly certificate: GivenCertificate;
}

export interface UseNextOptions extends StepOptions {
  /** A person says that every identity provider has the next key. Default: false, only on evidence. */
  readonly confirmed?: boolean | undefined;
}

export interface RetireKeyOptions extends StepOptions {
  /** The SHA-256 of the public key. */
  readonly spkiSha256: string;
  /** A person says that no identity provider uses it any more. Default: false, only on evidence. */
  readonly confirmed?: boolean | undefined;
  /** It has leaked: stop at once, whatever still uses it. Default: false. */
  readonly compromised?: boolean | undefined;
}

export interface ReadOptions {
  readonly entityId: string;
  /** The SHA-256 of the public keys in the metadata that it has read. */
  readonly signing: readonly string[];
  readonly encryption: readonly string[];
  /** Default: person. */
  readonly by?: Witness | undefined;
  readonly now?: Instant | undefined;
}

const USE = /* @__PURE__ */ oneOf("signing", "encryption");
const ANNOUNCE: OptionKinds<AnnounceOptions> = { use: USE, now: INSTANT, certificate: ANY };
const USE_NEXT: OptionKinds<UseNextOptions> = { use: USE, now: INSTANT, confirmed: BOOLEAN };
const RETIRE: OptionKinds<RetireKeyOptions> = {
  ...{ use: USE, now: INSTANT, spkiSha256: TEXT, confirmed: BOOLEAN },
  compromised: BOOLEAN,
};
const READ: OptionKinds<ReadOptions> = {
  ...{ entityId: TEXT, signing: LIST, encryption: LIST, now: INSTANT },
  by: /* @__PURE__ */ oneOf("request", "message", "person"),
};

/**
 * Announces the next key: a signing key is published next to the current one; with an encryption key,
 * messages can be decrypted at once, and it is published as the policy says. Throws a `KeyError` if
 * another rollover of this purpose runs.
 */
export function announceKey(state: RolloverState, options: AnnounceOptions): RolloverState {
  const at = begin(state, options, ANNOUNCE, "announceKey");
  const { use } = options;
  const { next, old, stories } = situationOf(state, use, at);
  if (next !== undefined || old.length > 0) throw keyError("keys.rollover_running", { use });
  const key = keyOf(options.certificate, use, "certificate");
  const isKnown = stories.some((story) => story.key.spkiSha256 === key.spkiSha256);
  if (isKnown) throw keyError("keys.rollover_known", { use });
  return withEvent(state, { type: "announced", at, use, key });
}

/**
 * Records that an identity provider has read metadata with these keys. Gives the same state if it has read
 * the same keys last, so that polling adds nothing.
 */
export function recordRead(state: RolloverState, options: ReadOptions): RolloverState {
  const at = begin(state, options, READ, "recordRead");
  const { entityId, signing, encryption, by = "person" } = options;
  need(() => [...signing, ...encryption].every(isText), "signing", "a list of SHA-256 digests");
  if (!state.identityProviders.some((one) => one.entityId === entityId)) {
    throw keyError("keys.rollover_stranger", { entityId });
  }
  const last = state.events.findLast((one) => one.type === "read" && one.entityId === entityId);
  const isNew = last?.type !== "read" || keysIn(last) !== keysIn({ signing, encryption });
  return isNew ? withEvent(state, { type: "read", at, entityId, signing, encryption, by }) : state;
}

function keysIn({ signing, encryption }: Pick<ReadOptions, "signing" | "encryption">): string {
  return JSON.stringify([signing, encryption]);
}

/**
 * Makes the next key the current one. A signing key signs from now on; an encryption key is published
 * alone. Throws `keys.rollover_evidence` while an identity provider has not read it.
 */
export function useNextKey(state: RolloverState, options: UseNextOptions): RolloverState {
  const at = begin(state, options, USE_NEXT, "useNextKey");
  const { use, confirmed = false } = options;
  const { next } = situationOf(state, use, at);
  if (next === undefined) throw keyError("keys.rollover_none", { use });
  const missing = missingReaders(state, { use, step: "use_next" }, at);
  if (!confirmed && missing.length > 0) throw lacking(missing);
  const by = missing.length > 0 ? "person" : "evidence";
  const { spkiSha256 } = next.key;
  return withEvent(state, { type: "switched", at, use, spkiSha256, by });
}

/**
 * Retires a former key. A signing key is published no longer; an encryption key decrypts no longer, after
 * the messages in flight. Throws a `KeyError` while it may be in use, and always for the only key.
 */
export function retireKey(state: RolloverState, options: RetireKeyOptions): RolloverState {
  const at = begin(state, options, RETIRE, "retireKey");
  const { use, spkiSha256, confirmed = false, compromised = false } = options;
  const { old, current } = situationOf(state, use, at);
  if (current?.key.spkiSha256 === spkiSha256) throw keyError("keys.rollover_current", { use });
  const story = old.find(({ key }) => key.spkiSha256 === spkiSha256);
  if (story === undefined) throw keyError("keys.rollover_unknown", { use, spkiSha256 });
  const missing = missingReaders(state, { use, step: "retire" }, at);
  const until = (story.succeededAt ?? at) + state.policy.inFlightSeconds;
  if (!compromised && !confirmed) {
    if (missing.length > 0) throw lacking(missing);
    if (at < until) throw keyError("keys.rollover_in_flight", { until: isoTime(until) });
  }
  const by = missing.length > 0 || at < until ? "person" : "evidence";
  return withEvent(state, { type: "retired", at, use, spkiSha256, by, compromised });
}

function lacking(missing: readonly string[]): Error {
  const shown = missing.slice(0, 5).join(", ");
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : "";
  return keyError("keys.rollover_evidence", { missing: shown + more });
}

/** Checks the arguments, and that time does not run backwards. */
function begin<Options extends { readonly now?: Instant | undefined }>(
  state: RolloverState,
  options: Options,
  kinds: OptionKinds<Options>,
  caller: string,
): number {
  needState(state);
  need(() => isObject(options), "options", "an object");
  checkOptions(options, kinds, caller);
  if ("use" in kinds) need(() => USE.is((options as { use?: unknown }).use), "use", USE.name);
  const last = Math.max(0, ...state.events.map(({ at }) => at));
  return Math.max(last, unixSeconds(options.now ?? new Date()));
}

function withEvent(state: RolloverState, event: RolloverEvent): RolloverState {
  return { ...state, events: [...state.events, event] };
}
