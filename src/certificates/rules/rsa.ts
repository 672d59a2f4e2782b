import { NULL } from "../der/reader.ts";
import { isFermatFactorable } from "./fermat.ts";
import { hasRocaMark } from "./roca.ts";
import type { CertificateRules, CertificateSubject } from "./subject.ts";

/** Bits of the modulus of an RSA key of any kind; undefined for other keys. */
function rsaBits({ certificate: { publicKey } }: CertificateSubject): number | undefined {
  return publicKey.algorithm.startsWith("RSA") ? publicKey.bits : undefined;
}

/** Upper bound for Fermat's method, whose square roots take milliseconds from here on. */
const MAX_FERMAT_BITS = 16_384;

/** The flawed library made no shorter keys, and short numbers match by chance. */
const MIN_ROCA_BITS = 505;

export const rsaRules: CertificateRules<`key.rsa_${string}`> = {
  "key.rsa_lt_1024": {
    check(subject) {
      const bits = rsaBits(subject);
      return bits !== undefined && bits < 1024 && { values: { bits } };
    },
  },
  "key.rsa_lt_2048": {
    check(subject) {
      const bits = rsaBits(subject);
      return bits !== undefined && bits >= 1024 && bits < 2048 && { values: { bits } };
    },
  },
  "key.rsa_gt_8192": {
    check(subject) {
      const bits = rsaBits(subject);
      return bits !== undefined && bits > 8192 && { values: { bits } };
    },
  },
  "key.rsa_odd_size": {
    check(subject) {
      const bits = rsaBits(subject);
      return bits !== undefined && bits % 8 !== 0 && { values: { bits } };
    },
  },
  "key.rsa_even_modulus": {
    check({ rsa }) {
      return rsa !== undefined && (rsa.modulus <= 0n || rsa.modulus % 2n === 0n);
    },
  },
  "key.rsa_bad_exponent": {
    check({ rsa }) {
      return rsa !== undefined && (rsa.exponent < 3n || rsa.exponent % 2n === 0n);
    },
  },
  "key.rsa_small_exponent": {
    check({ rsa }) {
      if (rsa === undefined) return false;
      const { exponent } = rsa;
      return exponent > 2n && exponent < 65_537n && { values: { exponent: String(exponent) } };
    },
  },
  "key.rsa_large_exponent": {
    check({ rsa }) {
      return (
        rsa !== undefined &&
        rsa.exponent >= 2n ** 31n && { values: { bits: rsa.exponent.toString(2).length } }
      );
    },
  },
  "key.rsa_parameters": {
    check({ certificate, reading }) {
      const tag = reading.key.parametersTag;
      if (certificate.publicKey.algorithm !== "RSA" || tag === NULL) return false;
      return { values: { found: tag === -1 ? "missing" : "of another type" } };
    },
  },
  "key.rsa_fermat": {
    check(subject) {
      const bits = rsaBits(subject) ?? 0;
      const { rsa } = subject;
      return rsa !== undefined && bits <= MAX_FERMAT_BITS && isFermatFactorable(rsa.modulus, bits);
    },
  },
  "key.rsa_roca": {
    check(subject) {
      const bits = rsaBits(subject) ?? 0;
      const { rsa } = subject;
      return rsa !== undefined && bits >= MIN_ROCA_BITS && hasRocaMark(rsa.modulus);
    },
  },
};
