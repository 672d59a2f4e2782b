import { describe, expect, test } from "vitest";
import { COMMON_OIDS, oidText } from "../../src/certificates/der/oid.ts";
import { parseCertificate } from "../../src/certificates/index.ts";
import { CertificateError } from "../../src/core/errors.ts";
import { createTestCertificate } from "../../src/testing/certificate.ts";

describe("the table of common identifiers", () => {
  test("gives for each key the text that reading its bytes gives", () => {
    expect(COMMON_OIDS.size).toBeGreaterThan(30);
    for (const [latin1, text] of COMMON_OIDS) {
      const bytes = Buffer.from(latin1, "latin1");
      expect(oidText(bytes, 0, bytes.length)).toBe(text);
    }
  });

  test.each([
    ["2a864886f70d01010b", "1.2.840.113549.1.1.11"],
    ["550403", "2.5.4.3"],
    ["883703", "2.999.3"],
    ["2a", "1.2"],
    ["2a88808080808080808001", "1.2.73786976294838206465"],
  ])("reads %s", (hex, text) => {
    const bytes = Buffer.from(hex, "hex");
    expect(oidText(bytes, 0, bytes.length)).toBe(text);
  });
});

describe("bytes after an element", () => {
  test.each([
    [1, "1 byte follows the end of an element."],
    [2, "2 bytes follow the end of an element."],
  ])("are counted: %i", async (count, words) => {
    const { derBase64 } = await createTestCertificate();
    const der = Buffer.concat([Buffer.from(derBase64, "base64"), Buffer.alloc(count)]);
    expect(() => parseCertificate(der)).toThrow(CertificateError);
    expect(() => parseCertificate(der)).toThrow(words);
  });
});
