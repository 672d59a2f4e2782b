import { beforeAll, describe, expect, test } from "vitest";
import { validateCertificate } from "../../../src/certificates/index.ts";
import { createTestCertificate } from "../../../src/testing/certificate.ts";
import { armour, base64, body, bodyLines, each, lines, sha1 } from "./parts.ts";

let pem: string;
let other: string;

beforeAll(async () => {
  pem = (await createTestCertificate({ keyAlgorithm: "RSA-2048" })).pem;
  other = (await createTestCertificate({ keyAlgorithm: "RSA-2048" })).pem;
});

/** Pastes without a readable certificate, and the name that a person would give each. */
const wrong: readonly (readonly [name: string, code: string, make: () => string])[] = [
  [
    "a serial number of 20 bytes",
    "input.text_dump",
    () => "Serial Number:\n 5c:1f:8e:0a:63:44:91:b7:2d:0e:aa:01:9f:3c:77:d2:10:4b:8e:6f",
  ],
  [
    "a serial number of 16 bytes",
    "input.text_dump",
    () => "serial: 0a1b2c3d4e5f60718293a4b5c6d7e8f9",
  ],
  [
    "a serial number of openssl",
    "input.text_dump",
    () => "serial=5C1F8E0A634491B72D0EAA019F3C77D2104B8E6F\n",
  ],
  ["a fingerprint of a viewer", "input.fingerprint_only", () => sha1(pem).replaceAll(":", " ")],
  [
    "a fingerprint with a zero-width mark",
    "input.fingerprint_only",
    () => `\u200E${sha1(pem).toLowerCase().replaceAll(":", " ")}`,
  ],
  [
    "two certificates, base64 in JSON",
    "pem.multiple_certificates",
    () => JSON.stringify([body(pem), body(other)]),
  ],
  [
    "two certificates in a Kubernetes secret",
    "pem.multiple_certificates",
    () => `tls.crt: ${base64(pem + other)}`,
  ],
  [
    "two certificates, quoted",
    "pem.multiple_certificates",
    () => each(pem + other, (line) => `> ${line}`),
  ],
  ["two certificates with escapes", "pem.multiple_certificates", () => JSON.stringify(pem + other)],
  [
    "a lost line",
    "pem.uneven_lines",
    () =>
      lines(pem)
        .map((line, i) => (i === 4 ? line.slice(9) : line))
        .join("\n"),
  ],
  [
    "a lost line of a quotation",
    "pem.uneven_lines",
    () =>
      lines(pem)
        .map((line, i) => `> ${i === 4 ? line.slice(9) : line}`)
        .join("\n"),
  ],
  ["a certificate that was cut", "pem.missing_end", () => lines(pem).slice(0, 6).join("\n")],
  [
    "three dots for the middle",
    "input.placeholder",
    () => armour(`${bodyLines(pem)[0]}\n...\n${bodyLines(pem)[9]}`),
  ],
  ["an ellipsis of one character", "input.placeholder", () => armour(`${bodyLines(pem)[0]}\u2026`)],
  ["only the BEGIN and END lines", "pem.empty_body", () => armour("")],
  ["a star for a letter", "base64.illegal_char", () => `${pem.slice(0, 100)}*${pem.slice(101)}`],
  [
    "bytes after the certificate",
    "der.trailing_data",
    () =>
      armour(Buffer.concat([Buffer.from(body(pem), "base64"), Buffer.of(0, 0)]).toString("base64")),
  ],
  [
    "a line after the certificate",
    "der.trailing_data",
    () =>
      armour(
        `${bodyLines(
          armour(
            (
              Buffer.concat([Buffer.from(body(pem), "base64"), Buffer.alloc(96)])
                .toString("base64")
                .match(/.{1,64}/g) ?? []
            ).join("\n"),
          ),
        ).join("\n")}`,
      ),
  ],
];

describe("the fault of a paste is named", () => {
  test.each(wrong)("%s: %s", (_, code, make) => {
    const report = validateCertificate(make(), { now: new Date() });
    expect(report.findings.map((finding) => finding.code)).toContain(code);
    expect(report.ok).toBe(false);
  });
});

describe("a doubled line", () => {
  test.each([1, 2, 5, 9])("line %i", (at) => {
    for (const prefix of ["", "> ", "     7\t"]) {
      const doubled = lines(pem).flatMap((line, i) => (i === at ? [line, line] : [line]));
      const report = validateCertificate(doubled.map((line) => prefix + line).join("\n"), {
        now: new Date(),
      });
      expect(report.certificate?.pem).toBe(pem);
      expect(report.repairs.map(({ code }) => code)).toContain("pem.doubled_line");
    }
  });
});

