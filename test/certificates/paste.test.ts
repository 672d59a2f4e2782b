import { beforeAll, describe, expect, test } from "vitest";
import { parseCertificate, validateCertificate } from "../../src/certificates/index.ts";
import { CertificateError } from "../../src/core/errors.ts";
import {
  createTestCertificate,
  type TestCertificateOptions,
} from "../../src/testing/certificate.ts";
import { BINARY_TEXTS, BYTE_SPELLINGS } from "./support/byte-spellings.ts";
import { LINE_DEBRIS } from "./support/line-debris.ts";
import { REPAIRABLE } from "./support/manglings.ts";
import { expectRepaired } from "./support/repaired.ts";

const ALL = [...REPAIRABLE, ...BYTE_SPELLINGS, ...BINARY_TEXTS, ...LINE_DEBRIS];

const pems: string[] = [];

/** A certificate whose base64 has both letters that manglings change; about one in 200 lacks one. */
async function pemWithEveryLetter(options: TestCertificateOptions): Promise<string> {
  for (;;) {
    const { pem, derBase64 } = await createTestCertificate(options);
    if (derBase64.includes("+") && derBase64.includes("/")) return pem;
  }
}

beforeAll(async () => {
  // Sizes that need each of the three paddings, and letters that differ in base64url.
  for (const CN of ["idp", "idp.", "idp.e", "a much longer name of an identity provider"]) {
    pems.push(await pemWithEveryLetter({ subject: { CN } }));
  }
  // Bytes that look like an escape where bytes are written as text.
  pems.push(await pemWithEveryLetter({ subject: { CN: "\\x30\\u0030\\060" } }));
  pems.push(await pemWithEveryLetter({ keyAlgorithm: "RSA-2048" }));
});

test("the marks of quoted lines are not counted as left-out text", () => {
  for (const pem of pems) {
    const { findings, repairs } = validateCertificate(pem.replaceAll(/^(?=.)/gm, "> "), {
      now: new Date(),
    });
    expect(repairs.map(({ code }) => code)).toEqual(["pem.quoted_lines"]);
    expect(findings.filter(({ code }) => code.startsWith("pem."))).toEqual([]);
  }
});

test.each([undefined, null, 42, true, {}, [1, 2], new ArrayBuffer(8), () => "x"])(
  "what is neither text nor bytes is reported, not thrown as a TypeError: %s",
  (input) => {
    const report = validateCertificate(input as never, { now: 0 });
    expect(report.ok).toBe(false);
    expect(report.findings[0]?.code).toBe(input == null ? "input.empty" : "input.not_certificate");
    expect(() => parseCertificate(input as never)).toThrow(CertificateError);
  },
);

describe("a damaged paste is repaired to the same bytes", () => {
  test.each(ALL.map((mangling) => [mangling.name, mangling] as const))("%s", (_, mangling) =>
    expectRepaired(pems, mangling),
  );
});
