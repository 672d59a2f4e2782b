import { beforeAll, describe, expect, test } from "vitest";
import { parseCertificate, validateCertificate } from "../../../src/certificates/index.ts";
import { createTestCertificate } from "../../../src/testing/certificate.ts";
import { CONFIG } from "./config.ts";
import { MAIL } from "./mail.ts";
import { SOURCES } from "./sources.ts";
import { TERMINAL } from "./terminal.ts";
import { TRANSPORT } from "./transport.ts";
import { TYPOGRAPHY } from "./typography.ts";

const pems: string[] = [];

beforeAll(async () => {
  // Each of the three paddings, and a key of the usual kind.
  for (const CN of ["idp", "idp.", "idp.e"]) {
    pems.push((await createTestCertificate({ subject: { CN } })).pem);
  }
  pems.push((await createTestCertificate({ keyAlgorithm: "RSA-2048" })).pem);
});

describe.each([
  ["mail, chat and tickets", MAIL],
  ["typography and documents", TYPOGRAPHY],
  ["terminals", TERMINAL],
  ["configuration", CONFIG],
  ["source code", SOURCES],
  ["what is sent", TRANSPORT],
] as const)("a certificate is read out of %s", (_, manglings) => {
  test.each(manglings.map((mangling) => [mangling.name, mangling] as const))(
    "%s",
    (_name, { code, mangle }) => {
      for (const pem of pems) {
        const mangled = mangle(pem);
        const report = validateCertificate(mangled, { now: new Date() });
        const said = [...report.findings, ...report.repairs].map((one) => one.code);
        expect({ said, pem: report.certificate?.pem }).toEqual({ said, pem });
        expect(report.ok).toBe(true);
        if (code !== undefined && mangled !== pem) expect(said).toContain(code);
        expect(parseCertificate(mangled, { repair: true }).pem).toBe(pem);
      }
    },
  );
});
