/**
 * One field of a wire object. The tables made of these are the one source of the types, the decoders
 * and the zod schemas.
 *
 * - `text`, `flag`, `number`: as in JSON.
 * - `id`: documented as a number, seen as text; decoded to text.
 * - `seconds`: documented as a number, seen as numeric text; decoded to integer unix seconds.
 * - `texts`: a list of text. `objects`: a list of objects with their own table. `object`: one.
 * - `map`: an object with any names, whose values are all of one kind.
 */
export interface WireField {
  readonly kind:
    | "text"
    | "flag"
    | "number"
    | "id"
    | "seconds"
    | "texts"
    | "object"
    | "objects"
    | "map";
  /** The specification requires it. */
  readonly required?: true;
  /** A decoded object without it is refused by its client. */
  readonly certain?: true;
  /** The specification allows null, which is decoded as null. */
  readonly nullable?: true;
  /** The documented values of a text. */
  readonly values?: readonly string[];
  /** The name in the specification, if it differs. */
  readonly documented?: string;
  readonly fields?: WireTable;
  readonly of?: WireField;
}

export type WireTable = Readonly<Record<string, WireField>>;

interface Scalars {
  readonly text: string;
  readonly flag: boolean;
  readonly number: number;
  readonly id: string;
  readonly seconds: number;
  readonly texts: readonly string[];
}

type Value<Field, Mark> =
  | (Field extends { readonly values: readonly (infer Text)[] }
      ? Text
      : Field extends { readonly kind: keyof Scalars }
        ? Scalars[Field["kind"]]
        : Field extends { readonly kind: "object"; readonly fields: infer Table }
          ? Fields<Table, Mark>
          : Field extends { readonly kind: "objects"; readonly fields: infer Table }
            ? readonly Fields<Table, Mark>[]
            : Field extends { readonly kind: "map"; readonly of: infer Entry }
              ? Readonly<Record<string, Value<Entry, Mark>>>
              : unknown)
  | (Field extends { readonly nullable: true } ? null : never);

/** The names of the fields that have a mark. */
type Marked<Table, Mark> = {
  [Name in keyof Table]: Table[Name] extends Mark ? Name : never;
}[keyof Table];

/** Not filtered with `as`: that would lose the comments of the fields. */
type Present<Table, Mark> = { readonly [Name in keyof Table]: Value<Table[Name], Mark> };
type Absentable<Table, Mark> = {
  readonly [Name in keyof Table]?: Value<Table[Name], Mark> | undefined;
};

/** An object that always has the marked fields of a table. */
type Fields<Table, Mark> = Present<Pick<Table, Marked<Table, Mark>>, Mark> &
  Absentable<Omit<Table, Marked<Table, Mark> & keyof Table>, Mark>;

/** The object that a table's decoder gives. */
export type Decoded<Table> = Fields<Table, { readonly certain: true }>;

/** The body of a request with the fields of a table. */
export type Body<Table> = Fields<Table, { readonly required: true }>;

/** A place where a wire object deviates from the specification. */
export interface Deviation {
  /** Such as `[0].not_before`; empty for the whole answer. */
  readonly path: string;
  readonly message: string;
}

export type WireObject = Readonly<Record<string, unknown>>;

export function isWireObject(value: unknown): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function whole(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  const seconds = typeof number === "number" ? Math.trunc(number) : undefined;
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}

const isText = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isNumber = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value);

interface Kind {
  /** True if a value has the documented type. */
  is(value: unknown): boolean;
  /** The decoded value; undefined if it makes no sense. */
  decode(value: unknown, field: WireField): unknown;
}

function onlyIf(is: Kind["is"]): Kind {
  return { is, decode: (value) => (is(value) ? value : undefined) };
}

