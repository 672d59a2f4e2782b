import type { Invocation, OptionSpec } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { readInput } from "../input/files.ts";

/** The boolean of an option; undefined if it is absent, so that it is not sent. */
export function flagValue(invocation: Invocation, name: string): boolean | undefined {
  const value = invocation.value(name);
  return value === undefined ? undefined : value === "true";
}

export function flagOption(name: string, summary: string): OptionSpec {
  return { name, value: "BOOLEAN", summary, choices: ["true", "false"] };
}

/** The text of a file, or of standard input. */
export async function readText(path: string, io: Io, what: string): Promise<string> {
  const bytes = await readInput(path, io, { maxBytes: 1024 * 1024, what });
  return new TextDecoder().decode(bytes);
}

/** The JSON object in a file, or on standard input. */
export async function readJson(path: string, io: Io): Promise<Readonly<Record<string, never>>> {
  const text = await readText(path, io, "a JSON object");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, never>>;
  }
  throw new UsageError("The body is not a JSON object.", 'Write it like {"slug": "example"}.');
}
