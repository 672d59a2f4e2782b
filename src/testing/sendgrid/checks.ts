import {
  deviations,
  isWireObject,
  type WireField,
  type WireTable,
} from "../../providers/http/wire.ts";
import type { Complaint } from "./errors.ts";

/** The deviations of a request body. Undocumented fields are ignored. */
export function complaintsAbout(table: WireTable, body: unknown): readonly Complaint[] {
  return deviations(table, body)
    .filter(({ message }) => message !== "is not documented")
    .map(({ path, message }) => ({ field: path, message: `${path} ${message}`.trim() }));
}

function optional({ required, ...field }: WireField): WireField {
  return field;
}

/** The table of a body that may name some fields only. */
export function partial(table: WireTable): WireTable {
  return Object.fromEntries(Object.entries(table).map(([name, field]) => [name, optional(field)]));
}

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(body: unknown): Fields {
  return isWireObject(body) ? body : {};
}
