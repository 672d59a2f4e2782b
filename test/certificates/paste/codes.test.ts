import { beforeAll, describe, expect, test } from "vitest";
import { element, integer, oid, sequence, set } from "../../../src/certificates/der/write.ts";
import {
  parseCertificate,
  parseCertificates,
  readCertificateRequest,
  repairCertificate,
  validateCertificate,
} from "../../../src/certificates/index.ts";
import { inputCodes } from "../../../src/core/codes/certificates/input.ts";
import { kindCodes } from "../../../src/core/codes/certificates/kinds.ts";
import { pemCodes } from "../../../src/core/codes/certificates/pem.ts";
import { remarkCodes, repairCodes } from "../../../src/core/codes/certificates/repairs.ts";
import type { SamlCertCode } from "../../../src/core/codes/index.ts";
import { isSamlCertError } from "../../../src/core/errors.ts";
import { createTestCertificate } from "../../../src/testing/certificate.ts";
import { armour, BEGIN, base64, body, bodyLines, der, END, each, lines } from "./parts.ts";

let pem = "";
let padded = "";
let other = "";

beforeAll(async () => {
  pem = (await createTestCertificate({ keyAlgorithm: "RSA-2048" })).pem;
  other = (await createTestCertificate()).pem;
  // Base64 that ends in padding, so that its last character has bits to spare.
  for (let size = 1; !padded.includes("="); size++) {
    padded = (await createTestCertificate({ subject: { CN: "x".repeat(size) } })).pem;
  }
});

