import { isSamlCertError } from "../../core/errors.ts";
import { sleep } from "../../providers/http/clock.ts";
import { databaseOf } from "../database.ts";
import { postgresError } from "../error.ts";
import type { FleetEvent } from "../fleet/events.ts";
import { type Fleet, fleetOf } from "../fleet/fleet.ts";
import type { LeasedJournal } from "../journal.ts";
import { processName } from "../lease.ts";
import { KNOWN_VERSION, requireKnownSchema } from "../schema.ts";
import { connectBoss, type Queue } from "./boss.ts";
import { type Claim, finish, giveBack, type Outcome, renew } from "./claim.ts";
import { failureOutcome } from "./failure.ts";
import { jittered } from "./jitter.ts";
import { look } from "./look.ts";
import { type RotationWorkerOptions, settingsOf } from "./options.ts";
import { fillPlaces } from "./places.ts";
import { watchStall, withWatch } from "./stall.ts";
import { traced } from "./trace.ts";
import { clean, listTenants } from "./upkeep.ts";

/** A worker, and the controls of the whole fleet. */
export interface RotationWorker extends Fleet {
  readonly name: string;
  /** Resolves once the tables are there and tenants are worked on. */
  readonly ready: Promise<void>;
  /** Ends the work: what is being done stops between two steps, and another worker continues it. */
  [Symbol.asyncDispose](): Promise<void>;
}

