import type { ConnectionState } from "./types.ts";

/** The words of a state, and its urgency. */
export interface StateWords {
  /** One short clause, such as for a tooltip or a legend. */
  readonly meaning: string;
  /** `bad`: sign-in fails, or may fail unnoticed. `soon`: it fails later. `wait`: in progress. */
  readonly urgency: "bad" | "soon" | "wait" | "good";
}

/** Every state, from the worst to the best. */
export const connectionStates: Readonly<Record<ConnectionState, StateWords>> = {
  down: { meaning: "No certificate is valid", urgency: "bad" },
  missing: { meaning: "The published certificate is not stored", urgency: "bad" },
  unverified: { meaning: "The metadata is not accepted", urgency: "bad" },
  unreadable: { meaning: "The source has no certificate or metadata", urgency: "bad" },
  unreachable: { meaning: "The source did not answer", urgency: "bad" },
  stale: { meaning: "The keys are from an earlier read", urgency: "soon" },
  expiring: { meaning: "The last valid certificate ends soon", urgency: "soon" },
  retirement_due: { meaning: "The old certificate can be retired", urgency: "soon" },
  switched: { meaning: "The identity provider has switched", urgency: "soon" },
  unconfirmed: { meaning: "A new key waits to be confirmed", urgency: "soon" },
  next_missing: { meaning: "The next certificate is published, but not stored", urgency: "soon" },
  awaiting_approval: { meaning: "The next certificate awaits approval", urgency: "soon" },
  awaiting_switch: { meaning: "The next certificate is in place", urgency: "wait" },
  active: { meaning: "In order", urgency: "good" },
};

const ORDER = Object.keys(connectionStates);

/** Orders connections by urgency: the worst state first, then the fewest days left. */
export function byUrgency(
  a: { readonly state: string; readonly daysLeft?: number | undefined },
  b: { readonly state: string; readonly daysLeft?: number | undefined },
): number {
  const states = ORDER.indexOf(a.state) - ORDER.indexOf(b.state);
  if (states !== 0) return states;
  const [left, right] = [a.daysLeft ?? Number.MAX_VALUE, b.daysLeft ?? Number.MAX_VALUE];
  return left - right;
}
