import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildChild, killCases } from "./kill.ts";
import { measure } from "./matrix.ts";
import { scenarios } from "./scenarios.ts";
import { openTally, TIMEOUT_MS } from "./tally.ts";

const child = await buildChild();
const tally = openTally("kills");
afterAll(async () => {
  tally.save();
  await rm(dirname(child), { recursive: true });
});

describe.each(await scenarios())("$name", (scenario) => {
  it.each(["first", "second"] as const)(
    "survives SIGKILL at every request and journal write, %s part",
    { timeout: TIMEOUT_MS },
    async (phase) => {
      const cost = (await measure(scenario))[phase];
      expect(await tally.collect(killCases(scenario, child, phase, cost))).toEqual([]);
    },
  );
});
