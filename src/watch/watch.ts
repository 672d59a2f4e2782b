import { need } from "../core/argument.ts";
import { AMOUNT, ANY, checkOptions, INSTANT, OBJECT, type OptionKinds } from "../core/options.ts";
import { type Instant, unixSeconds } from "../core/time.ts";
import { POLICY, type WatchPolicy } from "./assess.ts";
import { inOrder } from "./in-order.ts";
import { lastDays } from "./life.ts";
import { nextStep } from "./next-step.ts";
import { type Look, type Remembered, remember } from "./remember.ts";
import type { LookContext, Seen, WatchSource } from "./source.ts";
import type { WatchState } from "./state.ts";
import { failedLook } from "./told.ts";
import type { ConnectionStatus } from "./types.ts";

/** Options of `watch`. */
export interface WatchOptions {
  readonly now: Instant;
  readonly policy?: WatchPolicy | undefined;
  /** The number of sources that are read at once, 1 to 256. Default: 8. */
  readonly concurrency?: number | undefined;
  /** The memory of the last run: with it, statuses have events, and `since`. */
  readonly state?: WatchState | undefined;
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionKinds<WatchOptions> = {
  now: INSTANT,
  policy: OBJECT,
  concurrency: AMOUNT,
  state: OBJECT,
  signal: ANY,
};

const DEFAULT_EXPIRING_DAYS = 30;

type Sources = Iterable<WatchSource> | AsyncIterable<WatchSource>;

/**
 * Looks at every source once and yields the status of each connection, in the order of the sources, in
 * bounded memory. A source that cannot be read does not stop the others; only the signal does. At its end it
 * saves the state: tell the events then, and call `state.told()`.
 *
 * @example
 * ```ts
 * import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";
 * import { watch, watchStore } from "samlcert/watch";
 *
 * export async function report(apiKey: string, integrationIds: readonly string[]) {
 *   const client = createSendGridClient({ apiKey });
 *   const sources = integrationIds.map((id) => watchStore(sendGridCertificateStore(client, id)));
 *   for await (const { name, state, next } of watch(sources, { now: new Date() })) {
 *     if (next) console.log(name, state, next.who, next.step);
 *   }
 * }
 * ```
 */
export async function* watch(
  sources: Sources,
  options: WatchOptions,
): AsyncIterable<ConnectionStatus> {
  checkOptions(options, OPTIONS, "watch");
  checkOptions(options?.policy, POLICY, "policy");
  const now = unixSeconds(options?.now);
  const concurrency = Math.max(1, Math.min(256, Math.floor(options.concurrency ?? 8)));
  needSources(() => (sources as Both)[Symbol.asyncIterator] || (sources as Both)[Symbol.iterator]);
  const looks = inOrder(sources, concurrency, (source) => statusesOf(source, now, options));
  for await (const statuses of looks) yield* statuses;
  await options.state?.save();
}

type Both = Iterable<WatchSource> & AsyncIterable<WatchSource>;

function needSources(holds: () => unknown): void {
  need(holds, "sources", "an iterable of sources, such as of watchStore");
}

async function statusesOf(
  source: WatchSource,
  now: number,
  { policy, signal, state }: WatchOptions,
): Promise<readonly ConnectionStatus[]> {
  needSources(() => typeof source.look === "function");
  signal?.throwIfAborted();
  const started = performance.now();
  const expiringDays = source.expiringDays ?? policy?.expiringDays ?? DEFAULT_EXPIRING_DAYS;
  const context: LookContext = { now, expiringDays, signal };
  const look = await lookAt(source, context);
  const durationSeconds = Math.round(performance.now() - started) / 1000;
  const all = state ? remember(state, source.id, look, context) : look.all.map(unremembered(now));
  const isOne = all.length === 1;
  return all.map((one) =>
    statusOf(source, one, {
      // A name is of the source; many connections in it have their own.
      name: isOne || one.seen.id === source.id ? source.name : undefined,
      ...{ expiringDays, durationSeconds },
    }),
  );
}

function unremembered(now: number): (seen: Seen) => Remembered {
  return (seen) => ({ seen, events: [], ...(!seen.isFailed && { lastSuccessAt: now }) });
}

async function lookAt(source: WatchSource, context: LookContext): Promise<Look> {
  try {
    return { all: await source.look(context), isWhole: true };
  } catch (error) {
    context.signal?.throwIfAborted();
    const ids = source.ids ?? [source.id];
    return { all: ids.map((id) => failedLook(id, error)), isWhole: false };
  }
}

function statusOf(
  { owner, labels, ...from }: WatchSource,
  { seen, events, since, lastSuccessAt }: Remembered,
  {
    name,
    ...look
  }: Pick<ConnectionStatus, "expiringDays" | "durationSeconds"> & Pick<WatchSource, "name">,
): ConnectionStatus {
  const { id, entityId, state, certificates, unstored = [], planned, errors = [] } = seen;
  const { kind = from.kind, source = from.source } = seen;
  const daysLeft = lastDays(certificates);
  const isHealthy = state === "active" && errors.length === 0;
  const next = seen.next ?? (isHealthy ? undefined : nextStep(kind, state, owner));
  return {
    id,
    name: name ?? seen.name ?? source,
    kind,
    source,
    ...(owner !== undefined && { owner }),
    ...(labels !== undefined && { labels }),
    ...(entityId !== undefined && { entityId }),
    state,
    actionNeeded: !isHealthy,
    ...(daysLeft !== undefined && { daysLeft }),
    certificates,
    unstored,
    ...(next && { next }),
    ...(planned && { planned }),
    events,
    ...(since !== undefined && { since }),
    ...(lastSuccessAt !== undefined && { lastSuccessAt }),
    ...look,
    errors,
  };
}
