import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { octetString, sequence } from "../../src/certificates/der/write.ts";
import {
  checkSelfSignature,
  parseCertificate,
  type ValidateOptions,
  validateCertificate,
} from "../../src/certificates/index.ts";
import { selfSignature } from "../../src/certificates/self-signature.ts";
import type { Certificate } from "../../src/certificates/types.ts";
import { createTestCertificate } from "../../src/testing/certificate.ts";
import { inFolder } from "../support/cli.ts";
import { requireCorpus, requireProgram } from "../support/require.ts";
import { agreements, corpusCertificates } from "./support/corpus.ts";

const NOW = new Date("2026-06-01T00:00:00Z");
const CODE = "sig.self_signature_invalid";

/** The certificate with one bit changed: in the serial number, which nothing else depends on. */
function changed({ derBase64, serialNumber }: Certificate): Buffer {
  const der = Buffer.from(derBase64, "base64");
  const at = der.indexOf(Buffer.from(serialNumber, "hex")) + serialNumber.length / 2 - 1;
  der.writeUInt8(der.readUInt8(at) ^ 1, at);
  return der;
}

const checkOf = (checks: readonly { readonly id: string }[]): object | undefined =>
  checks.find(({ id }) => id === CODE);

describe("validateCertificate verifies a self-signature", () => {
  test.each(["RSA-2048", "P-256", "P-384", "P-521", "Ed25519"] as const)(
    "%s: a certificate in which a bit was changed is refused as damaged",
    async (keyAlgorithm) => {
      const { certificate, pem } = await createTestCertificate({ keyAlgorithm, notBefore: NOW });
      const sound = validateCertificate(pem, { now: NOW });
      expect(checkOf(sound.checks)).toEqual({ id: CODE, status: "passed" });
      const broken = validateCertificate(changed(certificate), { now: NOW });
      expect(checkOf(broken.checks)).toEqual({ id: CODE, status: "failed" });
      expect(broken.findings[0]).toMatchObject({ code: CODE, severity: "error" });
      expect(broken.findings[0]?.message).toContain("damaged on the way");
      expect(broken.ok).toBe(false);
    },
  );

  test("a paste with two swapped lines is refused if it is still a certificate", async () => {
    const { pem } = await createTestCertificate({ keyAlgorithm: "RSA-4096", notBefore: NOW });
    const lines = pem.split("\n");
    // Both lie within the modulus, which any bytes fill.
    [lines[8], lines[9]] = [lines[9] as string, lines[8] as string];
    const report = validateCertificate(lines.join("\n"), { now: NOW });
    expect(report.certificate?.publicKey.bits).toBe(4096);
    expect(report.findings.map(({ code }) => code)).toContain(CODE);
    expect(report.ok).toBe(false);
  });

  test("the policy decides its severity, and whether it is checked", async () => {
    const { certificate } = await createTestCertificate({ notBefore: NOW });
    const under = (policy: ValidateOptions["policy"]) =>
      validateCertificate(changed(certificate), { now: NOW, policy });
    expect(under("installed").ok).toBe(true);
    expect(under("installed").findings.find(({ code }) => code === CODE)?.severity).toBe("warning");
    const off = under({ rules: { [CODE]: "off" } });
    expect(off.findings.map(({ code }) => code)).not.toContain(CODE);
    expect(checkOf(off.checks)).toMatchObject({ status: "skipped" });
  });
});

