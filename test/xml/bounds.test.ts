import { describe, expect, it } from "vitest";
import { readEntities } from "../../src/metadata/index.ts";
import { limitsOf } from "../../src/xml/limits.ts";
import { remembers, rootScope } from "../../src/xml/scope.ts";

const MD = 'xmlns="urn:oasis:names:tc:SAML:2.0:metadata"';

describe("a stream", () => {
  it("may contain a text that is longer than the limit of a tag", async () => {
    const text = "x".repeat(300_000);
    const xml = `<EntityDescriptor ${MD} entityID="urn:a"><Extensions><x:X xmlns:x="urn:x">${text}</x:X></Extensions></EntityDescriptor>`;
    async function* pieces(): AsyncGenerator<Uint8Array> {
      const bytes = Buffer.from(xml);
      for (let i = 0; i < bytes.length; i += 1000) yield bytes.subarray(i, i + 1000);
    }
    const found: string[] = [];
    for await (const entity of readEntities(pieces(), { limits: { maxMarkupBytes: 1000 } })) {
      found.push(entity.entityId);
    }
    expect(found).toEqual(["urn:a"]);
  });
});

describe("the limits", () => {
  it("are those of the documents, if none is given", () => {
    const MIB = 1024 * 1024;
    expect(limitsOf(undefined)).toEqual({
      maxBytes: 32 * MIB,
      maxStreamBytes: 4096 * MIB,
      maxEntityBytes: 16 * MIB,
      maxNodes: 500_000,
      maxDepth: 100,
      maxAttributes: 256,
      maxNamespaces: 128,
      maxNames: 5000,
      maxMarkupBytes: MIB,
      maxTextBytes: 4 * MIB,
    });
    expect(limitsOf({ maxDepth: 3 })).toMatchObject({
      maxDepth: 3,
      maxBytes: 32 * MIB,
    });
  });
});

describe("the memo of a document", () => {
  it("has room for 8192 entries, whatever their scope", () => {
    const scope = rootScope();
    const other = scope.outer as typeof scope;
    let count = 0;
    while (remembers(count % 2 === 0 ? scope : other, "tag")) count++;
    expect(count).toBe(8192);
    expect(remembers(other, "tag")).toBe(false);
  });

  it("takes no text of more than 512 characters", () => {
    const scope = rootScope();
    expect(remembers(scope, "x".repeat(513))).toBe(false);
    expect(remembers(scope, "x".repeat(512))).toBe(true);
    // A text that was not taken uses no room.
    let count = 1;
    while (remembers(scope, "tag")) count++;
    expect(count).toBe(8192);
  });
});
