import { inputError, UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { readInput } from "./files.ts";

/** The sources of a secret. Never a flag, because every user of the machine can see flags. */
export interface SecretSource {
  /** The environment variable. */
  readonly variable: string;
  /** The file, if the option names one. */
  readonly file: string | undefined;
  /** The option that names the file. */
  readonly option: string;
}

/** Reads a secret from its file or its environment variable. No message repeats it. */
export async function readSecret(source: SecretSource, io: Io): Promise<string> {
  const { variable, file, option } = source;
  if (file === undefined) {
    const value = io.env[variable]?.trim();
    if (value !== undefined && value !== "") return value;
    throw new UsageError(
      `${variable} is not set.`,
      `Set ${variable}, or name a file with --${option}.`,
    );
  }
  const bytes = await readInput(file, io, {
    maxBytes: 16 * 1024,
    what: "a key",
    name: `The file of --${option}`,
  });
  const value = new TextDecoder().decode(bytes).trim();
  if (value !== "") return value;
  throw inputError("cli.input_empty", {
    file: `The file of --${option}`,
    expected: "the key, and nothing else",
  });
}
