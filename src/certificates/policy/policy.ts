import type { Severity } from "../../core/finding.ts";

/** How a certificate is judged: plain data, so that it can be kept in a file. */
export interface CertificatePolicy {
  readonly name: string;
  /** The severity of a code, or `off`. What is not listed keeps the severity of its rule. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
  /** A certificate is `expiring` from this many days before its end on. */
  readonly expiringDays: number;
  /** Days before the end at which somebody should be told. */
  readonly expiryThresholdDays: readonly number[];
  /** How far the clocks of two machines may differ, in seconds. */
  readonly skewSeconds: number;
  /** A consumer's limit on how far away the end may be, in calendar years. */
  readonly maxRemainingYears?: number | undefined;
}

/** The names of the policies that come with the package. */
export type PolicyName =
  | "upload"
  | "installed"
  | "google-workforce-25y"
  | "google-workforce-15y"
  | "google-workforce-10y"
  | "strict";

const UPLOAD: CertificatePolicy = {
  name: "upload",
  rules: {},
  expiringDays: 30,
  expiryThresholdDays: [90, 60, 30, 14, 7, 3, 1, 0],
  skewSeconds: 300,
};

/** Google Cloud workforce pools: notAfter at most so many years ahead; the limit has grown with time. */
function googleWorkforce(name: PolicyName, maxRemainingYears: number): CertificatePolicy {
  return { ...UPLOAD, name, maxRemainingYears, rules: { "validity.too_long": "error" } };
}

/**
 * The policies that come with the package.
 *
 * - `upload`: somebody is about to store this certificate.
 * - `installed`: it is stored already, and works; what a consumer ignores is no error.
 * - `google-workforce-...`: a limit that the documentation of Google Cloud has named, by its version.
 * - `strict`: what a security review asks for.
 */
export const POLICIES: Readonly<Record<PolicyName, CertificatePolicy>> = {
  upload: UPLOAD,
  installed: {
    ...UPLOAD,
    name: "installed",
    rules: {
      // Most SAML software ignores the dates: a stored certificate that has expired may still work.
      "validity.expired": "warning",
      "validity.not_yet_valid": "notice",
      "key.rsa_lt_2048": "warning",
      "der.trailing_data": "warning",
      "der.default_encoded": "warning",
      "der.non_minimal_integer": "warning",
      "der.boolean_not_canonical": "warning",
      "der.unused_bits": "warning",
      "der.string_charset": "warning",
      "sigalg.mismatch_inner_outer": "warning",
      "version.extensions_without_v3": "warning",
      "version.unknown": "warning",
      "ext.duplicate": "warning",
      "upload.same_as_existing": "off",
      "upload.same_key_new_cert": "off",
      "upload.no_overlap_with_current": "off",
      "upload.shorter_life": "off",
    },
  },
  "google-workforce-25y": googleWorkforce("google-workforce-25y", 25),
  "google-workforce-15y": googleWorkforce("google-workforce-15y", 15),
  "google-workforce-10y": googleWorkforce("google-workforce-10y", 10),
  strict: {
    ...UPLOAD,
    name: "strict",
    rules: {
      "sig.sha1": "error",
      "sig.md5": "error",
      "key.rsa_small_exponent": "error",
      "use.ku_without_digital_signature": "error",
      "serial.low_entropy": "notice",
    },
  },
};

/** A policy by name, by what it changes of `upload`, or whole. */
export type PolicyOption = PolicyName | Partial<CertificatePolicy>;

/** The policy that an option stands for. An unknown name is a `RangeError`: a fault of the program. */
export function resolvePolicy(option: PolicyOption = "upload"): CertificatePolicy {
  if (typeof option !== "string") {
    return { ...UPLOAD, name: "custom", ...option, rules: { ...option.rules } };
  }
  if (!Object.hasOwn(POLICIES, option)) {
    throw new RangeError(
      `There is no certificate policy of that name: ${Object.keys(POLICIES).join(", ")}.`,
    );
  }
  return POLICIES[option];
}
