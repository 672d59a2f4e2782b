import { parseCertificate } from "../../certificates/index.ts";
import type { Certificate } from "../../certificates/types.ts";
import { isSamlCertError } from "../../core/errors.ts";
import type { StoreWriteOptions } from "../../providers/store.ts";
import { refusal } from "../plan/guards.ts";
import { short } from "../plan/refusals.ts";
import type {
  AddStep,
  EnableStep,
  ReplaceStep,
  RetireStep,
  RotationStep,
  WaitStep,
} from "../types.ts";
import { guard, type Run, requireUnchanged, stopForChange } from "./run.ts";
import { requireUsableAfter, standing } from "./standing.ts";
import { verify } from "./verify.ts";

/** The outcome of a step. */
export interface Outcome {
  /** The provider's id of what was added. */
  readonly id?: string | undefined;
  /** True if the step was already done. */
  readonly adopted?: true | undefined;
  /** The step cannot finish before this time, in unix seconds. */
  readonly until?: number | undefined;
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
  return await written(() => run.request(() => run.store.add(certificate, writeOptions(run))));
}

async function enable(run: Run, step: EnableStep): Promise<Outcome> {
  const certificate = certificateOf(run, step.sha256);
  await written(() =>
    run.request(() => run.store.replace(step.id, certificate, writeOptions(run))),
  );
  return {};
}

async function replace(run: Run, step: ReplaceStep): Promise<Outcome> {
  requireUsableAfter(run, step.id, step.sha256);
  const certificate = certificateOf(run, step.sha256);
  await written(() =>
    run.request(() => run.store.replace(step.id, certificate, writeOptions(run))),
  );
  return {};
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
  requireNotPublished(run, step.sha256);
  requireUsableAfter(run, step.id);
  const options = run.signal ? { signal: run.signal } : {};
  await run.request(() => run.store.remove(step.id, options));
  return {};
}

async function wait(run: Run, step: WaitStep): Promise<Outcome> {
  const due = Math.max(run.progress().finishedAt + step.seconds, step.notBefore ?? 0);
  return run.now() < due ? { until: due } : {};
}

function requireNotPublished(run: Run, sha256: string): void {
  if (!run.published.has(sha256)) return;
  guard(run, [refusal("guard.still_published", { certificate: short(sha256) }, sha256)]);
}

function certificateOf(run: Run, sha256: string): Certificate {
  const { desired } = run.progress().plan;
  const planned = desired.find((item) => item.sha256 === sha256);
  // Cannot happen: a plan is checked to be intact before its first step.
  if (!planned) throw new RangeError(`The plan has no certificate ${short(sha256)}.`);
  return parseCertificate(planned.pem);
}

function writeOptions(run: Run): StoreWriteOptions {
  const { enabled } = run.progress().plan.policy;
  const known = run.known();
  return {
    ...(enabled !== undefined && { enabled }),
    ...(known && { known }),
    ...(run.signal && { signal: run.signal }),
  };
}
