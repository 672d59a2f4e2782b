import { describe, expect, it } from "vitest";
import { missingField } from "../../src/providers/http/decode.ts";
import { decodeWire, deviations, type WireTable } from "../../src/providers/http/wire.ts";
import { ssoConnectionWire } from "../../src/providers/keycard/wire.ts";
import {
  certificateWire,
  createdTeammateWire,
  createTeammateWire,
  integrationWire,
  updatedTeammateWire,
} from "../../src/providers/sendgrid/wire.ts";
import { decodedObject, wireObject } from "../../src/schemas/wire.ts";
import { fc } from "../support/property.ts";

const TABLES: readonly (readonly [string, WireTable])[] = [
  ["certificate", certificateWire],
  ["integration", integrationWire],
  ["created teammate", createdTeammateWire],
  ["updated teammate", updatedTeammateWire],
  ["teammate request", createTeammateWire],
  ["Keycard connection", ssoConnectionWire],
];

const value = fc.oneof(
  fc.string(),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 2 }),
  fc.array(fc.dictionary(fc.constantFrom("id", "scopes", "x"), fc.jsonValue()), { maxLength: 2 }),
  fc.jsonValue(),
);

/** Objects that are near to what a table says. */
function near(table: WireTable): fc.Arbitrary<Record<string, unknown>> {
  const names = Object.entries(table).map(([name, { documented }]) => documented ?? name);
  return fc.record(Object.fromEntries([...names, "other"].map((name) => [name, value])), {
    requiredKeys: [],
  });
}

describe.each(TABLES)("the table of a %s", (_, table) => {
  it("means the same to the decoder's strict mode and to the zod schema", () => {
    const schema = wireObject(table);
    fc.assert(
      fc.property(near(table), (object) => {
        expect(schema.safeParse(object).success).toBe(deviations(table, object).length === 0);
      }),
      { numRuns: 500 },
    );
  });

  it("decodes anything into what its schema of results takes", () => {
    const schema = decodedObject(table);
    fc.assert(
      fc.property(near(table), (object) => {
        const decoded = decodeWire(table, object);
        const complete = missingField(table, decoded) === undefined;
        expect(schema.safeParse(decoded).success).toBe(complete);
      }),
    );
  });

  it("never decodes a field twice: decoding is stable", () => {
    fc.assert(
      fc.property(near(table), (object) => {
        const once = decodeWire(table, object);
        expect(decodeWire(table, once)).toEqual(once);
      }),
    );
  });
});

describe("tolerant decoding", () => {
  it.each([
    [{ id: 1 }, { id: "1" }],
    [{ id: "x1" }, { id: "x1" }],
    [{ id: "" }, {}],
    [{ id: null }, {}],
    [{ id: {} }, {}],
    [{ not_before: 1603915954 }, { not_before: 1603915954 }],
    [{ not_before: "1603915954" }, { not_before: 1603915954 }],
    [{ not_before: "soon", not_after: "" }, {}],
    [{ not_before: 1.9 }, { not_before: 1 }],
    [{ intergration_id: "a" }, { integration_id: "a" }],
    [{ integration_id: "a" }, { integration_id: "a" }],
    [{ integration_id: "a", intergration_id: "b" }, { integration_id: "a" }],
    [{ integration_id: null, intergration_id: "b" }, { integration_id: "b" }],
    [JSON.parse('{"__proto__":{"id":1},"constructor":2}'), {}],
  ])("%j", (wire, expected) => {
    const decoded = decodeWire(certificateWire, wire);
    expect(decoded).toEqual(expected);
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
  });
});

describe("strict decoding", () => {
  it.each([
    [{ subuser_access: [null] }, "subuser_access", "has another type than documented"],
    [{ subuser_access: [{ id: "1" }] }, "subuser_access[0].id", "has another type than documented"],
    [{ scopes: ["a", null] }, "scopes", "has another type than documented"],
    [{ email: null }, "email", "has another type than documented"],
    [{ other: 1 }, "other", "is not documented"],
  ])("%j deviates at %s", (wire, path, message) => {
    expect(deviations(updatedTeammateWire, wire)).toEqual([{ path, message }]);
  });

  it("knows the entries of maps and documented values", () => {
    const wire = { permissions: { a: { read: "yes" } } };
    expect(deviations(ssoConnectionWire, wire)).toContainEqual({
      path: "permissions.a.read",
      message: "has another type than documented",
    });
    const body = { first_name: "A", last_name: "B", email: "a@b", persona: "king" };
    expect(deviations(createTeammateWire, body)).toEqual([
      { path: "persona", message: "has an undocumented value" },
    ]);
  });
});
