import { createHash, randomUUID } from "node:crypto";
import { isText, need } from "../core/argument.ts";
import { checkOptions, type OptionKinds, TEXT } from "../core/options.ts";
import { LIMIT } from "../providers/http/argument.ts";
import type { RequestLimiter } from "../providers/http/transport.ts";
import { type Database, databaseOf } from "./database.ts";
import { checkPool, POSTGRES_KINDS, type PostgresOptions, WHOLE } from "./options.ts";
import { pauseStall } from "./worker/stall.ts";

/** Options of `postgresBudget`. */
export interface PostgresBudgetOptions extends PostgresOptions {
  /** The API key that the limit counts for, or another name. Only its SHA-256 is stored. */
  readonly apiKey: string;
  /** The most requests within `perSeconds`. */
  readonly requests: number;
  /** Default 1. */
  readonly perSeconds?: number | undefined;
  /**
   * Seconds after which the token of a process that died is free again: a third longer than
   * `timeoutMs` of the client at least. Default 20.
   */
  readonly holdSeconds?: number | undefined;
}

const KINDS: OptionKinds<PostgresBudgetOptions> = {
  ...POSTGRES_KINDS,
  apiKey: TEXT,
  requests: WHOLE,
  perSeconds: LIMIT,
  holdSeconds: LIMIT,
};

/** A request that waits for a token. */
interface Waiter {
  readonly grant: (release: () => void) => void;
  readonly fail: (error: unknown) => void;
}

/** A process asks for tokens at most this often while there are none. */
const LONGEST_PAUSE_MS = 1000;
/** A token that reached its request later than this share of its hold is not used. */
const FRESH_SHARE = 0.25;

/**
 * One limit of requests for all processes: pass it as `limiter` to the clients that use the API key.
 *
 * There are as many tokens as requests are allowed. A request takes one, and the token is free again
 * `perSeconds` after the answer; so two requests with one token reach the provider at least that far
 * apart, however slow the network or the process is. The clock is that of the database.
 *
 * @example
 * ```ts
 * import { type PostgresPool, postgresBudget } from "samlcert/postgres";
 * import { createSendGridClient } from "samlcert/sendgrid";
 *
 * export function client(pool: PostgresPool, apiKey: string) {
 *   const limiter = postgresBudget({ pool, apiKey, requests: 10, perSeconds: 1 });
 *   return createSendGridClient({ apiKey, limiter });
 * }
 * ```
 */
export function postgresBudget(options: PostgresBudgetOptions): RequestLimiter {
  checkOptions(options, KINDS, "postgresBudget");
  checkPool(options);
  const { apiKey, requests, perSeconds = 1, holdSeconds = 20 } = options;
  need(() => isText(apiKey) && apiKey !== "", "apiKey", "an API key, or a name");
  need(() => WHOLE.is(requests), "requests", WHOLE.name);
  const database = databaseOf(options);
  const budget = createHash("sha256").update(`samlcert budget ${apiKey}`).digest("hex");
  const waiting = new Set<Waiter>();
  const returned: { readonly slot: number; readonly token: string }[] = [];
  let isRunning = false;
  let isMade = false;

  /** Grants tokens for as long as somebody waits, and gives used ones back; one statement at a time. */
  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    try {
      while (waiting.size > 0 || returned.length > 0) await turn();
    } catch (error) {
      for (const { fail } of waiting) fail(error);
      waiting.clear();
      // Tokens that could not be given back are free again after holdSeconds.
      returned.length = 0;
    } finally {
      isRunning = false;
    }
  }

  async function turn(): Promise<void> {
    if (!isMade) await makeTokens(database, budget, requests);
    isMade = true;
    const back = returned.splice(0);
    if (back.length > 0) await giveBack(database, budget, back, perSeconds);
    if (waiting.size > 0) await grantSome();
  }

  async function grantSome(): Promise<void> {
    const asked = performance.now();
    const token = randomUUID();
    const values = [budget, Math.min(waiting.size, requests), holdSeconds, token, requests];
    const { slots, pauseMs } = await take(database, values);
    const isFresh = performance.now() - asked < holdSeconds * 1000 * FRESH_SHARE;
    for (const slot of slots) {
      const release = () => {
        returned.push({ slot, token });
        void run();
      };
      const [first] = isFresh ? waiting : [];
      if (first === undefined) release();
      else {
        waiting.delete(first);
        first.grant(release);
      }
    }
    if (slots.length === 0) await pause(pauseMs);
  }

  return {
    async take({ signal } = {}) {
      signal?.throwIfAborted();
      const resume = pauseStall();
      let abort = (): void => undefined;
      try {
        return await new Promise<() => void>((resolve, reject) => {
          const waiter: Waiter = { grant: resolve, fail: reject };
          abort = () => {
            waiting.delete(waiter);
            reject(signal?.reason);
          };
          signal?.addEventListener("abort", abort, { once: true });
          waiting.add(waiter);
          void run();
        });
      } finally {
        signal?.removeEventListener("abort", abort);
        resume();
      }
    },
  };
}

/** Waits, but for no more than a moment if a token comes back meanwhile. */
function pause(milliseconds: number): Promise<void> {
  // Spread, so that many processes do not ask at the same moment.
  const spread = 0.5 + Math.random() * 0.5;
  const wait = Math.min(LONGEST_PAUSE_MS, Math.max(20, milliseconds)) * spread;
  return new Promise((resolve) => setTimeout(resolve, wait));
}

async function makeTokens(database: Database, budget: string, requests: number): Promise<void> {
  await database.rows(
    `insert into {s}.budget_token (budget, slot, free_at)
     select $1, slot, now() from generate_series(1, $2::int) as slot on conflict do nothing`,
    [budget, requests],
  );
}

async function take(database: Database, values: readonly unknown[]) {
  const rows = await database.rows<{ readonly slot: number }>(
    `update {s}.budget_token set free_at = clock_timestamp() + make_interval(secs => $3), token = $4
     where budget = $1 and slot in (
       select slot from {s}.budget_token
       where budget = $1 and free_at <= clock_timestamp() and slot <= $5
       order by free_at limit $2 for update skip locked)
     returning slot`,
    values,
  );
  if (rows.length > 0) return { slots: rows.map(({ slot }) => slot), pauseMs: 0 };
  const [next] = await database.rows<{ readonly ms: number }>(
    `select coalesce(extract(epoch from min(free_at) - clock_timestamp()) * 1000, 1000)::float8 as ms
     from {s}.budget_token where budget = $1 and slot <= $2`,
    [values[0], values[4]],
  );
  return { slots: [], pauseMs: next?.ms ?? LONGEST_PAUSE_MS };
}

async function giveBack(
  database: Database,
  budget: string,
  back: readonly { readonly slot: number; readonly token: string }[],
  perSeconds: number,
): Promise<void> {
  await database.rows(
    `update {s}.budget_token b set free_at = clock_timestamp() + make_interval(secs => $4)
     from unnest($2::int[], $3::uuid[]) as r(slot, token)
     where b.budget = $1 and b.slot = r.slot and b.token = r.token`,
    [budget, back.map(({ slot }) => slot), back.map(({ token }) => token), perSeconds],
  );
}
