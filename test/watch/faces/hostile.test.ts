import { describe, expect, test } from "vitest";
import {
  type ConnectionStatus,
  calendar,
  github,
  junit,
  page,
  prometheus,
  sarif,
  table,
  webhook,
} from "../../../src/watch/index.ts";
import { fc } from "../../support/property.ts";
import { everyState, NOW, statusOf } from "../support/statuses.ts";

/** Every face, as text. */
const faces: Readonly<Record<string, (statuses: readonly ConnectionStatus[]) => string>> = {
  calendar: (statuses) => calendar(statuses, { now: NOW }),
  github,
  junit: (statuses) => junit(statuses, { now: NOW }),
  page: (statuses) => page(statuses, { now: NOW }),
  prometheus: (statuses) => prometheus(statuses, { now: NOW }),
  sarif,
  table: (statuses) => table(statuses, { now: NOW, all: true }),
  webhook: (statuses) => JSON.stringify(webhook(statuses, { now: NOW, card: true })),
};

const hostile = '"><script>alert(1)</script>\u001b[31m\n\u202e\ud800';

function poison(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(poison);
  if (typeof value !== "object" || value === null) return hostile;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, poison(item)]));
}

/** A status whose fields are all there. */
const full: ConnectionStatus = {
  ...(everyState()[0] as ConnectionStatus),
  unstored: everyState()[1]?.unstored ?? [],
  planned: { kind: "switch", at: NOW },
  errors: [{ code: "provider.timeout", message: "late" }],
};

describe.each(Object.entries(faces))("%s, given statuses that came back from JSON", (_, face) => {
  test("writes no object, control character or exception, whatever a field has become", () => {
    const base = JSON.stringify(full);
    const count = base.match(/:(?=["\d])/g)?.length ?? 0;
    expect(count).toBeGreaterThan(30);
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
          const isLeaf = typeof own !== "object" && !["id", "name", "state"].includes(key);
          if (isLeaf) at += 1;
          return isLeaf && at === which ? other : own;
        });
        const output = face([status]);
        expect(output).not.toContain("[object Object]");
        expect(output.replaceAll(/\r?\n/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 100 },
    );
  });

  test("takes fields that are missing, circular or functions", () => {
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    const { id, name, state } = full;
    const bare = { id, name, state, certificates: [], unstored: [], errors: [], events: [] };
    const odd = { ...full, certificates: [{ id: circular, state: () => 1 }], labels: circular };
    for (const status of [bare, odd]) {
      expect(() => face([status as unknown as ConnectionStatus])).not.toThrow();
    }
  });

  test("refuses what is not a list of statuses", () => {
    for (const field of ["id", "name", "state", "certificates"] as const) {
      const wrong = { ...statusOf(), [field]: 7 } as unknown as ConnectionStatus;
      expect(() => face([wrong]), field).toThrow(TypeError);
    }
    expect(() => face({} as ConnectionStatus[])).toThrow(TypeError);
  });
});

test("no markup of a status reaches the page outside its packed data", () => {
  const text = page([poison(full) as ConnectionStatus, full], { now: NOW, title: "<i>SSO</i>" });
  expect(text).not.toMatch(/<i>|alert\(1\)<\/script/);
  expect(text.match(/<script/g)).toHaveLength(2);
});

test("every line of the metrics of hostile statuses is a series with a number", () => {
  const lines = prometheus([poison(full) as ConnectionStatus])
    .trimEnd()
    .split("\n");
  const series = /^[a-z_0-9]+(?:\{(?:[a-zA-Z0-9_]+="(?:[^"\\\n]|\\[\\"n])*",?)*\})? -?[\d.e+]+$/u;
  for (const line of lines.filter((one) => !one.startsWith("#"))) expect(line).toMatch(series);
});
