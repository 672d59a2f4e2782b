import { isSamlCertError } from "../../core/errors.ts";
import type { CertificateStore } from "../../providers/store.ts";
import {
  desiredFromMetadata,
  executeRotation,
  planRotation,
  type RotationPlan,
  type RotationPolicy,
  type RotationResult,
  retireSuperseded,
} from "../../rotation/index.ts";
import { canonicalJson, sha256Hex } from "../../rotation/plan/canonical.ts";
import { createMetadataSource } from "../../trusted-keys/index.ts";
import type { Database } from "../database.ts";
import { postgresError } from "../error.ts";
import { journalForPlan, type PlanJournal } from "../journals.ts";
import { begin, type Claim, type Outcome } from "./claim.ts";
import { jittered } from "./jitter.ts";
import type { FleetSource, Settings } from "./options.ts";
import type { StallWatch } from "./stall.ts";

/** The work on one tenant. */
export interface Task {
  readonly settings: Settings;
  readonly database: Database;
  readonly claim: Claim;
  readonly worker: string;
  readonly signal: AbortSignal;
  readonly watch: StallWatch;
  /** The present. */
  readonly clock: () => Date;
  /** Keeps the journal that is open, to take it from work that hangs. */
  readonly onJournal: (journal: PlanJournal["journal"]) => void;
}

type End = Omit<Outcome, "attempts">;

/** Looks at one tenant: plans, and executes or continues a rotation. Throws if it fails. */
export async function look(task: Task): Promise<End> {
  const { settings, claim, signal, watch, clock } = task;
  const { tenant } = claim;
  const given = await called("storeOf", () => settings.storeOf(tenant, { signal }));
  if (!given) throw postgresError("fleet.no_store");
  const store = watched(given, watch);
  const source = await called("sourceOf", () => settings.sourceOf(tenant, { signal }));
  if (!source) throw postgresError("fleet.no_source");
  watch.alive();
  const policy = await called("policy", () => policyOf(settings, tenant));
  const desired = await desiredOf(source, policy, task);
  watch.alive();
  const stored = await store.list({ signal });
  const { certificates: _, ...evidence } = source;
  const plan = planRotation({
    desired,
    stored,
    policy,
    target: store,
    now: clock(),
    ...(source.certificates === undefined && { source: evidence }),
  });
  const { provider, integrationId, origin = "" } = store;
  const place = { provider, integrationId };
  const { leaseSeconds } = settings;
  const options = { leaseSeconds: Math.ceil(leaseSeconds), holder: task.worker };
  const opened = await journalForPlan(task.database, plan, options, origin);
  const goesOn = opened.continued !== undefined && !opened.continued.completed;
  if (!goesOn) {
    if (plan.steps.length === 0 && plan.refusals.length === 0)
      return { ...place, ...upToDate(task) };
    if (plan.refusals.length > 0) return { ...place, ...refusedPlan(task, plan) };
    const held = await holdOf(task, plan);
    if (held) return { ...place, ...held };
    if (!(await begin(task.database, claim, task.worker))) throw postgresError("fleet.lease_lost");
  }
  task.onJournal(opened.journal);
  const result = await execute(task, opened, store);
  return { ...place, rotation: opened.journal.rotation(), ...ended(task, result, opened.plan) };
}

function policyOf({ policy }: Settings, tenant: string): RotationPolicy | undefined {
  return typeof policy === "function" ? policy(tenant) : policy;
}

async function desiredOf(source: FleetSource, policy: RotationPolicy | undefined, task: Task) {
  if (source.certificates !== undefined) return source.certificates;
  const { url, file, entityId, trust, allowPrivateAddresses = false } = source;
  const place = url === undefined ? { file } : { url, allowPrivateAddresses };
  const metadata = await called("sourceOf", () => createMetadataSource(place));
  const { bytes } = await metadata.read({ signal: task.signal });
  const { certificates } = await desiredFromMetadata(bytes, {
    now: task.clock(),
    ...(entityId !== undefined && { entityId }),
    ...(trust && { trust: { certificates: trust } }),
    ...(policy?.overrides && { overrides: policy.overrides }),
  });
  return certificates;
}

