import { afterAll, describe, expect, it } from "vitest";
import { journalCases, measure, randomCases, requestCases } from "./matrix.ts";
import { scenarios } from "./scenarios.ts";
import { openTally, TIMEOUT_MS } from "./tally.ts";

const tally = openTally("faults");
afterAll(() => tally.save());

describe.each(await scenarios())("$name", (scenario) => {
  it("needs as many requests as its plan says", async () => {
    const { first, second, planned, result } = await measure(scenario);
    expect(result.violations).toEqual([]);
    expect(first.requests + second.requests).toBe(planned);
  });

  it("survives every fault at every request", { timeout: TIMEOUT_MS }, async () => {
    const { first, second } = await measure(scenario);
    const cases = requestCases(scenario, first.requests + second.requests);
    expect(await tally.collect(cases)).toEqual([]);
  });

  it("survives every fault at every journal write", { timeout: TIMEOUT_MS }, async () => {
    const { first, second } = await measure(scenario);
    const cases = journalCases(scenario, first.writes + second.writes);
    expect(await tally.collect(cases)).toEqual([]);
  });
});

it("survives random schedules of faults over HTTP", { timeout: TIMEOUT_MS }, async () => {
  expect(await tally.collect(randomCases(await scenarios(), 300))).toEqual([]);
});
