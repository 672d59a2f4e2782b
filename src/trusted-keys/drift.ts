import { type OptionKinds, oneOf } from "../core/options.ts";
import type { KeyFault } from "./key-faults.ts";

/**
 * - `accept`: follows the document.
 * - `stage`: waits for a person (`approve`), or for sign-ins (`confirmAfterSignIns`).
 * - `refuse`: keeps the keys as they are.
 */
export type DriftAction = "accept" | "stage" | "refuse";

/**
 * - `entity`: the document is of another entity.
 * - `signer`: no trusted key has signed the document.
 * - `replaced`: none of the trusted keys is in the document.
 * - `returned`: the document is older than the one before, or its keys are those of an earlier one.
 * - `unverified`: a new key is in a document whose signature was not verified.
 * - `exposed`, `weak`, `expired`: the key itself; see `KeyFault`.
 */
export type DriftKind = "entity" | "signer" | "replaced" | "returned" | "unverified" | KeyFault;

/** The action for each kind of drift; each has a default. */
export type DriftOptions = { readonly [Kind in DriftKind]?: DriftAction | undefined };
export type DriftPolicies = Readonly<Record<DriftKind, DriftAction>>;

/**
 * The defaults keep people signed in, and nobody else.
 *
 * - `replaced` and `unverified` are accepted: the document says whom the identity provider signs as,
 *   and who can change it can also add a key to the old one. To stage them would lock everybody
 *   out at an emergency replacement, and would keep a stolen key trusted.
 * - `returned` waits, because a stale copy of a cache looks like that, and would withdraw the key in
 *   use or bring a withdrawn one back.
 * - `weak` waits: a new key that is weaker than the old one is a mistake or an attack.
 * - `expired` is accepted: in metadata only the key counts (Metadata IOP, 2.6.1).
 */
export const DRIFT_DEFAULTS: DriftPolicies = {
  entity: "refuse",
  signer: "refuse",
  replaced: "accept",
  returned: "stage",
  unverified: "accept",
  exposed: "refuse",
  weak: "stage",
  expired: "accept",
};

const ACTION = oneOf("accept", "stage", "refuse");

export const DRIFT_KINDS = Object.fromEntries(
  Object.keys(DRIFT_DEFAULTS).map((kind) => [kind, ACTION]),
) as OptionKinds<DriftOptions>;

/** Sign-ins prove that somebody has the private key, not who: here only a person decides. */
export const PERSON_ONLY: ReadonlySet<DriftKind> = new Set(["entity", "signer"]);

/** A key that a document offers. */
export interface OfferedKey {
  readonly sha256: string;
  readonly faults: readonly KeyFault[];
  /** A trusted certificate has the same key, so that nobody else can sign in. */
  readonly isRenewed: boolean;
}

/** The facts about a document besides its keys. */
export interface Offer {
  readonly keys: readonly OfferedKey[];
  readonly isVerified: boolean;
  /** Drift of the document as a whole. */
  readonly document: readonly DriftKind[];
}

/** One key that a document adds or removes. */
export interface KeyDecision {
  readonly sha256: string;
  readonly change: "add" | "remove";
  readonly kinds: readonly DriftKind[];
  readonly action: DriftAction;
}

const STRICTNESS: readonly DriftAction[] = ["accept", "stage", "refuse"];

/** Decides about each key that a document adds to the trusted ones, or removes from them. */
export function decide(
  trusted: readonly string[],
  offer: Offer,
  approved: ReadonlySet<string>,
  policies: DriftPolicies,
): readonly KeyDecision[] {
  const isFirst = trusted.length === 0;
  const offered = new Set(offer.keys.map(({ sha256 }) => sha256));
  const known = new Set(trusted);
  const stays =
    offer.keys.some(({ isRenewed }) => isRenewed) || trusted.some((sha256) => offered.has(sha256));
  const isReplaced = !isFirst && !stays;
  const ofDocument: readonly DriftKind[] = [
    ...offer.document,
    ...(isReplaced ? (["replaced"] as const) : []),
  ];
  const decision = (
    sha256: string,
    change: KeyDecision["change"],
    kinds: readonly DriftKind[],
  ): KeyDecision => {
    const actions = kinds.map((kind) => {
      // The first document has nothing to be compared with, and staging it would let nobody in.
      const action = policies[kind];
      return isFirst && action === "stage" && !PERSON_ONLY.has(kind) ? "accept" : action;
    });
    const strictest = STRICTNESS[Math.max(0, ...actions.map((one) => STRICTNESS.indexOf(one)))];
    const action = strictest === "stage" && approved.has(sha256) ? "accept" : strictest;
    return { sha256, change, kinds, action: action ?? "refuse" };
  };
  const unverified = offer.isVerified ? [] : (["unverified"] as const);
  const added = offer.keys
    .filter(({ sha256 }) => !known.has(sha256))
    .map(({ sha256, faults, isRenewed }) =>
      decision(sha256, "add", isRenewed ? [] : [...ofDocument, ...unverified, ...faults]),
    );
  const isFollowed = stays || added.some(({ action }) => action === "accept");
  const removed = trusted
    .filter((sha256) => !offered.has(sha256))
    .map((sha256) => decision(sha256, "remove", ofDocument))
    // The last key is never removed before its successor is trusted.
    .map((one) =>
      isFollowed || one.action !== "accept" ? one : { ...one, action: "stage" as const },
    );
  return [...added, ...removed];
}
