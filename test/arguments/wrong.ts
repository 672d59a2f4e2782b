import { runInNewContext } from "node:vm";

/** The error that a proxy of the caller throws; it may reach the caller. */
export const OWN = "its own";

function refuse(): never {
  throw new Error(OWN);
}

const circle: Record<string, unknown> = {};
circle["circle"] = circle;

/** Wrong values, by name. */
const wrongValues: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  "a number": 7,
  NaN: Number.NaN,
  true: true,
  text: "text",
  "an empty object": {},
  "an empty list": [],
  "a list of null": [null],
  "a list with holes": new Array(100_000),
  "a function": () => undefined,
  "a symbol": Symbol("symbol"),
  "a bigint": 1n,
  "a circle": circle,
  "a frozen object": Object.freeze({ a: 1 }),
  "an object without a prototype": Object.create(null),
  "an object of another realm": runInNewContext("({ a: { b: 1 } })"),
  "a list of another realm": runInNewContext("[1]"),
  "an ArrayBuffer": new ArrayBuffer(4),
  "an invalid Date": new Date(Number.NaN),
  "a proxy that throws": new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse }),
};

/** Each argument replaced by each wrong value, and each field of each argument. */
export function* wrongCalls(
  right: () => readonly unknown[],
): Generator<{ readonly what: string; readonly args: readonly unknown[] }> {
  for (const [value, wrong] of Object.entries(wrongValues)) {
    for (const [place, argument] of right().entries()) {
      yield { what: `argument ${place} is ${value}`, args: replaced(right(), place, wrong) };
      for (const field of fieldsOf(argument)) {
        const args = [...right()];
        args[place] = { ...(args[place] as object), [field]: wrong };
        yield { what: `${field} of argument ${place} is ${value}`, args };
      }
    }
  }
}

function fieldsOf(argument: unknown): readonly string[] {
  const isPlain = typeof argument === "object" && argument !== null && !Array.isArray(argument);
  return isPlain ? Object.keys(argument) : [];
}

function replaced(list: readonly unknown[], place: number, value: unknown): readonly unknown[] {
  return list.map((one, index) => (index === place ? value : one));
}
