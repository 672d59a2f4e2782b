import * as z from "zod";
import { type FieldMessage, fieldMessages } from "../certificates/form.ts";
import type {
  Certificate,
  CertificateExtension,
  CertificateReport,
  CertificateTime,
  DistinguishedName,
  PublicKey,
  Repair,
  SsoCertificate,
} from "../certificates/types.ts";
import {
  VALIDATE_OPTIONS,
  type ValidateOptions,
  validateCertificate,
} from "../certificates/validate.ts";
import { BOOLEAN, checkOptions, type OptionKinds } from "../core/options.ts";
import { checkSchema, findingSchema, locationSchema } from "./core.ts";

const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/);

const time: z.ZodType<CertificateTime> = z.object({
  unixSeconds: z.int(),
  iso: z.string(),
  raw: z.string(),
});

const name: z.ZodType<DistinguishedName> = z.object({
  text: z.string(),
  attributes: z.array(
    z.object({ oid: z.string(), type: z.string(), value: z.string(), rdn: z.int().min(0) }),
  ),
});

const publicKey: z.ZodType<PublicKey> = z.object({
  algorithm: z.string(),
  algorithmOid: z.string(),
  bits: z.int().min(1).optional(),
  curve: z.string().optional(),
  exponent: z.string().optional(),
  spkiSha256: hex,
});

const extension: z.ZodType<CertificateExtension> = z.object({
  oid: z.string(),
  name: z.string(),
  critical: z.boolean(),
  valueHex: hex,
  value: z.unknown().optional(),
});

/** A `Certificate`, as JSON too. */
export const certificateSchema: z.ZodType<Certificate> = z.object({
  version: z.int(),
  serialNumber: hex,
  subject: name,
  issuer: name,
  notBefore: time,
  notAfter: time,
  noExpiry: z.boolean(),
  publicKey,
  signatureAlgorithm: z.object({ name: z.string(), oid: z.string() }),
  fingerprint: z.object({ sha256: hex.length(64), sha1: hex.length(40) }),
  extensions: z.array(extension),
  pem: z.string(),
  derBase64: z.string(),
});

const repair: z.ZodType<Repair> = z.object({
  code: z.string(),
  message: z.string(),
  at: locationSchema.optional(),
});

/** The result of `validateCertificate`. */
export const certificateReportSchema: z.ZodType<CertificateReport> = z.object({
  ok: z.boolean(),
  certificate: certificateSchema.optional(),
  findings: z.array(findingSchema),
  repairs: z.array(repair),
  checks: z.array(checkSchema),
});

/** A certificate as an SSO provider stores it. */
export const ssoCertificateSchema: z.ZodType<SsoCertificate> = z.object({
  public_certificate: z.string(),
  not_before: z.int(),
  not_after: z.int(),
});

/** The options of {@link certificateUpload}: those of `validateCertificate`, and one for warnings. */
export interface CertificateUploadOptions extends ValidateOptions {
  /** True: the output is an `UploadedCertificate`. Default: it is the certificate alone. */
  readonly warnings?: boolean | undefined;
}

const UPLOAD_OPTIONS: OptionKinds<CertificateUploadOptions> = {
  ...VALIDATE_OPTIONS,
  warnings: BOOLEAN,
};

/** An accepted upload. */
export interface UploadedCertificate {
  readonly certificate: Certificate;
  /** For the person, although the upload is accepted: such as an end in five days. */
  readonly warnings: readonly FieldMessage[];
}

type Upload<Output> = z.ZodType<Output, string | Uint8Array>;

/**
 * A schema for an upload field. It accepts a paste in any form that `validateCertificate` can read or
 * repair, and returns the `Certificate`. Every finding of severity `error` is an issue with the text of
 * `fieldMessages`. It implements Standard Schema (`~standard`), so form libraries accept it directly.
 *
 * A schema cannot accept a value and comment on it. With `warnings: true` the output has both: the
 * certificate, and the warnings to show next to the field.
 *
 * It reads the clock unless `now` is given, because a schema is created once and used for long.
 *
 * @example
 * ```ts
 * import { certificateUpload } from "samlcert/schemas";
 * import * as z from "zod";
 *
 * const upload = certificateUpload({ warnings: true });
 * const settings = z.object({ name: z.string(), upload });
 * const result = settings.safeParse({ name: "Example", upload: "the pasted text" });
 * if (!result.success) console.log(z.flattenError(result.error).fieldErrors);
 * else for (const { text } of result.data.upload.warnings) console.log(text);
 * ```
 */
export function certificateUpload(
  options: CertificateUploadOptions & { readonly warnings: true },
): Upload<UploadedCertificate>;
export function certificateUpload(
  options?: CertificateUploadOptions & { readonly warnings?: false | undefined },
): Upload<Certificate>;
export function certificateUpload(
  options: CertificateUploadOptions = {},
): Upload<Certificate> | Upload<UploadedCertificate> {
  checkOptions(options, UPLOAD_OPTIONS, "certificateUpload");
  const { warnings = false, ...judging } = options ?? {};
  const uploaded = uploadSchema(judging);
  return warnings ? uploaded : uploaded.transform(({ certificate }) => certificate);
}

function uploadSchema(options: ValidateOptions): Upload<UploadedCertificate> {
  const check = (input: string | Uint8Array): CertificateReport =>
    validateCertificate(input, { ...options, now: options.now ?? new Date() });
  return z
    .union([z.string(), z.instanceof(Uint8Array)], {
      // A missing field, and a value that is neither text nor bytes, get the message of a finding, too.
      error: ({ input }) => fieldMessages(check(input as string))[0]?.text,
    })
    .transform((input: string | Uint8Array, context): UploadedCertificate => {
      const report = check(input);
      const messages = fieldMessages(report);
      if (report.ok && report.certificate !== undefined) {
        const warnings = messages.filter(({ severity }) => severity === "warning");
        return { certificate: report.certificate, warnings };
      }
      for (const { severity, code, text } of messages) {
        if (severity !== "error") continue;
        // The issue omits the input, which may contain a private key.
        context.issues.push({ code: "custom", message: text, input: undefined, params: { code } });
      }
      return z.NEVER;
    });
}
