import { isObject, isText, need } from "../../core/argument.ts";
import {
  AMOUNT,
  checkOptions,
  type Kind,
  LIST,
  OBJECT,
  type OptionKinds,
  oneOf,
  TEXT,
  unknownName,
} from "../../core/options.ts";
import type { Severities } from "../../core/rule.ts";
import { EXPIRY_THRESHOLDS } from "../expiry.ts";
import { type PolicyCode, policyRows, rowOfCode } from "./codes.ts";

/** How a certificate is judged: plain data, so that it can be kept in a file. */
export interface CertificatePolicy {
  readonly name: string;
  /** The severity of a code, or `off`. Other codes keep their own severity. */
  readonly rules: Severities<PolicyCode>;
  /** A certificate is `expiring` during its last days, so many of them. */
  readonly expiringDays: number;
  /** Days before the end at which somebody should be told. */
  readonly expiryThresholdDays: readonly number[];
  /** How far the clocks of two machines may differ. */
  readonly clockSkewSeconds: number;
  /** The consumer's limit on the remaining validity, in calendar years. */
  readonly maxRemainingYears?: number | undefined;
  /** The consumer accepts certificates that begin within so many days. Default: only valid ones. */
  readonly maxDaysToStart?: number | undefined;
  /** The key algorithms that the consumer accepts, such as `RSA`. Default: all that can sign. */
  readonly keyAlgorithms?: readonly string[] | undefined;
}

/** The fields of a policy, also for functions that take a part of one. */
export const POLICY_KINDS: OptionKinds<CertificatePolicy> = {
  name: TEXT,
  rules: OBJECT,
  expiringDays: AMOUNT,
  expiryThresholdDays: LIST,
  clockSkewSeconds: AMOUNT,
  maxRemainingYears: AMOUNT,
  maxDaysToStart: AMOUNT,
  keyAlgorithms: LIST,
};

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
  clockSkewSeconds: 300,
};

/** Pools of Google Cloud: how soon a certificate must begin, and how many years ahead it may end. */
function googlePool(maxRemainingYears: number): Partial<CertificatePolicy> {
  return { maxDaysToStart: 7, maxRemainingYears, rules: { "validity.too_long": "error" } };
}

/** The changes that each policy makes to `upload`. */
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
      "der.string_encoding": "warning",
      "version.unknown": "warning",
      "sig.self_signature_invalid": "warning",
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
 * - `google-workspace`: the key algorithms that Google's help names for single sign-on.
 * - `google-workforce-...`: limits in the documentation of Google Cloud's identity pools; the number of
 *   years is the longest remaining validity, which has grown from 10 to 25.
 * - `strict`: for a security review.
 */
export const POLICIES: Readonly<Record<PolicyName, CertificatePolicy>> =
  /* @__PURE__ */ Object.fromEntries(
    Object.entries(CHANGES).map(([name, changes]) => [name, { ...UPLOAD, name, ...changes }]),
  ) as Record<PolicyName, CertificatePolicy>;

/** A policy by name, as changes to `upload`, or whole. */
export type PolicyOption = PolicyName | Partial<CertificatePolicy>;

/**
 * The policy of an option. Throws a `RangeError` for an unknown name, and a `TypeError` for an unknown
 * field, code or severity.
 */
export function resolvePolicy(given?: PolicyOption): CertificatePolicy {
  const option = given ?? "upload";
  if (isText(option)) {
    if (Object.hasOwn(POLICIES, option)) return POLICIES[option];
    throw new RangeError(unknownName("policy", option, POLICIES, "samlcert"));
  }
  need(() => isObject(option), "policy", "the name of a policy or an object");
  checkOptions<CertificatePolicy>(option, POLICY_KINDS, "policy");
  checkRules(option.rules ?? {});
  return { ...UPLOAD, name: "custom", ...option, rules: { ...option.rules } };
}

const SEVERITY: Kind = oneOf("error", "warning", "notice", "off");

function checkRules(rules: CertificatePolicy["rules"]): void {
  for (const [code, severity] of Object.entries(rules)) {
    const row = rowOfCode(code);
    if (row === undefined) throw new TypeError(unknownName("rule", code, policyRows(), "policy"));
    if (row[0] === "fatal") throw new TypeError(`policy cannot change "${code}": it is fatal.`);
    if (severity !== undefined && !SEVERITY.is(severity))
      throw new TypeError(`rules["${code}"] must be ${SEVERITY.name}.`);
  }
}
