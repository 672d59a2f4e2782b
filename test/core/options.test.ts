import { describe, expect, test } from "vitest";
import { AMOUNT, BOOLEAN, checkOptions, INSTANT, oneOf } from "../../src/core/options.ts";

interface Options {
  readonly now?: Date | string | number;
  readonly policy?: "default" | "strict";
  readonly requireValidUntil?: boolean;
  readonly maxBytes?: number;
}

const check = (options: unknown): void =>
  checkOptions<Options>(
    options,
    {
      now: INSTANT,
      policy: oneOf("default", "strict"),
      requireValidUntil: BOOLEAN,
      maxBytes: AMOUNT,
    },
    "validate",
  );

describe("checkOptions", () => {
  test.each([
    [{ polciy: "strict" }, 'validate has no option "polciy". Did you mean "policy"?'],
    [{ colour: 1 }, 'validate has no option "colour".'],
    [{ now: "yesterday" }, "now must be a Date, an ISO 8601 text or whole unix seconds."],
    [{ policy: "lax" }, 'policy must be one of "default", "strict".'],
    [{ requireValidUntil: 1 }, "requireValidUntil must be true or false."],
    [{ requireValidUntil: "true" }, "requireValidUntil must be true or false."],
    [{ maxBytes: -1 }, "maxBytes must be a number, 0 or greater."],
    [{ maxBytes: Number.NaN }, "maxBytes must be a number, 0 or greater."],
    [{ toString: 1 }, 'validate has no option "toString".'],
  ])("refuses %j", (options, message) => {
    expect(() => check(options)).toThrow(new TypeError(message));
  });

  test.each([[undefined], [null], [3], [{}], [{ now: undefined }], [{ now: "2031-07-09" }]])(
    "accepts %j",
    (options) => {
      expect(() => check(options)).not.toThrow();
    },
  );
});
