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

async function drain(entities: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of entities);
}

describe("limits", () => {
  it("stay as they are where they are undefined", () => {
    const limits = { documentBytes: undefined, depth: 2 } as never;
    const nested = xml.replace(
      "/>",
      "><Extensions><x xmlns='urn:x'/></Extensions></EntityDescriptor>",
    );
    const codeOf = (text: string): string =>
      validateMetadata(text, { limits, now: 0 }).findings[0]?.code ?? "";
    expect(codeOf(`${xml}${" ".repeat(33 * 1024 * 1024)}`)).toBe("xml.limit.document");
    expect(codeOf(nested)).toBe("xml.limit.depth");
  });

  it.each([Number.NaN, -1, "7", null])("are not %s, which would be none", (depth) => {
    expect(() => parseMetadata(xml, { limits: { depth } as never })).toThrow(RangeError);
  });
});

describe("what is not a document", () => {
  const inputs: readonly unknown[] = [undefined, null, 1, [xml], { xml }, new ArrayBuffer(4)];
  const wanted = (code: string): unknown => expect.objectContaining({ code });

  it.each(inputs)("is refused with a code: %s", async (input) => {
    const text = input as string;
    const options = { trust: { certificates: [] } };
    expect(() => parseMetadata(text)).toThrow(wanted("xml.input"));
    expect(() => verifyMetadata(text, options)).toThrow(wanted("xml.input"));
    expect(() => signMetadata(text, { privateKey: "", certificate: "" })).toThrow(
      expect.objectContaining({ code: expect.any(String) }),
    );
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

describe("the validity that is asked for", () => {
  it.each([
    { clockSkewSeconds: Number.NaN },
    { clockSkewSeconds: "300" },
    { maxValiditySeconds: -1 },
  ])("makes sense, or nothing is verified: %o", async (validity) => {
    const options = { trust: { certificates: [] }, validity: validity as never };
    expect(() => verifyMetadata(xml, options)).toThrow(RangeError);
    await expect(verifyEntities(xml, options)).rejects.toThrow(RangeError);
  });
});
