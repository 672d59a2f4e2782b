import { beforeAll, describe, expect, test } from "vitest";
import {
  parseCertificate,
  parseCertificates,
  repairCertificate,
  validateCertificate,
} from "../../../src/certificates/index.ts";
import { createTestCertificate } from "../../../src/testing/certificate.ts";
import { fc } from "../../support/property.ts";
import { armour, body, bodyLines, columns, END } from "./parts.ts";

const NOW = new Date();

/** Certificates of each padding, a few of them with keys of the usual kind. */
const pems: string[] = [];
let pem = "";
let other = "";

beforeAll(async () => {
  for (const CN of ["idp", "idp.", "idp.e"]) {
    pems.push((await createTestCertificate({ subject: { CN } })).pem);
  }
  pem = (await createTestCertificate({ keyAlgorithm: "RSA-2048" })).pem;
  other = (await createTestCertificate()).pem;
  pems.push(pem);
});

const wrapped = (text: string): string => columns(text, 64).join("\n");

describe("two certificates in one PEM block", () => {
  const joined: readonly (readonly [string, (a: string, b: string) => string])[] = [
    ["after padding, on lines", (a, b) => armour([...bodyLines(a), ...bodyLines(b)].join("\n"))],
    ["on one line", (a, b) => armour(body(a) + body(b))],
    ["wrapped", (a, b) => armour(wrapped(body(a) + body(b)))],
    ["wrapped, without padding", (a, b) => armour(wrapped(body(a).replace(/=+$/, "") + body(b)))],
    [
      "after many empty lines",
      (a, b) => armour(wrapped(body(a)) + "\n".repeat(40) + wrapped(body(b))),
    ],
    ["as DER in one base64", (a, b) => armour(wrapped(joinDer(a, b)))],
    ["after the END line", (a, b) => `${a.trimEnd()}${b}`],
    ["as base64 after the END line", (a, b) => a.replace(END, END + body(b))],
    ["as base64 after the block", (a, b) => `${a}${body(b)}\n`],
  ];

  const joinDer = (a: string, b: string): string =>
    Buffer.concat([Buffer.from(body(a), "base64"), Buffer.from(body(b), "base64")]).toString(
      "base64",
    );

  test.each(joined)("%s: strict reading refuses, forgiving reading gives both", (_, join) => {
    for (const first of pems) {
      const text = join(first, other);
      expect(() => parseCertificate(text)).toThrow();
      const codes = validateCertificate(text, { now: NOW }).findings.map(({ code }) => code);
      expect(codes).toContain("pem.multiple_certificates");
      expect(() => repairCertificate(text)).toThrow(/contains 2 certificates/);
    }
  });

  test("parseCertificates refuses text right after an END line", () => {
    expect(() => parseCertificates(pem.trimEnd() + other)).toThrow();
    expect(() => parseCertificates(pem.replace(END, END + body(other)))).toThrow();
  });
});

describe("extra text in a block", () => {
  test("base64 after the certificate is refused, with its line", () => {
    const text = pem.replace(END, `AAAABBBBCCCCDDDD\n${END}`);
    expect(() => parseCertificate(text)).toThrow();
    const [finding] = validateCertificate(text, { now: NOW }).findings;
    const line = pem.split("\n").length - 1;
    expect(finding?.code).toMatch(/^(base64\.data_after_padding|der\.trailing_data)$/);
    if (finding?.code === "base64.data_after_padding") expect(finding.at?.line).toBe(line);
  });

  test("words before the base64 are a repair, with its line", () => {
    const text = pem.replace("\n", "\nsubject=/CN=x\n");
    expect(() => parseCertificate(text)).toThrow(
      expect.objectContaining({ at: expect.objectContaining({ line: 2 }) }),
    );
    const { certificate, repairs } = repairCertificate(text);
    expect(certificate.pem).toBe(pem);
    expect(repairs).toContainEqual(
      expect.objectContaining({
        code: "pem.text_inside",
        at: expect.objectContaining({ line: 2, column: 1 }),
      }),
    );
  });

  test.each([
    ["pem.text_before", () => `Hello\n${pem}`, 1],
    ["pem.text_after", () => `${pem}Regards\n`, 0],
    ["pem.text_between", () => `${pem}then\n${pem}`, 0],
  ] as const)("%s names the text that is left out", (code, make, line) => {
    const text = make();
    const named = repairCertificate(text).repairs.find((repair) => repair.code === code);
    expect(named?.message).toMatch(/^\d+ characters /);
    expect(named?.at?.line).toBe(line === 0 ? pem.split("\n").length : line);
  });
});

