import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import {
  bitString,
  element,
  integer,
  oid,
  sequence,
  set,
  utf8String,
} from "../../src/certificates/der/write.ts";
import {
  certificateCodes,
  certificateState,
  expiryThreshold,
  expiryWarnings,
  orderBundle,
  POLICIES,
  type PolicyOption,
  parseCertificate,
  readCertificateRequest,
  type StatePolicy,
  sameCertificate,
  sameKey,
  toSsoCertificate,
  validateCertificate,
} from "../../src/certificates/index.ts";
import { createTestCertificate, type TestCertificate } from "../../src/testing/certificate.ts";

const DAY = 86_400;
const START = 1_750_000_000;
const END = START + 365 * DAY;
let idp: TestCertificate;

beforeAll(async () => {
  idp = await createTestCertificate({ notBefore: START, notAfter: END });
});

const codes = (now: number, options: Parameters<typeof validateCertificate>[1] = {}): string[] =>
  validateCertificate(idp.pem, { now, ...options }).findings.map(({ code }) => code);

describe("the validity includes both of its ends (RFC 5280, 4.1.2.5)", () => {
  test.each([
    [START - 1, "pending"],
    [START, "active"],
    [END - 30 * DAY, "active"],
    [END - 30 * DAY + 1, "expiring"],
    [END, "expiring"],
    [END + 1, "expired"],
  ] as const)("at %d it is %s", (now, state) => {
    expect(certificateState(idp.certificate, now)).toBe(state);
    expect(certificateState(idp.certificate, new Date(now * 1000))).toBe(state);
  });

  test("clocks can differ by the policy's skew", () => {
    expect(certificateState(idp.certificate, START - 60, { clockSkewSeconds: 60 })).toBe("active");
    expect(certificateState(idp.certificate, END + 60, { clockSkewSeconds: 60 })).toBe("expiring");
    expect(codes(START - 300)).toEqual(["validity.clock_skew"]);
    expect(codes(START - 301)).toEqual(["validity.not_yet_valid"]);
    expect(codes(END + 300)).toEqual([]);
    expect(codes(END + 301)).toEqual(["validity.expired"]);
  });

  test("thresholds are reached to the second, across a leap day", async () => {
    const notAfter = Date.UTC(2028, 2, 1, 12) / 1000;
    const { certificate } = await createTestCertificate({ notBefore: START, notAfter });
    expect(expiryThreshold(certificate, notAfter - 90 * DAY - 1)).toBeUndefined();
    for (const days of [90, 60, 30, 14, 7, 3, 1]) {
      expect(expiryThreshold(certificate, notAfter - days * DAY)).toBe(days);
    }
    expect(expiryThreshold(certificate, notAfter - DAY + 1)).toBe(0);
    expect(expiryThreshold(certificate, notAfter + DAY)).toBe(0);
    const [first] = expiryWarnings(certificate);
    expect(first).toEqual({ days: 90, unixSeconds: notAfter - 90 * DAY });
    expect(new Date(notAfter * 1000 - DAY * 1000).toISOString()).toBe("2028-02-29T12:00:00.000Z");
  });

  test("a certificate without an expiration date never expires", async () => {
    const { certificate } = await createTestCertificate({ notAfter: 253_402_300_799 });
    expect(certificate.noExpiry).toBe(true);
    expect(certificateState(certificate, 253_402_300_800)).toBe("active");
    expect(expiryThreshold(certificate, 253_402_300_799)).toBeUndefined();
    expect(expiryWarnings(certificate)).toEqual([]);
  });
});

