import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  diffMetadata,
  parseMetadata,
  readEntities,
  summarizeEntities,
  validateMetadata,
} from "../../src/metadata/index.ts";
import { signMetadata, verifyEntities, verifyMetadata } from "../../src/signature/index.ts";

const xml = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:a"/>';

const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

async function drain(entities: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of entities);
}

describe("limits", () => {
  it("keep their defaults if they are undefined", () => {
    const limits = { maxBytes: undefined, maxDepth: 2 } as never;
    const nested = xml.replace(
      "/>",
      "><Extensions><x xmlns='urn:x'/></Extensions></EntityDescriptor>",
    );
    const codeOf = (text: string): string =>
      validateMetadata(text, { limits, now: 0 }).findings[0]?.code ?? "";
    expect(codeOf(`${xml}${" ".repeat(33 * 1024 * 1024)}`)).toBe("xml.limit.document");
    expect(codeOf(nested)).toBe("xml.limit.depth");
  });

  it.each([Number.NaN, -1, "7", null])("must be numbers, and not %s", (maxDepth) => {
    expect(() => parseMetadata(xml, { limits: { maxDepth } as never })).toThrow(
      "maxDepth must be a number",
    );
  });

  it("have no unknown names", () => {
    expect(() => parseMetadata(xml, { limits: { maxByte: 1 } as never })).toThrow(
      'limits has no option "maxByte". Did you mean "maxBytes"?',
    );
  });
});

describe("an input that is not a document", () => {
  const inputs: readonly unknown[] = [undefined, null, 1, [xml], { xml }, new ArrayBuffer(4)];
  const wanted = (code: string): unknown => expect.objectContaining({ code });

  it.each(inputs)("is refused with a code: %s", async (input) => {
    const text = input as string;
    const options = { trust: { publicKeys: [publicKey] } };
    expect(() => parseMetadata(text)).toThrow(wanted("xml.input"));
    expect(() => verifyMetadata(text, options)).toThrow(wanted("xml.input"));
    await expect(drain(readEntities(text))).rejects.toThrow(wanted("xml.source"));
    await expect(drain(summarizeEntities(text))).rejects.toThrow(wanted("xml.source"));
    await expect(verifyEntities(text, options)).rejects.toThrow(wanted("xml.source"));
  });

  it.each([...inputs, 1n, Symbol("s"), () => xml, { entityId: 1n }])(
    "is found by validateMetadata, which does not throw: %s",
    (input) => {
      expect(validateMetadata(input as string, { now: 0 }).ok).toBe(false);
    },
  );

  it.each([undefined, null, 1, [null], [1]])("is refused by diffMetadata: %s", (input) => {
    expect(() => diffMetadata(input as never, xml)).toThrow(wanted("xml.input"));
  });
});

describe("an option of the wrong kind", () => {
  it.each([
    { validity: { clockSkewSeconds: Number.NaN } },
    { validity: { clockSkewSeconds: "300" } },
    { validity: { maxValiditySeconds: -1 } },
    { validity: { requireValidUntil: 1 } },
    { validity: { requireValidUntil: "true" } },
    { validity: { requirevalidUntil: true } },
    { validity: true },
    { unsafe: { sha1: "false" } },
    { unsafe: { md5: true } },
    { allowEmptyReference: "no" },
    { limits: { maxBytes: "1" } },
    { secondopinion: true },
    { now: "2031-07-09T12:00" },
    { now: Number.NaN },
    { trust: "PEM" },
    { trust: { certificate: "PEM" } },
    { trust: { publicKeys: "PEM" } },
  ])("is refused by verifyMetadata and verifyEntities: %o", async (wrong) => {
    const options = { trust: { publicKeys: [publicKey] }, ...wrong } as never;
    expect(() => verifyMetadata(xml, options)).toThrow(TypeError);
    await expect(verifyEntities(xml, options)).rejects.toThrow(TypeError);
  });

  it.each([
    undefined,
    null,
    {},
    { privateKey: "", certificate: "", hash: "sha1" },
    { privateKey: "", certificate: "", padding: "oaep" },
    { privateKey: "", certificate: "", hashes: "sha256" },
    { privateKey: undefined, certificate: "" },
  ])("is refused by signMetadata: %o", (options) => {
    expect(() => signMetadata(xml, options as never)).toThrow(TypeError);
  });
});
