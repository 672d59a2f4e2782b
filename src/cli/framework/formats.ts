import type { OutputName } from "../../schemas/documents.ts";
import type { Command } from "./command.ts";

/** Every document that is printed with `--json` or sent, with the commands that do so. */
export function formatsOf(
  commands: readonly Command[],
): ReadonlyMap<OutputName, readonly string[]> {
  const all = new Map<OutputName, string[]>();
  for (const { name, formats = [] } of commands) {
    for (const format of formats) all.set(format, [...(all.get(format) ?? []), name]);
  }
  return all.set("webhook", ["watch --webhook"]).set("error", ["any command that fails"]);
}
