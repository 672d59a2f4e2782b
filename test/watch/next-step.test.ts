import { expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { nextStep } from "../../src/watch/next-step.ts";
import { connectionStates } from "../../src/watch/states.ts";
import type { ConnectionKind, ConnectionState } from "../../src/watch/types.ts";

const KINDS: readonly ConnectionKind[] = [
  "metadata",
  "certificates",
  "store",
  "trusted_keys",
  "own_keys",
];

test("each command that a next step names exists", () => {
  const names = new Set(commands.map(({ name }) => name));
  const named = KINDS.flatMap((kind) =>
    Object.keys(connectionStates).flatMap((state) => {
      const { step } = nextStep(kind, state as ConnectionState, undefined);
      return [...step.matchAll(/samlcert ([a-z ]+[a-z])/g)].map(([, name = ""]) => name);
    }),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !names.has(name))).toEqual([]);
});
