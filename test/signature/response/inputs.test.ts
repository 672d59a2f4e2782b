import { createSign } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type ExplainOptions,
  explainResponse,
  type ResponseReport,
} from "../../../src/signature/index.ts";
import { inflateRaw } from "../../../src/signature/response/input/inflate.ts";
import { fc } from "../../support/property.ts";
import { ACS, base64, codesOf, NOW, responseXml, signedResponse, testKeys } from "./support.ts";

const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

let keys: Awaited<ReturnType<typeof testKeys>>;
let xml: string;

beforeAll(async () => {
  keys = await testKeys();
  xml = signedResponse(keys.first);
});

function explained(input: string | Uint8Array, options: ExplainOptions = {}): ResponseReport {
  return explainResponse(input, { certificates: keys.first.pem, now: NOW, ...options });
}

const lines = (text: string): string => text.replace(/.{76}/g, "$&\r\n");

describe("explainResponse takes a Response", () => {
  const forms: readonly (readonly [string, () => string | Uint8Array, string])[] = [
    ["as XML", () => xml, "xml"],
    ["as XML in bytes, with a byte order mark", () => Buffer.from(`\ufeff${xml}`), "xml"],
    ["as XML in UTF-16", () => Buffer.from(`\ufeff${xml}`, "utf16le"), "xml"],
    ["as base64", () => base64(xml), "base64"],
    ["as base64 in lines and quotes", () => ` "${lines(base64(xml))}" `, "base64"],
    ["as base64url without padding", () => Buffer.from(xml).toString("base64url"), "base64"],
    ["as base64 twice", () => base64(base64(xml)), "base64"],
    ["as percent-encoded base64", () => encodeURIComponent(base64(xml)), "base64"],
    [
      "as a form body",
      () => `RelayState=x&SAMLResponse=${encodeURIComponent(base64(xml))}`,
      "form",
    ],
    ["as a form field that is not encoded", () => `SAMLResponse=${lines(base64(xml))}`, "form"],
    [
      "in a curl command",
      () =>
        `curl 'https://sp.example.com/acs' --data-raw 'SAMLResponse=${encodeURIComponent(base64(xml))}&RelayState=' --compressed`,
      "form",
    ],
    ["as compressed base64", () => deflateRawSync(xml).toString("base64"), "redirect"],
    [
      "as the URL of a redirect",
      () =>
        `https://sp.example.com/acs?SAMLResponse=${encodeURIComponent(deflateRawSync(xml).toString("base64"))}&RelayState=a`,
      "redirect",
    ],
    [
      "in the page that posts it",
      () =>
        `<!DOCTYPE html><html><body><form method="post"><input type="hidden" name="RelayState" value="a">\n<input type="hidden" name="SAMLResponse"\n value="${base64(xml).replaceAll("+", "&#x2b;").replaceAll("=", "&#61;")}"/></form></body></html>`,
      "html",
    ],
    ["as JSON", () => JSON.stringify({ SAMLResponse: base64(xml) }), "form"],
  ];

  it.each(forms)("%s", (_, input, form) => {
    const report = explained(input());
    expect(report.source?.form).toBe(form);
    expect(report.signatures[0]?.by).toBe("given");
    expect(report.signatures[0]?.content).toBe("intact");
  });

  it("in a SOAP envelope", () => {
    const soap = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${xml}</s:Body></s:Envelope>`;
    expect(explained(soap).signatures[0]).toMatchObject({ by: "given", content: "intact" });
  });
});

describe("explainResponse reads captures", () => {
  const posted = (value: string, url = `${ACS}?a=1`) => ({
    startedDateTime: "2026-05-28T20:27:00.000Z",
    request: {
      method: "POST",
      url,
      postData: { mimeType: "application/x-www-form-urlencoded", text: `SAMLResponse=${value}` },
    },
  });
  const request = { startedDateTime: "x", request: { method: "GET", url: "https://x/" } };
  const har = (...entries: readonly unknown[]): string => JSON.stringify({ log: { entries } });

  it("finds the Response in a HAR, with its time and its URL", () => {
    const file = har(request, posted(encodeURIComponent(base64(xml))));
    const report = explainResponse(file, { certificates: keys.first.pem });
    expect(report.source).toEqual({
      form: "har",
      request: 2,
      url: ACS,
      time: "2026-05-28T20:27:00.000Z",
    });
    expect(report.judgedAt).toBe("2026-05-28T20:27:00Z");
    expect(codesOf(report)).toEqual(["response.assertion_unsigned"]);
    const elsewhere = har(posted(encodeURIComponent(base64(xml)), "https://other.example.com/acs"));
    expect(codesOf(explainResponse(elsewhere))).toContain("response.recipient");
  });

  it("explains the last Response, and lists the other messages", () => {
    const query = encodeURIComponent(
      deflateRawSync(xml.replaceAll("Response", "LogoutRequest")).toString("base64"),
    );
    const ask = { request: { url: `https://idp.example.com/slo?SAMLRequest=${query}` } };
    const report = explained(har(posted(base64(xml)), posted(base64(xml)), ask));
    expect(report.source?.request).toBe(2);
    expect(report.others.map(({ source }) => source?.request)).toEqual([1, 3]);
    const many = har(...Array.from({ length: 30 }, () => posted(base64(responseXml()))));
    const limited = explained(many);
    expect(limited.others).toHaveLength(9);
    expect(codesOf(limited)).toContain("response.limit.messages");
  });

  it("takes the parameters of a HAR, and the pairs of SAML-tracer", () => {
    const params = [{ name: "SAMLResponse", value: base64(xml) }];
    const inParams = har({ request: { url: ACS, postData: { params } } });
    expect(explained(inParams).signatures[0]?.by).toBe("given");
    const traced = (post: unknown, saml: unknown) =>
      JSON.stringify({ requests: [{ method: "POST", url: ACS, post, saml }], timestamp: "x" });
    const pairs = explained(traced([["SAMLResponse", base64(xml)]], undefined));
    expect(pairs.source).toEqual({ form: "saml-tracer", request: 1, url: ACS });
    expect(pairs.signatures[0]?.by).toBe("given");
    // Its export can hide the values of the fields.
    const hidden = explained(traced([["SAMLResponse", "hash:ab12"]], xml));
    expect(hidden.signatures[0]?.by).toBe("given");
  });
});

