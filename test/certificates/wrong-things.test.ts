import { generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import {
  parseCertificate,
  parseCertificates,
  repairCertificate,
  validateCertificate,
} from "../../src/certificates/index.ts";
import { createTestCertificate, type TestCertificate } from "../../src/testing/certificate.ts";

let idp: TestCertificate;
let other: TestCertificate;

beforeAll(async () => {
  idp = await createTestCertificate({ subject: { CN: "idp.example.com" } });
  other = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
});

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const text = (key: string | Buffer): string => key.toString();

const armoured = (text: string, label = "CERTIFICATE"): string =>
  `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;
const ssh = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 me@example.com";

describe("inputs that are no certificate are named", () => {
  const spki = text(ec.publicKey.export({ type: "spki", format: "pem" }));
  const things: readonly (readonly [string, string, () => string | Uint8Array])[] = [
    ["nothing", "input.empty", () => ""],
    ["no bytes", "input.empty", () => new Uint8Array()],
    ["white space", "input.empty", () => " \n\t\r\n"],
    ["zero-width space", "input.empty", () => "\u200B\uFEFF"],
    ["a public key", "kind.public_key", () => spki],
    [
      "a public key as DER",
      "kind.public_key",
      () => Uint8Array.from(Buffer.from(spki.split("\n").slice(1, -2).join(""), "base64")),
    ],
    [
      "a public key with the label CERTIFICATE",
      "kind.public_key",
      () => spki.replaceAll("PUBLIC KEY", "CERTIFICATE"),
    ],
    [
      "a PKCS#1 public key",
      "kind.public_key",
      () => text(rsa.publicKey.export({ type: "pkcs1", format: "pem" })),
    ],
    ["an SSH key", "kind.ssh_key", () => ssh],
    [
      "an SSH2 key",
      "kind.ssh_key",
      () => "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2E=\n---- END SSH2 PUBLIC KEY ----\n",
    ],
    ["a JWK", "kind.jwk", () => JSON.stringify(ec.publicKey.export({ format: "jwk" }))],
    [
      "a SHA-1 fingerprint",
      "input.fingerprint_only",
      () => "A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90:A1:B2:C3:D4",
    ],
    ["a SHA-256 fingerprint", "input.fingerprint_only", () => idp.certificate.fingerprint.sha256],
    [
      "a fingerprint of openssl",
      "input.fingerprint_only",
      () =>
        `SHA1 Fingerprint=${idp.certificate.fingerprint.sha1.toUpperCase().match(/../g)?.join(":")}\n`,
    ],
    [
      "a fingerprint in base64",
      "input.fingerprint_only",
      () => Buffer.from(idp.certificate.fingerprint.sha256, "hex").toString("base64"),
    ],
    ["a path", "input.file_path", () => "/etc/ssl/certs/idp.pem"],
    ["a path of Windows", "input.file_path", () => "C:\\Users\\me\\Downloads\\idp.cer"],
    ["a file URL", "input.file_path", () => "file:///home/me/idp.crt"],
    ["an address", "input.url", () => "https://idp.example.com/metadata"],
    [
      "an ellipsis in armour",
      "input.placeholder",
      () => "-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n",
    ],
    [
      "an abbreviated certificate",
      "input.placeholder",
      () =>
        `-----BEGIN CERTIFICATE-----\n${idp.derBase64.slice(0, 60)}...\n-----END CERTIFICATE-----\n`,
    ],
    ["a placeholder", "input.placeholder", () => "<YOUR CERTIFICATE HERE>"],
    ["a template", "input.placeholder", () => "$" + "{IDP_CERT}"],
    ["[object Object]", "input.placeholder", () => "[object Object]"],
    ["undefined", "input.placeholder", () => "undefined"],
    [
      "armour around nothing",
      "pem.empty_body",
      () => "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
    ],
    ["a web page", "kind.html", () => "<!DOCTYPE html><html><body>Please log in</body></html>"],
    [
      "XML without a certificate",
      "kind.saml_metadata_xml",
      () => '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>',
    ],
    [
      "openssl x509 -text",
      "input.text_dump",
      () =>
        "Certificate:\n    Data:\n        Version: 3 (0x2)\n        Serial Number: 1\n    Signature Algorithm: sha256WithRSAEncryption\n",
    ],
    [
      "an OpenPGP key",
      "kind.pgp",
      () => "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n-----END PGP PUBLIC KEY BLOCK-----\n",
    ],
    [
      "prose",
      "input.not_certificate",
      () => "Hello, how are you today? I hope that this finds you well.",
    ],
    [
      "DER that was opened as text",
      "input.binary_as_text",
      () => Buffer.from(idp.derBase64, "base64").toString("utf8"),
    ],
    [
      "DER that was opened as text, and stored",
      "input.binary_as_text",
      () => Uint8Array.from(Buffer.from(Buffer.from(idp.derBase64, "base64").toString("utf8"))),
    ],
    [
      "the certificates of a JWK, one by one",
      "pem.multiple_certificates",
      () => JSON.stringify({ x5c: [idp.derBase64, other.derBase64] }),
    ],
    [
      "a redacted certificate",
      "input.placeholder",
      () => armoured(`${idp.derBase64.slice(0, 40)}<redacted>`),
    ],
    [
      "an ellipsis in brackets",
      "input.placeholder",
      () => armoured(`${idp.derBase64.slice(0, 64)}\n[...]\nAAAA`),
    ],
    ["crosses in armour", "input.placeholder", () => armoured("x".repeat(26))],
    ["words in armour", "input.placeholder", () => armoured("YOUR CERTIFICATE HERE")],
    ["a variable of a shell", "input.placeholder", () => "$IDP_CERT"],
    ["parameters", "pem.wrong_label", () => armoured("BggqhkjOPQMBBw==", "EC PARAMETERS")],
    ["a message", "pem.wrong_label", () => armoured("QUJD", "MESSAGE")],
    [
      "a line that lost a character",
      "pem.uneven_lines",
      () =>
        idp.pem
          .split("\n")
          .map((line, i) => (i === 3 ? line.slice(1) : line))
          .join("\n"),
    ],
    [
      "base64 with a character that it does not have",
      "base64.illegal_char",
      () => `${idp.derBase64.slice(0, 100)}*${idp.derBase64.slice(101)}`,
    ],
    [
      "DER as text, in armour",
      "input.binary_as_text",
      () => armoured(Buffer.from(idp.derBase64, "base64").toString("utf8")),
    ],
    [
      "a line of known_hosts",
      "kind.ssh_key",
      () => "example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA",
    ],
    [
      "a thumbprint of Windows",
      "input.fingerprint_only",
      () => `Thumbprint: ${idp.certificate.fingerprint.sha1}`,
    ],
    [
      "a fingerprint with its algorithm",
      "input.fingerprint_only",
      () => `SHA-256: ${idp.certificate.fingerprint.sha256}`,
    ],
    ["an x5t", "input.fingerprint_only", () => '{"x5t":"TxOMojJ9_SCioJrFBtW7qOdKBwE"}'],
    ["keytool -list", "input.text_dump", () => "Keystore type: PKCS12\n\nidp, PrivateKeyEntry,\n"],
    ["an e-mail address", "input.not_certificate", () => "admin@example.com"],
    ["a PDF", "input.not_text", () => "%PDF-1.7\n1 0 obj"],
    [
      "hex of half a certificate",
      "der.truncated",
      () => Buffer.from(idp.derBase64, "base64").toString("hex").slice(0, 300),
    ],
    [
      "a picture",
      "input.not_text",
      () =>
        Uint8Array.of(
          0x89,
          0x50,
          0x4e,
          0x47,
          0x0d,
          0x0a,
          0x1a,
          0x0a,
          0,
          0,
          0,
          13,
          0x49,
          1,
          2,
          3,
          4,
          5,
          6,
          7,
          8,
          14,
          15,
        ),
    ],
    [
      "a truncated certificate",
      "der.truncated",
      () => idp.pem.split("\n").toSpliced?.(3, 2).join("\n") ?? idp.pem.slice(0, 300),
    ],
    [
      "a character that base64 does not have",
      "base64.illegal_char",
      () => `${idp.pem.slice(0, 100)}!${idp.pem.slice(101)}`,
    ],
    ["something larger than the limit", "input.too_large", () => "A".repeat(262_145)],
    ["two certificates", "pem.multiple_certificates", () => idp.pem + other.pem],
    ["a certificate and a public key", "kind.public_key", () => idp.pem + spki],
  ];

  test.each(things)("%s: %s", (_, code, make) => {
    const report = validateCertificate(make(), { now: new Date() });
    expect(report.findings.map((finding) => finding.code)).toContain(code);
    expect(report.ok).toBe(false);
    expect(() => parseCertificate(make())).toThrow();
  });

  test.each([1, 3, 5])("the fault has the right place: line %i, for each padding", async (at) => {
    const paddings = new Set<number>();
    for (let size = 1; paddings.size < 3; size++) {
      const { pem } = await createTestCertificate({ subject: { CN: "x".repeat(size) } });
      paddings.add(pem.split("=").length);
      const lost = pem.split("\n").map((line, i) => (i === at ? line.slice(1) : line));
      const [finding] = validateCertificate(lost.join("\n"), { now: 0 }).findings;
      expect(finding).toMatchObject({ code: "pem.uneven_lines", at: { line: at + 1, column: 1 } });
    }
  });

  test("metadata with an encryption key only is read, with a warning", () => {
    const xml = `<KeyDescriptor use="encryption"><X509Certificate>${idp.derBase64}</X509Certificate></KeyDescriptor>`;
    const report = validateCertificate(xml, { now: new Date() });
    expect(report.certificate?.pem).toBe(idp.pem);
    expect(report.findings.find(({ code }) => code === "kind.encryption_only")?.severity).toBe(
      "warning",
    );
    expect(repairCertificate(xml).certificate.pem).toBe(idp.pem);
  });

  test("parseCertificate refuses a paste that repairCertificate reads", () => {
    const escaped = JSON.stringify(idp.pem);
    expect(() => parseCertificate(escaped)).toThrow(
      expect.objectContaining({ code: "pem.missing_begin" }),
    );
    const { certificate, repairs } = repairCertificate(escaped);
    expect(certificate).toEqual(idp.certificate);
    expect(repairs.map(({ code }) => code)).toContain("pem.escaped_newlines");
    expect(parseCertificate(idp.pem.replaceAll("\n", "\r"))).toEqual(idp.certificate);
  });

  test("a bundle keeps its order", () => {
    const bundle = parseCertificates(`${idp.pem}\ntext\n${other.pem}${idp.pem}`);
    expect(bundle).toEqual([idp.certificate, other.certificate, idp.certificate]);
  });
});
