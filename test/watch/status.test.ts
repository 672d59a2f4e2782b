import { beforeAll, describe, expect, it } from "vitest";
import type { Certificate } from "../../src/certificates/index.ts";
import {
  type ConnectionStatus,
  type WatchOptions,
  watch,
  watchStore,
} from "../../src/watch/index.ts";
import { type Cast, cast, day } from "../rotation/support/certificates.ts";
import { likeSendGrid, memoryStore, stored } from "../rotation/support/memory-store.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

async function statusOf(
  held: readonly Certificate[],
  published?: readonly Certificate[],
): Promise<ConnectionStatus> {
  const source = watchStore(memoryStore(held), { published: async () => published });
  for await (const status of watch([source], { now: day(0) })) return status;
  throw new Error("There is no status.");
}

describe("watch", () => {
  it.each<[string, () => [Certificate[], Certificate[]?], object]>([
    ["nothing is stored", () => [[]], { state: "down", actionNeeded: true }],
    ["all is well", () => [[all.next]], { state: "active", actionNeeded: false, daysLeft: 1000 }],
    ["the only one has expired", () => [[all.expired]], { state: "down" }],
    ["the only one has not begun", () => [[all.pending]], { state: "down" }],
    ["the last one ends soon", () => [[all.current]], { state: "expiring", daysLeft: 20 }],
    ["a successor is stored", () => [[all.current, all.pending]], { state: "active" }],
    ["what is published is stored", () => [[all.next], [all.next]], { state: "active" }],
    ["the published one is not stored", () => [[all.current], [all.next]], { state: "missing" }],
    [
      "the next one is not stored",
      () => [[all.next], [all.next, all.pending]],
      { state: "next_missing" },
    ],
    [
      "an expired one is still published",
      () => [[all.next], [all.next, all.expired]],
      { state: "active", unstored: [] },
    ],
  ])("judges when %s", async (_, given, expected) => {
    expect(await statusOf(...given())).toMatchObject(expected);
  });

  it("compares each stored certificate with what is published", async () => {
    const status = await statusOf([all.next, all.current, all.expired], [all.next]);
    expect(status.certificates.map(({ publication }) => publication)).toEqual([
      "published",
      "extra",
      "stale",
    ]);
  });

  it("tells of a disabled and of an unreadable certificate", async () => {
    const store = memoryStore([], { capabilities: { ...likeSendGrid, enabledObservable: true } });
    store.entries.push({ ...stored("1", all.next), enabled: false });
    store.entries.push({ id: "2", public_certificate: "?" });
    for await (const status of watch([watchStore(store)], { now: day(0) })) {
      expect(status.certificates.map(({ state }) => state)).toEqual(["disabled", "unreadable"]);
      expect(status.state).toBe("down");
    }
  });

  it("goes on past what cannot be reached, in order and with bounded concurrency", async () => {
    let running = 0;
    let most = 0;
    const stores = Array.from({ length: 200 }, (_, index) => ({
      ...memoryStore([all.next]),
      integrationId: `${index}`,
      async list() {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, (index * 7) % 5));
        running -= 1;
        if (index % 50 === 0) throw new Error("Bearer secret");
        return [stored("1", all.next)];
      },
    }));
    const statuses: ConnectionStatus[] = [];
    const options = { now: day(0), concurrency: 5 };
    for await (const status of watch(
      stores.map((store) => watchStore(store)),
      options,
    ))
      statuses.push(status);
    expect(most).toBe(5);
    expect(statuses.map(({ id }) => id)).toEqual(
      stores.map(({ integrationId }) => `memory:${integrationId}`),
    );
    expect(statuses.filter(({ state }) => state === "unreachable")).toHaveLength(4);
    expect(JSON.stringify(statuses)).not.toContain("secret");
    expect(statuses[0]?.errors).toEqual([
      {
        code: "watch.read_failed",
        message: "The connection could not be read.",
      },
    ]);
  });

  it("refuses an unknown option or policy with a suggestion", async () => {
    const walk = async (options: object) => {
      for await (const _ of watch([watchStore(memoryStore())], options as WatchOptions)) break;
    };
    await expect(walk({ now: day(0), concurency: 2 })).rejects.toThrow('"concurrency"');
    await expect(walk({ now: day(0), policy: { expiringDay: 2 } })).rejects.toThrow(
      '"expiringDays"',
    );
  });

  it("runs no further ahead than its reader, and stops with it", async () => {
    let asked = 0;
    function* endless() {
      for (;;) {
        asked += 1;
        yield watchStore(memoryStore([all.next]));
      }
    }
    let read = 0;
    for await (const _ of watch(endless(), { now: day(0), concurrency: 4 })) {
      read += 1;
      if (read === 10) break;
    }
    expect(asked).toBeLessThan(40);
  });

  it("stops with its signal", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    const walk = async () => {
      for await (const _ of watch([watchStore(memoryStore())], { now: day(0), signal })) break;
    };
    await expect(walk()).rejects.toThrow("enough");
  });
});
