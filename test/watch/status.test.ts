import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import type { Certificate } from "../../src/certificates/index.ts";
import {
  type ConnectionStatus,
  page,
  prometheus,
  table,
  type WatchOptions,
  watch,
  watchStore,
} from "../../src/watch/index.ts";
import { type Cast, cast, certificate, day } from "../rotation/support/certificates.ts";
import { likeSendGrid, memoryStore, stored } from "../rotation/support/memory-store.ts";
import { fc } from "../support/property.ts";
import { requireProgram } from "../support/require.ts";

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

describe("table", () => {
  const rows = (statuses: readonly ConnectionStatus[]) => table(statuses).split("\n").slice(1, -1);

  it("has one row for an integration without certificates", async () => {
    const [row, ...more] = rows([await statusOf([])]);
    expect(row).toMatch(/^memory one +down +no certificate$/);
    expect(more).toEqual([]);
  });

  it("names the integration and its state once, and every certificate and error below", async () => {
    const status = await statusOf([all.next, all.current], [all.next, all.pending]);
    const errors = [{ code: "provider.timeout", message: "late" }];
    const lines = rows([{ ...status, errors }]);
    expect(lines.map((row) => row.trim().split(/ {2,}/))).toEqual([
      [
        "memory one",
        status.state,
        "1: active",
        "1000",
        isoOf(all.next),
        shaOf(all.next),
        "CN=next",
      ],
      ["2: expiring, extra", "20", isoOf(all.current), shaOf(all.current), "CN=current"],
      ["not stored: next", isoOf(all.pending), shaOf(all.pending), "CN=pending"],
      ["provider.timeout", "late"],
    ]);
  });

  const isoOf = ({ notAfter }: Certificate) => notAfter.iso.replace(".000Z", "Z");
  const shaOf = ({ fingerprint }: Certificate) => fingerprint.sha256.slice(0, 16);
});

describe("statuses that came back from JSON", () => {
  const hostile = '"><script>alert(1)</script>\u001b[31m\n\u202e';

  /** A status with every value of every field replaced by a hostile one. */
  async function poisoned(): Promise<ConnectionStatus[]> {
    const errors = [{ code: "provider.timeout", message: "late" }];
    const status = { ...(await statusOf([all.current], [all.next])), errors };
    const poison = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(poison);
      if (typeof value !== "object" || value === null) return hostile;
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, poison(item)]));
    };
    const odd = [1e300, {}, [hostile], null, true, "NaN"].map((value) => ({
      ...(JSON.parse(JSON.stringify(status)) as ConnectionStatus),
      daysLeft: value as number,
      certificates: [
        { ...status.certificates[0]!, notAfter: value as number, daysLeft: value as number },
      ],
    }));
    return [poison(status) as ConnectionStatus, ...odd];
  }

  it("cannot leave any writer an object, a control character or an exception", async () => {
    const base = JSON.stringify({
      ...(await statusOf([all.current, all.pending], [all.next])),
      errors: [{ code: "provider.timeout", message: "late" }],
    });
    const count = base.match(/:(?=["\d])/g)?.length ?? 0;
    expect(count).toBeGreaterThan(10);
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        hostile,
        { toString: hostile },
        [{}],
        { a: hostile },
        "\u2028\u0085\r\n\u007f",
      ),
    );
    fc.assert(
      fc.property(fc.nat(count - 1), value, (which, other) => {
        let at = -1;
        const status = JSON.parse(base, (key, own) => {
          const isLeaf = typeof own !== "object" && !["id", "name"].includes(key);
          if (isLeaf) at += 1;
          return isLeaf && at === which ? other : own;
        });
        if (typeof status.state !== "string") {
          expect(() => table([status])).toThrow(TypeError);
          return;
        }
        const outputs = [table([status]), prometheus([status]), page([status], { now: day(0) })];
        for (const output of outputs) {
          expect(output).not.toContain("[object Object]");
          expect(output.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        }
      }),
      { numRuns: 400 },
    );
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    const [odd] = [{ ...JSON.parse(base), certificates: [{ id: circular, state: () => 1 }] }];
    expect(table([odd])).toContain("?: ");
    expect(() => [prometheus([odd]), page([odd], { now: 0 })]).not.toThrow();
  });

  it("cannot put markup into the page, whatever the type says", async () => {
    const text = page(await poisoned(), { now: day(0) });
    expect(text).not.toMatch(/<script|alert\(1\)<\/script|\p{Cf}|Invalid/u);
    const classes = [...text.matchAll(/class="([^"]*)"/g)].map(([, name = ""]) => name);
    for (const name of classes) expect(name).toMatch(/^[a-z_ ]+$/);
  });

  it("cannot put control characters into the table, nor break a line", async () => {
    const statuses = await poisoned();
    const text = table(statuses);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    const lines = statuses.reduce(
      (sum, { certificates, unstored, errors }) =>
        sum + certificates.length + unstored.length + errors.length,
      1,
    );
    expect(text.trimEnd().split("\n")).toHaveLength(lines);
  });

  it("cannot break a line of the metrics, nor give a value that is no number", async () => {
    const lines = prometheus(await poisoned())
      .trimEnd()
      .split("\n");
    const series = /^[a-z_]+\{(?:[a-z0-9_]+="(?:[^"\\\n]|\\[\\"n])*",?)*\} -?[\d.e+]+$/u;
    for (const line of lines.filter((line) => !line.startsWith("#"))) expect(line).toMatch(series);
  });

  it("are refused if an id, a name, a state or a list is of another type", async () => {
    const status = await statusOf([all.next]);
    for (const field of ["id", "name", "state", "certificates"] as const) {
      const wrong = { ...status, [field]: 7 } as unknown as ConnectionStatus;
      expect(() => table([wrong]), field).toThrow(TypeError);
    }
  });
});

