import { type Invocation, JSON_OPTION, type OptionSpec } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";
import { FORCE_OPTION, OUTPUT_OPTION, saySaved } from "../output/save.ts";
import { writeNew } from "./files.ts";

export const KEY_OUTPUT_OPTIONS: readonly OptionSpec[] = [OUTPUT_OPTION, FORCE_OPTION, JSON_OPTION];

/**
 * Writes a certificate or a request to the file of `-o`, or to standard output. With `--json` standard
 * output gets the document, and a file that `-o` names is written as well.
 */
export async function writeResult(
  { text, json }: { readonly text: string; readonly json: string },
  invocation: Invocation,
  io: Io,
): Promise<void> {
  const path = invocation.value("output") ?? "-";
  const isJson = invocation.flag("json");
  if (isJson && path === "-") {
    io.stdout.write(json);
    return;
  }
  await writeNew([{ path, text, isSecret: false }], { force: invocation.flag("force") }, io);
  if (path !== "-") saySaved("Wrote", path, invocation, io);
  if (isJson) io.stdout.write(json);
}
