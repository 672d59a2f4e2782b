import { expect, test } from "vitest";
import { validateCertificate } from "../../src/certificates/index.ts";
import { createTestCertificate } from "../../src/testing/certificate.ts";

/** What is left of `\n` after its backslash is lost is a letter of base64, too. */
test("letters that stand for line breaks are told from the same letters in the lines", async () => {
  const { pem, derBase64 } = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
  const lines = pem.trimEnd().split("\n");
  const letters = lines.slice(2, -1).flatMap((line) => [line.charAt(0), line.slice(0, 2)]);
  for (const letter of new Set([...letters, "n", "rn", "/n"])) {
    const { certificate } = validateCertificate(lines.join(letter), { now: 0 });
    expect(certificate?.derBase64 ?? derBase64, letter).toBe(derBase64);
  }
  expect(validateCertificate(lines.join("n"), { now: 0 }).certificate?.derBase64).toBe(derBase64);
});
