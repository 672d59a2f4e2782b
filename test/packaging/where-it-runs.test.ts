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

test("docs/getting-started.md names every tested runtime", () => {
  const [head] = rows;
  const names = runtimes.map(({ name }) => name);
  expect(head).toEqual(["entry", "Node 20", ...names, "browsers"]);
});

test("docs/getting-started.md lists the differences of each runtime", () => {
  const told = runtimes.flatMap(({ name, differs }: Runtime) =>
    differs.map(({ what, follows }) => [name, what, follows]),
  );
  const start = rows.findIndex(([first]) => first === "runtime");
  expect(rows.slice(start + 1)).toEqual(told);
});

interface Runtime {
  readonly name: string;
  readonly differs: readonly { readonly what: string; readonly follows: string }[];
}
