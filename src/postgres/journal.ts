import { isText, need } from "../core/argument.ts";
import { checkOptions, type OptionKinds, TEXT } from "../core/options.ts";
import { rotationError } from "../rotation/error.ts";
import type { Connection, JournalRecord, RotationJournal } from "../rotation/index.ts";
import { recordOf } from "../rotation/journal/record.ts";
import { type Database, databaseOf } from "./database.ts";
import { isLease, type Lease, takeLease } from "./lease.ts";
import { checkPool, POSTGRES_KINDS, type PostgresOptions, WHOLE } from "./options.ts";

/** Options of `postgresJournal` and `postgresJournals`. */
export interface PostgresJournalOptions extends PostgresOptions {
  /**
   * Seconds after which a run that has died loses its connection to another run. A run that lives
   * renews its lease. Default 60.
   */
  readonly leaseSeconds?: number | undefined;
  /** Names this process in the error of another one. Default: its host and process id. */
  readonly holder?: string | undefined;
}

export const JOURNAL_KINDS: OptionKinds<PostgresJournalOptions> = {
  ...POSTGRES_KINDS,
  leaseSeconds: WHOLE,
  holder: TEXT,
};

/** Far above the journal of a run of 1000 certificates. */
const MAX_RECORD_CHARACTERS = 64 * 1024 * 1024;

/** The rotation that a journal stands for: by its id, by a name, or the open one of the connection. */
export type Choice = { readonly id: string } | { readonly name: string } | undefined;

/** A row of the table of rotations. */
interface RotationRow {
  readonly id: string;
  readonly provider: string;
  readonly origin: string;
  readonly integration_id: string;
}

/** A journal, and how to take it from a run that hangs. */
export interface LeasedJournal extends RotationJournal {
  /** The id of the rotation, once it has a record. */
  readonly rotation: () => string | undefined;
  /** Ends a run that hangs: it writes no more, and the next one begins after its lease. */
  readonly abandon: () => void;
}

/**
 * A journal in PostgreSQL. Without `rotation` it is that of the connection's rotation that is not over,
 * or a new one.
 *
 * A lease keeps a second run from the same connection, whatever its journal and its machine. It is a
 * row, not a session lock, so it works through PgBouncer in transaction mode; each record is written
 * only while the lease is held.
 *
 * Its functions throw a `RotationError`: `rotation.locked`, `journal.lock_lost`, `journal.corrupt`;
 * a `PostgresError`: every `postgres.*`.
 *
 * @example
 * ```ts
 * import { type PostgresPool, postgresJournal } from "samlcert/postgres";
 * import { type CertificateStore, executeRotation, type RotationPlan } from "samlcert/rotation";
 *
 * export async function rotate(pool: PostgresPool, plan: RotationPlan, store: CertificateStore) {
 *   return await executeRotation(plan, { store, journal: postgresJournal({ pool }) });
 * }
 * ```
 */
export function postgresJournal(
  options: PostgresJournalOptions & {
    /** A name for the rotation, to open this very one again, such as for a rollback. */
    readonly rotation?: string | undefined;
  },
): RotationJournal {
  checkOptions(options, { ...JOURNAL_KINDS, rotation: TEXT }, "postgresJournal");
  checkPool(options);
  const { rotation } = options;
  need(() => rotation !== "", "rotation", "a name");
  return journalIn(
    databaseOf(options),
    rotation === undefined ? undefined : { name: rotation },
    options,
  );
}

