import type { GivenCertificates } from "../../certificates/given.ts";
import { need } from "../../core/argument.ts";
import {
  AMOUNT,
  ANY,
  checkOptions,
  FUNCTION,
  LIST,
  OBJECT,
  type OptionKinds,
  TEXT,
} from "../../core/options.ts";
import { LIMIT, SIGNAL } from "../../providers/http/argument.ts";
import type {
  CertificateStore,
  EvidenceSource,
  RotationPlan,
  RotationPolicy,
} from "../../rotation/index.ts";
import type { FleetEvent } from "../fleet/events.ts";
import { checkPool, POSTGRES_KINDS, type PostgresOptions, WHOLE } from "../options.ts";
import type { RotationBoss } from "./boss.ts";

/** Where the certificates of a tenant's identity provider come from. */
export interface FleetSource extends EvidenceSource {
  /** Instead of metadata: the certificates that the identity provider signs with, now and next. */
  readonly certificates?: GivenCertificates | undefined;
}

/** The context of a call for one tenant. */
export interface TenantContext {
  /** Aborted when the worker stops, loses the tenant, or gives the work up. */
  readonly signal: AbortSignal;
}

type Tenants = Iterable<string> | AsyncIterable<string>;

/** Options of `createRotationWorker`. */
export interface RotationWorkerOptions extends PostgresOptions {
  /** The names of all tenants, or a function that lists them. Read again every `listSeconds`. */
  readonly tenants: Tenants | (() => Tenants | Promise<Tenants>);
  /** The store of a tenant's connection; undefined if it has none. */
  readonly storeOf: (
    tenant: string,
    context: TenantContext,
  ) => CertificateStore | undefined | Promise<CertificateStore | undefined>;
  /** The identity provider of a tenant; undefined if it has none. */
  readonly sourceOf: (
    tenant: string,
    context: TenantContext,
  ) => FleetSource | undefined | Promise<FleetSource | undefined>;
  readonly policy?: RotationPolicy | ((tenant: string) => RotationPolicy) | undefined;
  /**
   * Decides about each new plan. Only `"execute"` executes it; anything else holds it until
   * `approve(tenant)`. Default: every plan is executed.
   */
  readonly onPlan?:
    | ((
        plan: RotationPlan,
        context: { readonly tenant: string },
      ) => "execute" | "hold" | Promise<"execute" | "hold">)
    | undefined;
  /** Called for each event. Its exceptions are ignored. */
  readonly onEvent?: ((event: FleetEvent) => void) | undefined;
  /** A pg-boss: its queue `samlcert-look` takes wishes, `samlcert-dead-letter` gets dead letters. */
  readonly boss?: RotationBoss | undefined;
  /** The provider account or region of a tenant. Each gets at most half of the places of a worker. */
  readonly accountOf?: ((tenant: string) => string) | undefined;
  /** Tenants that a worker works on at once. Default 16. */
  readonly concurrency?: number | undefined;
  /** Seconds between two looks at a tenant, with a jitter of 10 %. Default: a day. */
  readonly lookSeconds?: number | undefined;
  /** Seconds between two looks while a rotation waits for evidence. Default: an hour. */
  readonly evidenceSeconds?: number | undefined;
  /** Seconds until the first repeat after a failure; each further one waits twice as long. Default 60. */
  readonly retrySeconds?: number | undefined;
  /** After so many failures in a row a tenant is a dead letter, and is looked at as rarely as others. Default 8. */
  readonly maxAttempts?: number | undefined;
  /** Work on a tenant in which nothing happens for so long is given up. Default 120 000. */
  readonly stallTimeoutMs?: number | undefined;
  /** Seconds after which the work of a dead worker is taken over. Default 60. */
  readonly leaseSeconds?: number | undefined;
  /** Seconds between two readings of the list of tenants. Default 900. */
  readonly listSeconds?: number | undefined;
  /** Seconds between two questions for due tenants, when there were none. Default 2. */
  readonly pollSeconds?: number | undefined;
  /** Seconds for which the journals of finished rotations and the history are kept. Default: 90 days. */
  readonly keepSeconds?: number | undefined;
  /** Pauses before a store is read again if it does not show a write yet, in milliseconds. */
  readonly rereadAfterMs?: readonly number[] | undefined;
  /** The name of this worker. Default: its host and process id. */
  readonly name?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The present. Default: the clock of the database, whatever that of this machine says. */
  readonly clock?: (() => Date) | undefined;
}

const KINDS: OptionKinds<RotationWorkerOptions> = {
  ...POSTGRES_KINDS,
  tenants: ANY,
  storeOf: FUNCTION,
  sourceOf: FUNCTION,
  policy: ANY,
  onPlan: FUNCTION,
  onEvent: FUNCTION,
  boss: OBJECT,
  accountOf: FUNCTION,
  concurrency: WHOLE,
  lookSeconds: LIMIT,
  evidenceSeconds: LIMIT,
  retrySeconds: AMOUNT,
  maxAttempts: WHOLE,
  stallTimeoutMs: LIMIT,
  leaseSeconds: LIMIT,
  listSeconds: LIMIT,
  pollSeconds: LIMIT,
  keepSeconds: LIMIT,
  rereadAfterMs: LIST,
  name: TEXT,
  signal: SIGNAL,
  clock: FUNCTION,
};

const DAY = 86_400;

/** The options that have a default. */
interface Defaults {
  readonly schema: string;
  readonly concurrency: number;
  readonly lookSeconds: number;
  readonly evidenceSeconds: number;
  readonly retrySeconds: number;
  readonly maxAttempts: number;
  readonly stallTimeoutMs: number;
  readonly leaseSeconds: number;
  readonly listSeconds: number;
  readonly pollSeconds: number;
  readonly keepSeconds: number;
}

/** The options with every default. */
export type Settings = Omit<RotationWorkerOptions, keyof Defaults> & Defaults;

const DEFAULTS: Defaults = {
  schema: "samlcert",
  concurrency: 16,
  lookSeconds: DAY,
  evidenceSeconds: 3600,
  retrySeconds: 60,
  maxAttempts: 8,
  stallTimeoutMs: 120_000,
  leaseSeconds: 60,
  listSeconds: 900,
  pollSeconds: 2,
  keepSeconds: 90 * DAY,
};

/** Checks the options and fills in the defaults. */
export function settingsOf(options: RotationWorkerOptions): Settings {
  checkOptions(options, KINDS, "createRotationWorker");
  checkPool(options);
  const { tenants, storeOf, sourceOf, policy } = options;
  need(() => isList(tenants) || typeof tenants === "function", "tenants", "a list or a function");
  need(() => typeof storeOf === "function", "storeOf", "a function");
  need(() => typeof sourceOf === "function", "sourceOf", "a function");
  need(() => ["undefined", "object", "function"].includes(typeof policy), "policy", "a policy");
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    ...DEFAULTS,
    ...(Object.fromEntries(given) as object as RotationWorkerOptions),
  } as Settings;
}

function isList(value: unknown): boolean {
  const { [Symbol.iterator]: each, [Symbol.asyncIterator]: later } = Object(value);
  return typeof value !== "string" && [each, later].some((one) => typeof one === "function");
}
