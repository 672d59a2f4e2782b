import { pointFault } from "./ec-point.ts";
import type { CertificateRules, CertificateSubject } from "./subject.ts";

const COMMON: readonly string[] = ["P-256", "P-384", "P-521"];

/** The curve of an EC key: its name, its identifier if it is unknown, or `explicit`. */
function curveOf({ certificate: { publicKey } }: CertificateSubject): string | undefined {
  return publicKey.algorithm === "EC" ? publicKey.curve : undefined;
}

/** Bits of a known curve. */
function curveBits(subject: CertificateSubject): number | undefined {
  return curveOf(subject) === undefined ? undefined : subject.certificate.publicKey.bits;
}

export const ecRules: CertificateRules<`key.ec_${string}`> = {
  "key.ec_explicit_params": {
    check(subject) {
      return curveOf(subject) === "explicit";
    },
  },
  "key.ec_unknown_curve": {
    check(subject) {
      const curve = curveOf(subject);
      const isUnknown = curve !== undefined && curve !== "explicit";
      return isUnknown && curveBits(subject) === undefined && { values: { curve } };
    },
  },
  "key.ec_uncommon_curve": {
    check(subject) {
      const curve = curveOf(subject);
      const bits = curveBits(subject) ?? 0;
      // Shorter ones are an error already.
      return curve !== undefined && !COMMON.includes(curve) && bits >= 224 && { values: { curve } };
    },
  },
  "key.ec_lt_224": {
    check(subject) {
      const bits = curveBits(subject);
      return bits !== undefined && bits < 224 && { values: { bits } };
    },
  },
  "key.ec_invalid_point": {
    check(subject) {
      return pointFault(subject) === "invalid";
    },
  },
  "key.ec_compressed_point": {
    check(subject) {
      return pointFault(subject) === "compressed";
    },
  },
};
