/**
 * What one field of a wire object is. The tables made of these are the one source of the decoders
 * and of the zod schemas.
 *
 * - `text`, `flag`, `number`: as in JSON.
 * - `id`: documented as a number, seen as text; decoded to text.
 * - `seconds`: documented as a number, seen as numeric text; decoded to integer unix seconds.
 * - `texts`: a list of text. `objects`: a list of objects with their own table. `object`: one.
 * - `any`: handed through.
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
    | "any";
  /** The specification promises it. */
  readonly required?: boolean | undefined;
  /** The specification allows null, which is decoded as null. */
  readonly nullable?: boolean | undefined;
  /** The name in the specification, where it is not the field's own. */
  readonly documented?: string | undefined;
  readonly fields?: WireTable | undefined;
}

export type WireTable = Readonly<Record<string, WireField>>;

/** A departure of an answer from the specification. */
export interface Departure {
  /** Such as `[0].not_before`; empty for the whole answer. */
  readonly path: string;
  readonly message: string;
}

type Wire = Readonly<Record<string, unknown>>;

export function isWireObject(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function whole(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  const seconds = typeof number === "number" ? Math.trunc(number) : undefined;
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}

const isText = (value: unknown): boolean => typeof value === "string";
const isNumber = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value);

/** Whether a value has the documented type, and what it is decoded to if it has a seen one. */
const KINDS: Readonly<
  Record<
    WireField["kind"],
    { is(value: unknown): boolean; decode(value: unknown, field: WireField): unknown }
  >
> = {
  text: { is: isText, decode: (value) => (isText(value) ? value : undefined) },
  flag: {
    is: (value) => typeof value === "boolean",
    decode: (value) => (typeof value === "boolean" ? value : undefined),
  },
  number: { is: isNumber, decode: (value) => (isNumber(value) ? value : undefined) },
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
      isWireObject(value) ? decodeWire(fields ?? {}, value) : undefined,
  },
  objects: {
    is: (value) => Array.isArray(value) && value.every(isWireObject),
    decode: (value, { fields }) =>
      Array.isArray(value)
        ? value.filter(isWireObject).map((entry) => decodeWire(fields ?? {}, entry))
        : undefined,
  },
  any: { is: () => true, decode: (value) => value },
};

/** The value of a field under its own name, or else under the documented one. */
function rawValue(name: string, field: WireField, value: Wire): unknown {
  const own = Object.hasOwn(value, name) ? value[name] : undefined;
  const documented = field.documented;
  if ((own !== undefined && own !== null) || documented === undefined) return own;
  return Object.hasOwn(value, documented) ? value[documented] : undefined;
}

/**
 * Takes what is documented and what is seen. A field that is absent, null or of a type that makes
 * no sense is left out, so that no caller mistakes it for a value.
 */
export function decodeWire(table: WireTable, value: Wire): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(table)) {
    const raw = rawValue(name, field, value);
    const result =
      raw === null && field.nullable === true ? null : KINDS[field.kind].decode(raw, field);
    if (result !== undefined) decoded[name] = result;
  }
  return decoded;
}

function departuresOfField(field: WireField, value: unknown, path: string): readonly Departure[] {
  if (value === undefined) {
    return field.required === true ? [{ path, message: "is missing" }] : [];
  }
  if (value === null && field.nullable === true) return [];
  if (!KINDS[field.kind].is(value)) return [{ path, message: "has another type than documented" }];
  if (field.kind === "object") return departures(field.fields ?? {}, value, path);
  if (field.kind !== "objects" || !Array.isArray(value)) return [];
  return value.flatMap((entry, i) => departures(field.fields ?? {}, entry, `${path}[${i}]`));
}

/** Every place where a wire object is not as the specification has it. */
export function departures(table: WireTable, value: unknown, path = ""): readonly Departure[] {
  if (!isWireObject(value)) return [{ path, message: "is not an object" }];
  const dot = path === "" ? "" : `${path}.`;
  const documented = new Map(
    Object.entries(table).map(([name, field]) => [field.documented ?? name, field]),
  );
  const unknown = Object.keys(value)
    .filter((name) => !documented.has(name))
    .map((name) => ({ path: `${dot}${name}`, message: "is not documented" }));
  const known = [...documented].flatMap(([name, field]) =>
    departuresOfField(field, Object.hasOwn(value, name) ? value[name] : undefined, `${dot}${name}`),
  );
  return [...known, ...unknown];
}
