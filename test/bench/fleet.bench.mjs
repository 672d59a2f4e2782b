/**
 * A fleet of 10,000 tenants in two provider accounts of 50 requests a second each: 2,000 rotations,
 * 2 % faults, 1 % dead metadata, four workers of which one is killed every few seconds, a failover of
 * the database, and workers of the next version beside those of this one. Ends with 1 if anything is
 * undone or stored twice at rest, if the limit was exceeded, or if a worker needed 200 MB.
 * Run: npm run bench fleet [-- --tenants 1000]
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import pg from "pg";
import { bundle } from "../postgres/bundle.mjs";

const flag = process.argv.indexOf("--tenants");
const tenants = flag < 0 ? 10_000 : Number(process.argv[flag + 1]);
const LIMIT = 50;
const WORKERS = 4;
const KILL_MS = 10_000;
const MAX_BYTES = 200 * 1024 * 1024;
const MAX_MS = 30 * 60_000;

/** The code of the next version: one more migration, which only adds. */
const nextVersion = {
  name: "next version",
  setup(build) {
    build.onLoad({ filter: /postgres\/migrations\.ts$/ }, async ({ path }) => {
      const { readFile } = await import("node:fs/promises");
      const text = await readFile(path, "utf8");
      const added = `{ version: 2, needs: 1, statements: [
        "alter table {s}.tenant add column note text not null default ''",
        "create table {s}.of_next_version (id bigint primary key)"] },\n];\n`;
      return { contents: text.replace(/\];\n$/, added), loader: "ts" };
    });
  },
};

const here = import.meta.dirname;
const [world, thisWorker, nextWorker, support] = await Promise.all([
  bundle(join(here, "fleet-world.mjs")),
  bundle(join(here, "fleet-worker.mjs")),
  bundle(join(here, "fleet-worker.mjs"), [nextVersion]),
  bundle(join(here, "../support/postgres.ts")),
]);
const { postgresFolder, startPostgres } = await import(support);
const database = await startPostgres(postgresFolder());
const { host, user } = database;
const orders = { tenants, outdatedEvery: 5, faultShare: 0.02, limit: LIMIT };
const provider = fork(world, [JSON.stringify(orders)]);
const [setup] = await once(provider, "message");

const live = new Set();
const totals = { looks: 0, longestWait: 0, completed: 0, failed: 0, dead: 0, database: 0 };
const peaks = { rss: 0, cpuMs: 0, started: 0, killed: 0 };

function start() {
  peaks.started += 1;
  const isNext = peaks.started % 2 === 0;
  const child = fork(isNext ? nextWorker : thisWorker, []);
  const worker = { child, last: undefined };
  child.on("message", (seen) => {
    worker.last = seen;
    peaks.rss = Math.max(peaks.rss, seen.rss);
  });
  child.once("exit", () => {
    live.delete(worker);
    add(worker);
  });
  child.send({ host, user, limit: LIMIT, name: `worker ${peaks.started}`, ...setup });
  live.add(worker);
}

function add({ last }) {
  if (last === undefined) return;
  for (const name of Object.keys(totals)) {
    if (name !== "longestWait") totals[name] += last[name];
  }
  totals.longestWait = Math.max(totals.longestWait, last.longestWait);
  peaks.cpuMs += (last.cpu.user + last.cpu.system) / 1000;
}

async function reportOfWorld() {
  provider.send("report");
  const [report] = await once(provider, "message");
  return report;
}

const pool = new pg.Pool({ host, user, database: "postgres", max: 2 });
pool.on("error", () => undefined);
const OPEN = "('new', 'rotating', 'waiting', 'awaiting_switch', 'failing')";
const left = async () => {
  const text = `select count(*)::int as listed,
    (count(*) filter (where state in ${OPEN} or lease is not null))::int as open from samlcert.tenant`;
  const { rows } = await pool.query(text).catch(() => ({ rows: [{ listed: 0, open: 0 }] }));
  return rows[0].open + tenants - rows[0].listed;
};

const began = performance.now();
for (let index = 0; index < WORKERS; index += 1) start();
let nextKill = began + KILL_MS;
let hasCrashed = false;
let isDone = false;
while (!isDone && performance.now() - began < MAX_MS) {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const open = await left();
  if (process.stderr.isTTY || process.env.SAMLCERT_PROGRESS)
    console.error(`${open} open, ${live.size} workers`);
  if (!hasCrashed && open < tenants * 0.6 && open > 0) {
    hasCrashed = true;
    await database.crash();
  }
  isDone = open === 0 && performance.now() - began > 3000;
  if (performance.now() > nextKill && !isDone) {
    const [victim] = [...live].sort(() => Math.random() - 0.5);
    victim.child.kill("SIGKILL");
    peaks.killed += 1;
    nextKill = performance.now() + KILL_MS * (0.5 + Math.random());
    start();
  }
}
const seconds = (performance.now() - began) / 1000;
const report = await reportOfWorld();
const rows = async (text) => (await pool.query(text)).rows;
const [{ bytes }] = await rows(
  `select sum(pg_total_relation_size(c.oid))::float8 as bytes from pg_class c
   join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'samlcert' and c.relkind = 'r'`,
);
const [{ commits }] = await rows(
  "select xact_commit::float8 as commits from pg_stat_database where datname = 'postgres'",
);
const states = await rows(
  "select state, count(*)::int as count from samlcert.tenant group by state order by state",
);
const [{ versions }] = await rows("select max(version) as versions from samlcert.migration");
for (const worker of live) worker.child.kill("SIGKILL");
await new Promise((resolve) => setTimeout(resolve, 300));

const lines = {
  tenants,
  seconds: Math.round(seconds),
  states: states.map(({ state, count }) => `${count} ${state}`).join(", "),
  "rotations undone": report.undone,
  "stored twice at rest": report.twice,
  "without a certificate": report.without,
  uploads: report.uploads,
  "requests to the providers": report.requests,
  faults: report.faults,
  "most requests in any second": `${report.mostInWindow} of ${LIMIT}`,
  "requests per second": Math.round(report.requests / seconds),
  "workers started and killed": `${peaks.started}, ${peaks.killed}`,
  "versions of the tables": versions,
  failovers: Number(hasCrashed),
  "longest wait of a tenant in s": Math.round(totals.longestWait),
  "looks that were told": totals.looks,
  "peak memory of a worker in MB": Math.round(peaks.rss / 1024 / 1024),
  "CPU of the workers in s": Math.round(peaks.cpuMs / 1000),
  "bytes per tenant in the database": Math.round(bytes / tenants),
  "transactions since the failover": commits,
};
for (const [name, value] of Object.entries(lines)) console.log(`${name.padEnd(34)} ${value}`);
const isGood =
  isDone &&
  report.undone + report.twice + report.without === 0 &&
  report.mostInWindow <= LIMIT &&
  peaks.rss < MAX_BYTES;
console.log(isGood ? "\nas it must be" : "\nNOT as it must be");
process.exitCode = isGood ? 0 : 1;
provider.kill("SIGKILL");
await pool.end().catch(() => undefined);
await database.stop();
for (const file of [world, thisWorker, nextWorker, support]) {
  rmSync(dirname(file), { recursive: true, force: true });
}
process.exit();
