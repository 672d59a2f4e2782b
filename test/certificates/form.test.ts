import { describe, expect, test } from "vitest";
import { fieldMessages, validateCertificate } from "../../src/certificates/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";

describe("fieldMessages", () => {
  test("returns no message for a usable certificate", async () => {
    const { pem } = await createTestCertificate({});
    expect(fieldMessages(validateCertificate(pem, { now: new Date() }))).toEqual([]);
  });

  test("names the place, the fault and the remedy", async () => {
    const { pem } = await createTestCertificate({});
    const lines = pem.split("\n");
    lines[2] = `${lines[2]?.slice(0, 5)}*${lines[2]?.slice(6)}`;
    const report = validateCertificate(lines.join("\n"), { now: new Date() });
    const [first] = fieldMessages(report);
    const [finding] = report.findings;
    expect(first).toEqual({
      severity: "error",
      code: finding?.code,
      text: `Line 3, column 6: ${finding?.message} ${finding?.hint}`,
    });
  });

  test("fieldMessages gives the advice for a form where it differs from the library's", () => {
    const report = validateCertificate("/etc/ssl/certs/idp.pem", { now: new Date() });
    expect(report.findings[0]?.hint).toBe("Pass the content of the file.");
    expect(fieldMessages(report)[0]?.text).toMatch(/ Paste or upload the content of the file\.$/);
  });

  test("never repeats a private key", async () => {
    const { pem, privateKeyPem } = await createTestCertificate({});
    const messages = fieldMessages(validateCertificate(`${pem}${privateKeyPem}`));
    expect(messages[0]?.severity).toBe("error");
    const secret = privateKeyPem.split("\n")[1] ?? "";
    expect(JSON.stringify(messages)).not.toContain(secret);
  });
});
