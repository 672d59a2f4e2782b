import type { Database } from "../database.ts";
import { type Claim, claim } from "./claim.ts";
import type { Settings } from "./options.ts";

/** Tenants whose last look failed get this share of the places at most. */
const FAILING_SHARE = 0.25;
/** Where tenants have accounts, each gets this share of the places at most. */
const ACCOUNT_SHARE = 0.5;

/** A tenant that has a place. */
export interface Placed {
  readonly account: string;
  readonly attempts: number;
}

/** Takes due tenants for the free places, so that neither an account nor failing tenants take all. */
export async function fillPlaces(
  database: Database,
  settings: Settings,
  placed: () => readonly Placed[],
  {
    worker,
    now,
    start,
  }: {
    readonly worker: string;
    readonly now: () => string | null;
    readonly start: (claim: Claim) => void;
  },
): Promise<boolean> {
  const { concurrency, leaseSeconds, accountOf } = settings;
  const share = (part: number) => Math.max(1, Math.ceil(concurrency * part));
  const accounts = accountOf ? await dueAccounts(database) : [""];
  let isFull = false;
  for (const account of accounts) {
    for (const failing of [true, false]) {
      const all = placed();
      const own = all.filter((one) => one.account === account).length;
      const weak = all.filter(({ attempts }) => attempts > 0).length;
      const limit = Math.min(
        concurrency - all.length,
        accountOf ? share(ACCOUNT_SHARE) - own : concurrency,
        failing ? share(FAILING_SHARE) - weak : concurrency,
      );
      const wish = { worker, account, failing, limit, leaseSeconds, now: now() };
      const claims = await claim(database, wish);
      for (const one of claims) start(one);
      isFull ||= limit > 0 && claims.length === limit;
    }
  }
  return isFull;
}

/** The accounts with due tenants; the one that has waited for the longest time first. */
async function dueAccounts(database: Database): Promise<readonly string[]> {
  const rows = await database.rows<{ readonly account: string }>(
    `select account from {s}.tenant
     where due_at <= now() and not paused and gone_at is null
     group by account order by min(due_at)`,
  );
  return rows.map(({ account }) => account);
}
