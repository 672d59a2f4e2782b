import { execFileSync } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import {
  parseCertificate,
  repairCertificate,
  validateCertificate,
} from "../../../src/certificates/index.ts";
import { findPrivateKey } from "../../../src/certificates/private-key.ts";
import { isSamlCertError } from "../../../src/core/errors.ts";
import { createTestCertificate } from "../../../src/testing/certificate.ts";
import { body, columns } from "./parts.ts";

const { privateKey: rsa } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const { privateKey: ec } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const { privateKey: ed } = generateKeyPairSync("ed25519");

let pem = "";
let other = "";

beforeAll(async () => {
  pem = (await createTestCertificate()).pem;
  other = (await createTestCertificate({ keyAlgorithm: "RSA-2048" })).pem;
});

const pkcs8 = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }).toString();
const der = (key: KeyObject): Buffer => key.export({ type: "pkcs8", format: "der" });
const openssl = (args: readonly string[], input: string): string =>
  execFileSync("openssl", args, { input, encoding: "utf8" });
const jwk = rsa.export({ format: "jwk" });
const field = (name: string): string =>
  Buffer.from(String(jwk[name]), "base64url").toString("base64");
const hexdump = (bytes: Buffer): string =>
  columns(bytes.toString("hex"), 32)
    .map((row, i) => `${(i * 16).toString(16).padStart(8, "0")}: ${columns(row, 4).join(" ")}\n`)
    .join("");

/** Dresses of private keys next to a certificate, and the code that each is reported with. */
const DRESSES: readonly (readonly [name: string, make: () => string, code?: string])[] = [
  [
    "ds:D in a KeyValue",
    () =>
      `<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${field("n")}</ds:Modulus><ds:Exponent>AQAB</ds:Exponent><ds:D>${field("d")}</ds:D></ds:RSAKeyValue></ds:KeyValue>`,
  ],
  [
    "RSAKeyPair of XKMS",
    () => `<RSAKeyPair><Modulus>${field("n")}</Modulus><P>${field("p")}</P></RSAKeyPair>`,
  ],
  ["a text dump of an RSA key", () => openssl(["pkey", "-text", "-noout"], pkcs8(rsa))],
  ["a text dump of an Ed25519 key", () => openssl(["pkey", "-text", "-noout"], pkcs8(ed))],
  ["asn1parse of PKCS#8", () => openssl(["asn1parse"], pkcs8(rsa))],
  ["asn1parse of an EC key", () => openssl(["asn1parse"], pkcs8(ec))],
  [
    "a text dump in JSON",
    () => JSON.stringify({ key: openssl(["pkey", "-text", "-noout"], pkcs8(ed)) }),
  ],
  [
    "a text dump in YAML",
    () => `key: |\n${openssl(["pkey", "-text", "-noout"], pkcs8(ec)).replaceAll(/^/gm, "  ")}`,
  ],
  ["a hex dump in JSON", () => JSON.stringify({ dump: hexdump(der(ec)) })],
  ["a hex dump in a YAML list", () => hexdump(der(rsa)).replaceAll(/^/gm, "  - ")],
  [
    "PVK",
    () =>
      Buffer.from(
        `1ef1b5b0000000000100000000000000000000009404000007020000002400005253413200080000${"ab".repeat(60)}`,
        "hex",
      ).toString("base64"),
  ],
  [
    "a blob of CryptoAPI",
    () =>
      Buffer.from(`0702000000a400005253413200080000${"ab".repeat(60)}`, "hex").toString("base64"),
  ],
  [
    "a blob of CNG",
    () => Buffer.from(`525341320008000003000000${"00".repeat(40)}`, "hex").toString("base64"),
  ],
  ["base64 that touches a letter", () => `key${body(pkcs8(rsa))}`],
  ["base64 that touches a word in a line", () => `x=${body(pem)}key${body(pkcs8(ec))}`],
  ["a certificate and a key without armour", () => `${body(other)}\n${body(pkcs8(rsa))}`],
  [
    "bytes after a certificate, in base64",
    () => Buffer.concat([Buffer.from(body(other), "base64"), der(rsa)]).toString("base64"),
  ],
  [
    "a Java keystore in base64",
    () => Buffer.from(`feedfeed0000000200000001${"00".repeat(40)}`, "hex").toString("base64"),
    "secret.keystore",
  ],
  [
    "an encrypted key",
    () =>
      ec
        .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
        .toString(),
    "secret.encrypted_key",
  ],
  [
    "an encrypted key without armour",
    () =>
      body(
        ec
          .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
          .toString(),
      ),
    "secret.encrypted_key",
  ],
];

describe("a private key next to a certificate is recognised", () => {
  test.each(DRESSES.map(([name, ...rest]) => [name, rest] as const))(
    "%s",
    (_, [make, code = "secret.private_key"]) => {
      const dress = make();
      for (const text of [dress, `${pem}${dress}\n`, `${dress}\n${pem}`]) {
        expect(findPrivateKey(text)).toBe(code);
        const report = validateCertificate(text, { now: new Date() });
        expect(report.findings.map((finding) => finding.code)).toEqual([code]);
        expect(report.certificate).toBeUndefined();
        for (const read of [parseCertificate, repairCertificate]) {
          try {
            const read_ = read(text);
            // Strict reading skips explanatory text; it gives the certificate alone.
            expect("pem" in read_ && read_.pem).toBe(pem);
          } catch (error) {
            const said = JSON.stringify(error);
            expect(isSamlCertError(error)).toBe(true);
            for (const word of dress.split(/[^A-Za-z0-9+/]+/)) {
              if (word.length >= 20) expect(said).not.toContain(word);
            }
          }
        }
      }
    },
  );

  test("certificates, requests and public keys are not taken for private keys", () => {
    const spki = openssl(["pkey", "-pubout"], pkcs8(rsa));
    for (const text of [pem, other, spki, body(other), openssl(["x509", "-text"], other)]) {
      expect(findPrivateKey(text)).toBeUndefined();
      expect(findPrivateKey(Buffer.from(text))).toBeUndefined();
    }
    const bytes = Buffer.from(body(other), "base64");
    for (const text of [bytes.toString("hex"), hexdump(bytes), bytes.toString("utf8")]) {
      expect(findPrivateKey(text)).toBeUndefined();
    }
  });
});
