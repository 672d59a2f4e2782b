import { beforeAll, describe, expect, test } from "vitest";
import { validateCertificate } from "../../../src/certificates/index.ts";
import { createTestCertificate } from "../../../src/testing/certificate.ts";
import { body } from "./parts.ts";

let signing = "";
let encryption = "";

beforeAll(async () => {
  signing = (await createTestCertificate({ subject: { CN: "signing" } })).pem;
  encryption = (await createTestCertificate({ subject: { CN: "encryption" } })).pem;
});

const descriptor = (tag: string, content: string): string =>
  `<md:KeyDescriptor${tag}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${content}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const metadata = (...content: readonly string[]): string =>
  `<?xml version="1.0"?>\n<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x">${content.join("\n")}</md:EntityDescriptor>\n`;
const codesOf = (xml: string): string[] => {
  const { findings, repairs } = validateCertificate(xml, { now: new Date() });
  return [...findings, ...repairs].map(({ code }) => code);
};

/** Ways in which XML writes that a key is for encryption. */
const TAGS: readonly (readonly [string, string])[] = [
  ["after a tab", '\tuse="encryption"'],
  ["after a line break", '\n  use="encryption"'],
  ["with blanks round the equals sign", ' use = "encryption"'],
  ["in single quotes", " use='encryption'"],
  ["after an attribute that contains >", ' a="x > y" use="encryption"'],
  ["after an attribute that contains <", ' a="x &lt; y" use="encryption"'],
  ["after an attribute that contains <, in single quotes", " a='&lt;' use='encryption'"],
  ["after an attribute that contains a use", ` a="b use='signing'" use="encryption"`],
  ["after an attribute that contains a quote", ` a='"' use="encryption"`],
];

describe("the use of a KeyDescriptor is read by the rules of XML", () => {
  test.each(TAGS)("%s", (_, tag) => {
    expect(codesOf(metadata(descriptor(tag, body(encryption))))).toContain("kind.encryption_only");
    const both = metadata(
      descriptor(tag, body(encryption)),
      descriptor(' use="signing"', body(signing)),
    );
    const report = validateCertificate(both, { now: new Date() });
    expect(report.certificate?.pem).toBe(signing);
    expect(report.repairs.map(({ code }) => code)).toContain("kind.other_keys");
  });

  test("a KeyDescriptor in a comment is ignored", () => {
    const xml = metadata(
      `<!-- ${descriptor(' use="encryption"', body(encryption))} -->`,
      descriptor("", body(signing)),
    );
    expect(validateCertificate(xml, { now: new Date() }).certificate?.pem).toBe(signing);
  });
});

describe("a certificate in a comment or processing instruction is ignored", () => {
  const hidden: readonly (readonly [string, (other: string) => string])[] = [
    ["a KeyDescriptor", (other) => `<!-- ${descriptor(' use="signing"', body(other))} -->`],
    ["PEM", (other) => `<!--\n${other}-->`],
    ["base64", (other) => `<!-- ${body(other)} -->`],
    ["a processing instruction", (other) => `<?key ${body(other)}?>`],
  ];
  const places: readonly (readonly [string, (key: string, comment: string) => string])[] = [
    ["before the first tag of a fragment", (key, comment) => `${comment}\n${key}`],
    ["after the last tag of a fragment", (key, comment) => `${key}\n${comment}\n`],
    ["after text, before the first tag", (key, comment) => `Our key:\n${comment}\n${key}`],
    ["between two keys", (key, comment) => `${key}${comment}${key}`],
    ["before the root", (key, comment) => comment + metadata(key)],
    ["in the root", (key, comment) => metadata(comment, key)],
    ["after the root", (key, comment) => metadata(key) + comment],
  ];
  test.each(
    hidden.flatMap(([what, hide]) =>
      places.map(([where, place]) => [`${what} ${where}`, hide, place] as const),
    ),
  )("%s", (_, hide, place) => {
    const comment = hide(encryption);
    const text = place(descriptor("", body(signing)), comment);
    const { certificate, repairs } = validateCertificate(text, { now: new Date() });
    expect(certificate?.pem).toBe(signing);
    const named = repairs.find(({ code }) => code === "pem.xml_comment");
    expect(named?.at?.offset).toBe(text.indexOf(comment));
  });

  test("a certificate in a comment of a text without others is read", () => {
    const { certificate } = validateCertificate(`<!--\n${signing}-->`, { now: new Date() });
    expect(certificate?.pem).toBe(signing);
  });
});

describe("the content of an X509Certificate is read by the rules of XML", () => {
  test.each([
    ["CDATA", (text: string) => `<![CDATA[${text}]]>`],
    ["CDATA for a part", (text: string) => `${text.slice(0, 90)}<![CDATA[${text.slice(90)}]]>`],
    ["CDATA with line breaks", (text: string) => `\n<![CDATA[\n${text}\n]]>\n`],
  ])("%s", (_, change) => {
    const xml = metadata(descriptor(' use="encryption"', change(body(encryption))));
    const report = validateCertificate(xml, { now: new Date() });
    expect(report.certificate?.pem).toBe(encryption);
    expect(codesOf(xml)).toContain("kind.encryption_only");
  });

  test.each([
    ["a comment", "<!-- valid until 2030 -->"],
    ["a processing instruction", "<?pi MIIB?>"],
  ])("%s is left out, and named at its place", (_, markup) => {
    const text = body(signing);
    const xml = metadata(descriptor("", text.slice(0, 90) + markup + text.slice(90)));
    const { certificate, repairs } = validateCertificate(xml, { now: new Date() });
    expect(certificate?.pem).toBe(signing);
    const named = repairs.find(({ code }) => code === "pem.xml_comment");
    expect(named?.at?.offset).toBe(xml.indexOf(markup));
  });
});