interface Running {
  readonly claim: Claim;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

type End = "stopped" | "paused" | "lost";

/** Work that does not end although its signal is aborted is left alone after this time. */
const GRACE_MS = 5000;
/** Pause after a failure of the database, so that a worker does not press it while it starts. */
const FAILED_MS = 1000;

/**
 * Rotates the certificates of many tenants, on any number of machines: looks at each tenant on a
 * schedule, plans, executes, waits for the evidence and retires. It works until it is disposed.
 *
 * The schedule and the progress of each tenant are rows of the database, so nothing is lost and nothing
 * begins again when a worker is killed or a limit makes it slow. A tenant that fails or hangs is put
 * off; the others are not.
 *
 * @example
 * ```ts
 * import { createRotationWorker, type PostgresPool, postgresBudget } from "samlcert/postgres";
 * import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";
 *
 * export function startWorker(pool: PostgresPool, apiKey: string, urlOf: (id: string) => string) {
 *   const limiter = postgresBudget({ pool, apiKey, requests: 10 });
 *   const client = createSendGridClient({ apiKey, limiter });
 *   return createRotationWorker({
 *     pool,
 *     tenants: async () => (await client.integrations.list()).map(({ id }) => id),
 *     storeOf: (tenant) => sendGridCertificateStore(client, tenant),
 *     sourceOf: (tenant) => ({ url: urlOf(tenant) }),
 *     policy: { retire: { unpublishedFor: 2 * 86_400 } },
 *     onEvent: (event) => console.log(event),
 *   });
 * }
 * ```
 */
export function createRotationWorker(options: RotationWorkerOptions): RotationWorker {
  const settings = settingsOf(options);
  const { concurrency, leaseSeconds, signal } = settings;
  const worker = settings.name ?? processName();
  const database = databaseOf(settings);
  const stop = new AbortController();
  /** Aborted once nothing is being done any more. */
  const over = new AbortController();
  const running = new Map<string, Running>();
  let queue: Queue | undefined;
  let wakeUp = new AbortController();
  /** Unix milliseconds of the database when `performance.now()` was 0. */
  let epoch = performance.timeOrigin;

  function emit(event: FleetEvent): void {
    try {
      settings.onEvent?.(event);
    } catch {
      // Documented: a listener changes nothing.
    }
  }

  function failed(
    task: Extract<FleetEvent, { type: "worker_failed" }>["task"],
    cause: unknown,
  ): void {
    const known = isSamlCertError(cause);
    const message = known
      ? cause.message
      : `It threw ${cause instanceof Error ? cause.name : "a non-Error value"}.`;
    emit({
      type: "worker_failed",
      worker,
      task,
      code: known ? cause.code : undefined,
      message,
      cause,
    });
  }

  const clock = settings.clock ?? (() => new Date(epoch + performance.now()));
  const now = () => settings.clock?.().toISOString() ?? null;

  function start(claim: Claim): void {
    epoch = claim.now * 1000 - performance.now();
    const controller = new AbortController();
    const done = work(claim, controller)
      .catch((error: unknown) => failed("database", error))
      .finally(() => {
        running.delete(claim.lease);
        wakeUp.abort();
      });
    running.set(claim.lease, { claim, controller, done });
  }

  async function work(claim: Claim, controller: AbortController): Promise<void> {
    const started = performance.now();
    const { tenant, account, waited: waitedSeconds } = claim;
    const trace = { tenant, account, worker, waitedSeconds };
    const outcome = await traced(trace, async () => {
      const found = await outcomeOf(claim, controller);
      if (typeof found === "object") {
        const { state, provider, integrationId } = found;
        Object.assign(trace, { state, provider, integrationId });
      }
      return found;
    });
    if (outcome === "lost") return;
    if (outcome === "back") return await giveBack(database, claim, 0);
    if (outcome === "later") return await giveBack(database, claim, FAILED_MS / 1000);
    if (!(await finish(database, claim, outcome, { now: now(), worker }))) return;
    await tell(claim, outcome, performance.now() - started);
  }

  /** The outcome of a look; a text where nothing is to be written about the tenant. */
  async function outcomeOf(
    claim: Claim,
    controller: AbortController,
  ): Promise<Outcome | "lost" | "back" | "later"> {
    try {
      const end = await guarded(claim, controller);
      const isWell = !["failing", "dead"].includes(claim.state);
      return { attempts: 0, ...end, event: end.event ?? (isWell ? undefined : "recovered") };
    } catch (error) {
      const { reason } = controller.signal;
      if (reason === "lost") return "lost";
      if (reason === "stopped" || reason === "paused") return "back";
      return failureOutcome(claim, error, settings) ?? "later";
    }
  }

  async function tell(
    { tenant, waited }: Claim,
    outcome: Outcome,
    durationMs: number,
  ): Promise<void> {
    const { state, event, code = "", message = "", cause } = outcome;
    const reason = code === "" ? {} : { code, message, cause };
    if (event) emit({ type: event, tenant, worker, ...reason });
    emit({ type: "looked", tenant, worker, state, waitedSeconds: waited, durationMs });
    if (event !== "dead_letter") return;
    await queue?.deadLetter({ tenant, code, message }).catch((error) => failed("queue", error));
  }

  /** A look that ends, even if a function of the program never does. */
  async function guarded(claim: Claim, controller: AbortController) {
    const { stallTimeoutMs } = settings;
    const stalled = postgresError("fleet.stalled", { seconds: Math.round(stallTimeoutMs / 1000) });
    const watch = watchStall(stallTimeoutMs, () => controller.abort(stalled));
    let journal: LeasedJournal | undefined;
    const given = new AbortController();
    const task = { settings, database, claim, worker, signal: controller.signal, watch, clock };
    try {
      const looking = withWatch(watch, () =>
        look({ ...task, onJournal: (one) => (journal = one) }),
      );
      const hanging = aborted(
        controller.signal,
        given.signal,
        Math.min(GRACE_MS, stallTimeoutMs / 4),
      ).then(() => {
        journal?.abandon();
        throw stalled;
      });
      return await Promise.race([looking, hanging]).catch((error: unknown) => {
        throw controller.signal.reason === stalled ? stalled : error;
      });
    } finally {
      given.abort();
      watch.stop();
    }
  }

  /** Fills the free places for as long as the worker lives. */
  async function workOn(): Promise<void> {
    while (!stop.signal.aborted) {
      wakeUp = new AbortController();
      let isFull = false;
      try {
        await requireKnownSchema(database, settings.schema);
        const placed = () => [...running.values()].map(({ claim }) => claim);
        isFull = await fillPlaces(database, settings, placed, { worker, now, start });
      } catch (error) {
        failed("database", error);
        await sleep(jittered(FAILED_MS), stop.signal);
      }
      const isAny = isFull && running.size < concurrency;
      // While there is more to do, the end of a look is the time for the next one.
      const signals = isFull ? [stop.signal, wakeUp.signal] : [stop.signal];
      await sleep(isAny ? 10 : jittered(settings.pollSeconds * 1000), AbortSignal.any(signals));
      if (isFull) await sleep(20, stop.signal);
    }
  }

  /** Renews the leases, and stops the work on tenants that were lost or paused. */
  async function renewOnce(): Promise<void> {
    const leases = [...running.keys()];
    const renewed = await renew(database, leases, leaseSeconds);
    const left = new Map(renewed.map(({ lease, paused }) => [lease, paused]));
    for (const lease of leases) {
      if (left.get(lease) !== false) abort(lease, left.has(lease) ? "paused" : "lost");
    }
    await database.rows(SEEN, [worker, KNOWN_VERSION, running.size, process.memoryUsage.rss()]);
  }

  async function renewAll(): Promise<void> {
    let renewedAt = performance.now();
    while (!over.signal.aborted) {
      await sleep((leaseSeconds * 1000) / 5, over.signal);
      const asked = performance.now();
      try {
        await renewOnce();
        renewedAt = asked;
      } catch (error) {
        failed("database", error);
      }
      // Before the leases end, so that nothing is done without one.
      if (performance.now() - renewedAt < leaseSeconds * 700) continue;
      for (const lease of running.keys()) abort(lease, "lost");
    }
  }

  function abort(lease: string, reason: End): void {
    running.get(lease)?.controller.abort(reason);
  }

  async function keepUp(): Promise<void> {
    while (!stop.signal.aborted) {
      await listTenants(database, settings, stop.signal).catch((error) => {
        if (!stop.signal.aborted) failed("tenants", error);
      });
      wakeUp.abort();
      await clean(database, settings).catch((error) => failed("cleaning", error));
      await sleep(jittered(Math.min(settings.listSeconds, 60) * 1000), stop.signal);
    }
  }

  async function open(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await database.migrate();
        const { boss } = settings;
        if (boss) {
          const wake = (tenant: string) =>
            fleet.retry(tenant, { by: "queue" }).catch(() => undefined);
          const onError = (error: unknown) => failed("queue", error);
          queue = await connectBoss(database, boss, { wake, onError });
        }
        return;
      } catch (error) {
        failed("database", error);
        const { code } = Object(error) as { readonly code?: unknown };
        if (code === "postgres.permission_denied" || code === "postgres.schema_newer") throw error;
        await sleep(jittered(FAILED_MS), stop.signal);
      }
    }
  }

  const fleet = fleetOf(database);
  const ready = open();
  ready.catch(() => undefined);
  const loops = ready.then(
    () => Promise.all([workOn(), renewAll(), keepUp()]).then(() => undefined),
    () => undefined,
  );

  async function dispose(): Promise<void> {
    stop.abort();
    signal?.removeEventListener("abort", dispose);
    for (const lease of running.keys()) abort(lease, "stopped");
    await Promise.all([...running.values()].map(({ done }) => done));
    over.abort();
    await loops;
    await queue?.close().catch(() => undefined);
    await database.rows("delete from {s}.worker where name = $1", [worker]).catch(() => undefined);
  }

  if (signal?.aborted === true) stop.abort();
  else signal?.addEventListener("abort", dispose, { once: true });
  return { ...fleet, name: worker, ready, [Symbol.asyncDispose]: dispose };
}

/** Resolves a grace period after a signal was aborted, unless the work has ended by then. */
async function aborted(signal: AbortSignal, ended: AbortSignal, graceMs: number): Promise<void> {
  await sleep(2 ** 31 - 1, AbortSignal.any([signal, ended]));
  await sleep(graceMs, ended);
  // The work has ended: this promise is not awaited any more.
  if (ended.aborted) await new Promise(() => undefined);
}

const SEEN = `insert into {s}.worker (name, version, running, rss_bytes) values ($1, $2, $3, $4)
  on conflict (name) do update set version = excluded.version, seen_at = now(),
    running = excluded.running, rss_bytes = excluded.rss_bytes`;