describe("checkSelfSignature", () => {
  test("leaves the verdict of validateCertificate as it is", async () => {
    const { certificate, pem } = await createTestCertificate({ notBefore: NOW });
    for (const input of [pem, changed(certificate)]) {
      const report = validateCertificate(input, { now: NOW });
      expect(await checkSelfSignature(report)).toEqual(report);
    }
  });

  test("verifies by Web Cryptography where there is no synchronous cryptography", async () => {
    const { certificate, pem } = await createTestCertificate({ notBefore: NOW });
    const [damaged] = [changed(certificate)];
    vi.resetModules();
    vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined as never);
    const elsewhere = await import("../../src/certificates/index.ts");
    const report = elsewhere.validateCertificate(pem, { now: NOW });
    expect(checkOf(report.checks)).toEqual({
      id: CODE,
      status: "skipped",
      reason: "this runtime cannot verify the signature",
    });
    const sound = await elsewhere.checkSelfSignature(report);
    expect(checkOf(sound.checks)).toEqual({ id: CODE, status: "passed" });
    const broken = await elsewhere.checkSelfSignature(
      elsewhere.validateCertificate(damaged, { now: NOW }),
    );
    expect(broken.ok).toBe(false);
    expect(broken.findings[0]?.code).toBe(CODE);
    vi.restoreAllMocks();
    vi.resetModules();
  });

  test("an ECDSA signature that is not two numbers is invalid, and does not throw", async () => {
    const { derBase64 } = await createTestCertificate({ notBefore: NOW });
    const der = Buffer.from(derBase64, "base64");
    // ECDSA-Sig-Value (RFC 5758, 3.2) is a SEQUENCE of 68 to 72 bytes at the end; this makes it a SET.
    der.writeUInt8(0x31, der.lastIndexOf(0x30, der.length - 68));
    const report = await checkSelfSignature(validateCertificate(der, { now: NOW }));
    expect(checkOf(report.checks)).toMatchObject({ status: "failed" });
  });

  test("a certificate that another key signed is not judged", async () => {
    const root = await createTestCertificate({ subject: { CN: "idp" }, notBefore: NOW });
    const keyId = (oid: string, value: Uint8Array): object => ({ oid, value });
    const rolled = await createTestCertificate({
      subject: { CN: "idp" },
      issuer: root,
      notBefore: NOW,
      extensions: [
        keyId("2.5.29.14", octetString(Uint8Array.of(2))),
        keyId("2.5.29.35", sequence(Uint8Array.of(0x80, 1, 1))),
      ] as never,
    });
    const leaf = await createTestCertificate({
      subject: { CN: "leaf" },
      issuer: root,
      notBefore: NOW,
    });
    for (const { pem } of [rolled, leaf]) {
      const report = await checkSelfSignature(validateCertificate(pem, { now: NOW }));
      expect(checkOf(report.checks)).toEqual({
        id: CODE,
        status: "skipped",
        reason: "another key signed it",
      });
    }
  });

  test("a report without a certificate stays unchanged", async () => {
    const report = await checkSelfSignature(validateCertificate("nonsense"));
    expect(report.ok).toBe(false);
    expect(checkOf(report.checks)).toMatchObject({ status: "skipped" });
  });
});

const openssl = requireProgram("openssl", ["version"]);

describe.skipIf(openssl.missing)(
  `a check that the runtime cannot do is reported as skipped${openssl.note}`,
  () => {
    test.each([
      ["unverifiable", "-newkey ec -pkeyopt ec_paramgen_curve:secp256k1 -sha256"],
      ["unverifiable", "-newkey ec -pkeyopt ec_paramgen_curve:brainpoolP256r1 -sha256"],
      ["unverifiable", "-newkey rsa:2048 -md5"],
      ["valid", "-newkey rsa:2048 -sha1"],
      ["valid", "-newkey rsa:2048 -sha512"],
      ["valid", "-newkey rsa:2048 -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20"],
      ["valid", "-newkey ec -pkeyopt ec_paramgen_curve:P-384 -sha256"],
    ])("%s: %s", async (verdict, options) => {
      await inFolder(async (cwd) => {
        const args = `req -x509 -nodes -subj /CN=idp -keyout key.pem -out cert.pem ${options}`;
        spawnSync("openssl", args.split(" "), { cwd });
        const certificate = parseCertificate(readFileSync(join(cwd, "cert.pem")));
        expect(await selfSignature(certificate)).toBe(verdict);
      });
    });
  },
);

const needed = requireCorpus("x509");

describe.skipIf(needed.missing)(`certificates of others${needed.note}`, () => {
  test("checkSelfSignature agrees with OpenSSL", async () => {
    const certificates = corpusCertificates();
    const differing: string[] = [];
    const told = { valid: 0, invalid: 0, other_key: 0, unverifiable: 0 };
    for (const { sha256, file } of agreements()) {
      const der = certificates.get(sha256);
      const { certificate, findings } = validateCertificate(der ?? "", { now: NOW });
      if (der === undefined || certificate === undefined) continue;
      // OpenSSL verifies none whose two algorithms differ.
      if (findings.some(({ code }) => code === "sigalg.mismatch_inner_outer")) continue;
      const verdict = await selfSignature(certificate);
      told[verdict]++;
      if (verdict !== "valid" && verdict !== "invalid") continue;
      const peer = opensslVerdict(der);
      if (peer !== undefined && peer !== (verdict === "valid")) differing.push(file);
    }
    expect(differing).toEqual([]);
    expect(told.valid).toBeGreaterThan(600);
    expect(told.invalid).toBeGreaterThan(100);
  }, 120_000);
});

/** Undefined where it does not read the certificate or its key. */
function opensslVerdict(der: Uint8Array): boolean | undefined {
  try {
    const peer = new X509Certificate(der);
    return peer.verify(peer.publicKey);
  } catch {
    return undefined;
  }
}
