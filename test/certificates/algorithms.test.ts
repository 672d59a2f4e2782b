import { expect, test } from "vitest";
import { fixedKey, signatureName } from "../../src/certificates/x509/algorithms.ts";

// The registered numbers: NIST's CSOR for ML-DSA (RFC 9881) and SLH-DSA (RFC 9909), IANA's for composites.
test.each([
  ["2.16.840.1.101.3.4.3.17", "ML-DSA-44"],
  ["2.16.840.1.101.3.4.3.18", "ML-DSA-65"],
  ["2.16.840.1.101.3.4.3.19", "ML-DSA-87"],
  ["2.16.840.1.101.3.4.3.20", "SLH-DSA-SHA2-128s"],
  ["2.16.840.1.101.3.4.3.25", "SLH-DSA-SHA2-256f"],
  ["2.16.840.1.101.3.4.3.26", "SLH-DSA-SHAKE-128s"],
  ["2.16.840.1.101.3.4.3.31", "SLH-DSA-SHAKE-256f"],
  // id-MLDSA44-RSA2048-PSS-SHA256 and id-MLDSA87-ECDSA-P521-SHA512, the first and the last.
  ["1.3.6.1.5.5.7.6.37", "composite"],
  ["1.3.6.1.5.5.7.6.54", "composite"],
  // The same of drafts before the registration.
  ["2.16.840.1.114027.80.8.1.1", "composite"],
  ["2.16.840.1.114027.80.9.1.0", "composite"],
])("%s is %s", (oid, name) => {
  expect(signatureName(oid)).toBe(name);
  expect(fixedKey(oid)).toMatchObject({ algorithm: name, bits: 0 });
});

test.each(["1.3.6.1.5.5.7.6.36", "1.3.6.1.5.5.7.6.55", "2.16.840.1.101.3.4.3.32"])(
  "%s has no name",
  (oid) => {
    expect(signatureName(oid)).toBe(oid);
    expect(fixedKey(oid)).toBeUndefined();
  },
);
