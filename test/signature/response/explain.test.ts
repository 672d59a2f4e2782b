import { beforeAll, describe, expect, it } from "vitest";
import { explainResponse } from "../../../src/signature/index.ts";
import { createTestCertificate, type TestCertificate } from "../../../src/testing/index.ts";
import { ACS, base64, IDP, NOW, signedResponse, SP } from "./support.ts";

let [first, second, stranger] = [] as unknown as TestCertificate[];
it("try", async () => {
  const validity = { notBefore: NOW - 1e6, notAfter: NOW + 1e7 };
  [first, second, stranger] = await Promise.all(["first","second","stranger"].map((cn) => createTestCertificate({ ...validity, subject: { CN: cn }, keyAlgorithm: "RSA-2048" as const })));
  const certificates = [first!.pem, second!.pem];
  for (const xml of [signedResponse(first!), signedResponse(second!, ["Assertion"]), signedResponse(second!, ["Response","Assertion"]), signedResponse(stranger!)]) {
    const r = explainResponse(base64(xml), { certificates, now: NOW, audience: SP, recipient: ACS });
    console.log(r.summary, JSON.stringify({...r, signatures: r.signatures.map((s)=>({...s, signedBy: s.signedBy?.fingerprint, embedded: s.embedded.map(e=>[e.given,e.made])}))}, null, 1));
  }
  console.log(explainResponse(signedResponse(first!).replace("ada@","eve@"), {certificates}));
});
