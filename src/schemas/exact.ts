import type * as z from "zod";

/** The same type without `readonly`, which zod's inferred types do not have. */
type Plain<T> = T extends readonly (infer Entry)[]
  ? Plain<Entry>[]
  : T extends object
    ? { -readonly [Name in keyof T]: Plain<T[Name]> }
    : T;

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * A schema as that of a public type. The compiler refuses it unless the two are equal: assignability
 * alone would let an optional field be missing from the schema.
 */
export function exactly<Public>() {
  return <Schema extends z.core.$ZodType>(
    schema: Equal<Plain<z.output<Schema>>, Plain<Public>> extends true ? Schema : never,
  ): Schema => schema;
}
