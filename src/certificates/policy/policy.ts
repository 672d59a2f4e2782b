import type { CodeEntry, Severity } from "../../core/finding.ts";
import { EXPIRY_THRESHOLDS } from "../expiry.ts";

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
  /** A consumer takes certificates that begin at most so many days from now. Default: only begun ones. */
  readonly maxDaysToStart?: number | undefined;
  /** The kinds of key that a consumer takes, such as `RSA`. Default: any that can sign. */
  readonly keyAlgorithms?: readonly string[] | undefined;
}

/** The names of the policies that come with the package. */
export type PolicyName =
  | "upload"
  | "installed"
  | "google-workspace"
  | "google-workforce-25y"
  | "google-workforce-20y"
  | "google-workforce-15y"
  | "google-workforce-10y"
  | "strict";

const UPLOAD: CertificatePolicy = {
  name: "upload",
  rules: {},
  expiringDays: 30,
  expiryThresholdDays: EXPIRY_THRESHOLDS,
  skewSeconds: 300,
};

/** Pools of Google Cloud: how soon a certificate must begin, and how many years ahead it may end. */
function googlePool(maxRemainingYears: number): Partial<CertificatePolicy> {
  return { maxDaysToStart: 7, maxRemainingYears, rules: { "validity.too_long": "error" } };
}

/** What each policy changes of `upload`. */
const CHANGES: Readonly<Record<PolicyName, Partial<CertificatePolicy>>> = {
  upload: {},
  installed: {
    rules: {
      // Most SAML software ignores the dates: a stored certificate that has expired may still work.
      "validity.expired": "warning",
      "validity.not_yet_valid": "notice",
      "key.rsa_lt_2048": "warning",
      "der.trailing_data": "warning",
      "der.non_minimal_length": "warning",
      "der.default_encoded": "warning",
      "der.non_minimal_integer": "warning",
      "der.boolean_not_canonical": "warning",
      "der.unused_bits": "warning",
      "der.string_charset": "warning",
      "sigalg.mismatch_inner_outer": "warning",
      "sigalg.parameters": "warning",
      "version.extensions_without_v3": "warning",
      "version.unknown": "warning",
      "ext.duplicate": "warning",
      "upload.same_as_existing": "off",
      "upload.same_key_new_cert": "off",
      "upload.no_overlap_with_current": "off",
      "upload.shorter_life": "off",
    },
  },
  // support.google.com/a/answer/6349922: "generated with the DSA or RSA algorithms".
  "google-workspace": { keyAlgorithms: ["RSA", "DSA"], rules: { "key.dsa": "warning" } },
  // iam.googleapis.com, v1, workforcePools.providers, Saml.idpMetadataXml: its limit has grown with time.
  "google-workforce-25y": googlePool(25),
  "google-workforce-20y": googlePool(20),
  "google-workforce-15y": googlePool(15),
  "google-workforce-10y": googlePool(10),
  strict: {
    rules: {
      "sig.sha1": "error",
      "sig.md5": "error",
      "key.rsa_small_exponent": "error",
      "use.ku_without_digital_signature": "error",
      "serial.low_entropy": "notice",
    },
  },
};

/**
 * The policies that come with the package.
 *
 * - `upload`: somebody is about to store this certificate.
 * - `installed`: it is stored already, and works; what a consumer ignores is no error.
 * - `google-workspace`: the kinds of key that Google's help names for single sign-on.
 * - `google-workforce-...`: limits that the documentation of Google Cloud names for identity pools; the
 *   one on the end by the number of years, which has grown from 10 to 25.
 * - `strict`: what a security review asks for.
 */
export const POLICIES: Readonly<Record<PolicyName, CertificatePolicy>> =
  /* @__PURE__ */ Object.fromEntries(
    Object.entries(CHANGES).map(([name, changes]) => [name, { ...UPLOAD, name, ...changes }]),
  ) as Record<PolicyName, CertificatePolicy>;

/** A policy by name, by what it changes of `upload`, or whole. */
export type PolicyOption = PolicyName | Partial<CertificatePolicy>;

/** The policy that an option stands for. An unknown name is a `RangeError`: a fault of the program. */
export function resolvePolicy(given?: PolicyOption): CertificatePolicy {
  const option = given ?? "upload";
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

/** The severity that a policy gives to a code; undefined where it is off. */
export function severityOf(
  entry: CodeEntry & { readonly optIn?: boolean | undefined },
  policy: CertificatePolicy,
): Severity | undefined {
  // What ends the reading cannot be waved through.
  if (entry.severity === "fatal") return "error";
  const chosen = policy.rules[entry.code] ?? (entry.optIn === true ? "off" : entry.severity);
  return chosen === "off" ? undefined : chosen;
}
