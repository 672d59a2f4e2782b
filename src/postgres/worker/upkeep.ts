import type { Database } from "../database.ts";
import { isLease, takeLease } from "../lease.ts";
import type { Settings } from "./options.ts";

/** Tenants that are written at once. */
const PAGE = 1000;

/** Reads the list of tenants, unless another worker reads it or has read it a short while ago. */
export async function listTenants(
  database: Database,
  { tenants, accountOf, listSeconds }: Settings,
  signal: AbortSignal,
): Promise<void> {
  const due = await database.rows(
    `select from {s}.setting where listed_at is null
       or listed_at < now() - make_interval(secs => $1)`,
    [listSeconds],
  );
  if (due.length === 0) return;
  const lease = await takeLease(database, "list of tenants", { seconds: 60 });
  if (!isLease(lease)) return;
  try {
    const [run] = await database.rows<{ readonly listing: string }>(
      "update {s}.setting set listing = listing + 1 returning listing::text",
    );
    const listing = run?.listing ?? "0";
    let page: string[] = [];
    const write = async () => {
      const accounts = page.map((tenant) => accountOf?.(tenant) ?? "");
      await database.rows(LISTED, [page, accounts, listing]);
      page = [];
    };
    for await (const tenant of typeof tenants === "function" ? await tenants() : tenants) {
      signal.throwIfAborted();
      page.push(String(tenant));
      if (page.length === PAGE) await write();
    }
    if (page.length > 0) await write();
    // Only after the whole list was read.
    await database.rows(
      "update {s}.tenant set gone_at = now() where listed <> $1 and gone_at is null",
      [listing],
    );
    await database.rows("update {s}.setting set listed_at = now()");
  } finally {
    await lease.release();
  }
}

const LISTED = `insert into {s}.tenant (tenant, account, listed)
  select distinct on (tenant) tenant, account, $3 from unnest($1::text[], $2::text[]) as l(tenant, account)
  on conflict (tenant) do update
    set listed = excluded.listed, account = excluded.account, gone_at = null`;

/** Seconds between two cleanings. */
const CLEAN_SECONDS = 3600;

/** Statements that remove old rows, a page at a time. */
const CLEANINGS = [
  `delete from {s}.rotation where id in (
     select id from {s}.rotation r where updated_at < now() - make_interval(secs => $1)
       and (status <> 'open' or exists (
         select from {s}.rotation n where n.provider = r.provider
           and n.integration_id = r.integration_id and n.origin = r.origin and n.id > r.id))
     limit ${PAGE}) returning 1`,
  `delete from {s}.history where id in (
     select id from {s}.history where at < now() - make_interval(secs => $1) limit ${PAGE})
   returning 1`,
  "delete from {s}.lock where until < now() - make_interval(secs => $1)",
];

/** Removes the journals of finished rotations and the history that are older than `keepSeconds`. */
export async function clean(database: Database, { keepSeconds }: Settings): Promise<void> {
  const [turn] = await database.rows(
    `update {s}.setting set cleaned_at = now() where cleaned_at is null
       or cleaned_at < now() - make_interval(secs => $1) returning 1`,
    [CLEAN_SECONDS],
  );
  if (!turn) return;
  for (const statement of CLEANINGS) {
    for (;;) {
      const removed = await database.rows(statement, [keepSeconds]);
      if (removed.length < PAGE) break;
    }
  }
  await database.rows("delete from {s}.worker where seen_at < now() - interval '1 day'");
}
