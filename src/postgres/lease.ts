import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Database } from "./database.ts";

/** A lock that ends by itself unless its holder renews it. Its row is the fence for writes. */
export interface Lease {
  readonly name: string;
  /** Proof of the lease: a statement of somebody who lost it changes nothing. */
  readonly token: string;
  readonly seconds: number;
  /** Stops renewing and gives the lease back. */
  release(): Promise<void>;
  /** Stops renewing: the lease ends by itself. */
  abandon(): void;
}

/** The holder of a lease that is taken, and when it ends unless it is renewed. */
export interface Taken {
  readonly holder: string;
  readonly until: string;
}

/** This process, for people. */
export function processName(): string {
  return `${hostname()} process ${process.pid}`;
}

const TAKE = `insert into {s}.lock as l (name, token, holder, until)
  values ($1, $2, $3, now() + make_interval(secs => $4))
  on conflict (name) do update
    set token = excluded.token, holder = excluded.holder, until = excluded.until
    where l.until < now()
  returning name`;

/**
 * Takes a lease, in one statement and by the clock of the database: no session holds it, so it works
 * through PgBouncer in transaction mode, and it outlives a connection that breaks.
 */
export async function takeLease(
  database: Database,
  name: string,
  { seconds, holder = processName() }: { readonly seconds: number; readonly holder?: string },
): Promise<Lease | Taken> {
  const token = randomUUID();
  const [taken] = await database.rows(TAKE, [name, token, holder, seconds]);
  if (taken === undefined) return await holderOf(database, name);
  const renew = () =>
    database.rows(
      "update {s}.lock set until = now() + make_interval(secs => $3) where name = $1 and token = $2",
      [name, token, seconds],
    );
  // A renewal that fails is told by the next write of the holder.
  const timer = setInterval(() => renew().catch(() => undefined), (seconds * 1000) / 4);
  timer.unref();
  return {
    name,
    token,
    seconds,
    abandon: () => clearInterval(timer),
    async release() {
      clearInterval(timer);
      await database.rows("delete from {s}.lock where name = $1 and token = $2", [name, token]);
    },
  };
}

async function holderOf(database: Database, name: string): Promise<Taken> {
  const [row] = await database.rows<Taken>(
    `select holder, to_char(until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as until
     from {s}.lock where name = $1`,
    [name],
  );
  return row ?? { holder: "another run", until: "" };
}

export function isLease(lease: Lease | Taken): lease is Lease {
  return "token" in lease;
}
