import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCertificateRequest, type SigningKey } from "../../src/keys/index.ts";
import { buildServiceProviderMetadata } from "../../src/metadata/index.ts";
import { signMetadata } from "../../src/signature/index.ts";
import { readers } from "../metadata/interop/readers.ts";
import { requireProgram } from "../support/require.ts";
import { outputOf, quickKey } from "./support.ts";

const openssl = requireProgram("openssl", ["version"]);
const xmlsec1 = requireProgram("xmlsec1", ["--version"]);
const python = "/usr/bin/python3";
const pyca = requireProgram(python, ["-c", "import cryptography"]);
const passphrase = "correct horse";
const ALGORITHMS = ["rsa-3072", "p384"] as const;
const ENTITY = "https://sp.example.com/saml";

let folder: string;
const keys = new Map<string, SigningKey>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "samlcert-"));
  for (const algorithm of ALGORITHMS) {
    const made = await quickKey({ algorithm, passphrase });
    keys.set(algorithm, made);
    writeFileSync(join(folder, `${algorithm}.key`), made.privateKey);
    writeFileSync(join(folder, `${algorithm}.crt`), made.certificate.pem);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);

function metadataOf(signingCertificates: readonly string[]): string {
  return buildServiceProviderMetadata({
    entityId: ENTITY,
    assertionConsumerServices: ["https://sp.example.com/acs"],
    signingCertificates,
  });
}

/** Strict parsing, and the key decrypted. */
const PYCA = `
import sys
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key, Encoding, PublicFormat
from cryptography.hazmat.backends import default_backend
key = load_pem_private_key(open(sys.argv[1], "rb").read(), sys.argv[3].encode(), default_backend())
certificate = x509.load_pem_x509_certificate(open(sys.argv[2], "rb").read(), default_backend())
spki = lambda k: k.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
assert spki(key.public_key()) == spki(certificate.public_key())
names = [extension.oid._name for extension in certificate.extensions]
print(" ".join(names), certificate.serial_number.bit_length())
`;

describe.each(ALGORITHMS)("a key of kind %s", (algorithm) => {
  test.skipIf(openssl.missing)(`is read by OpenSSL${openssl.note}`, () => {
    const key = ["-in", file(`${algorithm}.key`), "-passin", `pass:${passphrase}`];
    expect(outputOf("openssl", ["pkey", ...key, "-check", "-noout"])).toContain("is valid");
    const pem = file(`${algorithm}.crt`);
    const strict = ["-x509_strict", "-check_ss_sig", "-CAfile", pem, pem];
    expect(outputOf("openssl", ["verify", ...strict])).toContain("OK");
  });

  test.skipIf(openssl.missing)(`signs a request that OpenSSL verifies${openssl.note}`, async () => {
    const privateKey = keys.get(algorithm)?.privateKey ?? "";
    const options = { privateKey, passphrase, commonName: "sp.example.com" };
    const request = await createCertificateRequest(options);
    const text = outputOf("openssl", ["req", "-verify", "-noout", "-subject"], request);
    expect(text).toMatch(/verify OK/);
    expect(text).toContain("CN = sp.example.com");
  });

  test.skipIf(pyca.missing)(`is read by pyca/cryptography${pyca.note}`, () => {
    const args = [file(`${algorithm}.key`), file(`${algorithm}.crt`), passphrase];
    const output = outputOf(python, ["-c", PYCA, ...args]).trim();
    expect(output).toBe("basicConstraints keyUsage subjectKeyIdentifier 159");
  });

  test.skipIf(xmlsec1.missing)(`signs metadata that xmlsec1 verifies${xmlsec1.note}`, async () => {
    const { privateKey, certificate } = await quickKey({ algorithm });
    const xml = signMetadata(metadataOf([certificate.pem]), { privateKey, certificate });
    writeFileSync(file("signed.xml"), xml);
    writeFileSync(file("signer.crt"), certificate.pem);
    const id = ["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor"];
    const trust = ["--trusted-pem", file("signer.crt")];
    const output = outputOf("xmlsec1", ["--verify", ...id, ...trust, file("signed.xml")]);
    expect(output).toContain("OK");
  });

  const present = readers.filter(({ roles, isThere }) => roles.includes("sp") && isThere);
  test.each(present)("is read from metadata by $name", async ({ read }) => {
    const pem = keys.get(algorithm)?.certificate.pem ?? "";
    const reading = await read("sp", metadataOf([pem]), folder);
    expect(reading.signing ?? 1).toBe(1);
    expect(reading.entityId ?? ENTITY).toBe(ENTITY);
  });
});
