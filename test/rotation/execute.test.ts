import { beforeAll, describe, expect, it } from "vitest";
import {
  executeRotation,
  type JournalRecord,
  memoryJournal,
  resumeRotation,
} from "../../src/rotation/index.ts";
import { type Cast, cast, day } from "./support/certificates.ts";
import { afterFiveDays, at, failure, held, planFor } from "./support/executing.ts";
import { memoryStore, stored } from "./support/memory-store.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

describe("executeRotation", () => {
  it("does what the plan says, in as many requests as it says", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    const events: string[] = [];
    const result = await executeRotation(plan, {
      store,
      journal: memoryJournal(),
      clock: at(0),
      rereadAfterMs: [],
      onEvent: ({ type }) => {
        events.push(type);
        throw new Error("a display that fails");
      },
    });
    expect(result).toMatchObject({ status: "completed", requests: plan.requests });
    expect(store.requests).toHaveLength(plan.requests);
    expect(held(store)).toEqual(["CN=next"]);
    expect(result.stands).toMatchObject([{ id: "2", subject: "CN=next" }]);
    expect(events.at(-1)).toBe("completed");
  });

  it("waits out the overlap in another process", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next], afterFiveDays);
    const journal = memoryJournal();
    const staged = await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
    expect(staged).toMatchObject({ status: "waiting", until: day(5) });
    expect(held(store)).toEqual(["CN=current", "CN=next"]);
    const before = store.requests.length;
    const records = journal.records.length;
    const early = await resumeRotation({ store, journal, clock: at(3), rereadAfterMs: [] });
    expect(early).toMatchObject({ status: "waiting", until: day(5), requests: 0 });
    expect(store.requests).toHaveLength(before);
    expect(journal.records).toHaveLength(records);
    const later = memoryJournal(journal.records);
    const done = await resumeRotation({ store, journal: later, clock: at(5), rereadAfterMs: [] });
    expect(done.status).toBe("completed");
    expect(store.requests).toHaveLength(plan.requests);
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("does nothing when the plan is executed a second time, with its journal or without", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    const journal = memoryJournal();
    await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
    const again = await executeRotation(plan, { store, journal, clock: at(1), rereadAfterMs: [] });
    expect(again).toMatchObject({ status: "completed", requests: 1 });
    const lost = await executeRotation(plan, {
      store,
      journal: memoryJournal(),
      clock: at(1),
      rereadAfterMs: [],
    });
    expect(lost).toMatchObject({ status: "completed", requests: 1 });
    expect(store.uploads).toHaveLength(1);
  });

  it("takes a second run of the same plan up where the first one stopped", async () => {
    const store = memoryStore([all.current], {
      fault: (index) => ({ kind: index === 2 ? "before" : "none" }),
    });
    const plan = await planFor(store, [all.next]);
    await failure(
      executeRotation(plan, { store, journal: memoryJournal(), clock: at(0), rereadAfterMs: [] }),
    );
    await executeRotation(plan, {
      store,
      journal: memoryJournal(),
      clock: at(0),
      rereadAfterMs: [],
    });
    expect(store.uploads).toHaveLength(1);
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("stops when somebody else has changed what is stored", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    store.entries.push(stored("99", all.pending));
    const error = await failure(
      executeRotation(plan, { store, journal: memoryJournal(), clock: at(0), rereadAfterMs: [] }),
    );
    expect(error.code).toBe("guard.store_changed");
    expect(error.report).toMatchObject({ status: "stopped", requests: 1 });
    expect(held(store)).toEqual(["CN=current", "CN=pending"]);
    const accepted = await planFor(memoryStore([all.current]), [all.next], {
      retire: { afterSeconds: 0 },
      overrides: ["ignore_other_writers"],
    });
    await executeRotation(accepted, {
      store,
      journal: memoryJournal(),
      clock: at(0),
      rereadAfterMs: [],
    });
    expect(held(store)).toEqual(["CN=pending", "CN=next"]);
  });

  it("stops when the store was emptied during the overlap", async () => {
    const store = memoryStore([all.current]);
    const journal = memoryJournal();
    await executeRotation(await planFor(store, [all.next], afterFiveDays), {
      store,
      journal,
      clock: at(0),
      rereadAfterMs: [],
    });
    store.entries.length = 0;
    const error = await failure(
      resumeRotation({ store, journal, clock: at(6), rereadAfterMs: [] }),
    );
    expect(error.code).toBe("guard.store_changed");
  });

  it("never removes what took the place of what it planned to remove", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next], {
      ...afterFiveDays,
      overrides: ["ignore_other_writers"],
    });
    const journal = memoryJournal();
    await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
    store.entries[0] = stored("1", all.pending);
    const error = await failure(
      resumeRotation({ store, journal, clock: at(6), rereadAfterMs: [] }),
    );
    expect(error.code).toBe("guard.store_changed");
    expect(held(store)).toEqual(["CN=pending", "CN=next"]);
  });

  it("is patient with a provider that shows a write late, and uploads nothing twice", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    let shown = await store.list();
    const late = {
      ...store,
      // Each list gives what the one before it should have given.
      async list() {
        const last = shown;
        shown = await store.list();
        return last;
      },
      async add(...args: Parameters<typeof store.add>) {
        await store.add(...args);
        throw new Error("cut");
      },
    };
    const journal = memoryJournal();
    const options = { journal, clock: at(0), rereadAfterMs: [1, 1] };
    await failure(executeRotation(plan, { store: late, ...options }));
    await resumeRotation({ store: { ...late, add: store.add }, ...options });
    expect(store.uploads).toHaveLength(1);
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("takes back what the provider stored wrongly, and stops", async () => {
    const store = memoryStore([all.current], {
      echo: (item) => ({ ...item, not_after: (item.not_after ?? 0) - 1 }),
    });
    const journal = memoryJournal();
    const plan = await planFor(store, [all.next, all.pending]);
    const error = await failure(
      executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] }),
    );
    expect(error.code).toBe("rotation.echo_mismatch");
    expect(error.report.rolledBack).toHaveLength(2);
    expect(error.report.notRolledBack).toEqual([]);
    expect(held(store)).toEqual(["CN=current"]);
  });

  it("sets a replaced certificate back", async () => {
    let wrong = true;
    const store = memoryStore([all.current], {
      echo: (item) => (wrong ? { ...item, not_before: 0 } : item),
    });
    const journal = memoryJournal();
    const plan = await planFor(store, [all.next], { replaceInPlace: true });
    const error = await failure(
      executeRotation(plan, {
        store,
        journal,
        clock: at(0),
        rereadAfterMs: [],
        onEvent: ({ type }) => {
          if (type === "undoing") wrong = false;
        },
      }),
    );
    expect(error.code).toBe("rotation.echo_mismatch");
    expect(held(store)).toEqual(["CN=current"]);
    const done = await resumeRotation({ store, journal, clock: at(0), rereadAfterMs: [] });
    expect(done.status).toBe("completed");
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("tells what it could not take back", async () => {
    const store = memoryStore([all.current], {
      echo: (item) => ({ ...item, not_after: 1 }),
      fault: (_, method) => ({ kind: method === "remove" ? "before" : "none" }),
    });
    const plan = await planFor(store, [all.next]);
    const error = await failure(
      executeRotation(plan, { store, journal: memoryJournal(), clock: at(0), rereadAfterMs: [] }),
    );
    expect(error.report.notRolledBack).toHaveLength(1);
    expect(JSON.parse(JSON.stringify(error)).report.status).toBe("stopped");
  });

  it("does not retire while the successor has expired in the meantime", async () => {
    const store = memoryStore([all.current]);
    const journal = memoryJournal();
    await executeRotation(await planFor(store, [all.next], afterFiveDays), {
      store,
      journal,
      clock: at(0),
      rereadAfterMs: [],
    });
    const error = await failure(
      resumeRotation({ store, journal, clock: at(5000), rereadAfterMs: [] }),
    );
    expect(error.code).toBe("guard.last_usable_certificate");
    expect(held(store)).toEqual(["CN=current", "CN=next"]);
  });

  it("does not retire what the identity provider still publishes", async () => {
    const store = memoryStore([all.current]);
    const journal = memoryJournal();
    await executeRotation(await planFor(store, [all.next], afterFiveDays), {
      store,
      journal,
      clock: at(0),
      rereadAfterMs: [],
    });
    const published = async () => [all.current, all.next];
    const error = await failure(
      resumeRotation({ store, journal, published, clock: at(6), rereadAfterMs: [] }),
    );
    expect(error.code).toBe("guard.still_published");
    await resumeRotation({
      store,
      journal,
      published: async () => [all.next],
      clock: at(7),
      rereadAfterMs: [],
    });
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("stops when the clock has gone back", async () => {
    const store = memoryStore([all.current]);
    const journal = memoryJournal();
    await executeRotation(await planFor(store, [all.next], afterFiveDays), {
      store,
      journal,
      clock: at(0),
      rereadAfterMs: [],
    });
    const error = await failure(
      resumeRotation({ store, journal, clock: at(-1), rereadAfterMs: [] }),
    );
    expect(error.code).toBe("rotation.clock_went_back");
  });

  it("is cancelled between steps, and resumed", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    const journal = memoryJournal();
    const controller = new AbortController();
    const error = await failure(
      executeRotation(plan, {
        store,
        journal,
        signal: controller.signal,
        clock: at(0),
        rereadAfterMs: [],
        onEvent: (event) => {
          if (event.type === "step_finished" && event.step.kind === "add") controller.abort();
        },
      }),
    );
    expect(error.code).toBe("rotation.cancelled");
    expect(held(store)).toEqual(["CN=current", "CN=next"]);
    await resumeRotation({ store, journal, clock: at(0), rereadAfterMs: [] });
    expect(held(store)).toEqual(["CN=next"]);
    expect(store.uploads).toHaveLength(1);
  });

  it("executes no plan that a guard forbids", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.expired]);
    const error = await failure(
      executeRotation(plan, { store, journal: memoryJournal(), clock: at(0), rereadAfterMs: [] }),
    );
    expect(error.code).toBe("guard.expired_successor");
    expect(store.requests).toEqual([]);
  });

  it("refuses an altered plan, another store, another plan's journal and an empty journal", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    const journal = memoryJournal();
    const altered = { ...plan, policy: { ...plan.policy, cacheSeconds: 1 } };
    const run = (error: Promise<unknown>) => failure(error).then(({ code }) => code);
    expect(await run(executeRotation(altered, { store, journal }))).toBe("rotation.plan_altered");
    const elsewhere = { ...store, integrationId: "two" };
    expect(await run(executeRotation(plan, { store: elsewhere, journal }))).toBe(
      "rotation.wrong_store",
    );
    expect(await run(resumeRotation({ store, journal }))).toBe("journal.empty");
    await executeRotation(plan, { store, journal, clock: at(0), rereadAfterMs: [] });
    const other = await planFor(store, [all.next, all.pending]);
    expect(
      await run(executeRotation(other, { store, journal, clock: at(0), rereadAfterMs: [] })),
    ).toBe("journal.of_another_plan");
    expect(await run(executeRotation({} as never, { store, journal }))).toBe(
      "rotation.plan_unknown",
    );
  });

  it("reads once more only for an upload in doubt that is not there yet", async () => {
    for (const [method, kind, reads, total] of [
      ["add", "after", 1, 2],
      ["add", "before", 3, 5],
      ["remove", "before", 1, 2],
    ] as const) {
      let failing = true;
      const store = memoryStore([all.current], {
        fault: (_, called) => ({ kind: failing && called === method ? kind : "none" }),
      });
      const plan = await planFor(store, [all.next]);
      const journal = memoryJournal();
      const options = { store, journal, clock: at(0), rereadAfterMs: [1, 1] };
      await failure(executeRotation(plan, options));
      failing = false;
      const before = store.requests.length;
      await resumeRotation(options);
      const after = store.requests.slice(before).map((request) => request.method);
      expect(after.slice(0, reads)).toEqual(Array(reads).fill("list"));
      expect(after[reads]).not.toBe(undefined);
      expect(held(store)).toEqual(["CN=next"]);
      expect(after.filter((name) => name === "list")).toHaveLength(total);
    }
  });

  it("stops when the journal cannot be written, before and after a request", async () => {
    for (const type of ["plan", "started", "finished", "completed"] as const) {
      const store = memoryStore([all.current]);
      const plan = await planFor(store, [all.next]);
      const journal = memoryJournal();
      let failing = true;
      const broken = {
        ...journal,
        async append(record: JournalRecord) {
          if (failing && record.type === type) throw new Error("no space");
          await journal.append(record);
        },
      };
      const options = { store, journal: broken, clock: at(0), rereadAfterMs: [] };
      const error = await failure(executeRotation(plan, options));
      expect(error.code).toBe("rotation.journal_failed");
      failing = false;
      await executeRotation(plan, options);
      expect(held(store)).toEqual(["CN=next"]);
    }
  });

  it("keeps the message of a foreign error, which may hold a secret, to itself", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    const leaky = { ...store, list: () => Promise.reject(new Error("Bearer SG.secret")) };
    const error = await failure(
      executeRotation(plan, {
        store: leaky,
        journal: memoryJournal(),
        clock: at(0),
        rereadAfterMs: [],
      }),
    );
    expect(error.code).toBe("rotation.step_failed");
    expect(`${error.message}${JSON.stringify(error)}`).not.toContain("secret");
    expect(error.cause).toBeUndefined();
  });
});
