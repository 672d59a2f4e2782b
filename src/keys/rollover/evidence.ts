import { readersOf, situationOf } from "./situation.ts";
import type { RolloverState, RolloverUse } from "./types.ts";

/** A step that needs evidence. */
export interface EvidencedStep {
  readonly use: RolloverUse;
  readonly step: "use_next" | "retire";
}

/**
 * The identity providers that have not yet shown what a step needs:
 *
 * - before a key signs, everybody has read metadata that contains it;
 * - before a former encryption key is retired, everybody has read metadata without it. So has everybody
 *   before a former signing key is retired, which is no longer used: they have read the next one;
 * - an encryption key becomes the current one without any evidence, because both keys decrypt.
 */
export function missingReaders(
  state: RolloverState,
  { use, step }: EvidencedStep,
  now: number,
): readonly string[] {
  const { next, current, old } = situationOf(state, use, now);
  const wanted = (step === "use_next" ? next : current)?.key.spkiSha256;
  if (wanted === undefined || (use === "encryption" && step === "use_next")) return [];
  const unwanted = use === "encryption" ? old.map(({ key }) => key.spkiSha256) : [];
  const readers = readersOf(state, now, (event) => {
    const keys = event[use];
    return keys.includes(wanted) && !unwanted.some((key) => keys.includes(key));
  });
  return state.identityProviders
    .map(({ entityId }) => entityId)
    .filter((entityId) => !readers.has(entityId));
}
