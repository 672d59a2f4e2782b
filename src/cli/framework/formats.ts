import type { Command } from "./command.ts";

/** Any command prints it with `--json` when it fails. */
const ERROR_FORMAT = "error";

/** Every document that is printed with `--json`, with the commands that print it. */
export function formatsOf(commands: readonly Command[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const { name, formats = [] } of commands) {
    for (const format of formats) all.set(format, [...(all.get(format) ?? []), name]);
  }
  return all.set(ERROR_FORMAT, ["any command that fails"]);
}
