import { isObject, isText, need } from "../../core/argument.ts";
import { type Instant, unixSeconds } from "../../core/time.ts";
import type { Progress } from "../run/replay.ts";

/** The state of a rotation, by its journal. Plain JSON; times are unix seconds. */
export interface RotationSummary {
  readonly planId: string;
  readonly provider: string;
  readonly integrationId: string;
  readonly createdAt: number;
  /** The time of the last record. */
  readonly at: number;
  /**
   * `running`: in progress, or interrupted. `stopped`: an error or a guard ended the last run.
   * `awaiting_approval`: an added certificate awaits somebody's approval at the provider.
   * `damaged`: the journal cannot be read.
   */
  readonly status:
    | "running"
    | "stopped"
    | "awaiting_approval"
    | "awaiting_switch"
    | "waiting"
    | "completed"
    | "rolling_back"
    | "rolled_back"
    | "damaged";
  /** The time that it waits for. */
  readonly until?: number | undefined;
  /** The certificates that it retires. */
  readonly superseded: readonly {
    readonly sha256: string;
    readonly subject?: string | undefined;
  }[];
  /** The error that stopped the last run. */
  readonly failure?: { readonly code: string; readonly message: string } | undefined;
}

export function summaryOf(progress: Progress): RotationSummary {
  const { plan, until, lastAt, failure } = progress;
  const superseded = plan.steps.flatMap((step) => (step.kind === "retire" ? [step] : []));
  const subjects = new Map(plan.before.map(({ id, certificate }) => [id, certificate?.subject]));
  return {
    planId: plan.id,
    provider: plan.provider ?? "",
    integrationId: plan.integrationId ?? "",
    createdAt: plan.createdAt,
    at: lastAt,
    status: statusOf(progress),
    ...(until !== undefined && { until }),
    superseded: superseded.map(({ id, sha256 }) => {
      const subject = subjects.get(id);
      return subject === undefined ? { sha256 } : { sha256, subject };
    }),
    ...(failure && { failure }),
  };
}

function statusOf(progress: Progress): RotationSummary["status"] {
  const { plan, position, rolledBack, rollingBack, completed, failure, doubt, until } = progress;
  if (rolledBack) return "rolled_back";
  if (rollingBack) return "rolling_back";
  if (completed) return "completed";
  if (failure) return "stopped";
  if (progress.approval) return "awaiting_approval";
  if (plan.steps[position]?.kind !== "wait" || doubt?.step !== position) return "running";
  return until === undefined ? "awaiting_switch" : "waiting";
}

function isSummary(value: RotationSummary): boolean {
  return isObject(value) && isText(value.status);
}

/**
 * The rotations for which `resumeRotation` may have something to do now: those that were interrupted,
 * whose time has come, or whose evidence may have arrived. A rotation that awaits a person's word, or
 * that a guard stopped, is not among them.
 *
 * @example
 * ```ts
 * import { rotationJournals, rotationsDue } from "samlcert/rotation";
 *
 * const rotations = await rotationJournals(".samlcert").list();
 * for (const { path } of rotationsDue(rotations, new Date())) console.log(path);
 * ```
 */
export function rotationsDue<Rotation extends RotationSummary>(
  rotations: readonly Rotation[],
  now: Instant,
): readonly Rotation[] {
  const seconds = unixSeconds(now);
  need(
    () => rotations.every(isSummary),
    "rotations",
    "a list, as rotationJournals(...).list() gives it",
  );
  return rotations.filter(({ status, until, failure }) => {
    if (status === "waiting") return (until ?? 0) <= seconds;
    if (status === "stopped") return failure?.code.startsWith("guard.") !== true;
    return status === "running" || status === "awaiting_approval";
  });
}
