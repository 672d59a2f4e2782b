import type { SamlCertCode } from "../../core/codes/index.ts";
import type { ErrorJson } from "../../core/errors.ts";
import { RotationError } from "../../core/errors.ts";
import { isoTime } from "../../core/time.ts";
import type { Refusal } from "../plan/guards.ts";
import type { RotationPlan, RotationStep } from "../types.ts";
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
  /**
   * `awaiting_approval`: the provider has accepted the new certificate, and somebody must approve it
   * there before it is in force: do not switch the identity provider yet. `awaiting_switch`: old and new are stored, until there is evidence that the identity provider has
   * switched. `waiting`: the same, and the evidence is complete at `until` if nothing changes.
   */
  readonly status:
    | "completed"
    | "awaiting_approval"
    | "awaiting_switch"
    | "waiting"
    | "stopped"
    | "rolled_back";
  /** With status `waiting`: resume at or after this time, in unix seconds. */
  readonly until?: number | undefined;
  /**
   * While the rotation waits: the service provider may use its cache until then, in unix seconds. Do
   * not switch the identity provider earlier.
   */
  readonly switchAfter?: number | undefined;
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
  const { plan, ledger, position, doubt, until, finishedAt, undone: taken } = progress;
  const isWaiting = status === "waiting" || status === "awaiting_switch";
  const switchAfter = isWaiting ? finishedAt + plan.policy.cacheSeconds : undefined;
  return {
    planId: plan.id,
    status,
    ...(status === "waiting" && { until }),
    ...(isWaiting && { switchAfter }),
    steps: plan.steps.map(({ index, kind }) => ({
      index,
      kind,
      status:
        doubt?.step === index
          ? "in_doubt"
          : index < position && !taken.has(index)
            ? "finished"
            : "pending",
    })),
    stands: [...ledger.values()].map(({ id, sha256, certificate }) => ({
      ...(!isNameless(id) && { id }),
      sha256,
      ...(certificate && { subject: certificate.subject }),
    })),
    ...undone,
    next: next ?? nextAction(status, progress, switchAfter),
    requests,
  };
}

function nextAction(
  status: RotationResult["status"],
  { plan, until = 0, rollingBack }: Progress,
  switchAfter = 0,
): string {
  const back = rollingBack ? " back" : "";
  switch (status) {
    case "completed":
      return "Done: the stored certificates are the desired ones.";
    case "rolled_back":
      return "Done: the certificates that were stored before are stored again.";
    case "waiting":
      return `Switch the identity provider${back}, then resume on or after ${isoTime(until)}.`;
    case "awaiting_approval":
      return "Have the new certificate approved at the provider, then resume. Do not switch the identity provider yet.";
    case "awaiting_switch":
      return `Switch the identity provider${back} on or after ${isoTime(switchAfter)}. ${EVIDENCE[evidenceOf(plan)]}`;
    case "stopped":
      return "Resume with the same journal; finished steps are not repeated.";
  }
}

/** The end of a wait, by the kind of the evidence. */
const EVIDENCE: Readonly<Record<string, string>> = {
  confirmed: "Once people sign in with its certificate, confirm it with `retireSuperseded`.",
  unpublishedFor: "Resume from time to time: the metadata shows the switch.",
  signedWithNew: "Record sign-ins with `observeSignIn`, and resume from time to time.",
};

function evidenceOf({ policy: { retire } }: RotationPlan): string {
  const [kind = ""] = typeof retire === "string" ? [] : Object.keys(retire);
  return Object.hasOwn(EVIDENCE, kind) ? kind : "confirmed";
}
