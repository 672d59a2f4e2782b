import { beforeAll, describe, expect, it } from "vitest";
import { words } from "../../src/core/codes/code.ts";
import {
  executeRotation,
  memoryJournal,
  resumeRotation,
  retireSuperseded,
  rollbackRotation,
  rotationCodes,
} from "../../src/rotation/index.ts";
import { type Cast, cast, day } from "./support/certificates.ts";
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
  ])("undoes a %s rotation after the time of its policy", async (_, afterSeconds) => {
    const store = memoryStore([all.current, all.expired]);
    const plan = await planFor(store, [all.next, all.pending], { retire: { afterSeconds } });
    const journal = memoryJournal();
    await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
    const options = (days: number) => ({ store, journal, clock: at(days), rereadAfterMs: [] });
    if (afterSeconds > 0) {
      const early = await rollbackRotation(options(1));
      expect(early).toMatchObject({ status: "waiting", until: day(6) });
      expect(await rollbackRotation(options(2))).toMatchObject({ until: day(6) });
    }
    const result = await rollbackRotation(options(6));
    expect(result.status).toBe("rolled_back");
    expect(held(store).sort()).toEqual(["CN=current", "CN=expired"]);
    const again = await rollbackRotation(options(6));
    expect(again).toMatchObject({ status: "rolled_back", rolledBack: [] });
  });

  it("adds back and verifies first, and removes on a person's word alone", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next], {});
    const journal = memoryJournal();
    const options = { store, journal, clock: at(0), rereadAfterMs: [] };
    await executeRotation(plan, options);
    await retireSuperseded(options);
    expect(held(store)).toEqual(["CN=next"]);
    const first = await rollbackRotation(options);
    expect(first.status).toBe("awaiting_switch");
    expect(first.next).toContain("Switch the identity provider back");
    expect(first.rolledBack).toHaveLength(1);
    expect(held(store)).toEqual(["CN=next", "CN=current"]);
    expect((await rollbackRotation(options)).status).toBe("awaiting_switch");
    expect(held(store)).toHaveLength(2);
    const done = await retireSuperseded(options);
    expect(done).toMatchObject({ status: "rolled_back", notRolledBack: [] });
    expect(held(store)).toEqual(["CN=current"]);
  });

  it("removes nothing that it has added before the old one can be read back", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    const journal = memoryJournal();
    const options = { store, journal, clock: at(0), rereadAfterMs: [] };
    await executeRotation(plan, options);
    const add: typeof store.add = async (...given) => {
      const { id } = await store.add(...given);
      store.entries.pop();
      return { id, public_certificate: "" };
    };
    const error = await failure(rollbackRotation({ ...options, store: { ...store, add } }));
    expect(error.code).toBe("guard.store_changed");
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("of a replacement in place waits for the switch back, too", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next], { replaceInPlace: true });
    const options = { store, journal: memoryJournal(), clock: at(0), rereadAfterMs: [] };
    await executeRotation(plan, options);
    expect((await rollbackRotation(options)).status).toBe("awaiting_switch");
    expect(held(store)).toEqual(["CN=next"]);
    expect((await retireSuperseded(options)).status).toBe("rolled_back");
    expect(held(store)).toEqual(["CN=current"]);
  });

  it("adds back only as many at once as the provider has room for", async () => {
    const store = memoryStore([all.current]);
    const policy = { maxCertificates: 2, retire: { afterSeconds: 0 } };
    const plan = await planFor(store, [all.next, all.pending], policy);
    const options = { store, journal: memoryJournal(), clock: at(0), rereadAfterMs: [] };
    await executeRotation(plan, options);
    expect(held(store)).toEqual(["CN=next", "CN=pending"]);
    let most = 0;
    const add: typeof store.add = (...given) => {
      most = Math.max(most, store.entries.length + 1);
      return store.add(...given);
    };
    const result = await rollbackRotation({ ...options, store: { ...store, add } });
    expect(result.status).toBe("rolled_back");
    expect(most).toBe(2);
    expect(held(store)).toEqual(["CN=current"]);
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

describe("steps that cannot be undone", () => {
  const refuses = (name: string) => ({
    fault: (_: number, method: string) => ({ kind: method === name ? "before" : "none" }) as const,
  });

  it("stop the rollback: what was written before them stays", async () => {
    const store = memoryStore([all.current], refuses("remove"));
    const plan = await planFor(store, [all.next, all.renewed], {
      retire: "never",
    });
    const journal = memoryJournal();
    await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
    expect(
      (await rollbackRotation({ store, journal, clock: at(1), rereadAfterMs: [] })).status,
    ).toBe("awaiting_switch");
    const { status, notRolledBack } = await retireSuperseded({
      store: { ...store, remove: (id) => (id === "3" ? store.remove(id) : Promise.resolve()) },
      journal,
      clock: at(1),
      rereadAfterMs: [],
    });
    expect(status).toBe("stopped");
    expect(notRolledBack).toHaveLength(2);
    expect(held(store)).toEqual(["CN=current", expect.anything(), expect.anything()]);
  });

  it("are named by the reason: an enabled certificate whose earlier state is unknown", async () => {
    let wrong = false;
    const store = memoryStore([all.next, all.next]);
    const list = async () => {
      const entries = await store.list();
      return wrong ? entries.map((item) => ({ ...item, not_after: 1 })) : entries;
    };
    const plan = await planFor(store, [all.next], { retire: { afterSeconds: 0 }, enabled: true });
    const error = await failure(
      executeRotation(plan, {
        store: { ...store, list },
        journal: memoryJournal(),
        clock: at(0),
        rereadAfterMs: [],
        onEvent: (event) => {
          wrong ||= event.type === "step_finished" && event.step.kind === "enable";
        },
      }),
    );
    const reason = "the previous state is not visible";
    const { message } = words(rotationCodes["rotation.cannot_undo"], { reason });
    expect(error.code).toBe("rotation.echo_mismatch");
    expect(error.report.notRolledBack).toEqual([`Step 2 (enable): ${message}`]);
  });

  it("record the new id of a certificate that was added again", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    const journal = memoryJournal();
    await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
    await rollbackRotation({ store, journal, clock: at(1), rereadAfterMs: [] });
    const undone = journal.records.filter(({ type }) => type === "undone");
    expect(undone[0]).toMatchObject({ id: store.entries[0]?.id });
    expect(undone).toHaveLength(2);
  });

  it("record the id also if the answer was lost and the reading has found it", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    const journal = memoryJournal();
    await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
    const add: typeof store.add = async (...given) => {
      await store.add(...given);
      throw new Error("cut");
    };
    const options = { journal, clock: at(1), rereadAfterMs: [] };
    await rollbackRotation({ store: { ...store, add }, ...options }).catch(() => undefined);
    await rollbackRotation({ store, ...options });
    const undone = journal.records.filter(({ type }) => type === "undone");
    expect(undone[0]).toMatchObject({ id: "3" });
    expect(held(store)).toEqual(["CN=current"]);
  });
});
