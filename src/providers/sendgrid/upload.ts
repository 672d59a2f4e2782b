import {
  type Certificate,
  type PolicyOption,
  parseCertificate,
  validateCertificate,
} from "../../certificates/index.ts";
import { isText, need } from "../../core/argument.ts";
import { type Instant, isoTime } from "../../core/time.ts";
import type { Operation } from "../http/operation.ts";
import { clientError } from "./context.ts";
import type { SendGridCertificate } from "./types.ts";

/** How strictly a certificate is judged before it is sent. */
export interface UploadOptions {
  /** The time to judge the validity by. Default: the clock. */
  readonly now?: Instant | undefined;
  /** How the certificate is judged. Default `upload`. */
  readonly policy?: PolicyOption | undefined;
  /**
   * Codes of findings that do not stop the upload, such as `validity.expired`, or `all`. A private
   * key always stops it, and so does text without a readable certificate.
   */
  readonly acceptFindings?: readonly string[] | "all" | undefined;
}

/** What a text that a provider holds says, however it is written; undefined if unreadable. */
export function readStored(text: string): Certificate | undefined {
  try {
    return parseCertificate(text);
  } catch {
    // Not as RFC 7468 has it: in one line, without its armour, or encoded loosely.
    return validateCertificate(text).certificate;
  }
}

function isSecret(code: string): boolean {
  return code.startsWith("secret.");
}

/** The one certificate in a paste, if it may be uploaded; otherwise a `ProviderError`. */
export function checkUpload(
  input: string,
  operation: Operation,
  options: UploadOptions | undefined,
): Certificate {
  const { now, policy, acceptFindings } = Object(options) as UploadOptions;
  const accepts = acceptFindings ?? [];
  need(
    () => accepts === "all" || accepts.every(isText),
    "acceptFindings",
    'a list of codes or "all"',
  );
  const { certificate, findings } = validateCertificate(input, { now, policy });
  const accepted = (code: string): boolean =>
    !isSecret(code) && (accepts === "all" || accepts.includes(code));
  const fault = findings.find(({ code, severity }) => severity === "error" && !accepted(code));
  if (certificate !== undefined && fault === undefined) return certificate;
  const reason = fault ?? findings[0];
  throw clientError(
    "provider.upload_refused",
    `The certificate was not sent (${reason?.code ?? "unreadable"}): ${reason?.message ?? "it cannot be read."}`,
    operation,
    { hint: reason?.hint, field: "public_certificate" },
  );
}

/** Throws if what SendGrid says that it stored is not what was sent. What it does not say passes. */
export function checkEcho(
  sent: Certificate,
  echo: SendGridCertificate,
  operation: Operation,
): void {
  const differing = [
    ...(echo.public_certificate !== undefined &&
    readStored(echo.public_certificate)?.fingerprint.sha256 !== sent.fingerprint.sha256
      ? ["public_certificate is another certificate"]
      : []),
    ...timeDiffers("not_before", sent.notBefore.unixSeconds, echo.not_before),
    ...timeDiffers("not_after", sent.notAfter.unixSeconds, echo.not_after),
  ];
  if (differing.length === 0) return;
  throw clientError(
    "provider.echo_mismatch",
    `SendGrid stored the certificate ${echo.id} otherwise than it was sent: ${differing.join(", ")}.`,
    operation,
    { outcome: "unknown", resourceId: echo.id },
  );
}

function timeDiffers(field: string, sent: number, echoed: number | undefined): readonly string[] {
  if (echoed === undefined || echoed === sent) return [];
  return [`${field} is ${printable(echoed)} in place of ${isoTime(sent)}`];
}

/** Beyond this a `Date` has no text. */
const LAST_SECOND = 8_640_000_000_000;

function printable(seconds: number): string {
  return Math.abs(seconds) > LAST_SECOND ? String(seconds) : isoTime(seconds);
}
