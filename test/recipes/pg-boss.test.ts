import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createTestCertificate,
  type FakeExchange,
  type FakeSendGrid,
  type FakeSendGridState,
  startFakeSendGrid,
} from "../../src/testing/index.ts";
import { type Postgres, postgresFolder, startPostgres } from "../support/postgres.ts";

const INTEGRATIONS = 10_000;
const OUTDATED = 200;
const root = resolve(import.meta.dirname, "../..");
const programs = postgresFolder();

function missing(): string {
  if (programs === undefined) return "PostgreSQL is not installed";
  try {
    const require = createRequire(import.meta.url);
    for (const name of ["pg-boss", "pg"]) require.resolve(name);
    return "";
  } catch {
    return "pg-boss is not installed";
  }
}
const why = missing();
if (why !== "" && process.env["SAMLCERT_REQUIRE_ALL"] === "1") throw new Error(why);

/** Bundles the worker with the library as `samlcert`, next to the packages that it imports. */
async function bundle(): Promise<string> {
  const folder = mkdtempSync(join(root, "node_modules/.pg-boss-test-"));
  const outfile = join(folder, "worker.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "pg-boss-worker.mjs")],
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["pg-boss", "pg", "xml-crypto", "fast-xml-parser", "@peculiar/x509"],
    alias: {
      samlcert: join(root, "src/index.ts"),
      "samlcert/rotation": join(root, "src/rotation/index.ts"),
      "samlcert/sendgrid": join(root, "src/providers/sendgrid/index.ts"),
    },
    outfile,
    logLevel: "error",
  });
  return outfile;
}

describe.skipIf(why !== "")(`the recipe on pg-boss${why && ` [skipped: ${why}]`}`, () => {
  let postgres: Postgres;
  let fake: FakeSendGrid;
  let worker: string;
  let started: ChildProcess | undefined;
  const violations: string[] = [];
  const counts = { lists: 0, uploads: 0 };

  /** After each write: every integration has something that works, and nothing twice. */
  function watch(state: FakeSendGridState, exchange: FakeExchange): void {
    if (exchange.operation === "certificates.list") counts.lists += 1;
    if (exchange.method === "GET") return;
    counts.uploads += Number(exchange.method === "POST");
    const held = new Map<string, string[]>();
    for (const { integration_id, public_certificate } of state.certificates.values()) {
      held.set(integration_id, [...(held.get(integration_id) ?? []), public_certificate]);
    }
    if (held.size !== INTEGRATIONS) violations.push(`without a certificate: ${exchange.path}`);
    for (const [id, texts] of held) {
      if (new Set(texts).size !== texts.length) violations.push(`stored twice: ${id}`);
    }
  }

  beforeAll(async () => {
    [postgres, worker] = await Promise.all([startPostgres(programs ?? ""), bundle()]);
    fake = await startFakeSendGrid({ invariant: watch, keepRequests: 1 });
  }, 60_000);
  afterAll(async () => {
    started?.kill("SIGKILL");
    await fake?.close();
    await postgres?.stop();
    if (worker) rmSync(join(worker, ".."), { recursive: true, force: true });
  });

  async function start(pem: string, scan: boolean): Promise<ChildProcess> {
    const { host, user } = postgres;
    const orders = JSON.stringify({ host, user, url: fake.url, pem, scan });
    const child = spawn(process.execPath, [worker, orders], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    started = child;
    await once(child.stdout as NodeJS.ReadableStream, "data");
    return child;
  }

  async function killWhen(child: ChildProcess, reached: () => boolean): Promise<void> {
    await expect.poll(reached, { timeout: 200_000, interval: 20 }).toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  it("scans 10,000 integrations and rotates 200 of them, killed twice", {
    timeout: 600_000,
  }, async () => {
    const [old, next] = [await createTestCertificate(), await createTestCertificate()];
    for (let index = 0; index < INTEGRATIONS; index += 1) {
      const { id } = fake.addIntegration();
      const outdated = index % (INTEGRATIONS / OUTDATED) === 0;
      const public_certificate = (outdated ? old : next).pem;
      fake.addCertificate({ integration_id: id, public_certificate });
    }
    await killWhen(await start(next.pem, true), () => counts.lists > 3000);
    await killWhen(await start(next.pem, false), () => counts.uploads > OUTDATED / 2);
    await start(next.pem, false);
    const done = () =>
      [...fake.state.certificates.values()].every(
        ({ public_certificate }) => public_certificate === next.pem,
      );
    await expect.poll(done, { timeout: 300_000, interval: 200 }).toBe(true);
    expect(fake.state.certificates.size).toBe(INTEGRATIONS);
    expect(counts.lists).toBeGreaterThan(INTEGRATIONS);
    expect(violations).toEqual([]);
    expect(fake.violations).toEqual([]);
  });
});
