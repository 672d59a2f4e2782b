import { expect, test } from "vitest";
import { keyText } from "../../src/certificates/key-text.ts";
import { fixedKey, GOST_KEYS, signatureName } from "../../src/certificates/x509/algorithms.ts";

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
  expect(fixedKey(oid)).toEqual({ algorithm: name });
});

test.each(["1.3.6.1.5.5.7.6.36", "1.3.6.1.5.5.7.6.55", "2.16.840.1.101.3.4.3.32"])(
  "%s has no name",
  (oid) => {
    expect(signatureName(oid)).toBe(oid);
    expect(fixedKey(oid)).toBeUndefined();
  },
);

test.each([
  ["1.2.643.2.2.19", "GOST R 34.10-2001", 256],
  ["1.2.643.7.1.1.1.1", "GOST R 34.10-2012", 256],
  ["1.2.643.7.1.1.1.2", "GOST R 34.10-2012", 512],
  ["1.3.101.112", "Ed25519", 255],
  ["1.3.101.113", "Ed448", 448],
])("%s is %s with %i bits", (oid, algorithm, bits) => {
  expect(fixedKey(oid) ?? GOST_KEYS.get(oid)).toEqual({ algorithm, bits });
});

test.each([
  [{ algorithm: "RSA", bits: 2048 }, "RSA 2048 bits"],
  [{ algorithm: "EC", bits: 256, curve: "P-256" }, "EC P-256"],
  [{ algorithm: "EC", curve: "1.2.3" }, "EC 1.2.3"],
  [{ algorithm: "Ed25519", bits: 255 }, "Ed25519"],
  [{ algorithm: "ML-DSA-65" }, "ML-DSA-65"],
  [{ algorithm: "1.2.3.4" }, "1.2.3.4"],
])("keyText of %j is %s", (key, text) => {
  expect(keyText({ ...key, algorithmOid: "1.2", spkiSha256: "00" })).toBe(text);
});
