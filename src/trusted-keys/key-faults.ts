import { resolvePolicy } from "../certificates/policy/policy.ts";
import { certificateRules } from "../certificates/rules/registry.ts";
import { rsaNumbers } from "../certificates/rules/rsa-numbers.ts";
import type { Certificate } from "../certificates/types.ts";
import { readCertificate } from "../certificates/x509/certificate.ts";

/**
 * - `exposed`: the private key is published, or follows from the public key: anybody can sign in.
 * - `weak`: it is below what NIST SP 800-131A allows.
 * - `expired`: its certificate has expired.
 */
export type KeyFault = "exposed" | "weak" | "expired";

const RULES = {
  exposed: [
    "key.private_key_is_public",
    "key.rsa_roca",
    "key.rsa_fermat",
    "key.rsa_even_modulus",
    "key.rsa_bad_exponent",
  ],
  weak: ["key.rsa_lt_1024", "key.rsa_lt_2048", "key.ec_lt_224"],
} as const;

/** The faults of a new key that a person would want to know before anybody signs in with it. */
export function keyFaults(certificate: Certificate, now: number): readonly KeyFault[] {
  const reading = readCertificate(Buffer.from(certificate.derBase64, "base64"));
  const policy = resolvePolicy(undefined);
  const subject = { reading, certificate, rsa: rsaNumbers(reading), now, policy, existing: [] };
  const fails = (code: (typeof RULES)["exposed" | "weak"][number]): boolean =>
    certificateRules[code].check(subject) !== false;
  const isExpired = !certificate.noExpiry && certificate.notAfter.unixSeconds < now;
  return [
    ...(RULES.exposed.some(fails) ? (["exposed"] as const) : []),
    ...(RULES.weak.some(fails) ? (["weak"] as const) : []),
    ...(isExpired ? (["expired"] as const) : []),
  ];
}
