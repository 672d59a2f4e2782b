import { describe, expect, it } from "vitest";
import { type CaseResult, journalCases, measure, requestCases } from "./matrix.ts";
import { scenarios } from "./scenarios.ts";

const results: CaseResult[] = [];

async function collect(cases: AsyncIterable<CaseResult>): Promise<readonly CaseResult[]> {
  const collected: CaseResult[] = [];
  for await (const result of cases) collected.push(result);
  results.push(...collected);
  return collected.filter(({ violations }) => violations.length > 0);
}

describe.each(await scenarios())("$name", (scenario) => {
  it("needs as many requests as its plan says", async () => {
    const { requests, planned, result } = await measure(scenario);
    expect(result.violations).toEqual([]);
    expect(requests).toBe(planned);
  });

  it("survives every fault at every request", { timeout: 120_000 }, async () => {
    const { requests } = await measure(scenario);
    expect(await collect(requestCases(scenario, requests))).toEqual([]);
  });

  it("survives every fault at every journal write", { timeout: 120_000 }, async () => {
    const { writes } = await measure(scenario);
    expect(await collect(journalCases(scenario, writes))).toEqual([]);
  });
});
