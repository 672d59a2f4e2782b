import { ProviderError } from "../error.ts";

/** The longest time that a timer of the platform keeps; beyond it, it fires at once. */
export const LONGEST_TIMER_MS: number = 2 ** 31 - 1;

function noNumber(name: string, kind: string, provider: string): ProviderError {
  return new ProviderError("provider.argument", `${name} is not ${kind}.`, {
    provider,
    outcome: "not_applied",
    hint: `Give ${name} as ${kind}, or leave it out.`,
  });
}

/** A number of milliseconds or bytes that makes sense; `Infinity` does. */
export function positive(name: string, value: number, provider: string): number {
  if (typeof value === "number" && value > 0) return value;
  throw noNumber(name, "a number above 0", provider);
}

/** A number of repetitions that makes sense. */
export function notNegative(name: string, value: number, provider: string): number {
  if (typeof value === "number" && value >= 0) return value;
  throw noNumber(name, "a number from 0 on", provider);
}
