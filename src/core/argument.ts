/**
 * A wrong argument is a fault of the program and not of any input: a `TypeError` that names it and
 * says what it has to be, in place of an engine's words about a property of `undefined`. A question
 * about it that cannot even be asked is answered: no.
 */
export function need(holds: () => unknown, argument: string, kind: string): void {
  try {
    if (holds()) return;
  } catch {}
  throw new TypeError(`${argument} is not ${kind}.`);
}

export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

export function isText(value: unknown): boolean {
  return typeof value === "string";
}
