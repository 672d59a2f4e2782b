import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { toPeculiar, verifySelfSignature } from "../../src/certificates/index.ts";
import { createTestCertificate, type TestKeyAlgorithm } from "../../src/testing/certificate.ts";

describe("createTestCertificate", () => {
  const algorithms: readonly TestKeyAlgorithm[] = [
    "P-256",
    "P-384",
    "P-521",
    "RSA-2048",
    "Ed25519",
  ];
  it.each(algorithms)(
    "makes a certificate with a %s key that its own key signed",
    async (keyAlgorithm) => {
      const { certificate, pem } = await createTestCertificate({
        keyAlgorithm,
        subject: { CN: "idp", O: "Example, Inc." },
      });
      const node = new X509Certificate(pem);
      expect(node.verify(node.publicKey)).toBe(true);
      expect(node.fingerprint256.replaceAll(":", "").toLowerCase()).toBe(
        certificate.fingerprint.sha256,
      );
      expect(node.fingerprint.replaceAll(":", "").toLowerCase()).toBe(certificate.fingerprint.sha1);
      expect(Date.parse(node.validTo) / 1000).toBe(certificate.notAfter.unixSeconds);
      expect(node.toString()).toBe(pem);
      expect(certificate.subject.text).toBe("O=Example\\, Inc.,CN=idp");
      expect(await verifySelfSignature(certificate)).toBe(true);
      expect((await toPeculiar(certificate)).subject).toContain("CN=idp");
    },
  );

  it("renews with the same key, takes a key, an issuer, dates and a serial number", async () => {
    const ca = await createTestCertificate({ subject: { CN: "CA" } });
    const renewed = await createTestCertificate({ sameKeyAs: ca });
    expect(renewed.certificate.publicKey.spkiSha256).toBe(ca.certificate.publicKey.spkiSha256);
    const leaf = await createTestCertificate({
      issuer: ca,
      notBefore: 0,
      notAfter: new Date("2060-01-01T00:00:00Z"),
      serialNumber: "ff",
      version: 1,
    });
    expect(leaf.certificate.issuer.text).toBe("CN=CA");
    expect(leaf.certificate.notBefore.iso).toBe("1970-01-01T00:00:00Z");
    expect(leaf.certificate.notAfter.raw).toBe("20600101000000Z");
    expect(leaf.certificate.serialNumber).toBe("00ff");
    expect(leaf.certificate.version).toBe(1);
    expect(new X509Certificate(leaf.pem).verify(new X509Certificate(ca.pem).publicKey)).toBe(true);
    expect(await verifySelfSignature(leaf.certificate)).toBe(false);
  });
});
