import { beforeAll, describe, expect, it } from "vitest";
import { explainResponse, type ResponseReport } from "../../../src/signature/index.ts";
import {
  assertionXml,
  codesOf,
  NOW,
  responseXml,
  signedResponse,
  signXml,
  testKeys,
} from "./support.ts";

const DS = "http://www.w3.org/2000/09/xmldsig#";
const SIGNATURE = /<ds:Signature[\s\S]*?<\/ds:Signature>/;

let keys: Awaited<ReturnType<typeof testKeys>>;
/** A Response whose Response, or whose assertion, is signed. */
let response: string;
let assertion: string;

beforeAll(async () => {
  keys = await testKeys();
  response = signedResponse(keys.first);
  assertion = signedResponse(keys.first, ["Assertion"]);
});

function explained(xml: string): ResponseReport {
  return explainResponse(xml, { certificates: keys.first.pem, now: NOW });
}

const signatureOf = (xml: string): string => SIGNATURE.exec(xml)?.[0] ?? "";
const without = (xml: string): string => xml.replace(SIGNATURE, "");
const assertionOf = (xml: string): string =>
  /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? "";
const evil = (xml: string, id = "_evil"): string =>
  xml.replace("ada@", "eve@").replace(/ID="_(?:response|assertion)"/, `ID="${id}"`);
const withObject = (signature: string, content: string): string =>
  signature.replace("</ds:Signature>", `<ds:Object>${content}</ds:Object></ds:Signature>`);
const NAMESPACES =
  'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';
const selfContained = (xml: string): string =>
  xml.includes("<samlp:Response xmlns")
    ? xml
    : xml.replace("<saml:Assertion ", `<saml:Assertion ${NAMESPACES} `);

/** XSW 1 to 8 of "On Breaking SAML" (2012), in the numbering of SAML Raider. */
const WRAPPINGS: Readonly<Record<string, () => string>> = {
  "XSW 1": () => {
    const signature = withObject(signatureOf(response), without(response));
    return evil(without(response)).replace("</saml:Issuer>", `</saml:Issuer>${signature}`);
  },
  "XSW 2": () =>
    evil(without(response)).replace(
      "</saml:Issuer>",
      `</saml:Issuer>${without(response)}${signatureOf(response)}`,
    ),
  "XSW 3": () =>
    assertion.replace("<saml:Assertion", `${evil(without(assertionOf(assertion)))}<saml:Assertion`),
  "XSW 4": () => {
    const outer = evil(without(assertionOf(assertion)));
    const wrapped = outer.replace(
      "</saml:Assertion>",
      `${assertionOf(assertion)}</saml:Assertion>`,
    );
    return assertion.replace(assertionOf(assertion), wrapped);
  },
  "XSW 5": () => {
    const original = assertionOf(assertion);
    const first = original.replace("ada@", "eve@").replace('ID="_assertion"', 'ID="_evil"');
    return assertion.replace(original, first + without(original));
  },
  "XSW 6": () => {
    const original = assertionOf(assertion);
    const signature = withObject(signatureOf(original), selfContained(without(original)));
    const first = evil(without(original)).replace("</saml:Issuer>", `</saml:Issuer>${signature}`);
    return assertion.replace(original, first);
  },
  "XSW 7": () => {
    const forged = evil(without(assertionOf(assertion)), "_assertion");
    return assertion.replace(
      "<saml:Assertion",
      `<samlp:Extensions>${forged}</samlp:Extensions><saml:Assertion`,
    );
  },
  "XSW 8": () => {
    const original = assertionOf(assertion);
    const signature = withObject(signatureOf(original), selfContained(without(original)));
    const forged = original.replace("ada@", "eve@").replace(SIGNATURE, signature);
    return assertion.replace(original, forged);
  },
};

describe("explainResponse explains signature wrapping and believes none of it", () => {
  it.each(Object.keys(WRAPPINGS))("%s", (name) => {
    const xml = WRAPPINGS[name]?.() as string;
    expect(xml).toContain("eve@");
    const report = explained(xml);
    expect(report.summary).toMatch(/^Do not use this message: /);
    expect(codesOf(report).join()).toMatch(/wrapping|misplaced|uncovered|duplicate_id/);
    expect(report.checks.find(({ id }) => id === "wrapping")?.status).toBe("failed");
    // No forged assertion counts as covered.
    const covered = report.assertions.filter((one) => one.covered && one.id === "_evil");
    expect(covered).toEqual([]);
  });
});