/** Calls a function of the program. The message of its error may contain a secret. */
async function called<T>(callback: string, call: () => T | Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isSamlCertError(error)) throw error;
    const reason = error instanceof Error ? error.name : "a non-Error value";
    throw Object.assign(postgresError("fleet.callback_failed", { callback, reason }), {
      cause: error,
    });
  }
}

/** A store whose answers are signs of life. */
function watched(store: CertificateStore, { alive }: StallWatch): CertificateStore {
  const { provider, integrationId, origin, capabilities } = store;
  const seen = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } finally {
      alive();
    }
  };
  return {
    ...{ provider, integrationId, capabilities },
    ...(origin !== undefined && { origin }),
    list: (options) => seen(store.list(options)),
    add: (certificate, options) => seen(store.add(certificate, options)),
    replace: (id, certificate, options) => seen(store.replace(id, certificate, options)),
    remove: (id, options) => seen(store.remove(id, options)),
  };
}

/** Executes the plan, or goes on with the earlier rotation, on a person's word if there is one. */
async function execute(
  { settings, claim, signal, watch, clock }: Task,
  { path, journal, plan }: PlanJournal,
  store: CertificateStore,
): Promise<RotationResult> {
  const { rereadAfterMs } = settings;
  const run = {
    ...{ store, journal, signal, clock, onEvent: watch.alive },
    ...(rereadAfterMs && { rereadAfterMs }),
  };
  const isConfirmed = claim.confirmed !== null && path === `postgres:${claim.confirmed}`;
  return await (isConfirmed ? retireSuperseded(run) : executeRotation(plan, run));
}

function upToDate({ settings }: Task): End {
  return { state: "active", dueSeconds: jittered(settings.lookSeconds) };
}

function refusedPlan({ settings, claim }: Task, plan: RotationPlan): End {
  const [first] = plan.refusals;
  const { code, message } = first as NonNullable<typeof first>;
  const isNews = claim.state !== "refused" || claim.message !== message;
  return {
    state: "refused",
    // The next look makes the plan again, as for every tenant: it is no retry.
    dueSeconds: jittered(settings.lookSeconds),
    code,
    message,
    plan: JSON.stringify(plan),
    event: isNews ? "refused" : undefined,
  };
}

/** The end of a look whose plan awaits an approval; undefined if it may be executed. */
async function holdOf({ settings, claim }: Task, plan: RotationPlan): Promise<End | undefined> {
  const { onPlan, lookSeconds } = settings;
  if (!onPlan) return undefined;
  const change = changeOf(plan);
  if (claim.approved === change) return undefined;
  const answer = await called("onPlan", () => onPlan(plan, { tenant: claim.tenant }));
  if (answer === "execute") return undefined;
  const isNews = claim.state !== "awaiting_approval" || claim.change !== change;
  return {
    state: "awaiting_approval",
    dueSeconds: jittered(lookSeconds),
    plan: JSON.stringify(plan),
    change,
    event: isNews ? "held" : undefined,
  };
}

/** Equal for two plans with the same steps: an approval is for what a person has seen. */
function changeOf({ provider, integrationId, steps }: RotationPlan): string {
  const plain = steps.map(({ reason: _, risk: __, ...step }) => step);
  return sha256Hex(canonicalJson({ provider, integrationId, plain }));
}

function ended({ settings, claim, clock }: Task, result: RotationResult, plan: RotationPlan): End {
  const { lookSeconds, evidenceSeconds } = settings;
  const { status, until = 0 } = result;
  if (status === "completed") {
    return { state: "active", dueSeconds: jittered(lookSeconds), event: "completed" };
  }
  const state = status === "waiting" ? "waiting" : "awaiting_switch";
  const event = claim.state === state ? undefined : state;
  if (status === "waiting") {
    const left = until - Math.floor(clock().getTime() / 1000);
    return { state, event, dueSeconds: Math.max(0, Math.min(left, evidenceSeconds)) };
  }
  // Only a person can end it; the look notices what the identity provider publishes meanwhile.
  const pace = plan.policy.retire === "confirmed" ? lookSeconds : evidenceSeconds;
  return { state, event, dueSeconds: jittered(pace) };
}