describe("explainResponse verifies the signature of a query", () => {
  const signed = (fields: Readonly<Record<string, string>>): string => {
    const query = Object.entries(fields)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join("&");
    const text = `${query}&SigAlg=${encodeURIComponent(RSA_SHA256)}`;
    const signature = createSign("RSA-SHA256")
      .update(text)
      .sign(keys.first.privateKeyPem, "base64");
    return `https://sp.example.com/slo?${text}&Signature=${encodeURIComponent(signature)}`;
  };
  const message = (): string => deflateRawSync(responseXml()).toString("base64");

  it.each([
    ["with a RelayState", () => signed({ SAMLResponse: message(), RelayState: "a b/ä" })],
    ["without one", () => signed({ SAMLResponse: message() })],
    ["of a request", () => signed({ SAMLRequest: message(), RelayState: "" })],
  ])("%s", (_, url) => {
    const report = explained(url());
    expect(report.signatures).toMatchObject([
      { of: "query", by: "given", content: "intact", algorithm: RSA_SHA256, position: 1 },
    ]);
    expect(report.signatures[0]?.signedBy?.fingerprint).toBe(
      keys.first.certificate.fingerprint.sha256,
    );
    expect(report.summary).toMatch(/^Signed by your certificate \(CN=first/);
  });

  it("refuses one that was changed", () => {
    const url = signed({ SAMLResponse: message(), RelayState: "a" }).replace("State=a", "State=b");
    const report = explained(url);
    expect(report.signatures[0]).toMatchObject({ of: "query", by: "unknown" });
    expect(codesOf(report)).toContain("response.unknown_key");
  });

  it("says that parts of it are missing", () => {
    const url = signed({ SAMLResponse: message() }).replace(/&Signature=.*/, "");
    expect(codesOf(explained(url))).toContain("response.query_incomplete");
  });
});

describe("explainResponse says what it cannot read", () => {
  const SAML1 = '<Response xmlns="urn:oasis:names:tc:SAML:1.0:protocol"/>';
  const METADATA = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>';
  const inputs: readonly (readonly [string, unknown])[] = [
    ["response.input", 7],
    ["response.input", undefined],
    ["response.empty", " \n"],
    ["response.empty", "SAMLResponse="],
    ["response.not_found", "no such thing"],
    ["response.not_found", "{}"],
    ["response.not_found", '{"log":{"entries":[null,7,{"request":{"url":"https://x/?a=b"}}]}}'],
    ["response.not_found", "<html><body>Sign in</body></html>"],
    ["response.json", '{"log":'],
    ["response.artifact", "https://sp.example.com/acs?SAMLart=AAQ"],
    ["response.artifact", '{"log":{"entries":[{"request":{"url":"https://x/?SAMLart=AAQ"}}]}}'],
    ["response.base64", "PHNhbWxwO"],
    ["response.base64", `${base64("x".repeat(400))}!`],
    ["response.compressed", base64("just a text of no form at all, for a while")],
    ["response.not_saml", "<saml/>"],
    ["response.saml1", SAML1],
    ["response.metadata", METADATA],
    ["xml.truncated", base64(responseXml()).slice(0, 800)],
  ];

  it.each(inputs)("%s", (code, input) => {
    const report = explainResponse(input as string);
    expect(codesOf(report)).toContain(code);
    expect(report.message).toBeUndefined();
    expect(report.signatures).toEqual([]);
    expect(report.summary).toBe(report.findings[0]?.message);
  });

  it("limits the input, the message and the signatures", () => {
    const limited = (limits: ExplainOptions["limits"], input: string): string[] =>
      codesOf(explained(input, { limits }));
    expect(limited({ maxBytes: 10 }, xml)).toEqual(["response.limit.bytes"]);
    expect(limited({ maxMessageBytes: 100 }, xml)).toEqual(["response.limit.message"]);
    expect(limited({ maxMessageBytes: 100 }, base64(xml))).toEqual(["response.limit.message"]);
    const bomb = deflateRawSync(Buffer.alloc(50_000_000, 0x20)).toString("base64");
    expect(limited({}, bomb)).toEqual(["response.limit.message"]);
    const two = signedResponse(keys.first, ["Response", "Assertion"]);
    expect(limited({ maxSignatures: 1 }, two)).toContain("response.limit.signatures");
  });

  it("refuses an option that it does not have", () => {
    expect(() => explainResponse(xml, { audiance: "x" } as never)).toThrow(
      'Did you mean "audience"?',
    );
    expect(() => explainResponse(xml, { show: ["all"] } as never)).toThrow(TypeError);
    expect(() => explainResponse(xml, { limits: { bytes: 1 } } as never)).toThrow(TypeError);
  });
});

describe("inflateRaw", () => {
  it("inflates what zlib deflates, with every strategy and level", () => {
    const pieces = fc.array(
      fc.tuple(fc.uint8Array({ maxLength: 50 }), fc.integer({ min: 1, max: 400 })),
    );
    const options = fc.record({
      level: fc.integer({ min: 0, max: 9 }),
      strategy: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(pieces, options, (parts, settings) => {
        const bytes = Buffer.concat(parts.flatMap(([part, count]) => Array(count).fill(part)));
        const inflated = inflateRaw(deflateRawSync(bytes, settings), bytes.length);
        expect(Buffer.compare(Buffer.from(inflated as Uint8Array), bytes)).toBe(0);
        if (bytes.length > 0) {
          expect(inflateRaw(deflateRawSync(bytes, settings), bytes.length - 1)).toBe("too_long");
        }
      }),
      { numRuns: 200 },
    );
  });

  it("says that any other bytes are damaged, or agrees with zlib", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const inflated = inflateRaw(bytes, 100_000);
        expect(typeof inflated === "string" || inflated.length <= 100_000).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
