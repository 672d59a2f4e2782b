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

beforeAll(async () => {
  idp = await createTestCertificate({ subject: { CN: "idp.example.com" } });
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
