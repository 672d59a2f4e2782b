import { sha256Hex } from "../core/digest.ts";
import { isoTime } from "../core/time.ts";
import { type DriftKind, decide, type KeyDecision, PERSON_ONLY } from "./drift.ts";
import { keysError } from "./error.ts";
import type { KeyFault } from "./key-faults.ts";
import { type HeldKey, keySetOf } from "./key-set.ts";
import { changeBetween, type Drift, type StagedKey, summaryOf } from "./report.ts";
import { emit, type Followed, type Latest, nowSeconds, type Settings } from "./state.ts";

/** Earlier key sets that a stale copy is told by. */
const MAX_EARLIER = 8;

/** The name of a set of keys. */
export function setIdOf(keys: readonly { readonly sha256: string }[]): string {
  const names = keys.map(({ sha256 }) => sha256).sort();
  return sha256Hex(new TextEncoder().encode(names.join())).slice(0, 32);
}

/** A document whose keys are to be decided about. */
export interface Proposal {
  readonly keys: readonly HeldKey[];
  readonly faultsOf: (key: HeldKey) => readonly KeyFault[];
  /** Drift of the document as a whole. */
  readonly document: readonly DriftKind[];
  readonly latest: Latest;
  readonly signature: Parameters<typeof keySetOf>[1]["signature"];
}

/**
 * Follows a document as far as the policies allow: the accepted keys are trusted, the staged ones
 * wait. Throws if the document is refused as a whole; then the trusted keys stay as they are.
 */
export function settle(settings: Settings, followed: Followed, proposal: Proposal): void {
  settleOnce(settings, followed, proposal);
  // A confirmed key is in the document, so the document no longer replaces every key.
  const isOpen = followed.staged.some(({ reasons }) => reasons.includes("replaced"));
  if (isOpen && proposal.keys.some((key) => isIn(followed.trusted?.keys ?? [], key))) {
    settleOnce(settings, followed, proposal);
  }
}

function settleOnce(settings: Settings, followed: Followed, proposal: Proposal): void {
  const { keys: offered, latest, document, signature } = proposal;
  const before = followed.trusted?.keys ?? [];
  const names = before.map(({ sha256 }) => sha256);
  const decisions = decide(names, offerOf(proposal, before), followed.approved, settings.policies);
  const known = new Map([...before, ...offered].map((key) => [key.sha256, key]));
  const readAt = nowSeconds(settings);
  tell(settings, followed, decisions, known, latest.from);
  checkRefused(followed, decisions);
  followed.staged = stagedOf(decisions, known, followed.staged, readAt);
  followed.undecided =
    followed.staged.length > 0 ? { keys: offered, document, latest, signature } : undefined;
  const next = nextKeys(before, offered, decisions);
  if (next.length === 0) {
    const count = followed.staged.length;
    throw keysError("trusted_keys.staged", { from: latest.from, count });
  }
  const isFollowed =
    document.every((kind) => settings.policies[kind] === "accept") &&
    !followed.staged.some(({ reasons }) => reasons.includes("replaced"));
  const isCurrent = isFollowed && next.every((key) => isIn(offered, key));
  const { from, validUntil } = latest;
  const fresh = { entityId: followed.entityId, from, signature, readAt, validUntil };
  const origin = isCurrent || followed.trusted === undefined ? fresh : followed.trusted.view;
  followed.trusted = { keys: next, view: keySetOf(next, originOf(origin)), isCurrent };
  if (isFollowed) remember(followed, latest);
  followed.latest = latest;
  forgetApprovals(followed, offered);
  const change = changeBetween(before, next, signature);
  if (change !== undefined) emit(settings, followed, { type: "changed", ...change });
}

function originOf({
  entityId,
  from,
  signature,
  readAt,
  validUntil,
}: Parameters<typeof keySetOf>[1]) {
  return { entityId, from, signature, readAt, validUntil };
}

function isIn(keys: readonly HeldKey[], { sha256 }: HeldKey): boolean {
  return keys.some((key) => key.sha256 === sha256);
}