/** A journal of a database that is open already. */
export function journalIn(
  database: Database,
  choice: Choice,
  { leaseSeconds = 60, holder }: Omit<PostgresJournalOptions, "pool" | "schema">,
): LeasedJournal {
  let lease: Lease | undefined;
  let row: RotationRow | undefined;
  let place: Connection | undefined;
  let position = 0;

  async function take(name: string): Promise<Lease> {
    const taken = await takeLease(database, name, {
      seconds: leaseSeconds,
      ...(holder !== undefined && { holder }),
    });
    if (isLease(taken)) return taken;
    const until = taken.until === "" ? "" : ` (until ${taken.until} unless it renews its lease)`;
    throw rotationError("rotation.locked", { holder: `${taken.holder}${until}` });
  }

  return {
    rotation: () => row?.id,
    abandon() {
      lease?.abandon();
      lease = undefined;
    },

    async open(connection) {
      if (lease) throw rotationError("journal.locked", { holder: "another run of this process" });
      const known = choice && (await chosen(database, choice));
      need(() => choice ?? connection, "rotation", "given where no connection is");
      const name = known ? lockName(connectionOf(known)) : nameOf(connection, choice);
      const own = await take(name);
      try {
        place = connection ?? (known && connectionOf(known));
        // Read again: until the lease was taken, another run may have begun one.
        row = await (choice ? chosen(database, choice) : newestOpen(database, connection));
        const records = row ? await recordsOf(database, row.id) : [];
        position = records.length;
        lease = own;
        return records;
      } catch (error) {
        await own.release().catch(() => undefined);
        throw error;
      }
    },

    async append(record) {
      const own = recordOf(record);
      if (!lease) throw new RangeError("The journal is not open.");
      const text = JSON.stringify(own);
      if (text.length > MAX_RECORD_CHARACTERS) throw rotationError("journal.too_large");
      const held = [lease.name, lease.token, lease.seconds] as const;
      const [written] = row
        ? await database.rows<{ id: string }>(APPEND, [...held, row.id, position, text, after(own)])
        : await database.rows<{ id: string }>(BEGIN, [
            ...held,
            choice && "name" in choice ? choice.name : null,
            place?.provider ?? "",
            place?.origin ?? "",
            place?.integrationId ?? "",
            text,
          ]);
      if (!written) throw rotationError("journal.lock_lost");
      row ??= { id: written.id, provider: "", origin: "", integration_id: "" };
      position += 1;
    },

    async close() {
      const closing = lease;
      lease = undefined;
      // A lease that cannot be given back ends by itself.
      await closing?.release().catch(() => undefined);
    },
  };
}

/** The state of a rotation after a record, where it changes. */
function after({ type }: JournalRecord): string | null {
  if (type === "completed" || type === "rolled_back") return "over";
  return type === "rolling_back" ? "open" : null;
}

/** The fence: the row of the lease is renewed, and locked until the record is written. */
const HELD = `with held as (
  update {s}.lock set until = now() + make_interval(secs => $3)
  where name = $1 and token = $2 returning 1
)`;

const APPEND = `${HELD}, moved as (
  update {s}.rotation set status = coalesce($7, status), updated_at = now()
  where id = $4 and exists (select from held)
)
insert into {s}.record (rotation, position, record)
  select $4, $5, $6::json from held returning rotation::text as id`;

const BEGIN = `${HELD}, made as (
  insert into {s}.rotation (name, provider, origin, integration_id)
  select $4, $5, $6, $7 from held returning id
)
insert into {s}.record (rotation, position, record)
  select id, 0, $8::json from made returning rotation::text as id`;

const COLUMNS = "id::text, provider, origin, integration_id";

async function chosen(database: Database, choice: NonNullable<Choice>) {
  const [column, value] = "id" in choice ? ["id", choice.id] : ["name", choice.name];
  const text = `select ${COLUMNS} from {s}.rotation where ${column} = $1`;
  const [row] = await database.rows<RotationRow>(text, [value]);
  return row;
}

async function newestOpen(database: Database, connection: Connection | undefined) {
  const { provider, integrationId, origin = "" } = connection as Connection;
  const [row] = await database.rows<RotationRow & { readonly status: string }>(
    `select ${COLUMNS}, status from {s}.rotation
     where provider = $1 and integration_id = $2 and origin = $3 order by id desc limit 1`,
    [provider, integrationId, origin],
  );
  return row?.status === "open" ? row : undefined;
}

/** The records of a rotation, oldest first. */
async function recordsOf(database: Database, rotation: string): Promise<readonly JournalRecord[]> {
  const rows = await database.rows<{ readonly record: string }>(
    "select record::text from {s}.record where rotation = $1 order by position",
    [rotation],
  );
  return rows.map(({ record }) => JSON.parse(record) as JournalRecord);
}

function connectionOf({ provider, origin, integration_id }: RotationRow): Connection {
  return { provider, integrationId: integration_id, ...(origin !== "" && { origin }) };
}

function nameOf(connection: Connection | undefined, choice: Choice): string {
  if (connection) return lockName(connection);
  return `rotation ${choice && "name" in choice ? choice.name : ""}`;
}

/** The lock of a connection. */
function lockName({ provider, integrationId, origin = "" }: Connection): string {
  return JSON.stringify([provider, origin, integrationId]);
}

export function isConnection(value: unknown): value is Connection {
  const { provider, integrationId } = Object(value) as Partial<Connection>;
  return isText(provider) && isText(integrationId);
}
