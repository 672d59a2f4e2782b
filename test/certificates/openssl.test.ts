import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parseCertificate, validateCertificate } from "../../src/certificates/index.ts";
import type { Certificate } from "../../src/certificates/types.ts";
import { isSamlCertError } from "../../src/core/errors.ts";
import { createTestCertificate } from "../../src/testing/certificate.ts";
import { fc } from "../support/property.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
/** More of them, for a long run: `SAMLCERT_MUTANTS=50000`. */
const MUTANTS = Number(process.env["SAMLCERT_MUTANTS"] ?? 400);

function parseOrUndefined(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (isSamlCertError(error)) return undefined;
    throw error;
  }
}

/** `notBefore=Nov 21 23:15:11 2026 GMT` as unix seconds; undefined where OpenSSL finds no date. */
function opensslDates(pem: string): readonly (number | undefined)[] {
  const { stdout } = spawnSync("openssl", ["x509", "-noout", "-dates"], {
    input: pem,
    encoding: "utf8",
  });
  return stdout
    .trim()
    .split("\n")
    .map((line) => {
      const [, month, day, time, year = ""] = /=(\w+) +(\d+) ([\d:]+) (\d+) GMT/.exec(line) ?? [];
      if (month === undefined) return undefined;
      // `Date.parse` reads the years 0 to 99 as 1900 to 1999 unless they have six digits.
      const number = new Date(`${month} 1 2000 00:00:00 GMT`).getUTCMonth() + 1;
      const two = (value: string | number | undefined): string => String(value).padStart(2, "0");
      return Date.parse(`+${year.padStart(6, "0")}-${two(number)}-${two(day)}T${time}Z`) / 1000;
    });
}

describe.skipIf(openssl.missing)(`against OpenSSL${openssl.note}`, () => {
  let ders: Uint8Array[] = [];

  beforeAll(async () => {
    const made = [
      await createTestCertificate({ keyAlgorithm: "RSA-2048" }),
      await createTestCertificate({
        notAfter: 2_600_000_000,
        subject: { CN: "idp", O: "A", C: "US" },
      }),
    ];
    ders = made.map(({ derBase64 }) => Uint8Array.from(Buffer.from(derBase64, "base64")));
  });

  test(
    `${MUTANTS} mutants: where both read a certificate, both read the same dates`,
    () => {
      let seed = 42;
      const random = (below: number): number => {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor((seed / 2 ** 32) * below);
      };
      let compared = 0;
      for (let i = 0; i < MUTANTS; i++) {
        const mutant = Uint8Array.from(ders[i % ders.length] as Uint8Array);
        // Half of the mutations hit the validity and what is around it.
        const dates = Buffer.from(mutant).indexOf(Uint8Array.of(0x17, 0x0d));
        for (let n = random(3); n >= 0; n--) {
          const at = random(2) === 0 ? dates + random(34) : random(mutant.length);
          mutant[at] = random(3) === 0 ? random(256) : 0x30 + random(10);
        }
        const certificate = parseOrUndefined(mutant);
        if (certificate === undefined) continue;
        const [notBefore, notAfter] = opensslDates(certificate.pem);
        // OpenSSL refuses some that can be read, for their keys and strings.
        if (notBefore === undefined) continue;
        expect([certificate.notBefore.unixSeconds, certificate.notAfter.unixSeconds]).toEqual([
          notBefore,
          notAfter,
        ]);
        compared++;
      }
      expect(compared).toBeGreaterThan(MUTANTS / 20);
    },
    60_000 + MUTANTS * 20,
  );

  test("the strict PEM is byte for byte what OpenSSL writes", () => {
    for (const der of ders) {
      const { stdout } = spawnSync("openssl", ["x509", "-inform", "DER"], {
        input: der,
        encoding: "utf8",
      });
      expect(parseCertificate(der).pem).toBe(stdout);
    }
  });

  test("names and serial numbers are those of OpenSSL", () => {
    for (const der of ders) {
      const args = [
        "x509",
        "-inform",
        "DER",
        "-noout",
        "-subject",
        "-serial",
        "-nameopt",
        "RFC2253",
      ];
      const { stdout } = spawnSync("openssl", args, { input: der, encoding: "utf8" });
      const { subject, serialNumber } = parseCertificate(der);
      expect(stdout).toContain(`subject=${subject.text}\n`);
      expect(stdout.toLowerCase()).toContain(`serial=${serialNumber}`);
    }
  });

  test("PKCS#7 and TRUSTED CERTIFICATE of OpenSSL are read", () => {
    const folder = mkdtempSync(join(tmpdir(), "samlcert-openssl-"));
    try {
      const { pem } = parseCertificate(ders[0] as Uint8Array);
      const file = join(folder, "cert.pem");
      writeFileSync(file, pem);
      const p7 = spawnSync("openssl", ["crl2pkcs7", "-nocrl", "-certfile", file], {
        encoding: "utf8",
      }).stdout;
      const trusted = spawnSync(
        "openssl",
        ["x509", "-in", file, "-trustout", "-addtrust", "serverAuth"],
        { encoding: "utf8" },
      ).stdout;
      for (const [text, code] of [
        [p7, "kind.pkcs7_bundle"],
        [trusted, "kind.trusted_certificate"],
      ] as const) {
        const report = validateCertificate(text, { now: new Date() });
        expect(report.repairs.map((repair) => repair.code)).toContain(code);
        expect(report.certificate?.pem).toBe(pem);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("properties", () => {
  test("no text makes validateCertificate throw", () => {
    const pieces = fc.constantFrom(
      "-----BEGIN ",
      "CERTIFICATE-----\n",
      "-----END ",
      "MII",
      "\\n",
      "&#10;",
      "%0A",
      "\uFEFF",
      "<X509Certificate>",
      '"kty"',
      "PRIVATE KEY",
      "=",
      "\r\n",
      "> ",
    );
    const text = fc
      .array(fc.oneof(pieces, fc.string(), fc.base64String(), fc.string({ unit: "binary" })))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (input) => {
        const report = validateCertificate(input, { now: 1_800_000_000 });
        expect(report.ok).toBe(report.findings.every(({ severity }) => severity !== "error"));
        for (const { at } of report.findings)
          if (at?.line !== undefined) expect(at.line).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test("no bytes do, with or without the beginning of a certificate", async () => {
    const { derBase64 } = await createTestCertificate();
    const der = Uint8Array.from(Buffer.from(derBase64, "base64"));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(der.length), (bytes, keep) => {
        validateCertificate(bytes, { now: 1 });
        validateCertificate(Uint8Array.from([...der.subarray(0, keep), ...bytes]), { now: 1 });
      }),
      { numRuns: 500 },
    );
  });
});
