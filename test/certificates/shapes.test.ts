import { describe, expect, test } from "vitest";
import {
  bitString,
  boolean,
  element,
  integer,
  octetString,
  oid,
  sequence,
} from "../../src/certificates/der/write.ts";
import { validateCertificate } from "../../src/certificates/index.ts";
import {
  createTestCertificate,
  type TestCertificateOptions,
} from "../../src/testing/certificate.ts";
import { ascii, build, generalized, rsa, utc } from "./support/parts.ts";

const DAY = 86_400;
const NOW = 1_800_000_000;

/** The findings of a policy that somebody would need to do something about. */
function troubles(input: string | Uint8Array, policy: "upload" | "installed" = "upload"): string[] {
  return validateCertificate(input, { now: NOW, policy })
    .findings.filter(({ severity }) => severity !== "notice")
    .map(({ code }) => code);
}

const ca = { oid: "2.5.29.19", critical: true, value: sequence(boolean(true)) };
const keyId = { oid: "2.5.29.14", value: octetString(ascii("key")) };
const authorityKeyId = { oid: "2.5.29.35", value: sequence(element(0x80, ascii("key"))) };
const usage = { oid: "2.5.29.15", critical: true, value: bitString(Uint8Array.of(0x80), 7) };

/** As the identity providers make them: the serial number, the extensions, the life in days. */
const SHAPES: Readonly<Record<string, readonly [TestCertificateOptions, days: number]>> = {
  "Okta: no extensions, a timestamp as the serial number": [
    { subject: { CN: "example", OU: "SSOProvider", O: "Okta" }, serialNumber: "018f6c2a4b10" },
    3652,
  ],
  "Entra ID: three years": [{ subject: { CN: "Microsoft Azure Federated SSO Certificate" } }, 1095],
  "Google Workspace: no extensions, five years": [
    {
      subject: { CN: "Google", OU: "Google For Work", O: "Google Inc." },
      serialNumber: "018f6c2a4b",
    },
    1825,
  ],
  "AD FS: no extensions, one year": [{ subject: { CN: "ADFS Signing - fs.example.com" } }, 365],
  "Keycloak: version 1, ten years": [{ subject: { CN: "realm" }, version: 1 }, 3652],
  "OneLogin: with key usage and identifiers": [
    { extensions: [keyId, authorityKeyId, usage] },
    1827,
  ],
  "Auth0: an authority, fourteen years": [{ extensions: [ca, keyId] }, 5000],
  "Salesforce: a country of three letters": [{ subject: { CN: "SelfSignedCert", C: "USA" } }, 365],
  "openssl req: an authority, a hundred years": [
    { extensions: [ca, keyId, authorityKeyId] },
    36_500,
  ],
  "without a life that anybody would wait for": [{}, 999 * 365],
  "signed with SHA-1": [{ hash: "sha1" }, 3652],
};

describe("rules that are not enforced, because only the key counts", () => {
  test.each(Object.entries(SHAPES))("%s", async (_, [options, days]) => {
    const notBefore = NOW - 30 * DAY;
    const { pem } = await createTestCertificate({
      ...options,
      notBefore,
      notAfter: notBefore + days * DAY,
    });
    expect(troubles(pem)).toEqual([]);
  });

  test("chain, revocation and issuer names do not count", async () => {
    const issuer = await createTestCertificate({
      subject: { CN: "issuer" },
      notBefore: 0,
      notAfter: 1,
    });
    const { pem } = await createTestCertificate({ issuer, notBefore: NOW - 90 * DAY });
    expect(troubles(pem)).toEqual([]);
  });

  test("an expired certificate and an old key are no errors in a store", async () => {
    const { pem } = await createTestCertificate({
      keyAlgorithm: "RSA-1024",
      notBefore: NOW - 400 * DAY,
      notAfter: NOW - DAY,
    });
    const installed = validateCertificate(pem, { now: NOW, policy: "installed" });
    expect(installed.ok).toBe(true);
    expect(troubles(pem)).toEqual(["validity.expired", "key.rsa_lt_2048"]);
  });
});

