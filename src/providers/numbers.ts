import { ProviderError } from "./error.ts";

/** The longest time that a timer of the platform keeps; beyond it, it fires at once. */
export const LONGEST_TIMER_MS: number = 2 ** 31 - 1;

/** A number of milliseconds or bytes that makes sense; `Infinity` does. */
export function positive(name: string, value: number, provider: string): number {
  if (typeof value === "number" && value > 0) return value;
  throw new ProviderError("provider.argument", `${name} is not a number above 0.`, {
    provider,
    outcome: "not_applied",
    hint: `Give ${name} as a number above 0, or leave it out.`,
  });
}
