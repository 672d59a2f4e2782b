import { isSamlCertError } from "../../core/errors.ts";
import type {
  AddStep,
  EnableStep,
  ReplaceStep,
  RetireStep,
  RotationPlan,
  RotationStep,
  WaitStep,
} from "../types.ts";
import { requireOutOfUse } from "./evidence.ts";
import { gateOf } from "./gate.ts";
import { remove } from "./remove.ts";
import type { Run } from "./run.ts";
import { requireUsableAfter, standing } from "./standing.ts";
import { requireUnchanged, stopForChange } from "./unchanged.ts";
import { verify } from "./verify.ts";
import { certificateOf, writeOptions } from "./write.ts";

/** The outcome of a step. */
export interface Outcome {
  /** The provider's id of what was added. */
  readonly id?: string | undefined;
  /** True if the step was already done. */
  readonly adopted?: true | undefined;
  /**
   * The step cannot finish yet; not before `until`, in unix seconds, if that is known. With
   * `approval`, somebody must first approve a certificate at the provider.
   */
  readonly waiting?:
    | { readonly until?: number | undefined; readonly approval?: true | undefined }
    | undefined;
}

type Handlers = {
  readonly [Kind in RotationStep["kind"]]: (
    run: Run,
    step: Extract<RotationStep, { kind: Kind }>,
  ) => Promise<Outcome>;
};

const handlers: Handlers = { check, add, enable, replace, verify, wait, retire };

/** Does one step. Throws the error that stops the run. */
export function perform(run: Run, step: RotationStep): Promise<Outcome> {
  // The table and the step agree on the kind, which the compiler cannot see.
  return (handlers[step.kind] as (run: Run, step: RotationStep) => Promise<Outcome>)(run, step);
}

async function check(run: Run): Promise<Outcome> {
  await requireUnchanged(run);
  return {};
}

async function add(run: Run, step: AddStep): Promise<Outcome> {
  const stored = standing(run).find(({ sha256 }) => sha256 === step.sha256);
  if (stored) return { id: stored.id, adopted: true };
  const certificate = certificateOf(run, step.sha256);
  return await written(() =>
    run.request(() => run.store.add(certificate, writeOptions(run, "add"))),
  );
}

async function enable(run: Run, step: EnableStep): Promise<Outcome> {
  const certificate = certificateOf(run, step.sha256);
  await written(() =>
    run.request(() => run.store.replace(step.id, certificate, writeOptions(run, "overwrite"))),
  );
  return {};
}

async function replace(run: Run, step: ReplaceStep): Promise<Outcome> {
  await requireOutOfUse(run, step.id);
  const successor = run.progress().plan.desired.find(({ sha256 }) => sha256 === step.sha256);
  requireUsableAfter(run, step.id, successor);
  const certificate = certificateOf(run, step.sha256);
  return await written(() =>
    run.request(() => run.store.replace(step.id, certificate, writeOptions(run, "overwrite"))),
  );
}

/** A write with a wrong echo has happened all the same: the verify step undoes it. */
async function written(write: () => Promise<{ readonly id: string }>): Promise<Outcome> {
  try {
    return { id: (await write()).id };
  } catch (error) {
    const id = isSamlCertError(error, "provider.echo_mismatch") && resourceOf(error);
    if (id) return { id };
    throw error;
  }
}

function resourceOf(error: object): string | undefined {
  const id = (error as { readonly resourceId?: unknown }).resourceId;
  return typeof id === "string" && id !== "" ? id : undefined;
}

async function retire(run: Run, step: RetireStep): Promise<Outcome> {
  const item = standing(run).find(({ id }) => id === step.id);
  if (!item) return { adopted: true };
  if (item.sha256 !== step.sha256) {
    // No override: the plan decided to retire another certificate.
    throw stopForChange(run, { missing: [], unexpected: [], changed: [item] });
  }
  await requireOutOfUse(run, step.id);
  requireUsableAfter(run, step.id);
  await remove(run, step.id);
  return {};
}

async function wait(run: Run, step: WaitStep): Promise<Outcome> {
  const { plan, finishedAt, evidence } = run.progress();
  const leaving = retired(plan);
  const { notBefore = 0 } = step;
  const gate = await gateOf(run, step.retire, {
    leaving,
    arriving: new Set(plan.desired.map(({ sha256 }) => sha256)),
    since: Math.max(finishedAt, notBefore),
  });
  if (gate === "closed") return { waiting: {} };
  const until = gate === "open" ? notBefore : Math.max(gate, notBefore);
  const isOver = evidence.confirmedAt !== undefined || run.now() >= until;
  return isOver && gate === "open" ? {} : { waiting: { until } };
}

/** SHA-256 of the certificates that a plan retires. */
function retired({ steps }: RotationPlan): ReadonlySet<string> {
  return new Set(steps.flatMap((step) => (step.kind === "retire" ? [step.sha256] : [])));
}