const toPem = (bytes: Uint8Array, label: string): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString("base64")}\n-----END ${label}-----\n`;
const hidden = (bytes: string): string => Buffer.from(bytes, "hex").toString("base64");
const signedData = (...rest: readonly Uint8Array[]): Uint8Array =>
  sequence(
    oid("1.2.840.113549.1.7.2"),
    element(0xa0, sequence(integer(1), set(), sequence(oid("1.2.840.113549.1.7.1")), ...rest)),
  );
const crl = (): Uint8Array => {
  const algorithm = sequence(oid("1.2.840.10045.4.3.2"));
  const time = element(0x17, Buffer.from("260101000000Z"));
  const list = sequence(integer(1), algorithm, sequence(), time, sequence());
  return sequence(list, algorithm, element(0x03, Uint8Array.of(0, 1)));
};
const csr = (): Uint8Array =>
  sequence(
    sequence(integer(0), sequence(set(sequence(oid("2.5.4.3"), element(0x0c, Buffer.from("x")))))),
  );
const spare = (text: string): string => {
  const last = body(text).replace(/=+$/, "").at(-1) as string;
  return text.replace(`${last}=`, `${String.fromCharCode(last.charCodeAt(0) + 1)}=`);
};
const metadata = (use: string, text: string): string =>
  `<KeyDescriptor use="${use}"><X509Certificate>${body(text)}</X509Certificate></KeyDescriptor>`;

type Input = () => string | Uint8Array;

/** For each code an input whose report contains it. */
const REPORTED: Readonly<Record<string, Input>> = {
  "input.empty": () => "",
  "input.too_large": () => "A".repeat(262_145),
  "input.too_many": () => pem.repeat(101),
  "input.not_certificate": () => "Hello, how are you?",
  "input.placeholder": () => "<YOUR CERTIFICATE HERE>",
  "input.not_text": () => "%PDF-1.7\n1 0 obj",
  "input.binary_as_text": () => der(pem).toString("utf8"),
  "input.file_path": () => "/etc/ssl/idp.pem",
  "input.url": () => "https://idp.example.com/metadata",
  "input.fingerprint_only": () => "A1:B2:C3:D4:E5:F6:07:18:29:3A:4B:5C:6D:7E:8F:90:A1:B2:C3:D4",
  "input.text_dump": () => "serial=5C1F8E0A634491B72D0EAA019F3C77D2104B8E6F\n",
  "kind.csr": () => toPem(csr(), "CERTIFICATE REQUEST"),
  "kind.crl": () => toPem(crl(), "X509 CRL"),
  "kind.public_key": () =>
    toPem(sequence(sequence(oid("1.3.101.112")), element(3, Buffer.alloc(33))), "PUBLIC KEY"),
  "kind.pkcs7_empty": () => toPem(signedData(), "PKCS7"),
  "kind.ssh_key": () => "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 me@example.com",
  "input.ebcdic": () =>
    Buffer.from("6060606060c2c5c7c9d540c3c5d9e3c9c6c9c3c1e3c560606060601594c9c9c4", "hex"),
  "kind.pgp": () =>
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n-----END PGP PUBLIC KEY BLOCK-----\n",
  "kind.jwk": () => '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}',
  "kind.saml_metadata_xml": () => '<md:EntityDescriptor xmlns:md="urn:x" entityID="x"/>',
  "kind.encryption_only": () => metadata("encryption", pem),
  "kind.html": () => "<!DOCTYPE html><html><body>Sign in</body></html>",
  "kind.other_keys": () => metadata("encryption", other) + metadata("signing", pem),
  "kind.pkcs7_bundle": () => toPem(signedData(element(0xa0, der(pem))), "PKCS7"),
  "kind.trusted_certificate": () =>
    toPem(Buffer.concat([der(pem), sequence()]), "TRUSTED CERTIFICATE"),
  "kind.der_file": () => Uint8Array.from(der(pem)),
  "secret.private_key": () => "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
  "secret.encrypted_key": () => "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n",
  "secret.pkcs12": () => hidden(`3082096f020103308209350609${"2a864886f70d010701".repeat(20)}`),
  "secret.keystore": () => hidden(`feedfeed0000000200000001${"00".repeat(40)}`),
  "base64.illegal_char": () => `${pem.slice(0, 100)}*${pem.slice(101)}`,
  "base64.bad_padding": () => armour(body(pem).slice(0, 101)),
  "base64.data_after_padding": () => padded.replace(END, `AAAABBBBCCCCDDDD\n${END}`),
  "base64.nonzero_pad_bits": () => spare(padded),
  "pem.missing_end": () => lines(pem).slice(0, 6).join("\n"),
  "pem.wrong_label": () => armour("QUJD").replaceAll("CERTIFICATE", "MESSAGE"),
  "pem.multiple_certificates": () => pem + other,
  "pem.empty_body": () => armour(""),
  "pem.uneven_lines": () => each(pem, (line, i) => (i === 4 ? line.slice(9) : line)),
  "pem.legacy_label": () => pem.replaceAll("CERTIFICATE", "X509 CERTIFICATE"),
  "pem.legacy_header": () => pem.replace("-----\n", "-----\nX-Note: a\n\n"),
  "pem.crlf": () => pem.replaceAll("\n", "\r\n"),
  "pem.line_length": () => armour(body(pem)),
  "pem.no_final_newline": () => pem.trimEnd(),
  "pem.text_before": () => `Hello\n${pem}`,
  "pem.text_between": () => `${pem}and\n${pem}`,
  "pem.text_after": () => `${pem}Regards\n`,
  "pem.text_inside": () => pem.replace("\n", "\nsubject=/CN=x\n"),
  "pem.bom": () => `\uFEFF${pem}`,
  "pem.utf16": () => Buffer.from(`\uFEFF${pem}`, "utf16le"),
  "pem.invisible_chars": () => each(pem, (line) => `${line}\u200B`),
  "pem.fullwidth_chars": () => pem.replaceAll("A", "\uFF21"),
  "pem.dash_variant": () => pem.replaceAll("-", "\u2013"),
  // Between two strings they are read through; around a text they stand outside of it.
  "pem.smart_quotes": () =>
    lines(pem)
      .map((line) => `\u201C${line}\u201D`)
      .join("\n"),
  "pem.escaped_newlines": () => pem.replaceAll("\n", "\\n"),
  "pem.html_entities": () => pem.replaceAll("\n", "&#10;"),
  "pem.html_tags": () => each(pem, (line) => `<p>${line}</p>`),
  "pem.quoted_printable": () =>
    pem.replaceAll("=", "=3D").replaceAll(/^([A-Za-z0-9+/]{60})(?=.)/gm, "$1=\n"),
  "pem.url_encoded": () => encodeURIComponent(pem),
  "pem.json_string": () => `"${pem.trimEnd()}"`,
  "pem.quoted_lines": () => each(pem, (line) => `> ${line}`),
  "pem.doubled_line": () =>
    lines(pem)
      .flatMap((line, i) => (i === 2 ? [line, line] : [line]))
      .join("\n"),
  "pem.indented": () => each(pem, (line) => `  ${line}`),
  "pem.blank_lines": () => each(pem, (line) => `${line}\n`),
  "pem.vertical_space": () => each(pem, (line) => `${line}\v`),
  "pem.cr_only": () => pem.replaceAll("\n", "\r"),
  "pem.one_line": () => lines(pem).join(" "),
  "pem.plus_as_space": () => pem.replaceAll("+", " "),
  "pem.base64url": () => der(pem).toString("base64url"),
  "pem.padding_repaired": () => padded.replace(/=+/, ""),
  "pem.hex": () => der(pem).toString("hex"),
  "pem.binary_text": () => der(pem).toString("latin1"),
  "pem.no_armour_base64": () => body(pem),
  "pem.begin_added": () => lines(pem).slice(1).join("\n"),
  "pem.end_added": () => lines(pem).slice(0, -1).join("\n"),
  "pem.nested_begin": () => `${BEGIN}\n${pem}`,
  "pem.swapped_armour": () => [END, ...bodyLines(pem), BEGIN].join("\n"),
  "pem.labels_matched": () => pem.replace("END CERTIFICATE", "END X509 CERTIFICATE"),
  "pem.label_corrected": () => pem.replaceAll("CERTIFICATE", "PUBLIC KEY"),
  "pem.double_base64": () => base64(pem),
  "pem.xml_element": () => `<X509Certificate>${body(pem)}</X509Certificate>`,
  "pem.xml_comment": () =>
    `<X509Certificate>${body(pem).slice(0, 64)}<!-- x -->${body(pem).slice(64)}</X509Certificate>`,
  "pem.duplicate_certificate": () => pem + pem,
};

/** For each code that only strict reading or reading of requests gives, an input that it is thrown for. */
const THROWN: Readonly<Record<string, () => unknown>> = {
  "kind.pkcs7": () => parseCertificate(toPem(signedData(element(0xa0, der(pem))), "PKCS7")),
  "pem.missing_begin": () => parseCertificate("Hello"),
  "pem.label_mismatch": () =>
    parseCertificate(pem.replace("END CERTIFICATE", "END X509 CERTIFICATE")),
  "pem.stray_text": () => parseCertificates(`${pem}${body(other)}\n`),
  "request.malformed": () => readCertificateRequest(pem),
};

const TABLES = [inputCodes, kindCodes, pemCodes, repairCodes, remarkCodes];

describe("every code of reading has an input", () => {
  test("no code is missing", () => {
    const codes = TABLES.flatMap((table) => Object.keys(table));
    const cases = [...Object.keys(REPORTED), ...Object.keys(THROWN)];
    expect(codes.filter((code) => !cases.includes(code))).toEqual([]);
    expect(cases.filter((code) => !codes.includes(code))).toEqual([]);
  });

  test.each(Object.entries(REPORTED))("%s is reported", (code, make) => {
    const { findings, repairs } = validateCertificate(make(), { now: new Date() });
    expect([...findings, ...repairs].map((one) => one.code as string)).toContain(code);
    for (const { message } of [...findings, ...repairs]) expect(message).not.toMatch(/\{\w+\}/);
  });

  test.each(Object.entries(THROWN))("%s is thrown", async (code, read) => {
    const thrown = await Promise.resolve()
      .then(read)
      .catch((error: unknown) => error);
    expect(isSamlCertError(thrown, code as SamlCertCode)).toBe(true);
  });

  test("repairCertificate throws for an unusable paste, and names its repairs", () => {
    expect(() => repairCertificate(pem + other)).toThrow(/2 certificates/);
    expect(() => repairCertificate("Hello")).toThrow(/no certificate/);
    const { certificate, repairs } = repairCertificate(pem.replaceAll("\n", "\\n"));
    expect(certificate.pem).toBe(pem);
    expect(repairs.map(({ code }) => code)).toContain("pem.escaped_newlines");
  });
});
