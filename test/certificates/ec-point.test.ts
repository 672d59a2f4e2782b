import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { validateCertificate } from "../../src/certificates/index.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const CODES = ["key.ec_invalid_point", "key.ec_compressed_point"];

function codesOf(der: Uint8Array): string[] {
  const { certificate, findings } = validateCertificate(der, { now: new Date() });
  expect(certificate).toBeDefined();
  return findings.map(({ code }) => code).filter((code) => CODES.includes(code));
}

/** A certificate whose key is written in the given form. */
function certificateOf(curve: string, form: "compressed" | "uncompressed"): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "samlcert-ec-"));
  const run = (...args: string[]): Uint8Array => {
    const { stdout, stderr, status } = spawnSync("openssl", args, { cwd: folder });
    if (status !== 0) throw new Error(String(stderr));
    return Uint8Array.from(stdout);
  };
  try {
    run("ecparam", "-name", curve, "-genkey", "-noout", "-out", "p.pem");
    run("ec", "-in", "p.pem", "-conv_form", form, "-out", "k.pem");
    return run("req", "-x509", "-new", "-key", "k.pem", "-subj", "/CN=idp", "-outform", "DER");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same certificate with the last byte of its point changed. */
function spoiled(der: Uint8Array, change = 1): Uint8Array {
  const args = ["x509", "-inform", "DER", "-noout", "-pubkey"];
  const spki = String(spawnSync("openssl", args, { input: der }).stdout);
  const key = Buffer.from(spki.replace(/-----.*-----|\s/g, ""), "base64");
  const copy = Uint8Array.from(der);
  const last = Buffer.from(der).indexOf(key) + key.length - 1;
  copy[last] = (copy[last] as number) ^ change;
  return copy;
}

function readableByOpenSsl(der: Uint8Array): boolean {
  const args = ["x509", "-inform", "DER", "-noout", "-pubkey"];
  return spawnSync("openssl", args, { input: der }).status === 0;
}

describe.skipIf(openssl.missing)(`the point of an EC key${openssl.note}`, () => {
  test.each(["prime256v1", "secp384r1", "secp521r1", "secp256k1"])("%s", (curve) => {
    const sound = certificateOf(curve, "uncompressed");
    expect(codesOf(sound)).toEqual([]);
    expect(readableByOpenSsl(sound)).toBe(true);
    const broken = spoiled(sound);
    expect(codesOf(broken)).toEqual(["key.ec_invalid_point"]);
    expect(readableByOpenSsl(broken)).toBe(false);
  });

  test.each(["prime256v1", "secp384r1", "secp521r1", "secp256k1"])("%s, compressed", (curve) => {
    const sound = certificateOf(curve, "compressed");
    expect(codesOf(sound)).toEqual(["key.ec_compressed_point"]);
    // About every other number is the x of a point: OpenSSL and we agree on which.
    for (let change = 1; change < 12; change++) {
      const copy = spoiled(sound, change);
      expect(codesOf(copy)).toEqual([
        readableByOpenSsl(copy) ? "key.ec_compressed_point" : "key.ec_invalid_point",
      ]);
    }
  });

  test("a point on an unknown curve is not judged", () => {
    expect(codesOf(spoiled(certificateOf("brainpoolP256r1", "uncompressed")))).toEqual([]);
  });
});
