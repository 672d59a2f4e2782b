import { deflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { explainResponse } from "../../../src/signature/index.ts";
import { mutations } from "../../metadata/support/mutants.ts";
import { fc } from "../../support/property.ts";
import { base64, NOW, responseXml, signedResponse, testKeys } from "./support.ts";

/** SAMLCERT_FUZZ=100000 for the long run. */
const RUNS = Number(process.env["SAMLCERT_FUZZ"] ?? 1500);
/** Milliseconds for any input; a Response takes about one. */
const LIMIT_MS = 20_000;

let keys: Awaited<ReturnType<typeof testKeys>>;
let signed: string;

beforeAll(async () => {
  keys = await testKeys();
  signed = signedResponse(keys.first, ["Response", "Assertion"]);
});

function survives(input: string | Uint8Array): void {
  const options = {
    certificates: keys.first.pem,
    now: NOW,
    show: ["nameId", "attributes"],
  } as const;
  const started = performance.now();
  const report = explainResponse(input, options);
  expect(performance.now() - started).toBeLessThan(LIMIT_MS);
  expect(report.kind).toBe("explanation");
  expect(report.summary).not.toBe("");
  expect(report.findings.length).toBeLessThan(200);
}

describe("explainResponse never throws because of its input", () => {
  it("takes any text and any bytes", () => {
    const inputs = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.uint8Array({ maxLength: 500 }),
      fc.base64String({ maxLength: 400 }),
      fc.string({ maxLength: 100 }).map((text) => `SAMLResponse=${text}`),
      fc.string({ maxLength: 100 }).map((text) => `<${text}`),
      fc.string({ maxLength: 100 }).map((text) => `<input name="SAMLResponse" value="${text}">`),
      fc.json({ maxDepth: 5 }),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString("base64")),
    );
    fc.assert(fc.property(inputs, survives), { numRuns: RUNS });
  });

  it("takes any JSON in the places of a capture", () => {
    const any = fc.jsonValue({ maxDepth: 3 });
    const entry = fc.record({
      startedDateTime: fc.oneof(any, fc.constant("2026-05-28T20:27:00Z")),
      request: fc.oneof(
        any,
        fc.record({
          url: fc.oneof(any, fc.constant("https://x/?SAMLResponse=PHg%2B")),
          postData: fc.oneof(any, fc.record({ text: any, params: any })),
          queryString: any,
        }),
      ),
    });
    const traced = fc.record({ url: any, post: any, get: any, saml: any });
    const har = fc.array(entry).map((entries) => ({ log: { entries } }));
    const tracer = fc.array(fc.oneof(any, traced)).map((requests) => ({ requests }));
    fc.assert(
      fc.property(fc.oneof(har, tracer), (json) => survives(JSON.stringify(json))),
      { numRuns: RUNS / 3 },
    );
  });

  it("takes a signed Response with damage of all kinds, in every encoding", () => {
    const encodings = fc.constantFrom<(xml: string) => string | Uint8Array>(
      (xml) => xml,
      (xml) => Buffer.from(xml),
      base64,
      (xml) => `SAMLResponse=${encodeURIComponent(base64(xml))}`,
      (xml) => deflateRawSync(xml).toString("base64"),
    );
    const cut = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(mutations([signed]), encodings, cut, ({ apply }, encode, part) => {
        const input = encode(apply(signed));
        survives(input);
        survives(input.slice(0, Math.floor(input.length * part)));
      }),
      { numRuns: RUNS / 3 },
    );
  });
});

const MEGABYTES_10 = 10_000_000;
const around = (content: string): string =>
  responseXml().replace(
    "<samlp:Status>",
    `<samlp:Extensions>${content}</samlp:Extensions><samlp:Status>`,
  );

describe("explainResponse takes bounded time", () => {
  const inputs: readonly (readonly [string, () => string | Uint8Array])[] = [
    ["10 MB of zeros", () => new Uint8Array(MEGABYTES_10)],
    ["10 MB of base64", () => "A".repeat(MEGABYTES_10)],
    ["10 MB of percent signs", () => "%25".repeat(MEGABYTES_10 / 3)],
    ["10 MB of white space", () => " ".repeat(MEGABYTES_10)],
    ["10 MB of input fields that do not end", () => `<html>${"<input ".repeat(1_000_000)}`],
    ["10 MB of parameters", () => `SAMLResponse=${"a=b&".repeat(2_500_000)}`],
    ["10 MB of nested arrays", () => `{"log":${"[".repeat(MEGABYTES_10)}`],
    ["a deeply nested document", () => "<a>".repeat(500_000)],
    [
      "a HAR with 50,000 entries",
      () => {
        const entry = {
          request: { url: "https://x/?SAMLResponse=PHg%2B", postData: { text: "a" } },
        };
        return JSON.stringify({ log: { entries: Array.from({ length: 50_000 }, () => entry) } });
      },
    ],
    ["a DEFLATE bomb", () => deflateRawSync(Buffer.alloc(MEGABYTES_10, 0x3c)).toString("base64")],
    [
      "20,000 signatures",
      () => around('<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'.repeat(20_000)),
    ],
    ["20,000 assertions", () => around('<saml:Assertion ID="_a"/>'.repeat(20_000))],
    ["20,000 elements with one ID", () => around('<saml:a ID="_response"/>'.repeat(20_000))],
    [
      "20,000 comments in names",
      () => around("<saml:NameID>a<!-- -->b</saml:NameID>".repeat(20_000)),
    ],
    [
      "many namespaces",
      () => around('<a xmlns:a="urn:a" xmlns:b="urn:b" xmlns:saml2="urn:c"/>'.repeat(20_000)),
    ],
    [
      "an entity bomb",
      () => `<!DOCTYPE x [<!ENTITY a "${"b".repeat(1000)}">]><x>${"&a;".repeat(1000)}</x>`,
    ],
    [
      "ten signatures of a large message",
      () => {
        const signature = /<ds:Signature[\s\S]*?<\/ds:Signature>/.exec(signed)?.[0] ?? "";
        const filler = `<saml:a>${"x".repeat(1_000_000)}</saml:a>`;
        return around(signature.repeat(10) + filler);
      },
    ],
  ];

  it.each(inputs)("for %s", (_, input) => survives(input()), 120_000);
});
