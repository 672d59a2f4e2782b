import { afterAll, expect, test } from "vitest";
import { isSamlCertError } from "../../src/core/errors.ts";
import { rightMethods } from "./methods.ts";
import { isTold } from "./told.ts";
import { wrongCalls } from "./wrong.ts";

const { methods, sent, close } = await rightMethods();

afterAll(close);

async function outcome(name: string, args: readonly unknown[]): Promise<unknown> {
  try {
    await methods[name]?.call(...(args as never[]));
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Errors of the caller's program: nobody else is asked before they are raised. */
function isOwnFault(error: unknown): boolean {
  return !isSamlCertError(error) || isSamlCertError(error, "provider.argument");
}

test.each(Object.keys(methods))("%s says what is wrong with its arguments", async (name) => {
  const right = methods[name]?.right ?? (() => []);
  expect(await outcome(name, right())).toBe(undefined);
  const faults: string[] = [];
  for (const { what, args } of wrongCalls(right)) {
    const before = sent();
    const error = await outcome(name, args);
    if (!isTold(error)) faults.push(`${what}: ${error}`);
    else if (error !== undefined && isOwnFault(error) && sent() !== before) {
      faults.push(`${what}: sent, then ${error}`);
    }
  }
  expect(faults).toEqual([]);
});
