import type { SamlCertCode } from "./codes/index.ts";
import { docsOf } from "./docs.ts";
import type { Location } from "./finding.ts";

/** The parts of an error besides its code and message. */
export interface ErrorDetails {
  /** The next step, in one sentence. */
  readonly hint: string;
  /** The place of the fault in the input. */
  readonly at?: Location | undefined;
  /** The error that led here. Only pass one that cannot contain a secret. */
  readonly cause?: unknown;
}

/** The plain-data form of an error, as `JSON.stringify` gives it. */
export interface ErrorJson {
  readonly name: string;
  readonly code: SamlCertCode;
  readonly message: string;
  readonly hint: string;
  readonly at?: Location | undefined;
  readonly [extra: string]: unknown;
}

/** Registered, not unique: an error of another copy of this package carries the same mark. */
const BRAND: unique symbol = Symbol.for("samlcert.error") as never;

/**
 * The base of every error that samlcert throws on purpose.
 *
 * `code` is stable and documented in `docs/errors.md`; the message is for people and may change.
 *
 * @example
 * ```ts
 * import { isSamlCertError, parseCertificate } from "samlcert";
 *
 * try {
 *   parseCertificate("not a certificate");
 * } catch (error) {
 *   if (!isSamlCertError(error)) throw error;
 *   console.error(`${error.code}: ${error.message} ${error.hint}`);
 * }
 * ```
 */
export class SamlCertError extends Error {
  override name = "SamlCertError";
  readonly code: SamlCertCode;
  readonly hint: string;
  readonly at?: Location | undefined;

  constructor(code: SamlCertCode, message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    if (details.at !== undefined) this.at = details.at;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The page that explains the code: an address, or a place in the package's documents. */
  get docs(): string {
    return docsOf(this.code);
  }

  /** `Error` loses its message in `JSON.stringify`; this keeps it. The cause stays out. */
  toJSON(): ErrorJson {
    const { name, code, message, hint, at } = this;
    return { name, code, message, hint, ...(at && { at }) };
  }
}

/** The certificate layer could not read its input. */
export class CertificateError extends SamlCertError {
  override name = "CertificateError";
}

/** SAML metadata could not be read, or was not given what it needs to be built. */
export class MetadataError extends SamlCertError {
  override name = "MetadataError";
}

/** A signature is missing, wrong, or not one that may be trusted. */
export class SignatureError extends SamlCertError {
  override name = "SignatureError";
}

/** A key of our own cannot be made, read or rolled over. */
export class KeyError extends SamlCertError {
  override name = "KeyError";
}

/** A rotation was refused by a guard, or stopped before its end. */
export class RotationError extends SamlCertError {
  override name = "RotationError";
}

/**
 * True for an error of samlcert (of the given code), also when it was made by another copy of the
 * package, for which `instanceof` is false.
 */
export function isSamlCertError<Code extends SamlCertCode>(
  error: unknown,
  code?: Code,
): error is SamlCertError & { readonly code: Code } {
  if (typeof error !== "object" || error === null || !(BRAND in error)) return false;
  return code === undefined || ("code" in error && error.code === code);
}