describe("the keys that SAML software can verify with", () => {
  const point = bitString(new Uint8Array(65));
  const ec = (curve: string): Uint8Array =>
    sequence(sequence(oid("1.2.840.10045.2.1"), oid(curve)), point);
  const raw = (id: string, size: number): Uint8Array =>
    sequence(sequence(oid(id)), bitString(new Uint8Array(size)));
  const numbers = sequence(integer(`c1${"5d".repeat(254)}3b`), integer(65_537));
  test.each([
    ["RSA", rsa(`c1${"5d".repeat(254)}3b`), undefined],
    [
      "RSA-PSS",
      sequence(sequence(oid("1.2.840.113549.1.1.10")), bitString(numbers)),
      "warning key.unsupported_by_most_sps",
    ],
    ["Ed25519", raw("1.3.101.112", 32), "warning key.unsupported_by_most_sps"],
    ["Ed448", raw("1.3.101.113", 57), "warning key.unsupported_by_most_sps"],
    ["ML-DSA-65", raw("2.16.840.1.101.3.4.3.18", 1952), "warning key.unsupported_by_most_sps"],
    [
      "SLH-DSA-SHA2-128s",
      raw("2.16.840.1.101.3.4.3.20", 32),
      "warning key.unsupported_by_most_sps",
    ],
    ["composite", raw("1.3.6.1.5.5.7.6.37", 9), "warning key.unsupported_by_most_sps"],
    ["1.2.3.4", raw("1.2.3.4", 9), "warning key.unsupported_by_most_sps"],
    ["EC", ec("1.3.132.0.10"), "warning key.ec_uncommon_curve"],
    ["EC", ec("1.3.36.3.3.2.8.1.1.7"), "warning key.ec_uncommon_curve"],
    ["EC", ec("1.2.840.10045.3.1.1"), "error key.ec_lt_224"],
    [
      "EC",
      sequence(sequence(oid("1.2.840.10045.2.1"), sequence(integer(1))), point),
      "error key.ec_explicit_params",
    ],
    ["DSA", raw("1.2.840.10040.4.1", 9), "error key.dsa"],
    ["X25519", raw("1.3.101.110", 32), "error key.cannot_sign"],
    ["X448", raw("1.3.101.111", 56), "error key.cannot_sign"],
    ["DH", raw("1.2.840.10046.2.1", 9), "error key.cannot_sign"],
    ["ML-KEM-768", raw("2.16.840.1.101.3.4.4.2", 1184), "error key.cannot_sign"],
    [
      "RSA-OAEP",
      sequence(sequence(oid("1.2.840.113549.1.1.7")), bitString(numbers)),
      "error key.cannot_sign",
    ],
  ] as const)("%s: %#", (algorithm, spki, said) => {
    const { certificate, findings } = validateCertificate(build({ spki }), { now: NOW });
    expect(certificate?.publicKey.algorithm).toBe(algorithm);
    const found = findings.map(({ severity, code }) => `${severity} ${code}`);
    const about = /key\.(unsupported|ec_uncommon|ec_lt|ec_explicit|dsa|cannot)/;
    expect(found.filter((one) => about.test(one))).toEqual(said === undefined ? [] : [said]);
  });
});

describe("facts next to a fault", () => {
  test("trailing bytes are neither in the fingerprint nor in the PEM", () => {
    const der = build();
    const plain = validateCertificate(der, { now: NOW }).certificate;
    const report = validateCertificate(Uint8Array.of(...der, 0), { now: NOW });
    expect(report.findings.map(({ code }) => code)).toContain("der.trailing_data");
    expect(report.certificate).toEqual(plain);
  });

  test("a serial number is its bytes, sign and padding included", () => {
    for (const octets of [[0], [0xff], [0, 0x80], [0x7f], [0xff, 0x7f]]) {
      const serial = element(0x02, Uint8Array.from(octets));
      const { certificate } = validateCertificate(build({ serial }), { now: NOW });
      expect(certificate?.serialNumber).toBe(Buffer.from(octets).toString("hex"));
    }
  });

  test("a date before 1950 is a GeneralizedTime, one from 1950 to 2049 a UTCTime", () => {
    const found = (notBefore: Uint8Array): boolean =>
      validateCertificate(build({ notBefore }), { now: NOW }).findings.some(
        ({ code }) => code === "time.wrong_format_pre2050",
      );
    expect(found(generalized("19491231235959Z"))).toBe(false);
    expect(found(generalized("19500101000000Z"))).toBe(true);
    expect(found(generalized("20491231235959Z"))).toBe(true);
    expect(found(generalized("20500101000000Z"))).toBe(false);
    expect(found(utc("491231235959Z"))).toBe(false);
  });

  test("a unique identifier needs version 2 or 3 (RFC 5280, 4.1.2.8)", () => {
    const rest = [element(0x81, Uint8Array.of(0, 1))];
    const found = (version: Uint8Array): string[] =>
      validateCertificate(build({ version, rest }), { now: NOW }).findings.map(({ code }) => code);
    expect(found(Uint8Array.of())).toContain("version.extensions_without_v3");
    expect(found(element(0xa0, integer(1)))).not.toContain("version.extensions_without_v3");
    expect(found(element(0xa0, integer(2)))).not.toContain("version.extensions_without_v3");
  });
});
