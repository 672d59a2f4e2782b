import { createPrivateKey, X509Certificate } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { POLICIES, type PolicyName, validateCertificate } from "../../src/certificates/index.ts";
import { isSamlCertError } from "../../src/core/errors.ts";
import {
  createSigningKey,
  type KeyAlgorithm,
  type KeyUse,
  keyMatches,
  type SigningKeyOptions,
} from "../../src/keys/index.ts";
import { fc } from "../support/property.ts";
import { leaksOf, quickKey } from "./support.ts";

const now = 1_800_000_000;
const DAY = 86_400;

async function codeOf(options: Partial<SigningKeyOptions>): Promise<string> {
  try {
    await quickKey(options);
    return "made";
  } catch (error) {
    return isSamlCertError(error) ? error.code : String(error);
  }
}

const CASES: readonly (readonly [KeyAlgorithm, KeyUse, string])[] = [
  ["rsa-2048", "signing", "RSA 2048"],
  ["rsa-3072", "both", "RSA 3072"],
  ["rsa-4096", "signing", "RSA 4096"],
  ["p256", "signing", "EC P-256"],
  ["p384", "signing", "EC P-384"],
];

describe("createSigningKey", () => {
  test.each(CASES)("makes %s for %s that passes every rule", async (algorithm, use, kind) => {
    const made = await createSigningKey({ commonName: "sp.example.com", algorithm, use, now });
    const { publicKey, pem, version } = made.certificate;
    expect(`${publicKey.algorithm} ${publicKey.curve ?? publicKey.bits}`).toBe(kind);
    expect(version).toBe(3);
    for (const policy of Object.keys(POLICIES) as PolicyName[]) {
      const report = validateCertificate(pem, { now, policy });
      // It is meant to be self-signed, and Google documents that it takes no EC keys.
      const meant = [
        "sig.self_issued",
        ...(kind.startsWith("EC") ? ["key.algorithm_not_accepted"] : []),
      ];
      const others = report.findings.filter(({ code }) => !meant.includes(code));
      expect(others, policy).toEqual([]);
    }
    expect(keyMatches(made.certificate, made.privateKey)).toBe(true);
  });

  test("makes an RSA key of 3072 bits for signing by default", async () => {
    const { certificate } = await createSigningKey({ commonName: "sp" });
    expect(certificate.publicKey.bits).toBe(3072);
    const usage = certificate.extensions.find(({ oid }) => oid === "2.5.29.15");
    expect(usage).toMatchObject({ critical: true, value: ["digitalSignature"] });
  });

  test("marks a key for encryption with keyEncipherment alone", async () => {
    const { certificate } = await quickKey({ algorithm: "rsa-2048", use: "encryption" });
    const usage = certificate.extensions.find(({ oid }) => oid === "2.5.29.15");
    expect(usage?.value).toEqual(["keyEncipherment"]);
  });

  test("dates the certificate from an hour ago until the given days from now", async () => {
    const { notBefore, notAfter } = (await quickKey({ days: 30, now })).certificate;
    expect(notBefore.unixSeconds).toBe(now - 3600);
    expect(notAfter.unixSeconds).toBe(now + 30 * DAY);
  });

  test("writes dates after 2049 as GeneralizedTime", async () => {
    const { notAfter } = (await quickKey({ days: 36_525, now })).certificate;
    expect(notAfter.raw).toMatch(/^2127\d{10}Z$/);
  });

  test("draws serial numbers of 20 bytes, positive, never the same", async () => {
    const made = await Promise.all(Array.from({ length: 50 }, () => quickKey()));
    const serials = made.map(({ certificate }) => certificate.serialNumber);
    expect(new Set(serials).size).toBe(50);
    expect(serials.filter((serial) => !/^[4-7][\da-f]{39}$/i.test(serial))).toEqual([]);
  });

  test("encrypts the key with a passphrase", async () => {
    const { privateKey } = await quickKey({ passphrase: "correct horse" });
    expect(privateKey).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    expect(() => createPrivateKey(privateKey)).toThrow();
    const key = createPrivateKey({ key: privateKey, passphrase: "correct horse" });
    expect(key.asymmetricKeyType).toBe("ec");
  });

  test("writes each subject that it takes, so that it is read as it was given", async () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(name, fc.constantFrom("O", "OU", "L", "ST"), async (text, type) => {
        fc.pre(text.trim() !== "" && !/\p{Cc}|\p{Cs}/u.test(text) && [...text].length <= 64);
        const { certificate } = await quickKey({ subject: { CN: "sp", [type]: text } });
        const found = certificate.subject.attributes.map(({ value }) => value);
        expect(found).toEqual([text, "sp"]);
        expect(new X509Certificate(certificate.pem).subject).toContain("CN=sp");
      }),
      { numRuns: 40 },
    );
  });

  test("reads a subject in the order of RFC 4514", async () => {
    const { certificate } = await quickKey({ subject: "CN=a\\, b, OU=x, O=Example, C=CH" });
    expect(certificate.subject.text).toBe("CN=a\\, b,OU=x,O=Example,C=CH");
    const same = await quickKey({ subject: { C: "CH", O: "Example", CN: "a, b", OU: "x" } });
    expect(same.certificate.subject.text).toBe(certificate.subject.text);
  });

  test.each([
    ["keys.subject", { subject: "" }],
    ["keys.subject", { subject: "sp.example.com" }],
    ["keys.subject", { subject: { CN: " " } }],
    ["keys.subject", { subject: { CN: "x".repeat(65) } }],
    ["keys.subject", { subject: { CN: "a\nb" } }],
    ["keys.subject", { subject: { CN: "a", C: "Switzerland" } }],
    ["keys.subject", { subject: "CN=a, serialNumber=1" }],
    ["keys.days", { days: 0 }],
    ["keys.days", { days: 1.5 }],
    ["keys.days", { days: 36_526 }],
    ["keys.days", { days: Number.NaN }],
    ["keys.use", { use: "encryption" }],
    ["keys.use", { use: "both" }],
    ["keys.passphrase_empty", { passphrase: "" }],
  ] as const)("throws %s for %o", async (code, options) => {
    expect(await codeOf(options)).toBe(code);
  });

  test("takes exactly one of commonName and subject", async () => {
    const both = createSigningKey({ commonName: "a", subject: "CN=a" });
    await expect(both).rejects.toThrow("either commonName or subject");
    await expect(createSigningKey({})).rejects.toThrow("either commonName or subject");
  });

  test("leaves the key out of inspect and JSON", async () => {
    const made = await quickKey();
    const shown = [inspect(made), JSON.stringify(made), JSON.stringify({ ...made }), String(made)];
    expect(leaksOf(shown.join("\n"), [made.privateKey])).toEqual([]);
    expect(made.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });
});
