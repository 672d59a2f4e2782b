import { generateKeyPairSync, type KeyPairKeyObjectResult } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import {
  parseCertificate,
  parseCertificates,
  repairCertificate,
  validateCertificate,
} from "../../src/certificates/index.ts";
import { isSamlCertError } from "../../src/core/errors.ts";
import { createTestCertificate, type TestCertificate } from "../../src/testing/certificate.ts";
import { BYTE_SPELLINGS } from "./support/byte-spellings.ts";
import { LINE_DEBRIS } from "./support/line-debris.ts";

let idp: TestCertificate;
let other: TestCertificate;

beforeAll(async () => {
  idp = await createTestCertificate({ subject: { CN: "idp.example.com" } });
  other = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
});

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ed = generateKeyPairSync("ed25519");
const text = (key: string | Buffer): string => key.toString();
const pkcs8 = text(ec.privateKey.export({ type: "pkcs8", format: "pem" }));
const sec1 = text(ec.privateKey.export({ type: "sec1", format: "pem" }));
const pkcs1 = text(rsa.privateKey.export({ type: "pkcs1", format: "pem" }));
const rsaPkcs8 = text(rsa.privateKey.export({ type: "pkcs8", format: "pem" }));
const edPkcs8 = text(ed.privateKey.export({ type: "pkcs8", format: "pem" }));
const locked = text(
  ec.privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }),
);
const legacyLocked = text(
  rsa.privateKey.export({ type: "pkcs1", format: "pem", cipher: "aes-128-cbc", passphrase: "x" }),
);
const body = (pem: string): string => pem.trimEnd().split("\n").slice(1, -1).join("");
const der = (pem: string): Buffer => Buffer.from(body(pem), "base64");
const base64 = (pem: string): string => Buffer.from(pem).toString("base64");
const jwk = ({ privateKey }: KeyPairKeyObjectResult): string =>
  JSON.stringify(privateKey.export({ format: "jwk" }));
const relabel = (pem: string): string =>
  pem.replaceAll(/(RSA |EC |ENCRYPTED )?PRIVATE KEY/g, "CERTIFICATE");
const openssh = `-----BEGIN OPENSSH PRIVATE KEY-----\n${Buffer.from(`openssh-key-v1\0${"x".repeat(90)}`).toString("base64")}\n-----END OPENSSH PRIVATE KEY-----\n`;

