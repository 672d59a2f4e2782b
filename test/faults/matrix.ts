import { existsSync } from "node:fs";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RotationError } from "../../src/core/errors.ts";
import type { RotationJournal } from "../../src/rotation/index.ts";
import { isDone, prepare } from "./drive.ts";
import { type Scenario, stranger } from "./scenarios.ts";
import type { Case, CaseResult } from "./tally.ts";
import { openWorld, type Strike, type World } from "./world.ts";

/** In memory where there is such a folder: thousands of journals are synced line by line. */
export const scratch: string = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

const ANSWER_LATE_MS = 250;
const TIMEOUT_MS = 120;

/** Every fault of a request that the fake itself can play. */
const requestFaults: Readonly<Record<string, (world: World, intruder: string) => Strike>> = {
  "cut before the effect": () => ({ fault: { cut: "before" } }),
  "cut after the effect": () => ({ fault: { cut: "after" } }),
  timeout: () => ({ fault: { delayMs: ANSWER_LATE_MS } }),
  "429 with a reset": (world) => ({
    fault: { status: 429, headers: { "x-ratelimit-reset": String(world.now + 30) } },
  }),
  "429 without a reset": () => ({ fault: { status: 429 } }),
  "500": () => ({ fault: { status: 500, body: "oops" } }),
  "500 after the effect": () => ({ fault: { status: 500, body: "oops", effect: true } }),
  "malformed body": () => ({ fault: { malformed: true } }),
  "second writer adds": (world, intruder) => ({
    before: () =>
      world.fake.addCertificate({
        integration_id: world.integrationId,
        public_certificate: intruder,
        enabled: true,
      }),
  }),
  "second writer removes": (world) => ({
    // Between the last look and a removal nobody can be noticed: SendGrid has no conditional request.
    before: (method) => {
      if (method === "GET" || method === "POST") removeOne(world);
    },
  }),
};

/** Faults that a client with retries can overcome. */
const repeated = ["cut after the effect", "429 with a reset", "500 after the effect"];

/** Another writer removes something, but not the last usable certificate, which would be its fault. */
function removeOne({ fake, now }: World): void {
  const { certificates } = fake.state;
  const usable = [...certificates.values()].filter(
    ({ enabled, not_before, not_after }) => enabled && not_before <= now && now <= not_after,
  );
  const last = usable.length > 1 ? usable.at(-1) : undefined;
  if (last) certificates.delete(last.id);
}

/** Faults of a journal write: it fails, or it was cut off and nobody was told. */
const journalFaults: Readonly<
  Record<string, (journal: RotationJournal, path: () => string) => RotationJournal["append"]>
> = {
  "disk full": () => async () => {
    throw new RotationError("journal.write_failed", "No space.", { hint: "Make room." });
  },
  "disk full, half a line written": (_, path) => async (record) => {
    const line = JSON.stringify(record);
    // The first line makes the file, whole or not at all: half of it is in the draft.
    const place = record.type === "plan" ? `${path()}.new` : path();
    await appendFile(place, line.slice(0, line.length / 2));
    throw new RotationError("journal.write_failed", "No space.", { hint: "Make room." });
  },
  "error after the write": (journal) => async (record) => {
    await journal.append(record);
    throw new RotationError("journal.write_failed", "No space.", { hint: "Make room." });
  },
};

export async function withWorld(
  scenario: Scenario,
  name: string,
  at: string,
  client: Parameters<typeof openWorld>[1],
  play: (world: World, folder: string) => Promise<void>,
): Promise<CaseResult> {
  const folder = await mkdtemp(join(scratch, "samlcert-faults-"));
  const world = await openWorld(scenario, client);
  try {
    await play(world, folder);
    if (!isDone(scenario, world)) {
      world.violations.push(`ends with ${world.subjects().join(", ")}`);
    }
    const violations = [...world.violations, ...world.fake.violations.map(String)];
    return { scenario: scenario.name, fault: name, at, violations };
  } finally {
    await world.close();
    await rm(folder, { recursive: true });
  }
}

