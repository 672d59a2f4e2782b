import { canonicalJson } from "../plan/canonical.ts";
import type { RotationPlan } from "../types.ts";
import type { RotationSummary } from "./summary.ts";

/** A sign-in changes nothing in a rotation that is over. */
export const OVER: readonly RotationSummary["status"][] = ["completed", "rolled_back", "damaged"];

/** True if a plan is to go on with an earlier rotation instead of starting a new one. */
export function continues(
  { status, failure }: RotationSummary,
  earlier: RotationPlan,
  plan: RotationPlan,
): boolean {
  if (earlier.id === plan.id) return true;
  const isOver = status === "completed" || status.startsWith("roll") || status === "damaged";
  // After another writer's change only a new plan can go on.
  return !isOver && failure?.code !== "guard.store_changed" && goalOf(earlier) === goalOf(plan);
}

/** Equal for two plans that want the same certificates on the same terms. */
function goalOf({ desired, policy, source }: RotationPlan): string {
  const names = desired.map(({ sha256 }) => sha256).sort();
  return canonicalJson({ names, policy, source });
}
