import type { RotationResult } from "../../rotation/index.ts";
import type { Invocation, OptionSpec } from "../framework/command.ts";
import { printable, shellQuoted } from "../output/text.ts";
import { connectionOptions, journalOptions } from "./options.ts";

/** The options that the next command needs as well. */
const KEPT = [...connectionOptions, ...journalOptions].filter(({ name }) => name !== "take-over");

/** The command line that continues a rotation, with every option that it needs. */
export function nextCommand(
  command: string,
  invocation: Invocation,
  integrationId: string,
  more: readonly OptionSpec[] = [],
): string {
  const options = [...KEPT, ...more].flatMap(({ name, value, default: usual }) => {
    if (name === "integration") return [];
    if (value === undefined) return invocation.flag(name) ? [`--${name}`] : [];
    const given = invocation.value(name);
    return given === undefined || given === usual ? [] : [`--${name} ${word(given)}`];
  });
  return [`samlcert ${command}`, `--integration ${word(integrationId)}`, ...options].join(" ");
}

/** The command after a run that ended without an error; undefined if nothing is left to do. */
export function commandAfter({ status }: Pick<RotationResult, "status">): string | undefined {
  if (status === "awaiting_switch") return "rotate retire --switched";
  if (status === "waiting" || status === "awaiting_approval") return "rotate resume";
  return status === "stopped" ? "rotate rollback" : undefined;
}

function word(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : shellQuoted(printable(text));
}
