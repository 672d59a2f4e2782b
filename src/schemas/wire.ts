import * as z from "zod";
import type { Decoded, WireField, WireTable } from "../providers/http/wire.ts";

interface Scalars {
  readonly text: string;
  readonly flag: boolean;
  readonly number: number;
  readonly id: number;
  readonly seconds: number;
  readonly texts: readonly string[];
}

type WireValue<Field> =
  | (Field extends { readonly values: readonly (infer Text)[] }
      ? Text
      : Field extends { readonly kind: keyof Scalars }
        ? Scalars[Field["kind"]]
        : Field extends { readonly kind: "object"; readonly fields: infer Table }
          ? Wire<Table>
          : Field extends { readonly kind: "objects"; readonly fields: infer Table }
            ? readonly Wire<Table>[]
            : Field extends { readonly kind: "map"; readonly of: infer Entry }
              ? Readonly<Record<string, WireValue<Entry>>>
              : unknown)
  | (Field extends { readonly nullable: true } ? null : never);

type WireName<Name, Field> = Field extends { readonly documented: infer Documented extends string }
  ? Documented
  : Name;

type Required = { readonly required: true };

/** An object of a table as the specification has it on the wire. */
export type Wire<Table> = {
  readonly [Name in keyof Table as Table[Name] extends Required
    ? WireName<Name, Table[Name]>
    : never]: WireValue<Table[Name]>;
} & {
  readonly [Name in keyof Table as Table[Name] extends Required
    ? never
    : WireName<Name, Table[Name]>]?: WireValue<Table[Name]> | undefined;
};

type Kinds = Readonly<Record<WireField["kind"], (field: WireField) => z.ZodType>>;

const text = ({ values }: WireField): z.ZodType =>
  values === undefined ? z.string() : z.enum(values);

const WIRE: Kinds = {
  text,
  flag: () => z.boolean(),
  number: () => z.number(),
  id: () => z.number(),
  seconds: () => z.number(),
  texts: () => z.array(z.string()),
  object: ({ fields = {} }) => wireSchema(fields),
  objects: ({ fields = {} }) => z.array(wireSchema(fields)),
  map: ({ of }) => mapSchema(of, WIRE),
};

const DECODED: Kinds = {
  ...WIRE,
  id: () => z.string(),
  seconds: () => z.int(),
  object: ({ fields = {} }) => decodedSchema(fields),
  objects: ({ fields = {} }) => z.array(decodedSchema(fields)),
  map: ({ of }) => mapSchema(of, DECODED),
};

function valueSchema(field: WireField, kinds: Kinds): z.ZodType {
  const schema = kinds[field.kind](field);
  return field.nullable === true ? schema.nullable() : schema;
}

function mapSchema(of: WireField | undefined, kinds: Kinds): z.ZodType {
  return z.record(z.string(), of === undefined ? z.unknown() : valueSchema(of, kinds));
}

type Shape = Record<string, z.ZodType>;

function wireSchema(table: WireTable): z.ZodType {
  const shape: Shape = {};
  for (const [name, field] of Object.entries(table)) {
    const schema = valueSchema(field, WIRE);
    shape[field.documented ?? name] = field.required === true ? schema : schema.optional();
  }
  return z.strictObject(shape);
}

function decodedSchema(table: WireTable): z.ZodType {
  const shape: Shape = {};
  for (const [name, field] of Object.entries(table)) {
    const schema = valueSchema(field, DECODED);
    // What the specification requires may be missing in real answers.
    shape[name] = field.certain === true ? schema : schema.optional();
  }
  return z.object(shape);
}

/** The schema of an object as the specification has it on the wire, without further fields. */
export function wireObject<const Table extends WireTable>(table: Table): z.ZodType<Wire<Table>> {
  return wireSchema(table) as z.ZodType<Wire<Table>>;
}

/** The schema of an object as a client of this package returns it, without `raw`. */
export function decodedObject<const Table extends WireTable>(
  table: Table,
): z.ZodType<Decoded<Table>> {
  return decodedSchema(table) as z.ZodType<Decoded<Table>>;
}
