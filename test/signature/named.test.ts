import { describe, expect, it } from "vitest";
import { validateMetadata } from "../../src/metadata/index.ts";
import { signMetadata, verifyMetadata } from "../../src/signature/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";

const { pem, privateKeyPem } = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
const signer = { privateKey: privateKeyPem, certificate: pem };
const MD = 'xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:e:1"';
const code = (name: string) => expect.objectContaining({ code: name });

describe("signMetadata", () => {
  it("refuses an empty root, which has no place for a signature", () => {
    const sign = () => signMetadata(`<EntityDescriptor ${MD}/>`, signer);
    expect(sign).toThrow(code("signature.root_empty"));
  });

  it.each(["1a", "a b", "a:b", ""])("refuses the ID %j, which is not an XML name", (id) => {
    const xml = `<EntityDescriptor ${MD} ID="${id}"><Extensions/></EntityDescriptor>`;
    expect(() => signMetadata(xml, signer)).toThrow(code("signature.root_id"));
  });
});

describe("verifyMetadata", () => {
  it("names a canonicalisation that it does not support", () => {
    const signed = signMetadata(`<EntityDescriptor ${MD}><Extensions/></EntityDescriptor>`, signer);
    const other = signed.replace(
      /(<ds:CanonicalizationMethod Algorithm=")[^"]+/,
      "$1urn:example:canonical",
    );
    const verify = () => verifyMetadata(other, { trust: { certificates: [pem] } });
    expect(() => verifyMetadata(signed, { trust: { certificates: [pem] } })).not.toThrow();
    expect(verify).toThrow(code("signature.canonicalization"));
    expect(verify).toThrow("urn:example:canonical");
  });
});

describe("validateMetadata", () => {
  it("notices a processing instruction before or after the root", () => {
    const root = `<EntityDescriptor ${MD}><Extensions/></EntityDescriptor>`;
    const instruction = '<?xml-stylesheet href="a.xsl"?>';
    for (const xml of [`${instruction}${root}`, `${root}${instruction}`]) {
      const { findings } = validateMetadata(xml, { now: 0 });
      expect(findings).toContainEqual(code("xml.instruction_outside_root"));
    }
    expect(validateMetadata(root, { now: 0 }).findings).not.toContainEqual(
      code("xml.instruction_outside_root"),
    );
  });
});
