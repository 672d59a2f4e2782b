import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join, sep } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  executeRotation,
  fileJournal,
  planRotation,
  type RotationPolicy,
  retireSuperseded,
  rotationJournals,
  rotationsDue,
} from "../../src/rotation/index.ts";
import { type Cast, cast, day } from "./support/certificates.ts";
import { at, failure, held } from "./support/executing.ts";
import { type MemoryStore, memoryStore, stored } from "./support/memory-store.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

let folder: string;
let lockFolder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "samlcert-journals-"));
  lockFolder = join(folder, "locks");
});
afterEach(() => rm(folder, { recursive: true }));

const journals = () => rotationJournals(join(folder, ".samlcert"), { lockFolder });

function plan(store: MemoryStore, policy: RotationPolicy = {}, now = day(0)) {
  const entries = [...store.entries];
  return planRotation({ desired: [all.next], stored: entries, policy, target: store, now });
}

const run = (store: MemoryStore, days = 0) => ({ store, clock: at(days), rereadAfterMs: [] });

describe("rotationJournals", () => {
  it("keeps one file for each rotation, in one folder for each connection", async () => {
    const store = memoryStore([all.current]);
    const { journal, path } = await journals().forPlan(plan(store));
    await executeRotation(plan(store), { ...run(store), journal });
    expect(path.split(sep).slice(-4, -1)).toEqual([".samlcert", "memory", "one"]);
    expect(await journals().list()).toMatchObject([
      {
        path,
        provider: "memory",
        integrationId: "one",
        createdAt: day(0),
        status: "awaiting_switch",
        superseded: [{ sha256: all.current.fingerprint.sha256, subject: "CN=current" }],
      },
    ]);
  });

  it("continues an unfinished rotation with the same goal, and starts a new one after its end", async () => {
    const store = memoryStore([all.current]);
    const first = await journals().forPlan(plan(store));
    await executeRotation(first.plan, { ...run(store), journal: first.journal });
    const again = await journals().forPlan(plan(store, {}, day(1)));
    expect(again.plan.id).toBe(first.plan.id);
    expect(again.path).toBe(first.path);
    const other = await journals().forPlan(plan(store, { retire: "never" }, day(1)));
    expect(other.path).not.toBe(first.path);
    await retireSuperseded({ ...run(store), journal: again.journal });
    const later = await journals().forPlan(plan(store, {}, day(2)));
    expect(later.path).not.toBe(first.path);
    await executeRotation(later.plan, { ...run(store, 2), journal: later.journal });
    expect((await journals().list(store)).map(({ status }) => status)).toEqual([
      "completed",
      "completed",
    ]);
  });

  it("starts a new rotation after another writer's change stopped the last one", async () => {
    const store = memoryStore([all.current]);
    const policy = { overrides: ["retire_what_may_be_newer"] } as const;
    const first = await journals().forPlan(plan(store, policy));
    store.entries.push(stored("9", all.pending));
    await failure(executeRotation(first.plan, { ...run(store), journal: first.journal }));
    expect(await journals().list()).toMatchObject([
      { status: "stopped", failure: { code: "guard.store_changed" } },
    ]);
    const overrides = ["retire_what_may_be_newer"] as const;
    const next = await journals().forPlan(plan(store, { overrides }, day(1)));
    expect(next.path).not.toBe(first.path);
    await executeRotation(next.plan, { ...run(store, 1), journal: next.journal });
    expect(held(store)).toContain("CN=next");
  });

  it("keeps connections apart whose ids have the same letters, and reads any id", async () => {
    const ids = ["a/b", "a_b", "..", "A".repeat(300), "é", "-"];
    for (const integrationId of ids) {
      const store = { ...memoryStore([all.current]), integrationId };
      const { journal, plan: made } = await journals().forPlan(plan(store));
      await executeRotation(made, { ...run(store), journal });
    }
    const found = await journals().list();
    expect(found.map(({ integrationId }) => integrationId).sort()).toEqual([...ids].sort());
    expect(await readdir(join(folder, ".samlcert", "memory"))).toHaveLength(ids.length);
  });

  it("lists a damaged journal as such, and no other file", async () => {
    const place = join(folder, ".samlcert", "memory", "one");
    await mkdir(place, { recursive: true });
    await writeFile(join(place, "a.jsonl"), "{}\n");
    await writeFile(join(place, "notes.txt"), "");
    expect(await journals().list()).toMatchObject([{ status: "damaged" }]);
    expect(await rotationJournals(join(folder, "none")).list()).toEqual([]);
  });

  it("has no latest rotation of a connection without one", async () => {
    const latest = journals().latest({ provider: "memory", integrationId: "one" });
    await expect(latest).rejects.toThrow(expect.objectContaining({ code: "journal.empty" }));
  });
});

describe("rotationsDue", () => {
  it("names what resumeRotation may continue now", async () => {
    const store = memoryStore([all.current]);
    const policy = { retire: { afterSeconds: 86_400 } };
    const { journal, plan: made } = await journals().forPlan(plan(store, policy));
    await executeRotation(made, { ...run(store), journal });
    const rotations = await journals().list();
    expect(rotationsDue(rotations, new Date(day(0) * 1000))).toEqual([]);
    expect(rotationsDue(rotations, day(1))).toEqual(rotations);
    const [one] = rotations;
    const states = ["running", "stopped", "awaiting_switch", "completed", "damaged"] as const;
    const each = states.map((status) => ({ ...one!, status }));
    expect(rotationsDue(each, day(1)).map(({ status }) => status)).toEqual(["running", "stopped"]);
    const failure = { code: "guard.still_published", message: "" };
    expect(rotationsDue([{ ...one!, status: "stopped", failure }], day(1))).toEqual([]);
  });
});

describe("the lock of a connection", () => {
  const connection = { provider: "memory", integrationId: "one" };

  it("keeps out a run with another journal, and lets another connection pass", async () => {
    const one = fileJournal(join(folder, "1"), { lockFolder });
    await one.open(connection);
    const two = fileJournal(join(folder, "2"), { lockFolder });
    await expect(two.open(connection)).rejects.toThrow(
      expect.objectContaining({
        code: "rotation.locked",
        message: expect.stringContaining(`process ${process.pid} on ${hostname()}`),
      }),
    );
    await two.open({ ...connection, integrationId: "two" });
    await two.close();
    await one.close();
    await two.open(connection);
    await two.close();
    expect(await readdir(lockFolder)).toEqual([]);
  });

  it("of a machine that is gone is taken over by the machine's name, and by no other", async () => {
    const path = join(folder, "journal");
    const holder = { host: "gone.example.com", pid: 1, token: "x" };
    await writeFile(`${path}.lock`, JSON.stringify(holder));
    const code = expect.objectContaining({ code: "journal.locked" });
    await expect(fileJournal(path, { lockFolder }).open(connection)).rejects.toThrow(code);
    const other = fileJournal(path, { lockFolder, deadHost: "other.example.com" });
    await expect(other.open(connection)).rejects.toThrow(code);
    const journal = fileJournal(path, { lockFolder, deadHost: "gone.example.com" });
    expect(await journal.open(connection)).toEqual([]);
    await journal.close();
  });

  it("ends two rotations of one connection at once with one certificate, stored once", async () => {
    const store = memoryStore([all.current]);
    const rotate = async (name: string) => {
      const journal = fileJournal(join(folder, name), { lockFolder });
      return await executeRotation(plan(store), { ...run(store), journal });
    };
    const outcomes = await Promise.allSettled(["1", "2", "3"].map(rotate));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(held(store)).toEqual(["CN=current", "CN=next"]);
  });
});
