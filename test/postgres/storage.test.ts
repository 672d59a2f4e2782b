import { fork } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  migratePostgres,
  postgresBudget,
  postgresCache,
  postgresJournal,
  postgresJournals,
} from "../../src/postgres/index.ts";
import { watchStall, withWatch } from "../../src/postgres/worker/stall.ts";
import {
  executeRotation,
  observeSignIn,
  resumeRotation,
  retireSuperseded,
  rollbackRotation,
} from "../../src/rotation/index.ts";
import { type Cast, cast, day } from "../rotation/support/certificates.ts";
import { at, failure, held, planFor } from "../rotation/support/executing.ts";
import { memoryStore } from "../rotation/support/memory-store.ts";
import { bundle } from "./bundle.mjs";
import { skipped, startDatabase, type TestDatabase, why } from "./support.ts";

describe.skipIf(why !== "")(`storage in PostgreSQL${skipped}`, () => {
  let database: TestDatabase;
  let bouncer: string;
  let people: Cast;

  beforeAll(async () => {
    database = await startDatabase();
    bouncer = await database.bouncer();
    people = await cast();
  });
  afterAll(async () => await database.stop());

  const through = () => database.pool({ host: bouncer, port: 6432 });

  describe("migratePostgres", () => {
    test("lets 24 first starts at once all succeed", async () => {
      const pools = Array.from({ length: 24 }, () => database.pool({ max: 1 }));
      const starts = pools.map((pool) => migratePostgres({ pool, schema: "first_starts" }));
      const outcomes = await Promise.allSettled(starts);
      expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
    });

    test("needs no right to create tables where they are up to date", async () => {
      const pool = database.pool();
      await migratePostgres({ pool });
      await pool.query(`create role worker login;
        grant usage on schema samlcert to worker;
        grant select, insert, update, delete on all tables in schema samlcert to worker`);
      const weak = database.pool({ user: "worker" });
      await migratePostgres({ pool: weak });
      await postgresCache({ pool: weak, key: "weak" }).set("copy");
      expect(await postgresCache({ pool: weak, key: "weak" }).get()).toBe("copy");
      const refused = await failure(migratePostgres({ pool: weak, schema: "not_there" }));
      expect(refused.code).toBe("postgres.permission_denied");
    });

    test("works with tables of a newer version unless they need newer code", async () => {
      const pool = database.pool();
      await migratePostgres({ pool, schema: "newer" });
      await pool.query("insert into newer.migration (version, needs) values (900, 1)");
      await migratePostgres({ pool, schema: "newer" });
      await pool.query("insert into newer.migration (version, needs) values (901, 901)");
      const refused = await failure(migratePostgres({ pool, schema: "newer" }));
      expect(refused.code).toBe("postgres.schema_newer");
    });

    test("says when the database is away or refuses a statement", async () => {
      const away = database.pool({ host: "/nowhere" });
      expect((await failure(migratePostgres({ pool: away }))).code).toBe("postgres.unavailable");
      const pool = database.pool();
      await pool.query("create schema odd; create table odd.cache (key integer)");
      await pool.query(
        "create table odd.migration (version int, needs int); insert into odd.migration values (99, 1)",
      );
      const odd = await failure(postgresCache({ pool, schema: "odd" }).set("x"));
      expect(odd.code).toBe("postgres.failed");
    });
  });

  describe("postgresJournal", () => {
    test("carries a rotation from its plan to the retirement, through PgBouncer", async () => {
      const { current, next } = people;
      const store = memoryStore([current]);
      const plan = await planFor(store, [next], {});
      const run = () => ({ store, journal: postgresJournal({ pool: through() }), clock: at(1) });
      expect((await executeRotation(plan, run())).status).toBe("awaiting_switch");
      expect((await resumeRotation(run())).status).toBe("awaiting_switch");
      expect((await retireSuperseded(run())).status).toBe("completed");
      expect(held(store)).toEqual(["CN=next"]);
    });

    test("keeps two runs from one connection, through PgBouncer without session locks", async () => {
      const connection = { provider: "p", integrationId: "locked" };
      const first = postgresJournal({ pool: through() });
      await first.open(connection);
      const second = postgresJournal({ pool: through(), rotation: "another journal" });
      expect((await failure(second.open(connection))).code).toBe("rotation.locked");
      await first.close();
      await second.open(connection);
      await second.close();
    });

    test("refuses records of a run whose lease another one took over", async () => {
      const { current, next } = people;
      const plan = await planFor(memoryStore([current]), [next]);
      const connection = { provider: "p", integrationId: "fenced" };
      const pool = through();
      const dead = postgresJournal({ pool, leaseSeconds: 60 });
      await dead.open(connection);
      await dead.append({ type: "plan", at: day(0), plan });
      // As if the process had stood still for longer than its lease.
      await pool.query("update samlcert.lock set until = now() - interval '1 second'");
      const heir = postgresJournal({ pool });
      expect(await heir.open(connection)).toHaveLength(1);
      const late = await failure(dead.append({ type: "started", at: day(0), step: 0 }));
      expect(late.code).toBe("journal.lock_lost");
      await heir.append({ type: "started", at: day(0), step: 0 });
      await dead.close();
      await heir.close();
      expect(await postgresJournals({ pool }).list(connection)).toHaveLength(1);
    });

    test("gives the lease of a killed process to the next run once it has ended", async () => {
      const program = await bundle(join(import.meta.dirname, "lease-holder.mjs"));
      const child = fork(program, [database.host, database.user], { silent: true });
      await once(child, "message");
      const connection = { provider: "p", integrationId: "killed" };
      const journal = postgresJournal({ pool: through() });
      child.kill("SIGKILL");
      expect((await failure(journal.open(connection))).code).toBe("rotation.locked");
      await expect
        .poll(
          () =>
            journal.open(connection).then(
              () => "open",
              () => "locked",
            ),
          { timeout: 8000 },
        )
        .toBe("open");
      await journal.close();
      rmSync(dirname(program), { recursive: true });
    });

    test("survives a failover of the database, and so does the process", async () => {
      const { current, next } = people;
      const store = memoryStore([current]);
      // The recipe's pool had no listener: the lost idle connections ended the process.
      const pool = database.pool();
      const run = () => ({ store, journal: postgresJournal({ pool, rotation: "failover" }) });
      const plan = await planFor(store, [next], {});
      await executeRotation(plan, { ...run(), clock: at(1) });
      await Promise.all([pool.query("select 1"), pool.query("select 1")]);
      await database.crash();
      await expect
        .poll(() =>
          resumeRotation({ ...run(), clock: at(1) }).then((result) => result.status, String),
        )
        .toBe("awaiting_switch");
      expect((await rollbackRotation({ ...run(), clock: at(2) })).status).toBe("awaiting_switch");
    });

    test("begins a new rotation after one is over, and opens a named one again", async () => {
      const { current, next, renewed } = people;
      const store = memoryStore([current]);
      const pool = database.pool();
      const retire = { retire: { afterSeconds: 0 } } as const;
      const one = await planFor(store, [next], retire);
      const named = () => ({
        store,
        journal: postgresJournal({ pool, rotation: "one" }),
        clock: at(1),
      });
      expect((await executeRotation(one, named())).status).toBe("completed");
      const two = await planFor(store, [renewed], retire);
      const any = () => ({ store, journal: postgresJournal({ pool }), clock: at(1) });
      expect((await executeRotation(two, any())).status).toBe("completed");
      expect((await failure(resumeRotation(any()))).code).toBe("journal.empty");
      expect((await resumeRotation(named()).catch((error) => error)).code).toBe(
        "guard.store_changed",
      );
      const other = await failure(executeRotation(two, named()));
      expect(other.code).toBe("journal.of_another_plan");
    });
  });

  describe("postgresJournals", () => {
    test("finds the unfinished rotation with the same goal, and takes sign-ins as evidence", async () => {
      const { current, next } = people;
      const store = { ...memoryStore([current]), integrationId: "listed" };
      const pool = database.pool();
      const journals = postgresJournals({ pool });
      const plan = await planFor(store, [next], { retire: { signedWithNew: 2 } });
      const first = await journals.forPlan(plan);
      await executeRotation(first.plan, { store, journal: first.journal, clock: at(1) });
      const again = await journals.forPlan({ ...plan });
      expect(again.plan.id).toBe(plan.id);
      const fingerprint = next.fingerprint.sha256;
      const seen = { fingerprint, at: day(1), count: 2 };
      expect(await journals.observe(store, seen)).toBe(true);
      expect(await journals.observe({ ...store, integrationId: "unknown" }, seen)).toBe(false);
      const { journal, path } = await journals.latest(store);
      expect(path).toMatch(/^postgres:\d+$/);
      expect((await resumeRotation({ store, journal, clock: at(1) })).status).toBe("completed");
      const [listed] = await journals.list(store);
      expect(listed).toMatchObject({ status: "completed", integrationId: "listed" });
      const named = postgresJournal({ pool, rotation: "nothing yet" });
      expect((await failure(observeSignIn(named, seen))).code).toBe("journal.empty");
    });
  });

  describe("postgresCache", () => {
    test("keeps a copy for each owner and identity provider", async () => {
      const pool = through();
      const [a, b] = [postgresCache({ pool, key: "a" }), postgresCache({ pool, key: "b" })];
      expect(await a.get("https://idp")).toBeUndefined();
      await Promise.all([a.set("of a", "https://idp"), b.set("of b", "https://idp")]);
      await a.set("newer", "https://idp");
      expect([await a.get("https://idp"), await b.get("https://idp")]).toEqual(["newer", "of b"]);
      expect(await a.get("https://other")).toBeUndefined();
    });
  });

  describe("postgresBudget", () => {
    test("keeps one limit over several processes, whatever the requests take", async () => {
      const limits = Array.from({ length: 4 }, () =>
        postgresBudget({ pool: database.pool(), apiKey: "k", requests: 10, perSeconds: 0.5 }),
      );
      const sent: number[] = [];
      const send = async (index: number) => {
        const release = await limits[index % 4]!.take({});
        sent.push(performance.now());
        await new Promise((resolve) => setTimeout(resolve, (index * 7) % 60));
        release();
      };
      await Promise.all(Array.from({ length: 40 }, (_, index) => send(index)));
      sent.sort((a, b) => a - b);
      const gaps = sent.slice(10).map((time, index) => time - (sent[index] ?? 0));
      expect(sent).toHaveLength(40);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
    });

    test("counts no wait for a token as work that hangs", async () => {
      const limit = postgresBudget({ pool: database.pool(), apiKey: "s", requests: 1 });
      let isStalled = false;
      const watch = watchStall(300, () => {
        isStalled = true;
      });
      (await limit.take({}))();
      await withWatch(watch, async () => (await limit.take({}))());
      expect(isStalled).toBe(false);
      await expect.poll(() => isStalled).toBe(true);
      watch.stop();
    });

    test("ends a wait when its signal is aborted, and stores no API key", async () => {
      const pool = database.pool();
      const limit = postgresBudget({ pool, apiKey: "SG.secret", requests: 1, perSeconds: 60 });
      const release = await limit.take({});
      const waiting = limit.take({ signal: AbortSignal.timeout(50) });
      await expect(waiting).rejects.toThrow();
      release();
      const { rows } = await pool.query("select * from samlcert.budget_token");
      expect(JSON.stringify(rows)).not.toContain("secret");
    });
  });
});
