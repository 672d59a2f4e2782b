import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Pool } from "pg";
import PgBoss from "pg-boss";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Certificate } from "../../src/certificates/index.ts";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import {
  createFleet,
  createRotationWorker,
  type Fleet,
  type FleetEvent,
  fleetPrometheus,
  migratePostgres,
  postgresBudget,
  type RotationWorker,
  type RotationWorkerOptions,
} from "../../src/postgres/index.ts";
import {
  createSendGridClient,
  sendGridCertificateStore,
} from "../../src/providers/sendgrid/index.ts";
import type { CertificateStore } from "../../src/rotation/index.ts";
import { createTestCertificate, startFakeSendGrid } from "../../src/testing/index.ts";
import { type MemoryStore, memoryStore } from "../rotation/support/memory-store.ts";
import { skipped, startDatabase, type TestDatabase, why } from "./support.ts";

describe.skipIf(why !== "")(`createRotationWorker${skipped}`, () => {
  let database: TestDatabase;
  let control: Pool;
  let server: Server;
  let base: string;
  let old: Certificate;
  let next: Certificate;
  /** The certificates that each identity provider publishes; none for one that is down. */
  const published = new Map<string, readonly Certificate[]>();
  let stores: Map<string, MemoryStore>;
  let workers: RotationWorker[];
  let events: FleetEvent[];
  let schema = "";
  let number = 0;

  beforeAll(async () => {
    database = await startDatabase();
    control = database.pool();
    old = (await createTestCertificate()).certificate;
    next = (await createTestCertificate()).certificate;
    server = createServer(({ url = "" }, response) => {
      const name = url.slice(1);
      const certificates = published.get(name);
      if (certificates === undefined) {
        response.writeHead(503).end();
        return;
      }
      response.end(
        buildIdentityProviderMetadata({
          entityId: `https://${name}.example.com`,
          singleSignOnServices: [`https://${name}.example.com/sso`],
          signingCertificates: certificates.map(({ pem }) => pem),
        }),
      );
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await database.stop();
  });
  beforeEach(() => {
    number += 1;
    schema = `fleet_${number}`;
    published.clear();
    stores = new Map();
    workers = [];
    events = [];
  });
  afterEach(async () => await Promise.all(workers.map((one) => one[Symbol.asyncDispose]())));

  /** A tenant whose provider stores the old certificate and whose identity provider publishes others. */
  function tenant(name: string, certificates: readonly Certificate[] = [next]): MemoryStore {
    const store = Object.assign(memoryStore([old]), { integrationId: name });
    stores.set(name, store);
    published.set(name, certificates);
    return store;
  }

  function start(options: Partial<RotationWorkerOptions> = {}): RotationWorker {
    const worker = createRotationWorker({
      ...{
        pool: database.pool(),
        schema,
        pollSeconds: 0.05,
        rereadAfterMs: [],
        retrySeconds: 0.05,
      },
      tenants: () => [...stores.keys()],
      storeOf: (name) => stores.get(name),
      sourceOf: (name) => ({ url: `${base}/${name}`, allowPrivateAddresses: true }),
      policy: { retire: { afterSeconds: 0 } },
      onEvent: (event) => events.push(event),
      name: `worker ${workers.length + 1}`,
      ...options,
    });
    workers.push(worker);
    return worker;
  }

  const names = (store: MemoryStore | undefined) =>
    store?.entries.map(({ certificate }) => certificate?.fingerprint.sha256);
  const isDone = (name: string) => String(names(stores.get(name))) === next.fingerprint.sha256;
  const fleet = (): Fleet => createFleet({ pool: control, schema });
  const stateOf = async (name: string) => {
    const { rows } = await control.query(
      `select state, code, attempts from ${schema}.tenant where tenant = $1`,
      [name],
    );
    return rows[0] ?? {};
  };
  const until = (holds: () => unknown, timeout = 40_000) =>
    expect.poll(holds, { timeout, interval: 30 }).toBeTruthy();
  const told = (type: string) => events.filter((event) => event.type === type);

  test("rotates every tenant, though metadata is dead, stores throw and providers hang", async () => {
    // On the recipe's way, one dead URL kept the other 99 tenants of its page from their rotation.
    for (let index = 0; index < 40; index += 1) tenant(`tenant-${index}`);
    published.delete("tenant-0");
    const hangs: CertificateStore = {
      ...tenant("hanging"),
      list: () => new Promise(() => undefined),
    };
    tenant("without-store");
    tenant("without-source");
    const odd = new Set(["tenant-0", "tenant-1", "hanging", "without-store", "without-source"]);
    start({
      stallTimeoutMs: 2000,
      maxAttempts: 2,
      storeOf(name) {
        if (name === "tenant-1") throw new Error("secret-value");
        if (name === "without-store") return undefined;
        return name === "hanging" ? hangs : stores.get(name);
      },
      sourceOf: (name) =>
        name === "without-source"
          ? undefined
          : { url: `${base}/${name}`, allowPrivateAddresses: true },
    });
    const well = [...stores.keys()].filter((name) => !odd.has(name));
    await until(() => well.every(isDone));
    await until(() => told("dead_letter").length === odd.size, 20_000);
    const codes = Object.fromEntries(
      await Promise.all([...odd].map(async (name) => [name, (await stateOf(name))["code"]])),
    );
    expect(codes).toEqual({
      "tenant-0": "provider.metadata_status",
      "tenant-1": "fleet.callback_failed",
      hanging: "fleet.stalled",
      "without-store": "fleet.no_store",
      "without-source": "fleet.no_source",
    });
    const status = await fleet().status();
    expect(status.states).toEqual({ active: well.length, dead: odd.size });
    expect(JSON.stringify(status)).not.toContain("secret-value");
    const metrics = fleetPrometheus(status);
    expect(metrics).toContain(`samlcert_fleet_tenants{state="dead"} ${odd.size}`);
    // Once the cause is gone, a person asks for one more look.
    published.set("tenant-0", [next]);
    await fleet().retry("tenant-0", { by: "anna" });
    await until(() => isDone("tenant-0"));
    await until(() => told("completed").length === well.length + 1);
    const history = await fleet().history("tenant-0");
    expect(history.map(({ type }) => type).reverse()).toEqual([
      ...["failed", "dead_letter", "retried", "started", "completed"],
    ]);
    expect(history.find(({ type }) => type === "retried")?.by).toBe("anna");
  });

  test("lets many workers start at once, and each tenant is rotated once", async () => {
    // 16 of 24 workers of the recipe died when their queues and tables were made at the same time.
    for (let index = 0; index < 20; index += 1) tenant(`tenant-${index}`);
    const bosses = Array.from({ length: 6 }, () => {
      const { host, user } = database;
      return new PgBoss({ host, user, database: "postgres", schema: `boss_${schema}`, max: 2 });
    });
    for (const boss of bosses) start({ boss });
    await Promise.all(workers.map(({ ready }) => ready));
    await until(() => [...stores.keys()].every(isDone));
    for (const { uploads } of stores.values()) expect(uploads).toHaveLength(1);
    // A wish in the queue is a look.
    const before = told("looked").length;
    await bosses[0]?.send("samlcert-look", { tenant: "tenant-3" });
    await until(() => told("looked").length > before);
    await Promise.all(workers.map((one) => one[Symbol.asyncDispose]()));
    await Promise.all(bosses.map((boss) => boss.stop({ graceful: false, wait: false })));
  });

  test("makes a refused plan a state that a person sees, and no retry", async () => {
    // The recipe repeated it ten times in silence.
    const soon = { notAfter: Math.floor(Date.now() / 1000) + 86_400 };
    const short = (await createTestCertificate(soon)).certificate;
    tenant("refused", [short]);
    start();
    await until(() => told("refused").length > 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(told("looked")).toHaveLength(1);
    const { attention } = await fleet().status();
    expect(attention).toMatchObject([
      { tenant: "refused", state: "refused", code: "guard.short_life", attempts: 0 },
    ]);
    expect(names(stores.get("refused"))).toEqual([old.fingerprint.sha256]);
  });

  test("executes nothing that onPlan holds until a person approves these steps", async () => {
    const store = tenant("held");
    start({ onPlan: (_plan, { tenant: name }) => (name === "held" ? "hold" : "execute") });
    await until(async () => (await stateOf("held"))["state"] === "awaiting_approval");
    expect(store.uploads).toEqual([]);
    // Between the plan and the approval, the identity provider publishes another certificate.
    const other = (await createTestCertificate()).certificate;
    published.set("held", [other]);
    await fleet().approve("held", { by: "anna" });
    await until(() => told("held").length === 2);
    expect(store.uploads).toEqual([]);
    await fleet().approve("held");
    await until(() => String(names(store)) === other.fingerprint.sha256);
    await expect(fleet().approve("held")).rejects.toMatchObject({
      code: "fleet.nothing_to_approve",
    });
    await expect(fleet().approve("nobody")).rejects.toMatchObject({ code: "fleet.unknown_tenant" });
    await expect(fleet().confirm("held")).rejects.toMatchObject({
      code: "fleet.nothing_to_confirm",
    });
  });

  test("retires on evidence alone: while it is published, then on a person's word", async () => {
    const store = tenant("switching");
    start({ policy: {} });
    await until(async () => (await stateOf("switching"))["state"] === "awaiting_switch");
    expect(names(store)).toEqual([old.fingerprint.sha256, next.fingerprint.sha256]);
    await fleet().confirm("switching", { by: "anna" });
    await until(() => isDone("switching"));
  });

  test("stops at pause, also all tenants, and goes on at resume", async () => {
    const controls = fleet();
    await migratePostgres({ pool: control, schema });
    await controls.pause(undefined, { by: "anna" });
    tenant("a");
    tenant("b");
    start();
    await until(async () => (await controls.status()).tenants === 2);
    await controls.pause("b");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(told("looked")).toEqual([]);
    await controls.resume();
    await until(() => isDone("a"));
    expect(isDone("b")).toBe(false);
    await controls.resume("b");
    await until(() => isDone("b"));
  });

  test("goes on after a failover and after a worker that stands still has lost its tenants", async () => {
    // On the recipe's way, the lost connection ended the process, and an expired job began again.
    for (let index = 0; index < 12; index += 1) tenant(`tenant-${index}`);
    let isSlow = true;
    const slowly = (name: string): CertificateStore | undefined => {
      const store = stores.get(name);
      const list: CertificateStore["list"] = async (options) => {
        if (isSlow) await new Promise((resolve) => setTimeout(resolve, 100));
        return (await store?.list(options)) ?? [];
      };
      return store && { ...store, list };
    };
    start({ storeOf: slowly, concurrency: 2, leaseSeconds: 2 });
    start({ storeOf: slowly, concurrency: 2, leaseSeconds: 2 });
    await until(() => told("looked").length > 2);
    await database.crash();
    isSlow = false;
    await until(() => [...stores.keys()].every(isDone), 20_000);
    for (const { uploads } of stores.values()) expect(uploads).toHaveLength(1);
  });

  test("keeps a low limit over two workers, and waiting for it is no failure", async () => {
    // With a low limit, the recipe's jobs expired and began again for ever.
    const fake = await startFakeSendGrid();
    const times: number[] = [];
    for (let index = 0; index < 3; index += 1) {
      const { id } = fake.addIntegration();
      fake.addCertificate({ integration_id: id, public_certificate: old.pem });
      published.set(id, [next]);
      stores.set(id, memoryStore());
    }
    for (let index = 0; index < 2; index += 1) {
      const limiter = postgresBudget({
        ...{ pool: database.pool(), schema, apiKey: "SG.fleet", requests: 3, perSeconds: 0.4 },
      });
      const client = createSendGridClient({
        ...{ apiKey: "SG.fleet", baseUrl: fake.url, limiter, timeoutMs: 5000 },
        onRequest: () => times.push(performance.now()),
      });
      start({ storeOf: (id) => sendGridCertificateStore(client, id), stallTimeoutMs: 5000 });
    }
    const isRotated = () =>
      [...fake.state.certificates.values()].every(
        ({ public_certificate }) => public_certificate === next.pem,
      );
    await until(isRotated, 20_000);
    await until(() => told("completed").length === 3);
    expect(told("failed")).toEqual([]);
    times.sort((a, b) => a - b);
    const gaps = times.slice(3).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(400);
    await fake.close();
  });

  test("leaves a tenant alone that another worker has taken over", async () => {
    // Its work ends with fleet.lease_lost, which is nobody's failure.
    const store = tenant("taken");
    let isFirst = true;
    start({
      async storeOf() {
        if (isFirst) {
          await control.query(
            `update ${schema}.tenant set lease = gen_random_uuid(), lease_until = now() + interval '1 s'`,
          );
        }
        isFirst = false;
        return store;
      },
    });
    await until(() => isDone("taken"));
    expect(store.uploads).toHaveLength(1);
    await until(() => told("completed").length === 1);
    const history = await fleet().history("taken");
    expect(history.map(({ type }) => type)).toEqual(["completed", "started"]);
  });

  test("gives no account more than half of its places", async () => {
    for (let index = 0; index < 8; index += 1) tenant(`slow-${index}`);
    tenant("other");
    const held: (() => void)[] = [];
    start({
      concurrency: 4,
      accountOf: (name) => name.split("-")[0] as string,
      async storeOf(name) {
        if (name.startsWith("slow")) await new Promise<void>((resolve) => held.push(resolve));
        return stores.get(name);
      },
    });
    await until(() => isDone("other"));
    expect(held).toHaveLength(2);
    for (const resolve of held) resolve();
    await until(() => {
      for (const resolve of held.splice(0)) resolve();
      return [...stores.keys()].every(isDone);
    });
  });

  test("publishes a span for each look, and takes tenants that left off the list", async () => {
    tenant("traced");
    tenant("leaving");
    const spans: unknown[] = [];
    const listen = (message: unknown) => spans.push(message);
    subscribe("tracing:samlcert.fleet.look:asyncEnd", listen);
    start({ listSeconds: 0.2 });
    await until(() => isDone("traced") && isDone("leaving"));
    await until(() => spans.length >= 2);
    unsubscribe("tracing:samlcert.fleet.look:asyncEnd", listen);
    expect(spans[0]).toMatchObject({ worker: "worker 1", state: "active", provider: "memory" });
    stores.delete("leaving");
    await until(async () => (await fleet().status()).tenants === 1);
  });

  test("refuses to start on tables that need newer code, and says so", async () => {
    await migratePostgres({ pool: control, schema });
    await control.query(`insert into ${schema}.migration (version, needs) values (900, 900)`);
    await expect(start().ready).rejects.toMatchObject({ code: "postgres.schema_newer" });
    expect(told("worker_failed")).toMatchObject([{ task: "database" }]);
  });
});
