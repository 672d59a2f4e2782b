import { beforeAll, describe, expect, it } from "vitest";
import {
  executeRotation,
  memoryJournal,
  resumeRotation,
  rollbackRotation,
} from "../../src/rotation/index.ts";
import { type Cast, cast } from "./support/certificates.ts";
import { at, failure, held, planFor } from "./support/executing.ts";
import { memoryStore } from "./support/memory-store.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

describe("rollbackRotation", () => {
  it.each([
    ["finished", 0],
    ["staged", 5 * 86_400],
  ])("takes a %s rotation back", async (_, overlapSeconds) => {
    const store = memoryStore([all.current, all.expired]);
    const plan = await planFor(store, [all.next, all.pending], { overlapSeconds });
    const journal = memoryJournal();
    await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
    const result = await rollbackRotation({ store, journal, clock: at(1), rereadAfterMs: [] });
    expect(result.status).toBe("rolled_back");
    expect(held(store).sort()).toEqual(["CN=current", "CN=expired"]);
    const again = await rollbackRotation({ store, journal, clock: at(1), rereadAfterMs: [] });
    expect(again.rolledBack).toEqual([]);
  });

  it("goes on after it was interrupted, at whichever request", async () => {
    for (const fault of ["before", "after"] as const) {
      for (let index = 0; index < 7; index += 1) {
        let failing = false;
        let count = 0;
        const store = memoryStore([all.current], {
          fault: () => ({ kind: failing && count++ === index ? fault : "none" }),
        });
        const plan = await planFor(store, [all.next]);
        const journal = memoryJournal();
        await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
        failing = true;
        await rollbackRotation({ store, journal, clock: at(1), rereadAfterMs: [] }).catch(
          () => undefined,
        );
        failing = false;
        await rollbackRotation({ store, journal, clock: at(1), rereadAfterMs: [] });
        expect(held(store)).toEqual(["CN=current"]);
      }
    }
  });

  it("does not go forward again", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    const journal = memoryJournal();
    await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
    await rollbackRotation({ store, journal, clock: at(1), rereadAfterMs: [] });
    const error = await failure(
      resumeRotation({ store, journal, clock: at(2), rereadAfterMs: [] }),
    );
    expect(error.code).toBe("rotation.rolled_back");
  });
});

describe("rollbackRotation of a first certificate", () => {
  it("does not take the only usable one away", async () => {
    const store = memoryStore([]);
    const journal = memoryJournal();
    const plan = await planFor(store, [all.next]);
    await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
    const result = await rollbackRotation({ store, journal, clock: at(1), rereadAfterMs: [] });
    expect(result.status).toBe("stopped");
    expect(result.notRolledBack[0]).toContain("no stored certificate would be valid");
    expect(held(store)).toEqual(["CN=next"]);
  });
});