describe("a private key in any form stops the reading", () => {
  const forms: readonly (readonly [string, () => string | Uint8Array])[] = [
    ["PKCS#8", () => pkcs8],
    ["SEC1", () => sec1],
    ["PKCS#1", () => pkcs1],
    ["Ed25519", () => edPkcs8],
    ["encrypted PKCS#8", () => locked],
    ["encrypted PKCS#1", () => legacyLocked],
    ["OpenSSH", () => openssh],
    ["OpenSSH without armour", () => body(openssh)],
    ["PKCS#8 DER", () => Uint8Array.from(der(pkcs8))],
    ["SEC1 DER", () => Uint8Array.from(der(sec1))],
    ["PKCS#1 DER", () => Uint8Array.from(der(pkcs1))],
    ["Ed25519 DER", () => Uint8Array.from(der(edPkcs8))],
    ["encrypted DER", () => Uint8Array.from(der(locked))],
    ["half of a DER", () => Uint8Array.from(der(rsaPkcs8).subarray(0, 300))],
    [
      "DER after a certificate",
      () => Uint8Array.from(Buffer.concat([Buffer.from(idp.derBase64, "base64"), der(pkcs8)])),
    ],
    ["JWK", () => JSON.stringify(ec.privateKey.export({ format: "jwk" }))],
    ["JWK, spaced", () => JSON.stringify(rsa.privateKey.export({ format: "jwk" }), null, 4)],
    [
      "JWK in a JSON string",
      () => JSON.stringify(JSON.stringify(ec.privateKey.export({ format: "jwk" }))),
    ],
    [
      "PuTTY",
      () => "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\nAAAA\n",
    ],
    [".NET XML", () => "<RSAKeyValue><Modulus>AAAA</Modulus><D>BBBB</D></RSAKeyValue>"],
    ["base64 without armour", () => body(rsaPkcs8)],
    ["base64url", () => der(rsaPkcs8).toString("base64url")],
    ["hex", () => der(pkcs8).toString("hex")],
    ["hex with colons", () => (der(pkcs8).toString("hex").match(/../g) ?? []).join(":")],
    ["base64 of PEM", () => Buffer.from(pkcs8).toString("base64")],
    ["with the label CERTIFICATE", () => relabel(pkcs8)],
    ["PKCS#1 with the label CERTIFICATE", () => relabel(pkcs1)],
    ["escaped", () => JSON.stringify({ key: sec1 })],
    ["URL encoded", () => encodeURIComponent(pkcs1)],
    ["HTML entities", () => pkcs8.replaceAll("\n", "&#10;")],
    ["mail quoted", () => pkcs8.replaceAll(/^/gm, "> ")],
    ["UTF-16", () => Buffer.from(`\uFEFF${pkcs8}`, "utf16le")],
    ["em dashes", () => pkcs8.replaceAll("-----", "\u2014\u2014")],
    [
      "en dashes, lower case",
      () => pkcs8.replaceAll("-", "\u2013").replaceAll("PRIVATE", "private"),
    ],
    ["no dashes", () => pkcs8.replaceAll("-", "")],
    ["one line", () => pkcs8.replaceAll("\n", " ")],
    ["only the END line", () => "...\n-----END PRIVATE KEY-----\n"],
    ["in XML", () => `<key>${pkcs8}</key>`],
    ...[1, 2, 3, 5, 7].map(
      (columns) =>
        [
          `base64 in ${columns} columns`,
          () => body(rsaPkcs8).replaceAll(new RegExp(`.{${columns}}`, "g"), "$&\n"),
        ] as const,
    ),
    ["encrypted, without armour", () => body(locked)],
    [
      "encrypted, in X509Certificate",
      () => `<ds:X509Certificate>${body(locked)}</ds:X509Certificate>`,
    ],
    ["base64 of base64", () => Buffer.from(body(sec1)).toString("base64")],
    ["base64 of base64 of PEM", () => base64(base64(pkcs8))],
    ["base64 of a certificate and its key", () => base64(idp.pem + pkcs8)],
    ["base64 of JSON", () => base64(JSON.stringify({ key: pkcs8 }))],
    ["base64 of UTF-16", () => Buffer.from(pkcs8, "utf16le").toString("base64")],
    ["hex in words", () => `the key is ${der(sec1).toString("hex")}, is it not?`],
    ["DER as UTF-8", () => der(rsaPkcs8).toString("utf8")],
    ["DER of SEC1 as UTF-8", () => der(sec1).toString("utf8")],
    ["DER as UTF-8, stored", () => Uint8Array.from(Buffer.from(der(locked).toString("utf8")))],
    ["DER as Latin-1", () => der(pkcs1).toString("latin1")],
    ["openssl pkey -text", () => "Private-Key: (256 bit)\npriv:\n    00:01:02\n"],
    ["ssh.com", () => "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/56wAAAgIA\n"],
    ["ssh.com without armour", () => `P2/56wAAAgIAAAAm${"A".repeat(60)}`],
    ["OpenPGP", () => "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n"],
    ["OpenPGP, secret", () => "-----BEGIN PGP SECRET KEY BLOCK-----\n\nlQOYBF\n"],
    ["age", () => `AGE-SECRET-KEY-1${"Q".repeat(58)}`],
    ["JKS in base64", () => `/u3+7QAAAAIAAAAB${"A".repeat(60)}`],
    ["PKCS#12 in base64", () => `MIIJqQIBAzCCCW8GCSqGSIb3DQEHAaCCCWAE${"A".repeat(90)}`],
    ["JWK, odd spaces", () => jwk(ec).replaceAll(":", `\n\n${" ".repeat(40)}:\t\n`)],
    ["JWK, escaped name", () => jwk(ec).replace('"d"', '"\\u0064"')],
    [
      "JWK in YAML",
      () => jwk(rsa).replaceAll(/[{}"]/g, "").replaceAll(",", "\n").replaceAll(":", ": "),
    ],
    // Base64url of a key begins so, one in 32 times.
    ["JWK whose key begins with -", () => jwk(ec).replace(/"d":"./, '"d":"-')],
    ["JWK whose key begins with _", () => jwk(ec).replace(/"d":"./, '"d":"_')],
    ["JWK of Ruby", () => jwk(ec).replaceAll(":", "=>")],
    ["JWK in base64", () => base64(jwk(ec))],
    ["JWK in HTML", () => jwk(ec).replaceAll('"', "&quot;")],
    ["in a tag that is only layout", () => `<td data-key="${edPkcs8.replaceAll("\n", "&#10;")}">`],
    ["a Java keystore", () => Uint8Array.of(0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2)],
  ];

  const OTHERS: readonly (readonly [name: RegExp, code: string])[] = [
    [/encrypted|ssh\.com$/, "secret.encrypted_key"],
    [/JKS|keystore/, "secret.keystore"],
    [/PKCS#12/, "secret.pkcs12"],
  ];

  test.each(forms)("%s", (name, make) => {
    const code = OTHERS.find(([names]) => names.test(name))?.[1];
    const input = make();
    expectSecret(input, code);
    if (typeof input !== "string") return;
    expectSecret(idp.pem + input, code);
    expectSecret(`${input}\n${idp.pem}`, code);
    expectSecret(Buffer.from(input), code);
  });

  test.each(
    [...BYTE_SPELLINGS, ...LINE_DEBRIS]
      .filter(({ name }) => !/metadata|public key|Rust/.test(name))
      .map(({ name, mangle }) => [name, mangle] as const),
  )("PKCS#8 in the manner of: %s", (_, mangle) => {
    for (const pem of [pkcs8, edPkcs8]) expectSecret(mangle(pem));
    expectSecret(`${idp.pem}\n${mangle(pkcs8)}`);
  });

  test("a Kubernetes secret with certificate and key", () => {
    expectSecret(`data:\n  tls.crt: ${base64(idp.pem)}\n  tls.key: ${base64(pkcs8)}\n`);
  });

  function expectSecret(input: string | Uint8Array, code = "secret.private_key"): void {
    const report = validateCertificate(input, { now: new Date() });
    expect(report.ok).toBe(false);
    expect(report.findings.map((finding) => finding.code)).toEqual([code]);
    expect(report.certificate).toBeUndefined();
    expect(report.repairs).toEqual([]);
    for (const read of [parseCertificate, parseCertificates, repairCertificate]) {
      try {
        read(input);
        expect.unreachable();
      } catch (error) {
        // Strict reading decodes nothing: it refuses what a key is encoded in, and not always as a key.
        if (read === repairCertificate) expect(isSamlCertError(error) && error.code).toBe(code);
        expectNothingRepeated(JSON.stringify(error), input);
      }
    }
    expectNothingRepeated(JSON.stringify(report), input);
  }

  function expectNothingRepeated(said: string, input: string | Uint8Array): void {
    const given = typeof input === "string" ? input : Buffer.from(input).toString("latin1");
    for (const word of given.split(/[^A-Za-z0-9+/]+/)) {
      if (word.length >= 16) expect(said).not.toContain(word);
    }
  }
});

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
    ["a public key as DER", "kind.public_key", () => Uint8Array.from(der(spki))],
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
