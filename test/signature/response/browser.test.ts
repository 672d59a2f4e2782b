import { beforeAll, describe, expect, it } from "vitest";
import { explainResponse } from "../../../src/signature/index.ts";
import { explainResponseInBrowser } from "../../../src/signature/response/web.ts";
import { createTestCertificate, type TestCertificate } from "../../../src/testing/index.ts";
import { codesOf, NOW, responseXml, signedResponse, testKeys } from "./support.ts";

const MORE = "http://www.w3.org/2001/04/xmldsig-more#";

let keys: Awaited<ReturnType<typeof testKeys>>;

beforeAll(async () => {
  keys = await testKeys();
});

describe("explainResponseInBrowser", () => {
  const documents: readonly (readonly [string, () => string])[] = [
    ["a signed Response", () => signedResponse(keys.first)],
    ["a signed assertion", () => signedResponse(keys.second, ["Assertion"])],
    ["a stranger's Response", () => signedResponse(keys.stranger)],
    ["a changed Response", () => signedResponse(keys.first).replace("ada@", "eve@")],
    [
      "SHA-1",
      () =>
        signedResponse(keys.first, ["Response"], responseXml(), {
          signatureAlgorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
          digestAlgorithm: "http://www.w3.org/2000/09/xmldsig#sha1",
        }),
    ],
    [
      "SHA-512",
      () =>
        signedResponse(keys.first, ["Response"], responseXml(), {
          signatureAlgorithm: `${MORE}rsa-sha512`,
        }),
    ],
  ];

  it.each(documents)("says of %s what explainResponse says", async (_, xml) => {
    const options = { certificates: [keys.first.pem, keys.second.pem], now: NOW };
    const report = await explainResponseInBrowser(xml(), options);
    expect(report).toEqual(explainResponse(xml(), options));
  });

  it("says which algorithm browsers do not have", async () => {
    const key: TestCertificate = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
    const xml = signedResponse(key).replace(`${MORE}rsa-sha256`, `${MORE}rsa-sha224`);
    const report = await explainResponseInBrowser(xml, { certificates: key.pem, now: NOW });
    expect(codesOf(report)).toContain("response.not_verifiable");
    expect(report.signatures[0]?.by).toBe("unchecked");
  });
});
