import { type Instant, unixSeconds } from "../../core/time.ts";
import { needState } from "./document.ts";
import { missingReaders } from "./evidence.ts";
import { situationOf } from "./situation.ts";
import type { RolloverState, RolloverUse } from "./types.ts";

/** A step of a rollover. */
export interface RolloverStep {
  readonly kind: "announce" | "use_next" | "retire";
  /**
   * `due` can be done now; `waiting` lacks evidence or is in flight; `later` follows a step that is not
   * done.
   */
  readonly status: "done" | "due" | "waiting" | "later";
  /** The key of the step, as far as it is known. */
  readonly spkiSha256?: string | undefined;
  /** Unix seconds at which it was done. */
  readonly doneAt?: number | undefined;
  /** Unix seconds before which messages with the former key can be in flight. */
  readonly notBefore?: number | undefined;
  /** The identity providers that must have read the metadata first. */
  readonly waitsFor: readonly string[];
}

/** The steps of the rollover of one purpose, in their order. */
export interface RolloverPlan {
  readonly use: RolloverUse;
  readonly steps: readonly RolloverStep[];
}

/**
 * The steps of the rollovers of a service: one plan for each purpose that it has a key for. Pure.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { parseRollover, planKeyRollover } from "samlcert/keys";
 *
 * function dueSteps(file: string) {
 *   const plans = planKeyRollover(parseRollover(readFileSync(file, "utf8")), new Date());
 *   return plans.flatMap(({ steps }) => steps.filter(({ status }) => status === "due"));
 * }
 * console.log(typeof dueSteps);
 * ```
 */
export function planKeyRollover(state: RolloverState, now: Instant): readonly RolloverPlan[] {
  needState(state);
  const at = unixSeconds(now);
  return (["signing", "encryption"] as const)
    .filter((use) => situationOf(state, use, at).current !== undefined)
    .map((use) => ({ use, steps: stepsOf(state, use, at) }));
}

function stepsOf(state: RolloverState, use: RolloverUse, now: number): readonly RolloverStep[] {
  const { next, current, old } = situationOf(state, use, now);
  const [former] = old;
  const idle = next === undefined && former === undefined;
  const later = { status: "later", waitsFor: [] } as const;
  if (idle) {
    return [
      { kind: "announce", status: "due", waitsFor: [] },
      { kind: "use_next", ...later },
      { kind: "retire", spkiSha256: current?.key.spkiSha256, ...later },
    ];
  }
  if (former === undefined) {
    const waitsFor = missingReaders(state, { use, step: "use_next" }, now);
    return [
      {
        kind: "announce",
        status: "done",
        doneAt: next?.announcedAt,
        spkiSha256: next?.key.spkiSha256,
        waitsFor: [],
      },
      {
        kind: "use_next",
        status: statusOf(waitsFor, true),
        spkiSha256: next?.key.spkiSha256,
        waitsFor,
      },
      { kind: "retire", spkiSha256: current?.key.spkiSha256, ...later },
    ];
  }
  const waitsFor = missingReaders(state, { use, step: "retire" }, now);
  const notBefore = (former.succeededAt ?? now) + state.policy.inFlightSeconds;
  const spkiSha256 = current?.key.spkiSha256;
  return [
    { kind: "announce", status: "done", doneAt: current?.announcedAt, spkiSha256, waitsFor: [] },
    { kind: "use_next", status: "done", doneAt: current?.currentAt, spkiSha256, waitsFor: [] },
    {
      ...{ kind: "retire", status: statusOf(waitsFor, now >= notBefore) },
      ...{ spkiSha256: former.key.spkiSha256, notBefore, waitsFor },
    },
  ];
}

function statusOf(waitsFor: readonly string[], isPast: boolean): "due" | "waiting" {
  return waitsFor.length === 0 && isPast ? "due" : "waiting";
}
