import { setTimeout } from "node:timers/promises";
import type { StoredCertificate } from "../../providers/store.ts";
import { type Refusal, refusal } from "../plan/guards.ts";
import { short } from "../plan/refusals.ts";
import type { AddStep } from "../types.ts";
import { compare, type Difference, isNameless } from "./ledger.ts";
import type { RotationStoppedError } from "./report.ts";
import { guard, type Run, refused } from "./run.ts";
import { callOptions } from "./write.ts";

/** How often a run removes a copy before it blames another writer. */
const MOST_REMOVALS = 3;

/**
 * Reads the stored certificates, and again after each pause: a provider may show a write late, so a
 * difference is read again before another writer is blamed for it.
 */
export async function* readings(run: Run): AsyncGenerator<readonly StoredCertificate[]> {
  yield run.reading() ?? (await run.read());
  for (const milliseconds of run.rereadAfterMs) {
    await setTimeout(milliseconds, undefined, callOptions(run));
    yield await run.read();
  }
}

/**
 * Reads the stored certificates and stops unless they are the expected ones. If another run has added
 * an equal certificate at the same time, the copy with the later id goes. Both runs choose the same
 * one, so the other copy stays whatever their timing is.
 */
export async function requireUnchanged(run: Run): Promise<void> {
  let removals = 0;
  for (;;) {
    const difference = await lastDifference(run);
    if (!difference) return;
    const copies = copiesIn(run, difference);
    if (copies.length === 0 || removals === MOST_REMOVALS) {
      guard(run, [storeChanged(difference)]);
      return;
    }
    removals += 1;
    for (const copy of copies) await removeLater(run, copy);
  }
}

/** The error for another writer's change that no override accepts. */
export function stopForChange(run: Run, difference: Difference): RotationStoppedError {
  return refused(run, [storeChanged(difference)]);
}

/** The difference that stays; undefined once the store is as expected. */
async function lastDifference(run: Run): Promise<Difference | undefined> {
  let difference: Difference | undefined;
  for await (const listed of readings(run)) {
    const { ledger, plan } = run.progress();
    const outcome = compare(ledger, listed, plan);
    if ("agreed" in outcome) return undefined;
    difference = outcome.difference;
    // The run that added the later copy removes it at once, the other one only if nobody else does.
    const copies = copiesIn(run, difference);
    if (copies.length > 0 && copies.every(({ own, id }) => isLater(own, id))) break;
  }
  return difference;
}

/** A certificate that this run added, and the id of the equal one that another writer added. */
interface Copy {
  readonly step: AddStep;
  readonly own: string;
  readonly id: string;
}

/** The equal copies, if the store differs in nothing else. */
function copiesIn(run: Run, { missing, unexpected, changed }: Difference): readonly Copy[] {
  const { plan, ledger, position } = run.progress();
  const original = new Set(plan.before.map(({ id }) => id));
  const copies = unexpected.flatMap(({ id, sha256 }) => {
    const own = [...ledger.values()].find((item) => item.sha256 === sha256)?.id;
    const step = plan.steps.find(
      (one) => one.kind === "add" && one.sha256 === sha256 && one.index < position,
    );
    const isOurs = own !== undefined && !isNameless(own) && !original.has(own);
    return isOurs && step ? [{ step: step as AddStep, own, id }] : [];
  });
  const onlyCopies = missing.length + changed.length === 0 && copies.length === unexpected.length;
  return onlyCopies ? copies : [];
}

/** Ids that count up are compared as numbers. */
function isLater(own: string, other: string): boolean {
  const [a, b] = [Number(own), Number(other)];
  return Number.isNaN(a) || Number.isNaN(b) ? own > other : a > b;
}

async function removeLater(run: Run, { step, own, id }: Copy): Promise<void> {
  const isOwn = isLater(own, id);
  await run.request(() => run.store.remove(isOwn ? own : id, callOptions(run)));
  if (isOwn) await run.record({ type: "withdrawn", at: run.now(), step: step.index, id });
}

function storeChanged({ missing, unexpected, changed }: Difference): Refusal {
  const named = (items: Difference["missing"], verb: string) =>
    items.map(({ id, sha256 }) => `${isNameless(id) ? "" : `${id} `}(${short(sha256)}) ${verb}`);
  const list = [
    ...named(missing, "is gone"),
    ...named(unexpected, "is new"),
    ...named(changed, "was replaced"),
  ];
  const more = list.length > 5 ? ` and ${list.length - 5} more` : "";
  return refusal("guard.store_changed", { changes: `${list.slice(0, 5).join(", ")}${more}` });
}