describe("the timelines of the page", () => {
  it("reach at most five years to either side of now", async () => {
    const wide = await certificate("wide", -9000, 9000);
    const text = page([await statusOf([wide])], { now: day(0) });
    const [from, to] = [day(-5 * 365), day(5 * 365)].map((time) =>
      new Date(time * 1000).toISOString().slice(0, 10),
    );
    expect(text).toContain(`Timeline, ${from} to ${to}`);
  });
});

describe("outputs", () => {
  async function sample(): Promise<ConnectionStatus[]> {
    const hostile = await certificate("<script>\"\\\n\u001b[31m\u202e&'", -1, 900);
    return [
      await statusOf([all.current, hostile, hostile], [all.next, all.pending]),
      {
        ...(await statusOf([])),
        id: "memory:two",
        errors: [{ code: "provider.timeout", message: "<b>late</b>" }],
      },
    ];
  }

  it("writes a table without control characters", async () => {
    const text = table(await sample());
    expect(text).toContain("not stored: missing");
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it("writes what Prometheus reads: each series once, with escaped labels", async () => {
    const text = prometheus(await sample());
    const series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const sampleLine = /^[a-z_]+\{(?:[a-z0-9_]+="(?:[^"\\\n]|\\[\\"n])*",?)*\} -?\d+$/;
    for (const line of series) expect(line).toMatch(sampleLine);
    const names = series.map((line) => line.slice(0, line.lastIndexOf(" ")));
    expect(new Set(names).size).toBe(names.length);
    expect(text.match(/# TYPE/g)).toHaveLength(5);
    expect(text.endsWith("\n")).toBe(true);
  });

  it("writes a page that holds no markup of a certificate, and loads nothing", async () => {
    const text = page(await sample(), { now: day(0), title: "<i>SSO</i>" });
    expect(text).not.toMatch(/<script|<i>|<b>|\p{Cf}|https?:/u);
    expect(text).toContain('<html lang="en">');
    expect(text.match(/<svg role="img" aria-label="/g)?.length).toBe(5);
    expect(text.match(/<caption>/g)?.length).toBe(2);
    expect(text).toContain("@media print");
  });

  const xmllint = requireProgram("xmllint");
  it.skipIf(xmllint.missing)(`writes a page without parse errors${xmllint.note}`, async () => {
    const text = page(await sample(), { now: day(0) });
    const { stderr } = spawnSync("xmllint", ["--html", "--noout", "-"], { input: text });
    // The parser of libxml2 is of HTML 4: it does not know the newer elements.
    const errors = `${stderr}`.split("\n").filter((line) => line.includes("error"));
    expect(errors.filter((line) => !/Tag \w+ invalid/.test(line))).toEqual([]);
  });
});
