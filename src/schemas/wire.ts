import * as z from "zod";
import type { WireField, WireTable } from "../providers/http/wire.ts";

type Shape = Record<string, z.ZodType>;

const WIRE: Readonly<Record<WireField["kind"], (fields: WireTable) => z.ZodType>> = {
  text: () => z.string(),
  flag: () => z.boolean(),
  number: () => z.number(),
  id: () => z.number(),
  seconds: () => z.number(),
  texts: () => z.array(z.string()),
  object: (fields) => wireObject(fields),
  objects: (fields) => z.array(wireObject(fields)),
  any: () => z.unknown(),
};

const DECODED: typeof WIRE = {
  ...WIRE,
  id: () => z.string(),
  seconds: () => z.int(),
  object: (fields) => decodedObject(fields),
  objects: (fields) => z.array(decodedObject(fields)),
};

function field({ kind, fields, nullable, required }: WireField, kinds: typeof WIRE): z.ZodType {
  const schema = kinds[kind](fields ?? {});
  const full = nullable === true ? schema.nullable() : schema;
  return required === true ? full : full.optional();
}

/** An object as the specification has it on the wire: nothing beside it, and nothing else in it. */
export function wireObject(table: WireTable): z.ZodType {
  const shape: Shape = {};
  for (const [name, entry] of Object.entries(table)) {
    shape[entry.documented ?? name] = field(entry, WIRE);
  }
  return z.strictObject(shape);
}

/** An object as a client of this package gives it out. `needed` are the fields it never lacks. */
export function decodedObject(table: WireTable, needed: readonly string[] = []): z.ZodType {
  const shape: Shape = {};
  for (const [name, entry] of Object.entries(table)) {
    // What the specification promises may be missing in what is seen.
    shape[name] = field({ ...entry, required: needed.includes(name) }, DECODED);
  }
  return z.object(shape);
}
