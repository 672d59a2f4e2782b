import { departures, isWireObject, type WireTable } from "../../providers/http/wire.ts";
import type { Complaint } from "./errors.ts";

/** What is wrong with a request body. A field that is not documented is passed over. */
export function complaintsAbout(table: WireTable, body: unknown): readonly Complaint[] {
  return departures(table, body)
    .filter(({ message }) => message !== "is not documented")
    .map(({ path, message }) => ({ field: path, message: `${path} ${message}`.trim() }));
}

/** The table of a body that may name some fields only. */
export function partial(table: WireTable): WireTable {
  return Object.fromEntries(
    Object.entries(table).map(([name, field]) => [name, { ...field, required: false }]),
  );
}

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(body: unknown): Fields {
  return isWireObject(body) ? body : {};
}
