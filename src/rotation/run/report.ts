import type { SamlCertCode } from "../../core/codes/index.ts";
import type { ErrorJson } from "../../core/errors.ts";
import { RotationError } from "../../core/errors.ts";
import { isoTime } from "../../core/time.ts";
import type { Refusal } from "../plan/guards.ts";
import type { RotationStep } from "../types.ts";
import { isNameless } from "./ledger.ts";
import type { Progress } from "./replay.ts";

/** The state of one step. */
export interface StepReport {
  readonly index: number;
  readonly kind: RotationStep["kind"];
  readonly status: "finished" | "in_doubt" | "pending";
}

/** The end of a run: the stored certificates, the undone steps, and the next action. Plain JSON. */
export interface RotationResult {
  readonly planId: string;
  readonly status: "completed" | "waiting" | "stopped" | "rolled_back";
  /** With status `waiting`: resume at or after this time, in unix seconds. */
  readonly until?: number | undefined;
  readonly steps: readonly StepReport[];
  /** The stored certificates, as far as the run knows. */
  readonly stands: readonly {
    /** Absent if the provider's answer was lost. */
    readonly id?: string | undefined;
    readonly sha256: string;
    readonly subject?: string | undefined;
  }[];
  readonly rolledBack: readonly string[];
  readonly notRolledBack: readonly string[];
  readonly next: string;
  /** Calls to the store in this run. */
  readonly requests: number;
}

/** The steps that a run has undone, and those that it could not undo. */
export interface Undone {
  readonly rolledBack: readonly string[];
  readonly notRolledBack: readonly string[];
}

/** A run stopped early. `report` says what is stored and what to do next. */
export class RotationStoppedError extends RotationError {
  override name = "RotationStoppedError";
  readonly report: RotationResult;
  /** The guards that stopped the run, if any. */
  readonly refusals: readonly Refusal[];

  constructor(
    code: SamlCertCode,
    message: string,
    details: {
      readonly hint: string;
      readonly cause?: unknown;
      readonly report: RotationResult;
      readonly refusals?: readonly Refusal[];
    },
  ) {
    super(code, message, details);
    this.report = details.report;
    this.refusals = details.refusals ?? [];
  }

  override toJSON(): ErrorJson {
    return { ...super.toJSON(), refusals: this.refusals, report: this.report };
  }
}

/** Reports how far a run has come. */
export function report(
  progress: Progress,
  status: RotationResult["status"],
  requests: number,
  undone: Undone = { rolledBack: [], notRolledBack: [] },
  next?: string,
): RotationResult {
  const { plan, ledger, position, doubt, until } = progress;
  const waiting = status === "waiting" && until !== undefined;
  return {
    planId: plan.id,
    status,
    ...(waiting && { until }),
    steps: plan.steps.map(({ index, kind }) => ({
      index,
      kind,
      status: doubt?.step === index ? "in_doubt" : index < position ? "finished" : "pending",
    })),
    stands: [...ledger.values()].map(({ id, sha256, certificate }) => ({
      ...(!isNameless(id) && { id }),
      sha256,
      ...(certificate && { subject: certificate.subject }),
    })),
    ...undone,
    next: next ?? whatNext(status, until),
    requests,
  };
}

function whatNext(status: RotationResult["status"], until: number | undefined): string {
  if (status === "completed") return "Done: the stored certificates are the desired ones.";
  if (status === "rolled_back")
    return "Done: the certificates that were stored before are stored again.";
  if (status === "waiting") {
    return `Let the identity provider switch, then resume on or after ${isoTime(until ?? 0)}.`;
  }
  return "Resume with the same journal; finished steps are not repeated.";
}
