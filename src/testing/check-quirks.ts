/** The values of a quirk: a list of them, or what kind they are. */
export type QuirkChoice = readonly unknown[] | "boolean" | "number" | "texts" | "object";

function fits(value: unknown, choices: QuirkChoice): boolean {
  if (typeof choices !== "string") return choices.includes(value);
  if (choices === "texts") return Array.isArray(value);
  if (choices === "object") return typeof value === "object" && value !== null;
  return typeof value === choices;
}

/** Throws a `RangeError` for an unknown quirk, which would have no effect. */
export function checkQuirks(quirks: object, choices: Readonly<Record<string, QuirkChoice>>): void {
  for (const [name, value] of Object.entries(quirks)) {
    if (!Object.hasOwn(choices, name)) {
      const names = Object.keys(choices).join(", ");
      throw new RangeError(`There is no quirk ${name}. There are: ${names}.`);
    }
    const known = choices[name] ?? "object";
    if (value !== undefined && !fits(value, known)) {
      const values = typeof known === "string" ? `a ${known}` : known.join(", ");
      throw new RangeError(`The quirk ${name} is not ${String(value)}. It may be: ${values}.`);
    }
  }
}
