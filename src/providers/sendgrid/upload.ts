import {
  type Certificate,
  type PolicyOption,
  validateCertificate,
} from "../../certificates/index.ts";
import { isText } from "../../core/argument.ts";
import { ANY, INSTANT, type OptionKinds } from "../../core/options.ts";
import { type Instant, isoTime } from "../../core/time.ts";
import type { Operation } from "../http/operation.ts";
import { readStored } from "../kit/entries.ts";
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

export const UPLOAD_KINDS: OptionKinds<UploadOptions> = {
  now: INSTANT,
  // validateCertificate checks it.
  policy: ANY,
  acceptFindings: {
    is: (value) => value === "all" || (Array.isArray(value) && value.every(isText)),
    name: 'a list of codes or "all"',
  },
};

function isSecret(code: string): boolean {
  return code.startsWith("secret.");
}

/** The one certificate in a paste, if it may be uploaded; otherwise a `ProviderError`. */
export function checkUpload(
  input: string,
  operation: Operation,
  options: UploadOptions | undefined,
): Certificate {
  const { now, policy, acceptFindings: accepts = [] } = Object(options) as UploadOptions;
  const { certificate, findings } = validateCertificate(input, { now, policy });
  const accepted = (code: string): boolean =>
    !isSecret(code) && (accepts === "all" || accepts.includes(code));
  const fault = findings.find(({ code, severity }) => severity === "error" && !accepted(code));
  if (certificate !== undefined && fault === undefined) return certificate;
  const reason = fault ?? findings[0];
  const [code, why] = [reason?.code ?? "unreadable", reason?.message ?? "it cannot be read."];
  const issues = [{ message: `${code}: ${why}`, field: "public_certificate" }];
  const values = { finding: code, reason: why };
  throw clientError("provider.upload_refused", operation, values, { hint: reason?.hint, issues });
}

/** Throws if SendGrid returns another certificate or other times than were sent. */
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
    operation,
    { id: echo.id, difference: differing.join(", ") },
    { outcome: "unknown", resourceId: echo.id },
  );
}

function timeDiffers(field: string, sent: number, echoed: number | undefined): readonly string[] {
  if (echoed === undefined || echoed === sent) return [];
  return [`${field} is ${timeText(echoed)} instead of ${isoTime(sent)}`];
}

/** The last second of a `Date`. */
const LAST_SECOND = 8_640_000_000_000;

function timeText(seconds: number): string {
  return Math.abs(seconds) > LAST_SECOND ? String(seconds) : isoTime(seconds);
}