function offerOf({ keys, faultsOf, document, latest }: Proposal, trusted: readonly HeldKey[]) {
  const known = new Set(trusted.map(({ spki }) => spki));
  return {
    keys: keys.map((key) => ({
      sha256: key.sha256,
      faults: isIn(trusted, key) ? [] : faultsOf(key),
      isRenewed: known.has(key.spki) && !isIn(trusted, key),
    })),
    isVerified: latest.isVerified,
    document,
  };
}

function nextKeys(
  before: readonly HeldKey[],
  offered: readonly HeldKey[],
  decisions: readonly KeyDecision[],
): readonly HeldKey[] {
  const accepted = (change: KeyDecision["change"]): ReadonlySet<string> =>
    new Set(
      decisions
        .filter((one) => one.change === change && one.action === "accept")
        .map(({ sha256 }) => sha256),
    );
  const [added, removed] = [accepted("add"), accepted("remove")];
  const present = offered.filter((key) => isIn(before, key) || added.has(key.sha256));
  const kept = before.filter((key) => !isIn(offered, key) && !removed.has(key.sha256));
  return [...present, ...kept];
}

/** Throws if the policies refuse the document as a whole, or each of its keys. */
function checkRefused({ entityId, trusted }: Followed, decisions: readonly KeyDecision[]): void {
  const refused = decisions.filter(({ action }) => action === "refuse");
  const isWhole = refused.some(({ change }) => change === "remove");
  const isFirst = trusted === undefined && refused.length === decisions.length;
  if (!isWhole && !isFirst) return;
  const reasons = [...new Set(refused.flatMap(({ kinds }) => kinds))].join(", ");
  throw keysError("trusted_keys.refused", { entityId, reasons });
}

/** Tells each drift once, for as long as it lasts. */
function tell(
  settings: Settings,
  followed: Followed,
  decisions: readonly KeyDecision[],
  known: ReadonlyMap<string, HeldKey>,
  from: string,
): void {
  const isFirst = followed.trusted === undefined;
  const drifts = new Map<string, Drift>();
  for (const { sha256, kinds, action } of decisions) {
    const key = known.get(sha256);
    for (const kind of kinds) {
      // The keys of a first document are all new.
      if (key === undefined || (isFirst && kind === "unverified")) continue;
      const name = `${kind} ${action}`;
      const keys = [...(drifts.get(name)?.keys ?? []), summaryOf(key)];
      drifts.set(name, { kind, action, keys, from });
    }
  }
  const told = new Set<string>();
  for (const [name, drift] of drifts) {
    const id = `${name} ${setIdOf(drift.keys)}`;
    told.add(id);
    if (!followed.told.has(id)) emit(settings, followed, { type: "drift", ...drift });
  }
  if (told.size > 0 || followed.told.size > 0) followed.told = told;
}

/** Makes a document the one that later ones are compared with. */
function remember(followed: Followed, latest: Latest): void {
  const { reference, earlier } = followed;
  if (reference !== undefined && reference.setId !== latest.setId) {
    const others = earlier.filter((one) => one !== latest.setId && one !== reference.setId);
    followed.earlier = [...others, reference.setId].slice(-MAX_EARLIER);
  }
  followed.reference = latest;
}

/** An approval is for a document that has the key, or still lacks it. */
function forgetApprovals(followed: Followed, offered: readonly HeldKey[]): void {
  if (followed.approved.size === 0) return;
  const names = new Set(offered.map(({ sha256 }) => sha256));
  followed.approved = new Set([...followed.approved].filter((sha256) => names.has(sha256)));
}

function stagedOf(
  decisions: readonly KeyDecision[],
  known: ReadonlyMap<string, HeldKey>,
  before: readonly StagedKey[],
  now: number,
): readonly StagedKey[] {
  return decisions.flatMap(({ sha256, change, kinds, action }) => {
    const key = known.get(sha256);
    if (action !== "stage" || key === undefined) return [];
    const earlier = before.find((one) => one.sha256 === sha256 && one.change === change);
    const { since = isoTime(now), signIns = 0 } = earlier ?? {};
    return [{ ...summaryOf(key), change, reasons: kinds, since, signIns }];
  });
}

/** True if sign-ins can confirm a staged key. */
export function isConfirmable({ change, reasons }: StagedKey): boolean {
  return change === "add" && !reasons.some((kind) => PERSON_ONLY.has(kind));
}
