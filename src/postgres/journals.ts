import { isText, need } from "../core/argument.ts";
import { checkOptions } from "../core/options.ts";
import { rotationError } from "../rotation/error.ts";
import {
  type Connection,
  type JournalRecord,
  observeSignIn,
  type RotationJournals,
  type RotationPlan,
  type StoredRotation,
} from "../rotation/index.ts";
import { continues, OVER } from "../rotation/journal/goal.ts";
import { summaryOf } from "../rotation/journal/summary.ts";
import { checkObservation } from "../rotation/observe.ts";
import { type Progress, replay, requireIntact } from "../rotation/run/replay.ts";
import { type Database, databaseOf } from "./database.ts";
import {
  isConnection,
  JOURNAL_KINDS,
  journalIn,
  type LeasedJournal,
  type PostgresJournalOptions,
} from "./journal.ts";
import { checkPool } from "./options.ts";

/**
 * The journals of many rotations in PostgreSQL, with the methods of `rotationJournals`: list them, find
 * the one for a plan, record a sign-in as evidence. A `path` is `postgres:` and the id of the rotation.
 *
 * @example
 * ```ts
 * import { type PostgresPool, postgresJournals } from "samlcert/postgres";
 *
 * export async function signedIn(pool: PostgresPool, integrationId: string, fingerprint: string) {
 *   const connection = { provider: "sendgrid", integrationId };
 *   return await postgresJournals({ pool }).observe(connection, { fingerprint });
 * }
 * ```
 */
export function postgresJournals(options: PostgresJournalOptions): RotationJournals {
  checkOptions(options, JOURNAL_KINDS, "postgresJournals");
  checkPool(options);
  const database = databaseOf(options);
  const open = (id: string) => journalIn(database, { id }, options);

  async function newest(connection: Connection): Promise<Found | undefined> {
    need(() => isConnection(connection), "connection", "a provider and an integrationId");
    return await newestOf(database, connection);
  }

  return {
    list: (connection) => listed(database, connection),

    async forPlan(plan) {
      const { path = "", journal, plan: planned } = await journalForPlan(database, plan, options);
      return { path, journal, plan: planned };
    },

    async latest(connection) {
      const found = await newest(connection);
      if (!found) throw rotationError("journal.empty");
      return { path: pathOf(found.id), journal: open(found.id) };
    },

    async observe(connection, observation) {
      checkObservation(observation);
      const found = await newest(connection);
      if (!found?.progress || OVER.includes(summaryOf(found.progress).status)) return false;
      return await observeSignIn(open(found.id), observation);
    },
  };
}

/** A rotation and its progress; without one if its records are damaged. */
interface Found {
  readonly id: string;
  readonly progress?: Progress | undefined;
}

/** The journal for a plan. */
export interface PlanJournal {
  /** Absent for a new rotation. */
  readonly path?: string | undefined;
  /** The earlier rotation with the same goal that it continues. */
  readonly continued?: Progress | undefined;
  readonly journal: LeasedJournal;
  readonly plan: RotationPlan;
}

/** The journal of the unfinished rotation with the same goal, or a new one. */
export async function journalForPlan(
  database: Database,
  plan: RotationPlan,
  options: Omit<PostgresJournalOptions, "pool" | "schema">,
  origin?: string,
): Promise<PlanJournal> {
  requireIntact(plan);
  const { provider = "", integrationId = "" } = plan;
  need(() => isText(plan.provider), "plan", "a plan that was made for a `target`");
  const connection = { provider, integrationId, ...(origin !== undefined && { origin }) };
  const found = await newestOf(database, connection);
  const earlier = found?.progress;
  if (found && earlier && continues(summaryOf(earlier), earlier.plan, plan)) {
    const journal = journalIn(database, { id: found.id }, options);
    return { path: pathOf(found.id), continued: earlier, journal, plan: earlier.plan };
  }
  return { journal: journalIn(database, { name: `plan ${plan.id}` }, options), plan };
}

function pathOf(id: string): string {
  return `postgres:${id}`;
}

interface Row {
  readonly id: string;
  readonly records: readonly string[];
}

const READ = `select r.id::text, array_agg(e.record::text order by e.position) as records
  from {s}.rotation r join {s}.record e on e.rotation = r.id`;

/** The newest rotation of a connection; without an origin, of any. */
async function newestOf(database: Database, connection: Connection): Promise<Found | undefined> {
  const { provider, integrationId, origin } = connection;
  const [row] = await database.rows<Row>(
    `${READ} where r.id = (select max(id) from {s}.rotation where provider = $1
       and integration_id = $2 and ($3::text is null or origin = $3)) group by r.id`,
    [provider, integrationId, origin ?? null],
  );
  return row && { id: row.id, progress: progressOf(row.records) };
}

/** Rotations that are read at once. */
const PAGE = 200;

async function listed(
  database: Database,
  connection: Connection | undefined,
): Promise<readonly StoredRotation[]> {
  const found: StoredRotation[] = [];
  let after = "9223372036854775807";
  for (;;) {
    const rows = await database.rows<Row>(
      `${READ} where r.id < $1 and ($2::text is null or (r.provider = $2 and r.integration_id = $3))
       group by r.id order by r.id desc limit ${PAGE}`,
      [after, connection?.provider ?? null, connection?.integrationId ?? null],
    );
    found.push(...rows.map(({ id, records }) => ({ path: pathOf(id), ...summary(records) })));
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    after = last.id;
  }
  const order = (one: StoredRotation) => JSON.stringify([one.provider, one.integrationId]);
  // The newest of each connection first, as rotationJournals lists them; the sort is stable.
  return found.sort((a, b) => (order(a) < order(b) ? -1 : Number(order(a) > order(b))));
}

function summary(records: readonly string[]): Omit<StoredRotation, "path"> {
  const progress = progressOf(records);
  return progress ? summaryOf(progress) : DAMAGED;
}

const DAMAGED: Omit<StoredRotation, "path"> = {
  planId: "",
  provider: "",
  integrationId: "",
  createdAt: 0,
  at: 0,
  status: "damaged",
  superseded: [],
};

function progressOf(records: readonly string[]): Progress | undefined {
  try {
    return replay(records.map((text) => JSON.parse(text) as JournalRecord));
  } catch {
    return undefined;
  }
}
