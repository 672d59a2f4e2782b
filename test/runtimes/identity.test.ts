import { expect, test } from "vitest";

/** The runtime in whose worker a test really runs. */
function runtime(): string {
  const { bun, deno, node } = process.versions;
  if (bun !== undefined) return "Bun";
  if (deno !== undefined) return "Deno";
  return `Node ${node.split(".")[0]}`;
}

test("the suite runs in the runtime that it was started for", () => {
  expect(runtime()).toBe(process.env["SAMLCERT_RUNTIME"] ?? runtime());
});
