import { isObject, isText, need } from "../core/argument.ts";
import type { ConnectionStatus } from "./types.ts";

function isStatus({ id, name, state, ...rest }: ConnectionStatus): boolean {
  const lists = [rest.certificates, rest.unstored, rest.errors, rest.events];
  return [id, name, state].every(isText) && lists.every((list) => list.every(isObject));
}

/** Throws a `TypeError` unless these are statuses of `watch`, perhaps parsed from JSON. */
export function needStatuses(statuses: readonly ConnectionStatus[]): void {
  need(
    () => [...statuses].every(isStatus) && Array.isArray(statuses),
    "statuses",
    "a list of what watch gives",
  );
}