/** Requests and journal writes. */
export interface Cost {
  readonly requests: number;
  readonly writes: number;
}

/** The requests of a rotation without a fault: up to its overlap, and after it. */
export interface Measure {
  readonly planned: number;
  readonly first: Cost;
  readonly second: Cost;
  readonly result: CaseResult;
}

export async function measure(scenario: Scenario): Promise<Measure> {
  let writes = 0;
  let planned = 0;
  let first: Cost = { requests: 0, writes: 0 };
  let second = first;
  const journal = (inner: RotationJournal): RotationJournal => ({
    ...inner,
    async append(record) {
      writes += 1;
      await inner.append(record);
    },
  });
  const result = await withWorld(scenario, "none", "-", {}, async (world, folder) => {
    const drive = await prepare(scenario, world, { folder, journal });
    planned = drive.plan.requests;
    const before = world.requests();
    await drive.first();
    first = { requests: world.requests() - before, writes };
    if (!isDone(scenario, world)) await drive.finish();
    second = {
      requests: world.requests() - before - first.requests,
      writes: writes - first.writes,
    };
  });
  return { planned, first, second, result };
}

/** Every request of the rotation, with every fault, by a client that repeats and one that does not. */
export async function* requestCases(scenario: Scenario, requests: number): AsyncGenerator<Case> {
  const intruder = (await stranger()).pem;
  const names = [...Object.keys(requestFaults), "connection refused"];
  for (const maxRetries of [0, 3]) {
    for (const name of maxRetries === 0 ? names : repeated) {
      for (let at = 1; at <= requests; at += 1) {
        const place = `request ${at}, ${maxRetries} repeats`;
        const timeoutMs = name === "timeout" ? TIMEOUT_MS : undefined;
        const client = { maxRetries, timeoutMs };
        yield () =>
          withWorld(scenario, name, place, client, async (world, folder) => {
            const drive = await prepare(scenario, world, { folder });
            const start = world.requests();
            if (name === "connection refused") world.refuseAt = at;
            world.strike = (index) =>
              index === start + at ? requestFaults[name]?.(world, intruder) : undefined;
            await drive.first();
            await drive.finish();
          });
      }
    }
  }
}

/** Every journal write, with every fault. */
export async function* journalCases(scenario: Scenario, writes: number): AsyncGenerator<Case> {
  for (const [name, fault] of Object.entries(journalFaults)) {
    for (let at = 1; at <= writes; at += 1) {
      yield () =>
        withWorld(scenario, name, `write ${at}`, {}, async (world, folder) => {
          let write = 0;
          const drive = await prepare(scenario, world, {
            folder,
            journal: (journal) => ({
              ...journal,
              async append(record) {
                write += 1;
                const broken = fault(journal, () => join(folder, "journal-0"));
                await (write === at ? broken(record) : journal.append(record));
              },
            }),
          });
          await drive.first();
          await drive.finish();
        });
    }
  }
}

/** Small, and the same in each run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Several faults in one rotation, at random. */
export async function* randomCases(all: readonly Scenario[], runs: number): AsyncGenerator<Case> {
  const intruder = (await stranger()).pem;
  const faults = Object.entries(requestFaults).filter(([name]) => name !== "timeout");
  for (let run = 1; run <= runs; run += 1) {
    const random = randomNumbers(run);
    const scenario = all[run % all.length];
    if (!scenario) continue;
    const client = { maxRetries: random() < 0.5 ? 0 : 3 };
    const at = `${scenario.name}, seed ${run}`;
    const play = async (world: World, folder: string) => {
      const drive = await prepare(scenario, world, { folder });
      let left = 4;
      world.strike = () => {
        if (left === 0 || random() < 0.6) return undefined;
        left -= 1;
        return faults[Math.floor(random() * faults.length)]?.[1](world, intruder);
      };
      await drive.first();
      await drive.finish();
    };
    yield async () => ({
      ...(await withWorld(scenario, "random schedule", at, client, play)),
      scenario: "random, over HTTP",
    });
  }
}
