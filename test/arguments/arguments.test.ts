import { expect, test } from "vitest";
import { rightCalls } from "./calls.ts";
import { type Callable, outcomeOf, publicFunctions } from "./support.ts";
import { isTold } from "./told.ts";
import { OWN, wrongCalls } from "./wrong.ts";

const functions = await publicFunctions();
const calls = await rightCalls();

const outcome = (name: string, args: readonly unknown[]): Promise<unknown> =>
  outcomeOf(() => functions.get(name)?.(...args));

test("the table has a right call for each public function, and no other", () => {
  expect(Object.keys(calls).sort()).toEqual([...functions.keys()].sort());
});

/** Functions whose right call needs something from outside. */
const WITHOUT_ANSWER = new Set(["readCertificateRequest"]);

test.each(Object.keys(calls))("%s says what is wrong with its arguments", async (name) => {
  const right = calls[name] as () => readonly unknown[];
  if (!WITHOUT_ANSWER.has(name)) expect(await outcome(name, right())).toBe(undefined);
  const untold: string[] = [];
  for (const { what, args } of wrongCalls(right)) {
    const error = await outcome(name, args);
    if (!isTold(error)) untold.push(`${what}: ${error}`);
  }
  expect(untold).toEqual([]);
});

test.each(["validateCertificate", "validateMetadata"])(
  "%s never throws for an input",
  async (name) => {
    const right = calls[name] as () => readonly unknown[];
    for (const { what, args } of wrongCalls(() => right().slice(0, 1))) {
      const error = await outcome(name, args);
      if ((error as Error | undefined)?.message !== OWN) expect(error, what).toBe(undefined);
    }
  },
);

test("a certificate that is none is equal to none", () => {
  const same = functions.get("sameCertificate") as Callable;
  expect(() => same({ fingerprint: {} }, { fingerprint: {} })).toThrow(
    new TypeError("a must be a Certificate, as parseCertificate gives it."),
  );
});

test("texts can be mapped to what they are, whatever else `map` passes", () => {
  const pem = calls["parseCertificate"]?.()[0];
  expect([pem, pem].map(functions.get("parseCertificate") as () => unknown)).toHaveLength(2);
});
