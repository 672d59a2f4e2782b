import { expect } from "vitest";
import { repairCertificate, validateCertificate } from "../../../src/certificates/index.ts";
import type { Mangling } from "./manglings.ts";

/** Each certificate is read from its damaged form, and every repair is named. */
export function expectRepaired(pems: readonly string[], { code, mangle }: Mangling): void {
  for (const pem of pems) {
    const mangled = mangle(pem);
    const report = validateCertificate(mangled, { now: new Date() });
    const said = [...report.findings, ...report.repairs].map((one) => one.code);
    expect({ said, pem: report.certificate?.pem }).toEqual({ said, pem });
    expect(report.ok).toBe(true);
    // A mangling that this certificate has no letter for changes nothing.
    if (code !== undefined && mangled !== pem) expect(said).toContain(code);
    expect(repairCertificate(mangled).certificate.pem).toBe(pem);
  }
}
