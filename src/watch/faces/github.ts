import type { ConnectionStatus } from "../types.ts";
import { type CleanStatus, cleanStatuses } from "./clean.ts";
import { isFile, sentences } from "./finding-words.ts";

/** The command of the workflow for each urgency. */
const COMMANDS: Readonly<Record<CleanStatus["urgency"], string>> = {
  bad: "error",
  soon: "warning",
  wait: "notice",
  good: "notice",
};

/**
 * The statuses that need attention as annotations of a GitHub Actions run: one workflow command a line.
 *
 * @example
 * ```ts
 * import { type ConnectionStatus, github } from "samlcert/watch";
 *
 * export function annotate(statuses: readonly ConnectionStatus[]): void {
 *   process.stdout.write(github(statuses));
 * }
 * ```
 */
export function github(statuses: readonly ConnectionStatus[]): string {
  return cleanStatuses(statuses)
    .filter(({ actionNeeded }) => actionNeeded)
    .map((status) => `${command(status)}::${data(sentences(status).join("\n"))}\n`)
    .join("");
}

function command(status: CleanStatus): string {
  const file = isFile(status) ? `file=${property(status.source)},line=1,` : "";
  return `::${COMMANDS[status.urgency]} ${file}title=${property(`${status.name}: ${status.state}`)}`;
}

/** A message, whose end is the end of the line. */
function data(value: string): string {
  return value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(value: string): string {
  return data(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
