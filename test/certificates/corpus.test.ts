import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import {
  certificateCodes,
  parseCertificate,
  validateCertificate,
} from "../../src/certificates/index.ts";
import type { Certificate } from "../../src/certificates/types.ts";
import { isSamlCertError } from "../../src/core/errors.ts";
import { requireCorpus, rowsFrom } from "../support/require.ts";
import { agreements, corpusCertificates, corpusFiles } from "./support/corpus.ts";

const NOW = 1_800_000_000;
const needed = requireCorpus("x509");
const codes = new Set(Object.keys(certificateCodes));

function parseOrUndefined(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (isSamlCertError(error)) return undefined;
    throw error;
  }
}

describe.skipIf(needed.missing)(`certificates of others${needed.note}`, () => {
  test("validateCertificate throws for no file; every code is documented; reports are JSON", () => {
    for (const file of corpusFiles("x509")) {
      const bytes = readFileSync(file);
      for (const input of [Uint8Array.from(bytes), bytes.toString("utf8")]) {
        const report = validateCertificate(input, { now: NOW });
        expect(JSON.parse(JSON.stringify(report)), file).toEqual(report);
        for (const { code } of [...report.findings, ...report.repairs]) {
          expect(codes, `${file}: ${code}`).toContain(code);
        }
        if (report.ok) expect(report.certificate, file).toBeDefined();
        else expect(report.findings.length, file).toBeGreaterThan(0);
      }
    }
  }, 120_000);

  test("both dates are those of pyca/cryptography and Node wherever both read the certificate", () => {
    const certificates = corpusCertificates();
    let compared = 0;
    for (const row of agreements()) {
      const der = certificates.get(row.sha256);
      if (der === undefined || !row.pyca || !row.node) continue;
      const certificate = parseCertificate(der);
      expect(certificate.notBefore.unixSeconds, row.file).toBe(row.notBefore);
      expect(certificate.notAfter.unixSeconds, row.file).toBe(row.notAfter);
      expect(certificate.fingerprint.sha256, row.file).toBe(row.sha256);
      compared++;
    }
    expect(compared).toBeGreaterThan(1900);
  }, 60_000);

  test("every SAML certificate that OpenSSL and pyca read is accepted, and not called malformed", () => {
    const certificates = corpusCertificates();
    let taken = 0;
    for (const row of agreements()) {
      const der = certificates.get(row.sha256);
      if (der === undefined || !row.file.startsWith("saml-real/") || !row.openssl || !row.pyca)
        continue;
      const report = validateCertificate(der, { now: NOW });
      expect(report.certificate, row.file).toBeDefined();
      const malformed = report.findings.filter(
        ({ code, severity }) => severity === "error" && !/^(validity|key)\./.test(code),
      );
      expect(malformed, row.file).toEqual([]);
      taken++;
    }
    expect(taken).toBeGreaterThan(480);
  }, 60_000);

  test("parseCertificate refuses trailing bytes, and its PEM gives the same certificate", () => {
    for (const der of corpusCertificates().values()) {
      const certificate = parseOrUndefined(der);
      if (certificate === undefined) continue;
      expect(certificate.derBase64).toBe(Buffer.from(der).toString("base64"));
      expect(parseCertificate(certificate.pem)).toEqual(certificate);
    }
  }, 60_000);
});

const pastes = requireCorpus("paste");

/** By the name of the file: the repair, or the finding that a person would call the right one. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  "01_crlf": ["pem.crlf"],
  "02_cr_only": ["pem.cr_only"],
  "03_bom": ["pem.bom"],
  "11_one_long_line": ["pem.line_length"],
  "15_json_escaped_n": ["pem.escaped_newlines"],
  "16_json_quoted": ["pem.escaped_newlines"],
  "17_html_entity_lf": ["pem.html_entities"],
  "21_base64_no_armor_wrapped": ["pem.no_armour_base64"],
  "22_base64_no_armor_1line": ["pem.no_armour_base64"],
  "23_base64url_no_armor": ["pem.base64url"],
  "24_base64_no_padding_pem": ["pem.padding_repaired"],
  "25_hex": ["pem.hex"],
  "26_der": ["kind.der_file"],
  "27_der_trailing_byte": ["der.trailing_data"],
  "29_pem_der_trailing_garbage": ["der.trailing_data"],
  "31_truncated_no_footer": ["der.truncated", "pem.missing_end"],
  "32_missing_header": ["pem.begin_added"],
  "34_label_mismatch": ["pem.labels_matched"],
  "41_four_dashes": ["pem.dash_variant"],
  "42_six_dashes": ["pem.dash_variant"],
  "49_text_after": ["pem.text_after"],
  "51_two_certs": ["pem.multiple_certificates"],
  "54_cert_then_key": ["secret.private_key"],
  "55_private_key_only": ["secret.private_key"],
  "59_csr": ["kind.csr"],
  "63_pkcs12_der": ["secret.pkcs12"],
  "67_illegal_char": ["base64.illegal_char"],
  "68_extra_padding": ["pem.padding_repaired"],
  "75_c_string": ["pem.json_string", "pem.escaped_newlines"],
  "76_yaml_block": ["pem.indented"],
  "79_ws_only": ["input.empty"],
  "80_placeholder": ["input.placeholder"],
  "82_nested_begin": ["pem.nested_begin"],
  "84_nul_bytes": ["pem.invisible_chars"],
  "85_fullwidth_eq": ["pem.fullwidth_chars"],
  "89_thumbprint": ["input.fingerprint_only"],
  "91_vt_ff": ["pem.vertical_space"],
};

/** Pastes that cannot be repaired, or must not be used as they are. */
const NOT_USABLE = ["27", "29", "31", "51", "54", "55", "59", "63", "67", "79", "80", "89"];

describe.skipIf(pastes.missing)(`mangled pastes of others${pastes.note}`, () => {
  const rows = rowsFrom(pastes, () =>
    corpusFiles("paste").map((file) => [basename(file), file] as const),
  );

  test.each(rows)("%s", (name, file) => {
    const report = validateCertificate(Uint8Array.from(readFileSync(file)), { now: NOW });
    const said = [...report.findings, ...report.repairs].map(({ code }) => code);
    for (const code of EXPECTED[name] ?? []) expect(said).toContain(code);
    if (NOT_USABLE.includes(name.slice(0, 2))) expect(report.ok).toBe(false);
    else if (name in EXPECTED) {
      expect(report.ok).toBe(true);
      const original = parseCertificate(readFileSync(file.replace(name, "26_der")));
      expect(report.certificate?.pem).toBe(original.pem);
    }
  });
});
