import { expect, test } from "vitest";
import { validateCertificate } from "../../src/certificates/index.ts";
import { createTestCertificate } from "../../src/testing/certificate.ts";

/** A `\n` that lost its backslash leaves a letter, which base64 uses too. */
test("letters instead of line breaks are told from the same letters in the lines", async () => {
  const { pem, derBase64 } = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
  const lines = pem.trimEnd().split("\n");
  const letters = lines.slice(2, -1).flatMap((line) => [line.charAt(0), line.slice(0, 2)]);
  const readings = [...new Set(letters)].map((letter) => {
    const { certificate } = validateCertificate(lines.join(letter), { now: 0 });
    return certificate?.derBase64;
  });
  // Other letters than those that a line break leaves may be refused; another certificate is wrong.
  expect(readings.filter((read) => read !== undefined && read !== derBase64)).toEqual([]);
  for (const letter of ["n", "rn", "/n"]) {
    const { certificate } = validateCertificate(lines.join(letter), { now: 0 });
    expect(certificate?.derBase64, letter).toBe(derBase64);
  }
});