describe("policies are data", () => {
  test("an installed certificate can have expired, an uploaded one cannot", () => {
    expect(validateCertificate(idp.pem, { now: END + DAY }).ok).toBe(false);
    expect(validateCertificate(idp.pem, { now: END + DAY, policy: "installed" }).ok).toBe(true);
    expect(codes(END + DAY, { policy: "installed" })).toEqual(["validity.expired"]);
  });

  test("a rule can be turned off, on, and to another severity", () => {
    expect(codes(END + DAY, { policy: { rules: { "validity.expired": "off" } } })).toEqual([]);
    const policy = { rules: { "sig.self_issued": "error" } } as const;
    expect(codes(START, { policy })).toEqual(["sig.self_issued"]);
    expect(validateCertificate(idp.pem, { now: START, policy }).ok).toBe(false);
    const report = validateCertificate(idp.pem, { now: START });
    expect(report.checks).toContainEqual({
      id: "sig.self_issued",
      status: "skipped",
      reason: "off in the policy upload",
    });
  });

  test("a policy that names an unknown rule, field, severity or policy is refused with a suggestion", () => {
    const under = (policy: unknown) => () =>
      validateCertificate(idp.pem, { now: START, policy: policy as PolicyOption });
    // @ts-expect-error: TypeScript refuses a misspelt code.
    const misspelt: PolicyOption = { rules: { "validity.expird": "off" } };
    expect(under(misspelt)).toThrow(
      new TypeError('policy has no rule "validity.expird". Did you mean "validity.expired"?'),
    );
    // @ts-expect-error: TypeScript refuses a misspelt field.
    const field: PolicyOption = { expiringDay: 3 };
    expect(under(field)).toThrow(
      new TypeError('policy has no option "expiringDay". Did you mean "expiringDays"?'),
    );
    // @ts-expect-error: TypeScript refuses codes that end the reading.
    const fatal: PolicyOption = { rules: { "secret.private_key": "off" } };
    expect(under(fatal)).toThrow(
      new TypeError('policy cannot change "secret.private_key": it is fatal.'),
    );
    expect(under({ rules: { "sig.sha1": "fatal" } })).toThrow(
      'rules["sig.sha1"] must be one of "error", "warning", "notice", "off".',
    );
    expect(under({ keyAlgorithms: "RSA" })).toThrow(TypeError);
    expect(under("uplod")).toThrow(
      new RangeError('samlcert has no policy "uplod". Did you mean "upload"?'),
    );
    expect(() =>
      certificateState(idp.certificate, START, { expiringDay: 3 } as StatePolicy),
    ).toThrow('certificateState has no option "expiringDay". Did you mean "expiringDays"?');
  });

  test("a consumer's limit is a preset", async () => {
    const { pem } = await createTestCertificate({
      notBefore: START,
      notAfter: START + 20 * 366 * DAY,
    });
    const at = (policy: keyof typeof POLICIES): string[] =>
      validateCertificate(pem, { now: START, policy }).findings.map(({ code }) => code);
    expect(at("google-workforce-10y")).toEqual(["validity.too_long"]);
    expect(at("google-workforce-15y")).toEqual(["validity.too_long"]);
    expect(at("google-workforce-20y")).toEqual(["validity.too_long"]);
    expect(at("google-workforce-25y")).toEqual([]);
    expect(at("upload")).toEqual([]);
  });

  test("a consumer's kinds of key are a preset: Google Workspace takes RSA and DSA", async () => {
    const found = (pem: string, policy: PolicyOption): string[] =>
      validateCertificate(pem, { now: START, policy }).findings.map(
        ({ code, severity }) => `${severity} ${code}`,
      );
    const rsa = await createTestCertificate({
      keyAlgorithm: "RSA-2048",
      notBefore: START,
      notAfter: END,
    });
    expect(found(rsa.pem, "google-workspace")).toEqual([]);
    expect(found(idp.pem, "google-workspace")).toEqual(["error key.algorithm_not_accepted"]);
    expect(found(idp.pem, "upload")).toEqual([]);
    expect(found(idp.pem, { keyAlgorithms: ["EC", "Ed25519"] })).toEqual([]);
    const [finding] = validateCertificate(idp.pem, {
      now: START,
      policy: "google-workspace",
    }).findings;
    expect(finding?.message).toBe("The key is EC; the consumer accepts RSA and DSA only.");
    expect(POLICIES["google-workspace"].rules["key.dsa"]).toBe("warning");
  });

  test("a pool of Google Cloud accepts a certificate that begins within a week", async () => {
    const { pem } = await createTestCertificate({ notBefore: START });
    const at = (now: number, policy: PolicyOption): string[] =>
      validateCertificate(pem, { now, policy })
        .findings.filter(({ severity }) => severity === "error")
        .map(({ code }) => code);
    expect(at(START - 7 * DAY, "upload")).toEqual(["validity.not_yet_valid"]);
    expect(at(START - 7 * DAY, "google-workforce-25y")).toEqual([]);
    expect(at(START - 7 * DAY - 1, "google-workforce-25y")).toEqual(["validity.not_yet_valid"]);
  });

  test("the policy decides when a certificate expires soon's day on, as the state is", () => {
    const policy = { expiringDays: 45 };
    expect(codes(END - 45 * DAY - 1, { policy })).toEqual([]);
    expect(codes(END - 40 * DAY, { policy })).toEqual(["validity.expires_soon"]);
    expect(certificateState(idp.certificate, END - 40 * DAY, policy)).toBe("expiring");
    expect(codes(END - 40 * DAY)).toEqual([]);
  });

  test("policies name only codes that exist, and survive JSON", () => {
    const known = Object.keys(certificateCodes);
    expect(JSON.parse(JSON.stringify(POLICIES))).toEqual(POLICIES);
    for (const { rules } of Object.values(POLICIES)) {
      for (const code of Object.keys(rules)) expect(known).toContain(code);
    }
  });

  test("an unknown policy is a RangeError", () => {
    expect(() => validateCertificate(idp.pem, { policy: "nope" as never })).toThrow(RangeError);
  });

  test("every code has a message and a hint", () => {
    for (const [code, [, message, hint]] of Object.entries(certificateCodes)) {
      expect(code).toMatch(/^[a-z0-9]+\.[a-z0-9_]+$/);
      expect(message, code).toMatch(/\.$/);
      for (const text of typeof hint === "string" ? [hint] : Object.values(hint)) {
        expect(text, code).toMatch(/\.$/);
      }
    }
  });
});