const KINDS: Readonly<Record<WireField["kind"], Kind>> = {
  text: onlyIf(isText),
  flag: onlyIf(isFlag),
  number: onlyIf(isNumber),
  id: {
    is: isNumber,
    decode: (value) =>
      isNumber(value) || (isText(value) && value !== "") ? String(value) : undefined,
  },
  seconds: { is: isNumber, decode: whole },
  texts: {
    is: (value) => Array.isArray(value) && value.every(isText),
    decode: (value) => (Array.isArray(value) ? value.filter(isText) : undefined),
  },
  object: {
    is: isWireObject,
    decode: (value, { fields }) =>
      isWireObject(value) ? decodeFields(fields ?? {}, value) : undefined,
  },
  objects: {
    is: (value) => Array.isArray(value) && value.every(isWireObject),
    decode: (value, { fields }) =>
      Array.isArray(value)
        ? value.filter(isWireObject).map((entry) => decodeFields(fields ?? {}, entry))
        : undefined,
  },
  map: {
    is: isWireObject,
    decode: (value, { of }) =>
      isWireObject(value) && of !== undefined ? decodeMap(of, value) : undefined,
  },
};

/** True for every value of a field without documented ones. */
function isDocumented(values: readonly string[] | undefined, value: unknown): boolean {
  return values === undefined || values.some((text) => text === value);
}

/** The value of a field under its own name, or else under the documented one. */
function rawValue(name: string, field: WireField, value: WireObject): unknown {
  const own = Object.hasOwn(value, name) ? value[name] : undefined;
  const documented = field.documented;
  if ((own !== undefined && own !== null) || documented === undefined) return own;
  return Object.hasOwn(value, documented) ? value[documented] : undefined;
}

function decodeField(field: WireField, value: unknown): unknown {
  if (value === null && field.nullable === true) return null;
  if (!isDocumented(field.values, value)) return undefined;
  return KINDS[field.kind].decode(value, field);
}

function decodeFields(table: WireTable, value: WireObject): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(table)) {
    const result = decodeField(field, rawValue(name, field, value));
    if (result !== undefined) decoded[name] = result;
  }
  return decoded;
}

function decodeMap(of: WireField, value: WireObject): Readonly<Record<string, unknown>> {
  const entries = Object.entries(value).map(([name, entry]) => [name, decodeField(of, entry)]);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined));
}

/**
 * Decodes the documented fields, in the documented and the seen forms. A field that is absent, null
 * or of a type that makes no sense is left out, so that no caller mistakes it for a value; a
 * `certain` one is for the client to check.
 */
export function decodeWire<const Table extends WireTable>(
  table: Table,
  value: WireObject,
): Partial<Decoded<Table>> {
  return decodeFields(table, value) as Partial<Decoded<Table>>;
}

function deviationsOfField(field: WireField, value: unknown, path: string): readonly Deviation[] {
  const { kind, fields = {}, of, values } = field;
  if (value === undefined) {
    return field.required === true ? [{ path, message: "is missing" }] : [];
  }
  if (value === null && field.nullable === true) return [];
  if (!KINDS[kind].is(value)) return [{ path, message: "has another type than documented" }];
  if (!isDocumented(values, value)) {
    return [{ path, message: "has an undocumented value" }];
  }
  if (kind === "object") return deviations(fields, value, path);
  if (kind === "objects" && Array.isArray(value)) {
    return value.flatMap((entry, i) => deviations(fields, entry, `${path}[${i}]`));
  }
  if (kind === "map" && of !== undefined && isWireObject(value)) {
    return Object.entries(value).flatMap(([name, entry]) =>
      deviationsOfField(of, entry, `${path}.${name}`),
    );
  }
  return [];
}

/** Every place where a wire object deviates from the specification. */
export function deviations(table: WireTable, value: unknown, path = ""): readonly Deviation[] {
  if (!isWireObject(value)) return [{ path, message: "is not an object" }];
  const dot = path === "" ? "" : `${path}.`;
  const documented = new Map(
    Object.entries(table).map(([name, field]) => [field.documented ?? name, field]),
  );
  const unknown = Object.keys(value)
    .filter((name) => !documented.has(name))
    .map((name) => ({ path: `${dot}${name}`, message: "is not documented" }));
  const known = [...documented].flatMap(([name, field]) =>
    deviationsOfField(field, Object.hasOwn(value, name) ? value[name] : undefined, `${dot}${name}`),
  );
  return [...known, ...unknown];
}