test.each([
  ["pem.swapped_armour", () => [lines(pem).at(-1), ...bodyLines(pem), lines(pem)[0]].join("\n")],
  ["pem.fullwidth_chars", () => pem.replaceAll("A", "\u0410")],
] as const)("%s is reported as a repair", (code, make) => {
  const report = validateCertificate(String(make()), { now: new Date() });
  expect(report.certificate?.pem).toBe(pem);
  expect(report.repairs.map((repair) => repair.code)).toContain(code);
});

test("a missing character is not taken from the text after the block", () => {
  const xml = `<ds:X509Certificate>${body(pem)}</ds:X509Certificate>`;
  for (let at = 25; at < xml.length - 30; at += 97) {
    const report = validateCertificate(xml.slice(0, at) + xml.slice(at + 1), { now: new Date() });
    expect(report.certificate).toBeUndefined();
  }
});

// Inside of base64, the key of a certificate begins like DER of its own at every third length.
test.each(["x", "xx", "xxx"])("a wrong letter at the start is no key (subject %s)", async (CN) => {
  const { pem } = await createTestCertificate({ keyAlgorithm: "RSA-2048", subject: { CN } });
  const [finding] = validateCertificate(pem.replace("MII", "M*I")).findings;
  expect(finding).toMatchObject({ code: "base64.illegal_char", at: { line: 2, column: 2 } });
});

// What base64 has by chance: the head of other DER in a serial number, a word in a key.
test.each(["MIIB", "hERE", "yoUR", "snip"])("%s in the base64 means nothing", (word) => {
  const [begin = "", first = "", second = "", ...rest] = lines(pem);
  const at = (line: string) => line.slice(0, 24) + word + line.slice(28);
  const damaged = [begin, at(first).replace("MI", "M*"), at(second), ...rest].join("\n");
  const [finding] = validateCertificate(damaged).findings;
  expect(finding).toMatchObject({ code: "base64.illegal_char", at: { line: 2, column: 2 } });
});

test("a backslash in a bytes literal does not make it a nested literal", () => {
  const report = validateCertificate(
    "b'0\\x82\\x01!0\\x81\\xc8\\xa0\\x03\\x02\\x01\\x02\\x02\\x10\\x01\\x83I\\xae\\x13\\xfc\\xb0\\x87Z\\xd0(\\x90|\\xb1\\x09\\xe80\\n\\x06\\x08*\\x86H\\xce=\\x04\\x03\\x020\\x131\\x110\\x0f\\x06\\x03U\\x04\\x03\\x0c\\x08Test IdP0\\x1e\\x17\\x0d261121000000Z\\x17\\x0d291120000000Z0\\x131\\x110\\x0f\\x06\\x03U\\x04\\x03\\x0c\\x08Test IdP0Y0\\x13\\x06\\x07*\\x86H\\xce=\\x02\\x01\\x06\\x08*\\x86H\\xce=\\x03\\x01\\x07\\x03B\\x00\\x04-[Q!:/\\x83\\xd8\\xba\\xd2\\xe8\\xcaM\\x82\\x92v@\\xc3\\xa4\\x08rS\\x10)\\x92\\x8a\\x88\\xaeDR\\xc9\\xfe\\x03\\xc7\\xd59\\x02\\xbdUiei\\xda\\x0dZ\\xe0\\xf7\\xbd\\xdf)\\xa5\\xdb%\\'\\x8b\\xc1\\xfcU$\\x90\\xe2\\xc9i\\xd30\\n\\x06\\x08*\\x86H\\xce=\\x04\\x03\\x02\\x03H\\x000E\\x02!\\x00\\xea\\xb0\\xcb\\x13\\xf4]\\x9aV\\xe7\\x96\\xf2^5I\\x8c\\xf7\\xac\\x01K\\xd4\\xb9\\xb1\\xddg:\\xe1q\\x1b\\xe6 \\xc7\\xb6\\x02 \\x04\\\\3\\xad\\xc4uZ:\\x07\\xcd\\xbc\\x00\\xfc\\xa8\\x99\\\\\\xc9K\\xaf\\x8a;\\xd2\\\\Z\\x18\\xf2\\x84\\x84ZY\\xd2\\x95'",
  );
  expect(report.certificate?.subject.text).toBe("CN=Test IdP");
});