describe("explainResponse names techniques against parsers", () => {
  const techniques: readonly (readonly [string, string, () => string])[] = [
    [
      "a comment in a NameID (CVE-2017-11427)",
      "response.comment",
      () => response.replace("ada@example.com", "ada@example.com<!-- -->.evil.com"),
    ],
    [
      "a comment in a digest (CVE-2025-29775)",
      "response.signature_comment",
      () => response.replace("<ds:DigestValue>", "<ds:DigestValue><!--x-->"),
    ],
    [
      "two SignedInfo (CVE-2025-29774)",
      "response.several_parts",
      () => response.replace(/<ds:SignedInfo>[\s\S]*<\/ds:SignedInfo>/, (info) => info + info),
    ],
    [
      "an unsigned assertion next to a signed one (samlify, CVE-2025-47949)",
      "response.uncovered_assertion",
      () =>
        assertion.replace(
          "</samlp:Response>",
          `${assertionXml({ nameId: "eve" }, "_e")}</samlp:Response>`,
        ),
    ],
    [
      "an assertion in the extensions of the Response",
      "response.misplaced_assertion",
      () =>
        response.replace(
          "<samlp:Status>",
          `<samlp:Extensions>${assertionXml({}, "_e")}</samlp:Extensions><samlp:Status>`,
        ),
    ],
    [
      "a Response in a Response",
      "response.misplaced_response",
      () =>
        response.replace(
          "</samlp:Response>",
          `${responseXml().replaceAll("_r", "_q")}</samlp:Response>`,
        ),
    ],
    [
      "a signature in the status (ruby-saml, CVE-2024-45409)",
      "response.misplaced_signature",
      () =>
        assertion.replace(
          "</samlp:Status>",
          `<samlp:StatusDetail>${signatureOf(assertion)}</samlp:StatusDetail></samlp:Status>`,
        ),
    ],
    [
      "two signatures in one element",
      "response.several_signatures",
      () => response.replace(SIGNATURE, (one) => one + one),
    ],
    [
      "an ID that occurs twice",
      "response.duplicate_id",
      () => response.replace('ID="_assertion"', 'ID="_response"'),
    ],
    [
      "a reference to another element",
      "response.wrapping",
      () => response.replace('URI="#_response"', 'URI="#_assertion"'),
    ],
    [
      "attribute pollution by a second ID in a namespace",
      "response.attribute_pollution",
      () => response.replace('ID="_response"', 'samlp:ID="_evil" ID="_response"'),
    ],
    [
      "attribute pollution by the same attribute twice",
      "response.attribute_pollution",
      () => response.replace('ID="_response"', 'ID="_evil" ID="_response"'),
    ],
    [
      "namespace confusion by a signature in another namespace",
      "response.namespace_confusion",
      () =>
        response.replace(
          "<samlp:Status>",
          '<samlp:Extensions><Signature xmlns="http://www.w3.org/2000/09/xmldsig"/></samlp:Extensions><samlp:Status>',
        ),
    ],
    [
      "namespace confusion by a usual prefix",
      "response.namespace_confusion",
      () => response.replace(`xmlns:ds="${DS}"`, `xmlns:ds="${DS}" xmlns:saml2="urn:evil"`),
    ],
    [
      "namespace confusion by the prefix xml",
      "response.namespace_confusion",
      () => response.replace("<samlp:Response", '<samlp:Response xmlns:xml="urn:evil"'),
    ],
    [
      "void canonicalisation by a relative namespace",
      "response.void_canonicalization",
      () => response.replace("<samlp:Response", '<samlp:Response xmlns:x="1"'),
    ],
    [
      "entities of a document type declaration (CVE-2025-25291)",
      "response.hidden_entities",
      () => `<!DOCTYPE r [<!ENTITY e "eve">]>${response.replace("ada", "&e;")}`,
    ],
  ];

  it.each(techniques)("%s", (_, code, xml) => {
    const report = explained(xml());
    expect(codesOf(report)).toContain(code);
    expect(report.findings.find((one) => one.code === code)?.severity).toBe("error");
  });

  it("accepts an assertion inside the Advice of a signed one", () => {
    const advice = `<saml:Advice>${assertionXml({}, "_advice")}</saml:Advice>`;
    const content = assertionXml().replace("<saml:AuthnStatement", `${advice}<saml:AuthnStatement`);
    const report = explained(signXml(responseXml(content), "Response", keys.first));
    expect(report.checks.find(({ id }) => id === "wrapping")?.status).toBe("passed");
  });

  it("accepts what an attribute value may contain", () => {
    const attributes =
      '<saml:AttributeStatement><saml:Attribute Name="a"><saml:AttributeValue><Response xmlns="urn:x"/></saml:AttributeValue></saml:Attribute></saml:AttributeStatement>';
    const xml = signedResponse(keys.first, ["Response"], responseXml(assertionXml({ attributes })));
    expect(codesOf(explained(xml))).toEqual(["response.assertion_unsigned"]);
  });
});