describe("findings about stored certificates", () => {
  test("the same certificate, the same key, a gap, a shorter life", async () => {
    const existing = [idp.certificate];
    expect(codes(START, { existing })).toEqual(["upload.same_as_existing"]);
    const renewed = await createTestCertificate({
      sameKeyAs: idp,
      notBefore: END + 1,
      notAfter: END + DAY * 90,
    });
    expect(sameKey(renewed.certificate, idp.certificate)).toBe(true);
    expect(sameCertificate(renewed.certificate, idp.certificate)).toBe(false);
    const found = (pem: string): string[] =>
      validateCertificate(pem, { now: START, existing }).findings.map(({ code }) => code);
    expect(found(renewed.pem)).toEqual([
      "validity.not_yet_valid",
      "upload.no_overlap_with_current",
      "upload.same_key_new_cert",
    ]);
    const older = await createTestCertificate({ notBefore: START, notAfter: END - DAY });
    expect(found(older.pem)).toEqual(["upload.shorter_life"]);
  });

  test("a provider's form", () => {
    expect(toSsoCertificate(idp.certificate)).toEqual({
      public_certificate: idp.pem,
      not_before: START,
      not_after: END,
    });
  });
});

describe("bundles", () => {
  test("are ordered from the leaf to the root, with duplicates and unrelated certificates named", async () => {
    const root = await createTestCertificate({ subject: { CN: "root" } });
    const middle = await createTestCertificate({ subject: { CN: "middle" }, issuer: root });
    const leaf = await createTestCertificate({ subject: { CN: "leaf" }, issuer: middle });
    const stranger = await createTestCertificate({
      subject: { CN: "stranger" },
      issuer: await createTestCertificate({ subject: { CN: "elsewhere" } }),
    });
    const alone = await createTestCertificate({ subject: { CN: "alone" } });
    const given = [root, stranger, leaf, alone, middle, leaf].map(({ certificate }) => certificate);
    const ordered = orderBundle(given).map(({ role, certificate }) => [
      role,
      certificate.subject.text,
    ]);
    expect(ordered).toEqual([
      ["unrelated", "CN=stranger"],
      ["leaf", "CN=leaf"],
      ["intermediate", "CN=middle"],
      ["root", "CN=root"],
      ["self-signed", "CN=alone"],
      ["duplicate", "CN=leaf"],
    ]);
    const report = validateCertificate(leaf.pem + root.pem + stranger.pem, { now: START });
    expect(report.findings[0]?.code).toBe("pem.multiple_certificates");
    expect(report.findings[0]?.message).toContain("unrelated CN=leaf");
  });
});

describe("certificate signing requests", () => {
  test("are read, and matched with the certificate by the key", async () => {
    const key = createPrivateKey(idp.privateKeyPem);
    const info = sequence(
      integer(0),
      sequence(set(sequence(oid("2.5.4.3"), utf8String("idp")))),
      createPublicKey(key).export({ type: "spki", format: "der" }),
      element(0xa0),
    );
    const algorithm = sequence(oid("1.2.840.10045.4.3.2"));
    const der = sequence(info, algorithm, bitString(sign("sha256", info, key)));
    const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.from(der).toString("base64")}\n-----END CERTIFICATE REQUEST-----\n`;
    for (const input of [der, pem]) {
      expect(await readCertificateRequest(input)).toEqual({
        subject: "CN=idp",
        publicKeyAlgorithm: "ECDSA",
        spkiSha256: idp.certificate.publicKey.spkiSha256,
        signatureValid: true,
      });
    }
    expect(() => parseCertificate(pem)).toThrow(expect.objectContaining({ code: "kind.csr" }));
    await expect(readCertificateRequest(idp.pem)).rejects.toThrow(
      expect.objectContaining({ code: "request.malformed" }),
    );
  });
});
