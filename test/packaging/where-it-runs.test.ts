import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import runtimes from "../../scripts/runtimes.json" with { type: "json" };

const page = readFileSync(join(import.meta.dirname, "../../docs/getting-started.md"), "utf8");
const [, section = ""] = /\n## Where it runs\n(.*?)\n## /s.exec(page) ?? [];

/** The rows of the tables, each as its cells. */
const rows = section
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.slice(2, -2).split(" | "));

test("docs/getting-started.md names every runtime that is tested", () => {
  const [head] = rows;
  const names = runtimes.map(({ name }) => name);
  expect(head).toEqual(["entry", "Node 20", ...names, "browsers"]);
});

test("docs/getting-started.md says what differs, and every test that cannot pass", () => {
  const told = runtimes.flatMap(({ name, differs }: Runtime) =>
    differs.map(({ what, follows }) => [name, what, follows]),
  );
  const limits = runtimes.flatMap(({ name, limits }: Runtime) =>
    limits.map(({ test, reason }) => [name, `\`${test}\` does not pass: ${reason}`, ""]),
  );
  const start = rows.findIndex(([first]) => first === "runtime");
  expect(rows.slice(start + 1)).toEqual([...told, ...limits]);
});

interface Runtime {
  readonly name: string;
  readonly differs: readonly { readonly what: string; readonly follows: string }[];
  readonly limits: readonly { readonly test: string; readonly reason: string }[];
}
