import { createPublicKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readKeyPair } from "../../src/keys/index.ts";
import { inFolder } from "../support/cli.ts";
import { fc } from "../support/property.ts";
import { requireProgram } from "../support/require.ts";
import { outputOf, quickKey } from "./support.ts";

const openssl = requireProgram("openssl", ["version"]);
const passphrase = "cörrect horse";

/** The ways in which programs encrypt PKCS #12, newest first. */
const KINDS: readonly (readonly [string, readonly string[]])[] = [
  ["AES-256, as OpenSSL 3 does", []],
  ["AES-128", ["-keypbe", "AES-128-CBC", "-certpbe", "AES-128-CBC"]],
  ["3DES", ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES"]],
  ["certificates in the clear", ["-certpbe", "NONE"]],
];

async function pkcs12(args: readonly string[]): Promise<Uint8Array> {
  const [own, other] = [await quickKey(), await quickKey({ subject: "CN=other" })];
  return await inFolder(async (folder) => {
    const file = (name: string): string => join(folder, name);
    writeFileSync(file("key"), own.privateKey);
    writeFileSync(file("crt"), own.certificate.pem);
    writeFileSync(file("others"), other.certificate.pem);
    const input = ["-inkey", file("key"), "-in", file("crt"), "-certfile", file("others")];
    const pass = ["-passout", `pass:${passphrase}`, "-out", file("p12")];
    outputOf("openssl", ["pkcs12", "-export", ...input, ...pass, ...args]);
    return readFileSync(file("p12"));
  });
}

describe("readKeyPair", () => {
  test.skipIf(openssl.missing).each(KINDS)(`reads PKCS #12: %s${openssl.note}`, async (_, args) => {
    const file = await pkcs12(args);
    const { privateKey, certificate, others } = readKeyPair(file, { passphrase });
    expect(createPublicKey(certificate.pem).equals(createPublicKey(privateKey))).toBe(true);
    expect(certificate.subject.text).toBe("CN=sp.example.com");
    expect(others.map(({ subject }) => subject.text)).toEqual(["CN=other"]);
    const wrong = { passphrase: "wrong" };
    expect(() => readKeyPair(file, wrong)).toThrow("The passphrase does not decrypt");
  });

  test("reads PEM with a key, its certificate and another one", async () => {
    const [own, other] = [await quickKey(), await quickKey()];
    const text = other.certificate.pem + own.privateKey + own.certificate.pem;
    const { certificate, others } = readKeyPair(text);
    expect(certificate).toEqual(own.certificate);
    expect(others).toEqual([other.certificate]);
  });

  test("refuses a file without the certificate of its key: keys.no_certificate", async () => {
    const [own, other] = [await quickKey(), await quickKey()];
    const text = other.certificate.pem + own.privateKey;
    expect(() => readKeyPair(text)).toThrow(
      expect.objectContaining({ code: "keys.no_certificate" }),
    );
  });

  test.skipIf(openssl.missing)(
    `ends with a typed error for damaged PKCS #12${openssl.note}`,
    async () => {
      const file = await pkcs12(["-iter", "1"]);
      fc.assert(
        fc.property(fc.nat(file.length - 1), fc.nat(255), (place, byte) => {
          const damaged = Uint8Array.from(file);
          damaged[place] = byte;
          try {
            readKeyPair(damaged, { passphrase });
          } catch (error) {
            expect(String((error as { code?: unknown }).code)).toMatch(/^[a-z_]+\.[a-z_.]+$/);
          }
        }),
        { numRuns: 150 },
      );
    },
  );
});
