import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { validateCertificate } from "../../src/certificates/index.ts";
import { createTestCertificate } from "../../src/testing/certificate.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);

const now = new Date("2026-01-01T00:00:00Z");
const { pem } = await createTestCertificate({
  keyAlgorithm: "RSA-2048",
  subject: { CN: "name-of-a-test" },
  notBefore: now,
});
const der = Buffer.from(pem.replace(/-----.*-----|\s/g, ""), "base64");

/** The same certificate with the tag of each of its common names changed. */
function renamed(tag: number): Buffer {
  const bytes = Buffer.from(der);
  const value = Buffer.from("name-of-a-test");
  for (let at = bytes.indexOf(value); at >= 0; at = bytes.indexOf(value, at + 1)) {
    bytes[at - 2] = tag;
    // The first byte of a BIT STRING counts its unused bits.
    if (tag === 0x03) bytes[at] = 0;
  }
  return bytes;
}

/** The program and not the runtime, which may be built on another library. */
function opensslReads(bytes: Buffer): boolean {
  const args = ["x509", "-inform", "DER", "-noout", "-pubkey"];
  return spawnSync("openssl", args, { input: bytes }).status === 0;
}

const errorsOf = (bytes: Buffer): readonly string[] =>
  validateCertificate(bytes, { now })
    .findings.filter(({ severity }) => severity === "error")
    .map(({ code }) => code);

describe.skipIf(openssl.missing)(
  `validateCertificate reports an error for names that OpenSSL refuses${openssl.note}`,
  () => {
    // X.680 8.4, the universal tags in use, and a context-specific one.
    const tags = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x12, 0x13, 0x14, 0x15, 0x16];
    it.each([...tags, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x80])("a common name of tag %i", (tag) => {
      const bytes = renamed(tag);
      if (opensslReads(bytes)) expect(errorsOf(bytes)).not.toContain("der.string_type");
      else expect(errorsOf(bytes)).not.toEqual([]);
    });

    it("a NULL with content, as the parameters of the key", () => {
      const algorithm = Buffer.from("300d06092a864886f70d0101010500", "hex");
      const at = der.indexOf(algorithm);
      const longer = Buffer.from("300e06092a864886f70d010101050100", "hex");
      const bytes = Buffer.concat([
        der.subarray(0, at),
        longer,
        der.subarray(at + algorithm.length),
      ]);
      // The certificate, its tbsCertificate and the subjectPublicKeyInfo are one byte longer.
      for (const header of [0, 4, at - 4])
        bytes.writeUInt16BE(bytes.readUInt16BE(header + 2) + 1, header + 2);
      expect(opensslReads(bytes)).toBe(false);
      expect(errorsOf(bytes)).toContain("der.null_content");
    });
  },
);
