import { isObject, isText } from "./argument.ts";
import { quoted } from "./quote.ts";
import { closest } from "./suggest.ts";
import { isInstant } from "./time.ts";

/** The kind of an option: a check, and its name for the message. */
export interface Kind {
  readonly is: (value: unknown) => boolean;
  readonly name: string;
}

/** Every option of a function, with its kind: the one list that names and types are checked against. */
export type OptionKinds<Options> = { readonly [Name in keyof Options]-?: Kind };

export const ANY: Kind = { is: () => true, name: "anything" };
export const BOOLEAN: Kind = { is: (value) => typeof value === "boolean", name: "true or false" };
export const TEXT: Kind = { is: isText, name: "a string" };
export const FUNCTION: Kind = { is: (value) => typeof value === "function", name: "a function" };
export const OBJECT: Kind = { is: isObject, name: "an object" };
export const LIST: Kind = { is: Array.isArray, name: "an array" };
export const INSTANT: Kind = {
  is: isInstant,
  name: "a Date, an ISO 8601 text or whole unix seconds",
};
/** A limit, a size or a duration. */
export const AMOUNT: Kind = {
  is: (value) => typeof value === "number" && value >= 0,
  name: "a number, 0 or greater",
};

/** One of a few texts. */
export function oneOf(...texts: readonly string[]): Kind {
  return {
    is: (value) => isText(value) && texts.includes(value),
    name: `one of ${texts.map((text) => `"${text}"`).join(", ")}`,
  };
}

/**
 * Throws a `TypeError` for an option that `caller` does not have, with the nearest name, and for one of
 * the wrong kind. An option that is undefined counts as absent; so do options that are no object, so
 * that `texts.map(parseCertificate)` works.
 */
export function checkOptions<Options>(
  options: unknown,
  kinds: OptionKinds<Options>,
  caller: string,
): void {
  if (!isObject(options)) return;
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(kinds, name))
      throw new TypeError(unknownName("option", name, kinds, caller));
    const kind = kinds[name as keyof Options];
    if (!kind.is(value)) throw new TypeError(`${name} must be ${kind.name}.`);
  }
}

/** `validateCertificate has no option "polciy". Did you mean "policy"?` */
export function unknownName(what: string, name: string, known: object, owner: string): string {
  const near = closest(name, Object.keys(known));
  return `${owner} has no ${what} ${quoted(name)}.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
}
