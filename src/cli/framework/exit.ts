import { cliCodes } from "../../core/codes/cli.ts";
import type { Values } from "../../core/codes/code.ts";
import { SamlCertError } from "../../core/errors.ts";
import { errorOf } from "../../core/issue.ts";
import { ProviderError } from "../../providers/error.ts";

/** The exit codes of every command. Documented in `docs/cli.md`. */
export const EXIT = {
  ok: 0,
  findings: 1,
  usage: 2,
  unreadable: 3,
  refused: 4,
  network: 5,
  waiting: 6,
  internal: 70,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The meaning of each exit code, for help and documentation. */
export const EXIT_MEANINGS: ReadonlyMap<ExitCode, string> = new Map([
  [EXIT.ok, "success"],
  [EXIT.findings, "there are findings, or a guard refused: see the output"],
  [EXIT.usage, "the command line is invalid"],
  [EXIT.unreadable, "an input cannot be read, or an output cannot be written"],
  [EXIT.refused, "the provider refused the request"],
  [EXIT.network, "the provider cannot be reached, or did not answer in time"],
  [EXIT.waiting, "a rotation or a rollover waits for an identity provider: nothing is wrong"],
  [EXIT.internal, "internal error in samlcert: please report it"],
  [EXIT.interrupted, "interrupted with Ctrl-C (SIGINT)"],
  [EXIT.terminated, "ended by another program (SIGTERM)"],
]);

/** The command line is invalid: unknown option, missing argument, invalid value. */
export class UsageError extends SamlCertError {
  override name = "UsageError";
  constructor(message: string, hint: string) {
    super("cli.usage", message, { hint });
  }
}

/** A prompt that could not be shown, or was not answered with yes. */
export class ConfirmationError extends SamlCertError {
  override name = "ConfirmationError";
}

/** A file or standard input cannot be read, or is not what the command needs. */
export class InputError extends SamlCertError {
  override name = "InputError";
}

/** A file, standard output or a port cannot be opened for writing. */
export class OutputError extends SamlCertError {
  override name = "OutputError";
}

type CliCode = keyof typeof cliCodes;

export function confirmationError(code: CliCode, values?: Values): ConfirmationError {
  return errorOf(ConfirmationError, cliCodes, { code, values });
}

export function inputError(code: CliCode, values: Values): InputError {
  return errorOf(InputError, cliCodes, { code, values });
}

export function outputError(code: CliCode, values: Values): OutputError {
  return errorOf(OutputError, cliCodes, { code, values });
}

/** Ctrl-C or SIGTERM, as the reason of an aborted signal. */
export class Interruption extends Error {
  override name = "Interruption";
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode) {
    super("Interrupted.");
    this.exitCode = exitCode;
  }
}

const BY_NAME: Readonly<Record<string, ExitCode>> = {
  UsageError: EXIT.usage,
  ConfirmationError: EXIT.usage,
  InputError: EXIT.unreadable,
  OutputError: EXIT.unreadable,
  CertificateError: EXIT.unreadable,
  MetadataError: EXIT.unreadable,
  WatchError: EXIT.unreadable,
  SignatureError: EXIT.findings,
  KeyError: EXIT.findings,
  RotationError: EXIT.findings,
  PostgresError: EXIT.findings,
};

/** Codes whose exit code follows from neither the class of the error nor the answer's status. */
const BY_CODE: Readonly<Record<string, ExitCode>> = {
  "watch.config_invalid": EXIT.usage,
  "watch.config_secret": EXIT.usage,
  "postgres.unavailable": EXIT.network,
  "provider.argument": EXIT.usage,
  "provider.base_url": EXIT.usage,
  "provider.metadata_url": EXIT.usage,
  "provider.metadata_file": EXIT.unreadable,
  "provider.credential": EXIT.usage,
  "provider.address_refused": EXIT.findings,
  "provider.echo_mismatch": EXIT.findings,
  "provider.upload_refused": EXIT.findings,
  "provider.rate_limited": EXIT.refused,
  "provider.unreadable": EXIT.refused,
};

/** The exit code of a command that fails with this error. */
export function exitCodeOf(error: SamlCertError): ExitCode {
  const byCode = BY_CODE[error.code];
  if (byCode !== undefined) return byCode;
  if (error instanceof ProviderError) {
    return error.status === undefined ? EXIT.network : EXIT.refused;
  }
  return BY_NAME[error.name] ?? EXIT.findings;
}