describe("text that was left out", () => {
  const messageOf = (text: string): string | undefined => {
    const { repairs, findings } = validateCertificate(text, { now: NOW });
    return [...repairs, ...findings].find(({ code }) => /^pem\.text_|after_padding/.test(code))
      ?.message;
  };

  test.each([
    ["Hello", 'The text is "Hello".'],
    ["Dear\tcolleagues,\n\nhere it is:", 'The text is "Dear colleagues, here it is:".'],
    ["subject=/C=DE/CN=idp", 'The text is "subject=/C=DE/CN=idp".'],
    [`Lorem ${"ipsum ".repeat(30)}`, `The text begins with "Lorem${" ipsum".repeat(5)} ipsu".`],
  ])("is quoted, cut and without control characters: %j", (text, quoted) => {
    for (const given of [`${text}\n${pem}`, `${pem}${text}\n`, `${pem}${text}\n${pem}`])
      expect(messageOf(given)).toMatch(/were left out\. The text /);
    expect(messageOf(`${text}\n${pem}`)?.endsWith(quoted)).toBe(true);
  });

  test("is quoted without control and format characters", () => {
    const message = messageOf(`Hel\u202elo \u0085\ud800 there\u200b\n${pem}`);
    expect(message).toContain('The text is "Hel');
    expect(message).not.toMatch(/\p{C}/u);
  });

  test("inside a block is quoted too", () => {
    expect(messageOf(pem.replace("\n", "\nsubject=/CN=x\n"))).toContain('"subject=/CN=x"');
  });

  test.each([
    "password: correct horse",
    "Passwort: geheim",
    "The PIN is here: secret",
    "api_key=abc",
    "hunter2",
    "Tr0ub4dor&3",
    "SG.aaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    "Authorization: Bearer abcdefgh",
    "correcthorsebatterystaplecorrect",
    `Hello, this is a line of text that is long ${"and"} token abc`,
    "4f9a-aa01",
  ])("is never quoted if it may be a secret: %s", (text) => {
    for (const given of [`${text}\n${pem}`, `${pem}${text}\n`]) {
      const message = messageOf(given);
      expect(message).toMatch(/^\d+ characters /);
      expect(message).not.toContain('"');
    }
  });
});

/** Repairs that say that something visible was left out. */
const NAMED =
  /^pem\.(text_|legacy_header|json_string|quoted_lines|html_tags|xml_|doubled_line|nested_begin|no_final|duplicate|one_line|end_added|begin_added|label)|^base64\.|^kind\./;

describe("no visible character is dropped without a finding", () => {
  const junk = fc.stringMatching(/^[ -~\n]{1,24}$/);
  const place = fc.nat();

  test("strict reading refuses any text inserted into a block", () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 2, 3), place, junk, (which, at, text) => {
        const given = pems[which] as string;
        const offset = 1 + (at % (given.length - 2));
        const changed = given.slice(0, offset) + text + given.slice(offset);
        let read: string | undefined;
        try {
          read = parseCertificate(changed).pem;
        } catch {
          return;
        }
        // Only white space may come in between.
        if (text.trim() !== "") expect(changed.replaceAll(/\s+/g, "")).toBe(read);
      }),
      { seed: 12, numRuns: 600 },
    );
  });

  test("forgiving reading names all left-out text", () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 2, 3), place, junk, (which, at, text) => {
        const given = pems[which] as string;
        const offset = at % (given.length + 1);
        const changed = given.slice(0, offset) + text + given.slice(offset);
        const { certificate, findings, repairs } = validateCertificate(changed, { now: NOW });
        if (certificate === undefined) return;
        const isSame = changed.replaceAll(/\s+/g, "") === certificate.pem.replaceAll(/\s+/g, "");
        const said = [...findings, ...repairs].map(({ code }) => code);
        if (!isSame) expect(said.filter((code) => /^(pem|base64)\./.test(code))).not.toEqual([]);
        if (!isSame && /\w{3}/.test(text))
          expect(said.some((code) => NAMED.test(code) || code.startsWith("pem."))).toBe(true);
      }),
      { seed: 13, numRuns: 600 },
    );
  });
});

describe("a truncated certificate is called truncated", () => {
  const CUT = ["pem.missing_end", "der.truncated", "base64.bad_padding", "pem.empty_body"];

  test("at every place in PEM", () => {
    const begin = pem.indexOf("\n") + 13;
    for (let at = begin; at < pem.length - END.length - 1; at += 7) {
      const report = validateCertificate(pem.slice(0, at), { now: NOW });
      if (report.certificate !== undefined) continue;
      expect(CUT, `at ${at}`).toContain(report.findings[0]?.code);
    }
  });

  test("at every place in an X509Certificate element", () => {
    const text = body(pem);
    for (let at = 12; at < text.length - 4; at += 7) {
      const xml = `<ds:X509Certificate>${text.slice(0, at)}</ds:X509Certificate>`;
      const report = validateCertificate(xml, { now: NOW });
      expect(report.certificate).toBeUndefined();
      expect(CUT, `at ${at}`).toContain(report.findings[0]?.code);
    }
  });
});
