import type { SamlCertCode } from "../../core/codes/index.ts";
import { SamlCertError } from "../../core/errors.ts";
import { ProviderError } from "../../providers/error.ts";

/** The exit codes of every command, as a shell tells them. Documented in `docs/cli.md`. */
export const EXIT = {
  ok: 0,
  findings: 1,
  usage: 2,
  unreadable: 3,
  refused: 4,
  network: 5,
  defect: 70,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What each code means, for help and documentation. */
export const EXIT_MEANINGS: ReadonlyMap<ExitCode, string> = new Map([
  [EXIT.ok, "all is well"],
  [EXIT.findings, "something was found, or a guard refused: read the output"],
  [EXIT.usage, "the command line cannot be understood"],
  [EXIT.unreadable, "an input cannot be read"],
  [EXIT.refused, "the provider refused the request"],
  [EXIT.network, "the provider cannot be reached, or did not answer in time"],
  [EXIT.defect, "a fault of samlcert itself: please report it"],
  [EXIT.interrupted, "interrupted with Ctrl-C (SIGINT)"],
  [EXIT.terminated, "ended by another program (SIGTERM)"],
]);

/** The command line itself is wrong: unknown option, missing argument, unusable value. */
export class UsageError extends SamlCertError {
  override name = "UsageError";
  constructor(message: string, hint: string) {
    super("cli.usage", message, { hint });
  }
}

/** A file or standard input cannot be read or written. */
export class InputError extends SamlCertError {
  override name = "InputError";
  constructor(code: SamlCertCode, message: string, hint: string) {
    super(code, message, { hint });
  }
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
  InputError: EXIT.unreadable,
  CertificateError: EXIT.unreadable,
  MetadataError: EXIT.unreadable,
  SignatureError: EXIT.findings,
  RotationError: EXIT.findings,
};

/** Codes of a `ProviderError` that came to be without an answer, but not for want of a network. */
const BY_CODE: Readonly<Record<string, ExitCode>> = {
  "provider.argument": EXIT.usage,
  "provider.base_url": EXIT.usage,
  "provider.credential": EXIT.usage,
  "provider.address_refused": EXIT.findings,
  "provider.echo_mismatch": EXIT.findings,
  "provider.upload_refused": EXIT.findings,
  "provider.rate_limited": EXIT.refused,
  "provider.unreadable": EXIT.refused,
};

/** The exit code that an error of samlcert ends a command with. */
export function exitCodeOf(error: SamlCertError): ExitCode {
  if (error instanceof ProviderError) {
    const answered = error.status === undefined ? EXIT.network : EXIT.refused;
    return BY_CODE[error.code] ?? answered;
  }
  return BY_NAME[error.name] ?? EXIT.findings;
}
