import { parseCertificate } from "../certificates/index.ts";
import type { Certificate } from "../certificates/types.ts";
import { isoTime } from "../core/time.ts";
import { refusal } from "./guards.ts";
import { short } from "./refusals.ts";
import { guard, type Run, requireUnchanged, stopForChange } from "./run.ts";
import type {
  AddStep,
  EnableStep,
  ReplaceStep,
  RetireStep,
  RotationStep,
  StoredSnapshot,
  WaitStep,
} from "./types.ts";
import { maybeUsable, storedSnapshot, usable } from "./usable.ts";
import { verify } from "./verify.ts";

/** What a step gave. */
export interface Outcome {
  /** The provider's id of what was added. */
  readonly id?: string | undefined;
  /** It was done already. */
  readonly adopted?: true | undefined;
  /** It cannot be finished before this time, in unix seconds. */
  readonly until?: number | undefined;
}

type Handlers = {
  readonly [Kind in RotationStep["kind"]]: (
    run: Run,
    step: Extract<RotationStep, { kind: Kind }>,
  ) => Promise<Outcome>;
};

const handlers: Handlers = { check, add, enable, replace, verify, wait, retire };

/** Does one step. Throws what stops the run. */
export function perform(run: Run, step: RotationStep): Promise<Outcome> {
  // The table and the step agree on the kind, which the compiler cannot see.
  return (handlers[step.kind] as (run: Run, step: RotationStep) => Promise<Outcome>)(run, step);
}

async function check(run: Run): Promise<Outcome> {
  await requireUnchanged(run, run.reading() ?? (await run.read()));
  return {};
}

async function add(run: Run, step: AddStep): Promise<Outcome> {
  const stored = standing(run).find(({ sha256 }) => sha256 === step.sha256);
  if (stored) return { id: stored.id, adopted: true };
  const known = run.reading();
  const options = { ...writeOptions(run), ...(known && { known }) };
  const echo = await run.request(() => run.store.add(certificateOf(run, step.sha256), options));
  return { id: echo.id };
}

async function enable(run: Run, step: EnableStep): Promise<Outcome> {
  const certificate = certificateOf(run, step.sha256);
  await run.request(() => run.store.replace(step.id, certificate, writeOptions(run)));
  return {};
}

async function replace(run: Run, step: ReplaceStep): Promise<Outcome> {
  requireUsableAfter(run, step.id, step.sha256);
  const certificate = certificateOf(run, step.sha256);
  await run.request(() => run.store.replace(step.id, certificate, writeOptions(run)));
  return {};
}

async function retire(run: Run, step: RetireStep): Promise<Outcome> {
  const item = standing(run).find(({ id }) => id === step.id);
  if (!item) return { adopted: true };
  if (item.sha256 !== step.sha256) {
    // Never set aside: it is not what the plan decided to retire.
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
  return run.clock() < due ? { until: due } : {};
}

/** What is stored: as last read, otherwise as it ought to be. */
function standing(run: Run): readonly StoredSnapshot[] {
  return run.reading()?.map(storedSnapshot) ?? [...run.progress().ledger.values()];
}

/** Whatever the plan thought: right now, something usable has to be left. */
function requireUsableAfter(run: Run, id: string, successor?: string): void {
  const { plan } = run.progress();
  const honours = plan.capabilities.honoursExpiry;
  const now = run.clock();
  const all = standing(run);
  const item = all.find((other) => other.id === id);
  if (!item || !maybeUsable(item, now, honours)) return;
  const certificate = plan.desired.find(({ sha256 }) => sha256 === successor);
  const rest = all.filter((other) => other.id !== id);
  if (certificate) rest.push({ id, sha256: certificate.sha256, certificate });
  if (rest.some((other) => usable(other, now, honours))) return;
  const message = `Without ${short(item.sha256)} no certificate would be valid on ${isoTime(now)}.`;
  guard(run, [refusal("guard.last_usable_certificate", message, item.sha256)]);
}

function requireNotPublished(run: Run, sha256: string): void {
  if (!run.published.has(sha256)) return;
  const message = `The identity provider still publishes ${short(sha256)}.`;
  guard(run, [refusal("guard.still_published", message, sha256)]);
}

function certificateOf(run: Run, sha256: string): Certificate {
  const { desired } = run.progress().plan;
  const planned = desired.find((item) => item.sha256 === sha256);
  // A plan is checked to be what `planRotation` made before anything of it is done.
  if (!planned) throw new RangeError(`The plan has no certificate ${short(sha256)}.`);
  return parseCertificate(planned.pem);
}

function writeOptions(run: Run): { readonly enabled?: boolean; readonly signal?: AbortSignal } {
  const { enabled } = run.progress().plan.policy;
  return {
    ...(enabled !== undefined && { enabled }),
    ...(run.signal && { signal: run.signal }),
  };
}
