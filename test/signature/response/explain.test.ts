import { constants, sign } from "node:crypto";
import { beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import {
  type ExplainOptions,
  explainResponse,
  type ResponseReport,
} from "../../../src/signature/index.ts";
import { createTestCertificate, type TestCertificate } from "../../../src/testing/index.ts";
import { idpMetadata } from "../../trusted-keys/sign-in.ts";
import {
  ACS,
  assertionXml,
  codesOf,
  IDP,
  NOW,
  responseXml,
  SP,
  signedResponse,
  signXml,
  testKeys,
} from "./support.ts";

let keys: Awaited<ReturnType<typeof testKeys>>;
let certificates: readonly string[];

beforeAll(async () => {
  keys = await testKeys();
  certificates = [keys.first.pem, keys.second.pem];
});

function explained(xml: string, options: ExplainOptions = {}): ResponseReport {
  return explainResponse(xml, { certificates, now: NOW, audience: SP, recipient: ACS, ...options });
}

const fingerprint = ({ certificate }: TestCertificate): string => certificate.fingerprint.sha256;

describe("explainResponse tells which certificate made a signature", () => {
  it("names the second of the given ones in one sentence", () => {
    const report = explained(signedResponse(keys.second));
    expect(report.summary).toBe(
      "Signed by the second of your certificates (CN=second, expires 2027-05-28); the assertion is not signed.",
    );
    expect(codesOf(report)).toEqual(["response.assertion_unsigned"]);
    expect(report.signatures).toMatchObject([
      { of: "Response", path: "/Response", covers: "/Response", by: "given", content: "intact" },
    ]);
  });

  it("gives the certificate in the form that observeSignIn takes", () => {
    const [signature] = explained(signedResponse(keys.second)).signatures;
    expect(signature?.signedBy).toEqual({
      certificate: keys.second.certificate,
      fingerprint: fingerprint(keys.second),
    });
    expect(signature?.position).toBe(2);
  });

  it("names the certificate of each element that is signed", () => {
    const inner = signXml(responseXml(), "Assertion", keys.first);
    const { signatures, summary, assertions } = explained(signXml(inner, "Response", keys.second));
    expect(signatures.map(({ of, signedBy }) => [of, signedBy?.fingerprint])).toEqual([
      ["Response", fingerprint(keys.second)],
      ["Assertion", fingerprint(keys.first)],
    ]);
    expect(summary).toBe(
      "The Response is signed by the second of your certificates (CN=second, expires 2027-05-28); the assertion is signed by the first of your certificates (CN=first, expires 2027-05-28).",
    );
    expect(assertions[0]?.covered).toBe(true);
  });

  it("says that the assertion is signed and the Response is not", () => {
    const report = explained(signedResponse(keys.first, ["Assertion"]));
    expect(report.summary).toMatch(/; the Response is not signed\.$/);
    expect(codesOf(report)).toEqual(["response.response_unsigned"]);
  });

  it("says that both are signed", () => {
    const report = explained(signedResponse(keys.first, ["Response", "Assertion"]));
    expect(report.summary).toMatch(/; the Response and the assertion are both signed\.$/);
    expect(report.findings).toEqual([]);
    expect(report.checks.map(({ status }) => status)).toEqual(Array(7).fill("passed"));
  });

  it("says that it is the certificate in the message instead of a given one", () => {
    const report = explained(signedResponse(keys.stranger));
    expect(report.summary).toBe(
      "Signed by none of your 2 certificates, but by the one in the message (CN=stranger, expires 2027-05-28); the assertion is not signed.",
    );
    expect(codesOf(report)).toContain("response.other_certificate");
    expect(report.signatures[0]).toMatchObject({
      by: "embedded",
      content: "intact",
      embedded: [{ given: false, made: true, fingerprint: fingerprint(keys.stranger) }],
    });
    expect(report.signatures[0]?.signedBy).toBeUndefined();
    expect(report.assertions[0]?.covered).toBe(false);
  });

  it("says that it is neither", () => {
    const xml = signedResponse(keys.stranger, ["Response"], responseXml(), { embedded: null });
    const report = explained(xml);
    expect(report.summary).toBe(
      "Signed by none of your 2 certificates; the assertion is not signed.",
    );
    expect(codesOf(report)).toContain("response.unknown_key");
  });

  it("tells a changed signature from one of a stranger", () => {
    const xml = signedResponse(keys.stranger, ["Response"], responseXml(), {
      embedded: keys.first,
    });
    expect(codesOf(explained(xml))).toContain("response.signature_changed");
  });

  it("says that the content was changed after it was signed", () => {
    const report = explained(signedResponse(keys.first).replace("ada@", "eve@"));
    expect(report.summary).toMatch(/^Signed by the first .*, but changed afterwards; /);
    expect(codesOf(report)).toContain("response.content_changed");
    expect(report.signatures[0]).toMatchObject({ by: "given", content: "changed", position: 1 });
    expect(report.signatures[0]?.signedBy).toBeUndefined();
  });

  it("warns if the message contains another certificate than the one that made it", () => {
    const xml = signedResponse(keys.first, ["Response"], responseXml(), {
      embedded: keys.stranger,
    });
    const report = explained(xml);
    expect(codesOf(report)).toContain("response.embedded_other");
    expect(report.signatures[0]?.signedBy?.fingerprint).toBe(fingerprint(keys.first));
  });

  it("names the given certificate that is in the message if two have the same key", async () => {
    const renewed = await createTestCertificate({
      sameKeyAs: keys.first,
      subject: { CN: "renewed" },
      notBefore: NOW - 86_400,
    });
    const xml = signedResponse(keys.first, ["Response"], responseXml(), { embedded: renewed });
    const { signatures } = explained(xml, { certificates: [keys.first.pem, renewed.pem] });
    expect(signatures[0]?.position).toBe(2);
  });

  it("compares with the certificate in the message alone if none is given", () => {
    const report = explainResponse(signedResponse(keys.first), { now: NOW });
    expect(report.summary).toMatch(/^Signed by the certificate in the message \(CN=first, /);
    expect(codesOf(report)).toContain("response.no_certificates");
    expect(report.checks.filter(({ status }) => status === "skipped")).toEqual([
      { id: "signature", status: "skipped", reason: "no certificates or metadata are given" },
      { id: "audience", status: "skipped", reason: "no audience is given" },
      { id: "recipient", status: "skipped", reason: "no recipient is given" },
    ]);
  });

  it("takes the certificates from metadata", () => {
    const metadata = idpMetadata([keys.first, keys.second]);
    const report = explained(signedResponse(keys.second), { certificates: undefined, metadata });
    expect(report.summary).toMatch(/^Signed by the second of your certificates/);
    const other = idpMetadata([keys.second], { entityId: "https://other.example.com" });
    const unknown = explained(signedResponse(keys.second), { certificates: [], metadata: other });
    expect(codesOf(unknown)).toContain("response.issuer_unknown");
    expect(unknown.signatures[0]?.by).toBe("given");
  });

  it("refuses certificates and metadata that cannot be read", () => {
    const xml = signedResponse(keys.first);
    expect(() => explainResponse(xml, { certificates: "-----BEGIN" })).toThrow(
      expect.objectContaining({ name: "CertificateError" }),
    );
    expect(() => explainResponse(xml, { metadata: "<x/>" })).toThrow(
      expect.objectContaining({ name: "MetadataError" }),
    );
  });

  it("warns of SHA-1 and of an expired certificate, and verifies both", () => {
    const xml = signedResponse(keys.first, ["Response"], responseXml(), {
      signatureAlgorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
      digestAlgorithm: "http://www.w3.org/2000/09/xmldsig#sha1",
    });
    const report = explained(xml, { now: NOW + 800 * 86_400 });
    expect(codesOf(report)).toEqual(
      expect.arrayContaining(["response.sha1", "response.certificate_expired"]),
    );
    expect(report.signatures[0]).toMatchObject({ by: "given", content: "intact" });
  });

  it("verifies RSA-PSS", () => {
    const algorithm = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1";
    const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    const signatureClass = class {
      getAlgorithmName = (): string => algorithm;
      getSignature = (signedInfo: unknown, key: unknown): string =>
        sign("sha256", Buffer.from(String(signedInfo)), { key: String(key), ...padding }).toString(
          "base64",
        );
      verifySignature = (): boolean => false;
    };
    const xml = signedResponse(keys.second, ["Response"], responseXml(), {
      signatureAlgorithm: algorithm,
      signatureClass,
    });
    expect(explained(xml).signatures).toMatchObject([
      { by: "given", content: "intact", algorithm },
    ]);
  });

  it("names an algorithm that it does not verify", () => {
    const xml = signedResponse(keys.first).replace("rsa-sha256", "rsa-md5");
    const report = explained(xml);
    expect(codesOf(report)).toContain("signature.algorithm");
    expect(report.signatures[0]).toMatchObject({ by: "unchecked", content: "unchecked" });
    expect(report.summary).toMatch(/^Signed in a way that cannot be checked/);
  });
});

describe("explainResponse says what a service provider refuses", () => {
  const refusals: readonly (readonly [string, () => string, number?])[] = [
    ["response.unsigned", () => responseXml()],
    ["response.status", () => responseXml("", { status: "Responder" })],
    ["response.no_assertion", () => responseXml("")],
    ["response.several_assertions", () => responseXml(assertionXml() + assertionXml({}, "_b"))],
    ["response.version", () => responseXml().replace('Version="2.0"', 'Version="1.1"')],
    [
      "response.issuer_missing",
      () => responseXml(assertionXml().replace(/<saml:Issuer.*?Issuer>/, "")),
    ],
    ["response.issuer_differs", () => responseXml(assertionXml({ issuer: "https://evil" }))],
    ["response.audience", () => responseXml(assertionXml({ audience: "https://other" }))],
    [
      "response.audience_missing",
      () => responseXml(assertionXml().replace(/<saml:AudienceR.*AudienceRestriction>/, "")),
    ],
    ["response.recipient", () => responseXml(assertionXml({ recipient: "https://other/acs" }))],
    [
      "response.confirmation_missing",
      () =>
        responseXml(assertionXml().replace(/<saml:SubjectConfirmation .*SubjectConfirmation>/, "")),
    ],
    ["response.time", () => responseXml(assertionXml({ notOnOrAfter: "tomorrow" }))],
    ["response.expired", () => responseXml(), NOW + 3600],
    ["response.not_yet_valid", () => responseXml(), NOW - 3600],
  ];

  it.each(refusals.map(([code, xml, now = NOW]) => ({ code, xml, now })))(
    "$code",
    ({ code, xml, now }) => {
      const report = explained(xml(), { now });
      expect(codesOf(report)).toContain(code);
      const isRefused = report.findings.some(({ severity }) => severity === "error");
      expect(isRefused).toBe(true);
      expect(report.checks.some(({ status }) => status === "failed")).toBe(true);
    },
  );

  it("accepts clocks that differ by 180 seconds", () => {
    const late = explained(signedResponse(keys.first), { now: NOW + 300 + 179 });
    expect(codesOf(late)).not.toContain("response.expired");
    const strict = explained(signedResponse(keys.first), { now: NOW + 360, clockSkewSeconds: 0 });
    expect(strict.findings.find(({ code }) => code === "response.expired")?.message).toBe(
      "NotOnOrAfter passed 1 minute ago, at 2026-05-28T20:31:40Z.",
    );
  });

  it("recognizes an encrypted assertion", () => {
    const encrypted = `<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/></xenc:EncryptedData></saml:EncryptedAssertion>`;
    const unsigned = explained(responseXml(encrypted));
    expect(unsigned.summary).toMatch(/^The Response is not signed; the assertion is encrypted/);
    expect(codesOf(unsigned)).toEqual(["response.encrypted"]);
    const report = explained(signXml(responseXml(encrypted), "Response", keys.first));
    expect(report.summary).toMatch(/; the assertion is encrypted\.$/);
    expect(report.assertions).toMatchObject([
      {
        encrypted: true,
        covered: true,
        encryption: ["http://www.w3.org/2009/xmlenc11#aes256-gcm"],
      },
    ]);
  });

  it("explains other messages by their signature", () => {
    const request = `<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r" Version="2.0"><saml:Issuer>${IDP}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status></samlp:LogoutResponse>`;
    const report = explained(signXml(request, "Response", keys.first));
    expect(codesOf(report)).toEqual(["response.other_message"]);
    expect(report.summary).toMatch(/^Signed by the first of your certificates \(.*\)\.$/);
    expect(report.message?.type).toBe("LogoutResponse");
  });
});

describe("a report of explainResponse", () => {
  const secret = {
    nameId: "secret-name",
    attributes:
      '<saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>secret-mail</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>',
  };

  it("contains no NameID and no attribute unless asked", () => {
    const xml = signedResponse(keys.first, ["Response"], responseXml(assertionXml(secret)));
    expect(JSON.stringify(explained(xml))).not.toContain("secret");
    expect(explained(xml, { show: ["nameId"] }).shown).toEqual({ nameIds: ["secret-name"] });
    expect(explained(xml, { show: ["attributes"] }).shown).toEqual({
      attributes: [{ name: "mail", values: ["secret-mail"] }],
    });
  });

  it("cannot be mistaken for a login", () => {
    const report = explained(signedResponse(keys.first));
    for (const name of ["user", "profile", "nameID", "valid", "verified", "ok", "authenticated"]) {
      expect(report).not.toHaveProperty(name);
    }
    expect(report.kind).toBe("explanation");
    expectTypeOf<ResponseReport["user"]>().toEqualTypeOf<undefined>();
    expectTypeOf<ResponseReport["valid"]>().toEqualTypeOf<undefined>();
    expectTypeOf<ResponseReport["ok"]>().toEqualTypeOf<undefined>();
    expectTypeOf<ResponseReport>().not.toExtend<{ profile: object | null }>();
    expectTypeOf<ResponseReport>().not.toExtend<{ nameID: string }>();
    expectTypeOf<ResponseReport>().not.toExtend<{ valid: boolean }>();
  });
});
