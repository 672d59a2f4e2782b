import { createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signMetadata, verifyMetadata } from "../../src/signature/index.ts";
import { makeSigner, xmlsec1Verifies } from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const xmlsec1 = requireProgram("xmlsec1");

const MD = 'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"';
const role = `<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
  <md:AssertionConsumerService index='0' Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs?a=1&amp;b=2"/>
</md:SPSSODescriptor>`;
const entity = `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor ${MD} entityID="https://sp.example.com/é">
${role}
</md:EntityDescriptor>
`;

describe.skipIf(openssl.missing)(`signMetadata${openssl.note}`, () => {
  const rsa = openssl.missing ? ({} as never) : makeSigner("rsa");
  const trust = { certificates: [rsa.certificate] };

  it.each(["rsa", "P-256", "P-384"] as const)("makes what xmlsec1 verifies, with %s", (kind) => {
    const signer = makeSigner(kind);
    const signed = signMetadata(entity, signer);
    expect(verifyMetadata(signed, { trust: { certificates: [signer.certificate] } })).toMatchObject(
      {
        entities: [{ entityId: "https://sp.example.com/é" }],
        signature: { secondOpinion: false },
      },
    );
    if (!xmlsec1.missing) expect(xmlsec1Verifies(signed, signer.certificate)).toBe(true);
  });

  it.each(["sha256", "sha384", "sha512"] as const)("signs with RSA and %s", (hash) => {
    const signed = signMetadata(entity, { ...rsa, hash });
    expect(verifyMetadata(signed, { trust }).signature.algorithm).toMatch(
      new RegExp(`rsa-${hash}$`),
    );
    if (!xmlsec1.missing) expect(xmlsec1Verifies(signed, rsa.certificate)).toBe(true);
  });

  it("puts the signature first in the root, adds an ID, and changes nothing else", () => {
    const signed = signMetadata(entity, rsa);
    const [, id] = / ID="(_[0-9a-f]{40})"/.exec(signed) ?? [];
    expect(signed).toContain(`<md:EntityDescriptor ID="${id}" ${MD}`);
    expect(signed).toMatch(/entityID="https:\/\/sp\.example\.com\/é"><ds:Signature /);
    const bare = signed.replace(` ID="${id}"`, "").replace(/<ds:Signature .*<\/ds:Signature>/s, "");
    expect(bare).toBe(entity);
    expect(signMetadata(entity, rsa)).toBe(signed);
    expect(signMetadata(Buffer.from(entity), rsa)).toBe(signed);
  });

  it("keeps an existing ID", () => {
    const named = entity.replace("entityID", 'ID="_own" entityID');
    expect(signMetadata(named, rsa)).toContain('<ds:Reference URI="#_own">');
  });

  it("signs aggregates, and documents with many comments, in good time", () => {
    const member = `<md:EntityDescriptor entityID="https://e.example.com/">${role}<!-- c --></md:EntityDescriptor>`;
    const aggregate = `<md:EntitiesDescriptor ${MD}>${member.repeat(5000)}</md:EntitiesDescriptor>`;
    const signed = signMetadata(aggregate, rsa);
    expect(verifyMetadata(signed, { trust }).entities).toHaveLength(5000);
    if (!xmlsec1.missing) expect(xmlsec1Verifies(signed, rsa.certificate)).toBe(true);
  });

  it("refuses a certificate of another key", () => {
    const { certificate } = makeSigner("rsa");
    expect(() => signMetadata(entity, { ...rsa, certificate })).toThrow(
      expect.objectContaining({ name: "SignatureError", code: "signature.key_mismatch" }),
    );
  });

  it.each(["rsa1024", "P-521"] as const)("refuses a key that should not sign: %s", (kind) => {
    for (const hash of [undefined, "sha512"] as const) {
      expect(() => signMetadata(entity, { ...makeSigner(kind), hash })).toThrow(
        expect.objectContaining({ code: "signature.key" }),
      );
    }
  });

  it("never quotes the key", () => {
    const broken = rsa.privateKey.replace("A", "*");
    try {
      signMetadata(entity, { ...rsa, privateKey: broken });
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(
        broken.slice(40, 80),
      );
    }
    const publicOnly = createPublicKey(rsa.certificate);
    expect(() => signMetadata(entity, { ...rsa, privateKey: publicOnly })).toThrow(
      expect.objectContaining({ code: "signature.key" }),
    );
  });

  it("refuses a signed document and a document that is not metadata", () => {
    const signed = signMetadata(entity, rsa);
    expect(() => signMetadata(signed, rsa)).toThrow(
      expect.objectContaining({ code: "signature.signed_already" }),
    );
    expect(() => signMetadata("<a>b</a>", rsa)).toThrow(
      expect.objectContaining({ code: "metadata.root" }),
    );
  });
});
