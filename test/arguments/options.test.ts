import { describe, expect, test } from "vitest";
import { rightCalls } from "./calls.ts";
import { outcomeOf, publicFunctions } from "./support.ts";
import { isTold } from "./told.ts";

/** Functions whose last argument is an object that is no options: what they are about. */
const WITHOUT_OPTIONS = new Set([
  "acceptUnverified",
  "base64Of",
  "clerkCertificateStore",
  "identifyCertificate",
  "pemOf",
  "checkSelfSignature",
  "fleetPrometheus",
  "formatRollover",
  "fieldMessages",
  "keyText",
  "sameCertificate",
  "sameKey",
  "sendGridCertificateStore",
  "toPeculiar",
  "toSsoCertificate",
  "trustOf",
  "verifySelfSignature",
]);

type Options = Readonly<Record<string, unknown>>;

const functions = await publicFunctions();
const calls = await rightCalls();

const isPlain = (value: unknown): value is Options =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const withOptions = Object.entries(calls).filter(
  ([name, right]) => !WITHOUT_OPTIONS.has(name) && isPlain(right().at(-1)),
);

/** Calls the function as it is right, with its options changed. */
function callWith(name: string, change: (options: Options) => Options): Promise<unknown> {
  const args = [...(calls[name]?.() ?? [])];
  args.push(change(args.pop() as Options));
  return outcomeOf(() => functions.get(name)?.(...args));
}

const optionNames = (right: () => readonly unknown[]): readonly string[] =>
  Object.keys(right().at(-1) as Options);

describe.each(withOptions)("%s", (name, right) => {
  test("refuses an unknown option", async () => {
    const error = await callWith(name, (options) => ({ ...options, noSuchOption: 1 }));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toContain('no option "noSuchOption"');
  });

  const longest = [...optionNames(right)].sort((a, b) => b.length - a.length)[0] ?? "";
  test.each(longest.length < 4 ? [] : [longest])("suggests %s where it is misspelt", async () => {
    const error = await callWith(name, (options) => ({ ...options, [`${longest}z`]: 1 }));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toContain(`Did you mean "${longest}"?`);
  });

  test.each(optionNames(right))("refuses a symbol as %s", async (option) => {
    const error = await callWith(name, (options) => ({ ...options, [option]: Symbol("wrong") }));
    expect(error).toBeInstanceOf(Error);
    expect(isTold(error)).toBe(true);
    expect((error as Error).message).toContain(option);
  });
});

test("calls.ts gives options to every function that takes some", () => {
  const silent = [...functions].filter(([name, called]) => {
    const [parameters = ""] = String(called).split(/\)\s*(?:\{|=>)/);
    return /\boptions\b/.test(parameters) && !withOptions.some(([known]) => known === name);
  });
  expect(silent.map(([name]) => name)).toEqual([]);
});
