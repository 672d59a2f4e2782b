import { isObject, isText, need } from "../core/argument.ts";
import type { IntegrationStatus } from "./types.ts";

function isStatus({ provider, integrationId, state, ...rest }: IntegrationStatus): boolean {
  const lists = [rest.certificates, rest.unstored, rest.errors];
  return (
    [provider, integrationId, state].every(isText) && lists.every((list) => list.every(isObject))
  );
}

/** Throws a `TypeError` unless these are statuses of `certificateStatus`, perhaps parsed from JSON. */
export function needStatuses(statuses: readonly IntegrationStatus[]): void {
  need(
    () => [...statuses].every(isStatus) && Array.isArray(statuses),
    "statuses",
    "a list of what certificateStatus gives",
  );
}
