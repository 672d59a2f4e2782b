import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inOrder } from "../../src/watch/in-order.ts";
import { EVERY } from "../support/every.ts";

/** One case: what it was, and what it broke. */
export interface CaseResult {
  readonly scenario: string;
  readonly fault: string;
  readonly at: string;
  readonly violations: readonly string[];
}

/** A case that has not been played yet. */
export type Case = () => Promise<CaseResult>;

/** How many cases there were of a kind, and how many promises they broke. */
export interface Row {
  readonly scenario: string;
  readonly fault: string;
  cases: number;
  violations: number;
}

/** Counts cases, and leaves the numbers for the report where one is asked for. */
export interface Tally {
  add(result: Omit<CaseResult, "at">, cases?: number): void;
  /** Plays cases, four at a time, and gives those that broke something. */
  collect(cases: AsyncIterable<Case>): Promise<readonly CaseResult[]>;
  save(): void;
}

async function* sampled(cases: AsyncIterable<Case>): AsyncIterable<Case> {
  let number = 0;
  for await (const one of cases) if (number++ % EVERY === 0) yield one;
}

/** The time for one test: the count of `npm run faults` may share its machine with other work. */
export const TIMEOUT_MS: number =
  process.env["SAMLCERT_FAULTS_TALLY"] === undefined ? 300_000 : 3_600_000;

export function openTally(name: string): Tally {
  const rows = new Map<string, Row>();
  const tally: Tally = {
    add({ scenario, fault, violations }, cases = 1) {
      const key = `${scenario}\n${fault}`;
      const row = rows.get(key) ?? { scenario, fault, cases: 0, violations: 0 };
      row.cases += cases;
      row.violations += violations.length;
      rows.set(key, row);
    },
    async collect(cases) {
      const broken: CaseResult[] = [];
      for await (const result of inOrder(sampled(cases), 4, (play) => play())) {
        tally.add(result);
        if (result.violations.length > 0) broken.push(result);
      }
      return broken;
    },
    save() {
      const folder = process.env["SAMLCERT_FAULTS_TALLY"];
      if (folder === undefined) return;
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${name}.json`), JSON.stringify([...rows.values()]));
    },
  };
  return tally;
}
