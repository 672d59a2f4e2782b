import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { validateCertificate } from "../../../src/certificates/index.ts";
import { createTestCertificate } from "../../../src/testing/certificate.ts";
import { CONFIG } from "./config.ts";
import { MAIL } from "./mail.ts";
import { columns } from "./parts.ts";
import { SOURCES } from "./sources.ts";
import { TERMINAL } from "./terminal.ts";
import { TRANSPORT } from "./transport.ts";
import { TYPOGRAPHY } from "./typography.ts";

const { privateKey: ec } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const { privateKey: rsa } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const der = (key: KeyObject): Buffer => key.export({ type: "pkcs8", format: "der" });
const hex = (bytes: Buffer): string[] => [...bytes].map((b) => b.toString(16).padStart(2, "0"));
const keystore = (magic: string): Buffer =>
  Buffer.concat([Buffer.from(`${magic}00000002000000010000000100056d796b6579`, "hex"), der(rsa)]);
const pkcs12 = Buffer.from(`3082096f020103308209350609${"2a864886f70d010701".repeat(20)}`, "hex");
const python = (bytes: Buffer): string =>
  `b'${hex(bytes)
    .map((pair) => `\\x${pair}`)
    .join("")}'`;
const damaged = (bytes: Buffer): string => bytes.toString("utf8");

const forms: readonly (readonly [string, string])[] = [
  ["bytes of Python in JSON", JSON.stringify({ key: python(der(ec)) })],
  ["bytes of Python in JSON in JSON", JSON.stringify(JSON.stringify({ key: python(der(rsa)) }))],
  ["JKS in hex", keystore("feedfeed").toString("hex")],
  ["JKS in pairs", hex(keystore("feedfeed")).join(":")],
  ["JCEKS in hex", keystore("cececece").toString("hex")],
  ["JCEKS in base64", keystore("cececece").toString("base64")],
  [
    "xxd of JKS",
    columns(keystore("feedfeed").toString("hex"), 32)
      .map((row, i) => `${(i * 16).toString(16).padStart(8, "0")}: ${columns(row, 4).join(" ")}\n`)
      .join(""),
  ],
  ["PKCS#12 in hex", pkcs12.toString("hex")],
  ["PKCS#12 in base64, wrapped", columns(pkcs12.toString("base64"), 64).join("\n")],
  ["age, lower case", `age-secret-key-1${"q".repeat(58)}`],
  ["DER as UTF-8 in JSON", JSON.stringify({ key: damaged(der(rsa)) })],
  ["DER of an EC key as UTF-8 in JSON", JSON.stringify({ key: damaged(der(ec)) })],
  ["DER as UTF-8 in JSON in JSON", JSON.stringify(JSON.stringify({ key: damaged(der(rsa)) }))],
  [
    "DER of SEC1 as UTF-8 in JSON",
    JSON.stringify(damaged(ec.export({ type: "sec1", format: "der" }))),
  ],
];

const manglings = [...MAIL, ...TYPOGRAPHY, ...TERMINAL, ...CONFIG, ...SOURCES, ...TRANSPORT]
  // Those that need the label of a certificate, or fill in a second one.
  .filter(({ name }) => !/public key/.test(name));

let certificate: string;

beforeAll(async () => {
  certificate = (await createTestCertificate()).pem;
});

function expectSecret(input: string | Uint8Array, code = "secret.private_key"): void {
  const report = validateCertificate(input, { now: new Date() });
  expect(report.findings.map((finding) => finding.code)).toEqual([code]);
  expect([report.ok, report.certificate, report.repairs]).toEqual([false, undefined, []]);
  const said = JSON.stringify(report);
  const given = typeof input === "string" ? input : Buffer.from(input).toString("latin1");
  for (const word of given.split(/[^A-Za-z0-9+/]+/)) {
    if (word.length >= 20) expect(said).not.toContain(word);
  }
}

describe("a private key is found in every form", () => {
  test.each(forms)("%s", (name, input) => {
    const isKeystore = /JKS|JCEKS/.test(name);
    const code = isKeystore
      ? "secret.keystore"
      : /PKCS#12/.test(name)
        ? "secret.pkcs12"
        : undefined;
    expectSecret(input, code);
    expectSecret(`${certificate}\n${input}`, code);
  });

  test.each(manglings.map(({ name, mangle }) => [name, mangle] as const))(
    "in the manner of: %s",
    (_, mangle) => {
      for (const key of [ec, rsa]) {
        expectSecret(mangle(key.export({ type: "pkcs8", format: "pem" }).toString()));
      }
    },
  );
});
