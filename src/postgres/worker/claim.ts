import type { Database } from "../database.ts";
import type { TenantEventType, TenantState } from "../fleet/events.ts";

/** A tenant that this worker works on. */
export interface Claim {
  readonly tenant: string;
  readonly account: string;
  readonly lease: string;
  readonly state: TenantState;
  readonly attempts: number;
  readonly wake: string;
  readonly code: string | null;
  readonly message: string | null;
  /** The digest of the steps that await an approval, and of those that were approved. */
  readonly change: string | null;
  readonly approved: string | null;
  /** The rotation of which a person said that the identity provider has switched. */
  readonly confirmed: string | null;
  /** Unix seconds of the database. */
  readonly now: number;
  readonly waited: number;
}

/** Who asks for tenants, and how many of which kind. */
export interface ClaimWish {
  readonly worker: string;
  readonly account: string;
  readonly failing: boolean;
  readonly limit: number;
  readonly leaseSeconds: number;
  /** The present as ISO text; null for that of the database. */
  readonly now: string | null;
}

/**
 * Takes the tenants that have been due for the longest time, in one statement. A lease that ended is
 * taken over: its worker is dead, or stands still.
 */
const CLAIM = `with wanted as (
    select tenant, due_at from {s}.tenant
    where due_at <= coalesce($1::timestamptz, now()) and not paused and gone_at is null
      and account = $2 and (attempts > 0) = $3
      and (lease is null or lease_until < now())
      and not exists (select from {s}.setting where paused)
    order by due_at limit $4 for update skip locked)
  update {s}.tenant t
  set lease = gen_random_uuid(), lease_until = now() + make_interval(secs => $5), worker = $6
  from wanted w where t.tenant = w.tenant
  returning t.tenant, t.account, t.lease::text, t.state, t.attempts, t.wake::text, t.code, t.message,
    t.change, t.approved, t.confirmed::text,
    extract(epoch from now())::float8 as now,
    greatest(0, extract(epoch from coalesce($1::timestamptz, now()) - t.due_at))::float8 as waited`;

export async function claim(database: Database, wish: ClaimWish): Promise<readonly Claim[]> {
  const { now, account, failing, limit, leaseSeconds, worker } = wish;
  if (limit <= 0) return [];
  return await database.rows<Claim>(CLAIM, [now, account, failing, limit, leaseSeconds, worker]);
}

/** Renews leases. Those that are not in the answer are lost; the paused ones are to stop. */
export function renew(
  database: Database,
  leases: readonly string[],
  leaseSeconds: number,
): Promise<readonly { readonly lease: string; readonly paused: boolean }[]> {
  return database.rows(
    `update {s}.tenant set lease_until = now() + make_interval(secs => $2)
     where lease = any($1::uuid[])
     returning lease::text, paused or (select paused from {s}.setting) as paused`,
    [leases, leaseSeconds],
  );
}

/** Gives a tenant back as it was: the worker stops, the tenant is paused, or the database was away. */
export async function giveBack(
  database: Database,
  { tenant, lease, state }: Claim,
  pauseSeconds: number,
): Promise<void> {
  await database.rows(
    `update {s}.tenant set lease = null, lease_until = null, worker = null, state = $3,
       due_at = greatest(due_at, now() + make_interval(secs => $4))
     where tenant = $1 and lease = $2`,
    [tenant, lease, state, pauseSeconds],
  );
}

/** How a look ended. */
export interface Outcome {
  readonly state: TenantState;
  readonly dueSeconds: number;
  readonly attempts: number;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly event?: TenantEventType | undefined;
  readonly cause?: unknown;
  readonly provider?: string | undefined;
  readonly integrationId?: string | undefined;
  readonly rotation?: string | undefined;
  /** JSON of the plan, for a person to see. */
  readonly plan?: string | undefined;
  readonly change?: string | undefined;
}

/**
 * Writes the end of a look and its history, unless the lease is lost. A wish that came meanwhile
 * (`wake`) makes the tenant due at once.
 */
const FINISH = `with done as (
    update {s}.tenant set
      state = $3, attempts = $4, code = $5, message = $6,
      due_at = coalesce($7::timestamptz, now())
        + case when wake = $8 then make_interval(secs => $9) else make_interval() end,
      provider = coalesce($10, provider), integration_id = coalesce($11, integration_id),
      rotation = coalesce($12::bigint, rotation), plan = $13::json, change = $14,
      approved = case when $14::text is null then null else approved end,
      looked_at = now(), updated_at = now(), lease = null, lease_until = null, worker = null
    where tenant = $1 and lease = $2 returning tenant),
  told as (
    insert into {s}.history (tenant, type, code, message, who)
    select tenant, $15, $5, $6, $16 from done where $15::text is not null)
  select tenant from done`;

/** False if the lease was lost: another worker has the tenant. */
export async function finish(
  database: Database,
  { tenant, lease, wake }: Claim,
  outcome: Outcome,
  { now, worker }: { readonly now: string | null; readonly worker: string },
): Promise<boolean> {
  const { state, attempts, code, message, dueSeconds, provider, integrationId } = outcome;
  const { rotation, plan, change, event } = outcome;
  const text = [tenant, lease, state, attempts, code ?? null, message ?? null, now, wake];
  const rest = [dueSeconds, provider, integrationId, rotation, plan, change, event];
  const values = [...text, ...rest.map((value) => value ?? null), worker];
  return (await database.rows(FINISH, values)).length > 0;
}

/** Tells that a rotation begins. False if the lease was lost. */
export async function begin(
  database: Database,
  { tenant, lease }: Claim,
  worker: string,
): Promise<boolean> {
  const rows = await database.rows(
    `with begun as (
       update {s}.tenant set state = 'rotating', updated_at = now()
       where tenant = $1 and lease = $2 returning tenant),
     told as (insert into {s}.history (tenant, type, who) select tenant, 'started', $3 from begun)
     select tenant from begun`,
    [tenant, lease, worker],
  );
  return rows.length > 0;
}
