import { ProviderError } from "../../providers/error.ts";
import { InputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { printable } from "../output/text.ts";

/** The error of one input, a file or a URL, that does not end a command with several. */
export type FailedInput = InputError | ProviderError;

export function isFailedInput(error: unknown): error is FailedInput {
  return error instanceof InputError || error instanceof ProviderError;
}

/** Tells on standard error why an input cannot be read. Only the errors of files name their file. */
export function tellFailed(file: string, { message, hint }: FailedInput, io: Io): void {
  const named = message.includes(file) ? message : `${file}: ${message}`;
  io.stderr.write(`${printable(`${named} ${hint}`)}\n`);
}
