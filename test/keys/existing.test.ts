import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readCertificateRequest, validateCertificate } from "../../src/certificates/index.ts";
import {
  createCertificate,
  createCertificateRequest,
  keyMatches,
  readPrivateKey,
} from "../../src/keys/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";
import { quickKey } from "./support.ts";

const now = 1_800_000_000;

describe("createCertificate", () => {
  test("renews with the same key, subject and use, and a new serial number", async () => {
    const old = await quickKey({
      ...{ subject: "CN=sp, O=Example", algorithm: "rsa-2048", use: "both" },
      now: now - 1_000_000,
    });
    const { privateKey } = old;
    const renewed = await createCertificate({ privateKey, renews: old.certificate, days: 10, now });
    expect(renewed.publicKey.spkiSha256).toBe(old.certificate.publicKey.spkiSha256);
    expect(renewed.subject.text).toBe(old.certificate.subject.text);
    const usages = [old.certificate, renewed].map(({ extensions }) =>
      extensions.find(({ oid }) => oid === "2.5.29.15"),
    );
    expect(usages[1]).toEqual(usages[0]);
    expect(renewed.serialNumber).not.toBe(old.certificate.serialNumber);
    expect(validateCertificate(renewed.pem, { now }).ok).toBe(true);
    expect(renewed.notAfter.unixSeconds).toBe(now + 10 * 86_400);
  });

  test("keeps a subject that it cannot make itself", async () => {
    const made = await createTestCertificate({ subject: { CN: "ä".repeat(80) } });
    const { pem: renews, privateKeyPem: privateKey } = made;
    const renewed = await createCertificate({ privateKey, renews });
    expect(renewed.subject.text).toBe(made.certificate.subject.text);
  });

  test("makes a first certificate for a key of any form", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    const certificate = await createCertificate({ privateKey, commonName: "sp" });
    expect(keyMatches(certificate, privateKey)).toBe(true);
    expect(certificate.signatureAlgorithm.name).toMatch(/SHA-?384/i);
  });

  test("refuses to renew the certificate of another key: keys.mismatch", async () => {
    const [a, b] = [await quickKey(), await quickKey()];
    const call = createCertificate({ privateKey: a.privateKey, renews: b.certificate });
    await expect(call).rejects.toMatchObject({ code: "keys.mismatch" });
  });

  test.each([
    ["RSA with 1024 bits", generateKeyPairSync("rsa", { modulusLength: 1024 })],
    ["Ed25519", generateKeyPairSync("ed25519")],
    ["P-521", generateKeyPairSync("ec", { namedCurve: "P-521" })],
  ] as const)("refuses a key of kind %s: keys.algorithm", async (_, { privateKey }) => {
    const call = createCertificate({ privateKey, commonName: "sp" });
    await expect(call).rejects.toMatchObject({ code: "keys.algorithm" });
  });

  test("refuses a public key", async () => {
    const { publicKey } = generateKeyPairSync("ed25519");
    const call = createCertificate({ privateKey: publicKey, commonName: "sp" });
    await expect(call).rejects.toThrow(TypeError);
  });
});

describe("createCertificateRequest", () => {
  test.each(["rsa-2048", "p256", "p384"] as const)("makes a request with %s", async (algorithm) => {
    const { privateKey, certificate } = await quickKey({ algorithm, passphrase: "secret" });
    const options = { privateKey, passphrase: "secret", subject: "CN=sp, O=Example" };
    const request = await readCertificateRequest(await createCertificateRequest(options));
    expect(request.signatureValid).toBe(true);
    expect(request.spkiSha256).toBe(certificate.publicKey.spkiSha256);
    expect(request.subject).toContain("CN=sp");
  });
});

describe("keyMatches", () => {
  test("compares a certificate with keys in every form", async () => {
    const [own, other] = [await quickKey({ algorithm: "rsa-2048" }), await quickKey()];
    const key = readPrivateKey(own.privateKey);
    const der = key.export({ type: "pkcs1", format: "der" });
    for (const form of [own.privateKey, key, der]) {
      expect(keyMatches(own.certificate, form)).toBe(true);
      expect(keyMatches(own.certificate.pem, form)).toBe(true);
      expect(keyMatches(other.certificate, form)).toBe(false);
    }
  });

  test("leaves nothing behind that refuses the next key", async () => {
    const [own, other] = [await quickKey({ algorithm: "rsa-2048" }), await quickKey()];
    const pem = readPrivateKey(own.privateKey).export({ type: "pkcs1", format: "pem" });
    expect(keyMatches(other.certificate, own.privateKey)).toBe(false);
    expect(createPrivateKey(pem).type).toBe("private");
  });

  test("reads an encrypted key with its passphrase", async () => {
    const passphrase = "correct horse";
    const { privateKey, certificate } = await quickKey({ passphrase });
    expect(keyMatches(certificate, privateKey, { passphrase })).toBe(true);
    expect(() => keyMatches(certificate, privateKey)).toThrow("encrypted");
  });
});
