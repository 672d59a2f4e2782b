import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  acceptUnverified,
  buildIdentityProviderMetadata,
  checkQueryAnswer,
  metadataQueryUrl,
  parseMetadata,
} from "../../src/metadata/index.ts";
import { fc } from "../support/property.ts";

const entityId = "http://example.org/service";

describe("metadataQueryUrl", () => {
  it("escapes the entityID as one segment", () => {
    expect(metadataQueryUrl("https://mdq.example.org", entityId)).toBe(
      "https://mdq.example.org/entities/http%3A%2F%2Fexample.org%2Fservice",
    );
    expect(metadataQueryUrl("https://mdq.example.org/global/", "a/../b?c#d")).toBe(
      "https://mdq.example.org/global/entities/a%2F..%2Fb%3Fc%23d",
    );
  });

  it("replaces it by its SHA-1", () => {
    const digest = createHash("sha1").update(entityId).digest("hex");
    expect(metadataQueryUrl("https://mdq.example.org/", entityId, { transform: "sha1" })).toBe(
      `https://mdq.example.org/entities/%7Bsha1%7D${digest}`,
    );
  });

  it.each([
    "",
    "mdq.example.org",
    "javascript:alert(1)",
    "https://mdq.example.org/?x=",
    "https://u@h/",
  ])("refuses the base %j", (base) => {
    expect(() => metadataQueryUrl(base, entityId)).toThrow(
      expect.objectContaining({ code: "metadata.query.base" }),
    );
  });
});

describe("metadataQueryUrl of any name", () => {
  const base = "https://mdq.example.org/a";

  it.each(["", " ", ".", "..", "\ud800", "https://a.example/\udfff"])("refuses %j", (name) => {
    expect(() => metadataQueryUrl(base, name)).toThrow(
      expect.objectContaining({ code: "metadata.query.entity" }),
    );
  });

  it("gives one segment below /entities that contains the name again", () => {
    const wellFormed = fc
      .string({ unit: "binary", minLength: 1 })
      .filter((name) => /\S/.test(name) && !/^\.\.?$/.test(name) && !/\p{Surrogate}/u.test(name));
    fc.assert(
      fc.property(wellFormed, fc.constantFrom("", "/", "//"), (name, end) => {
        const plain = metadataQueryUrl(base + end, name);
        const { pathname, search, hash, origin } = new URL(plain);
        expect([origin, search, hash]).toEqual(["https://mdq.example.org", "", ""]);
        expect(pathname.split("/").slice(0, 3)).toEqual(["", "a", "entities"]);
        expect(pathname.split("/")).toHaveLength(4);
        expect(decodeURIComponent(pathname.split("/")[3] as string)).toBe(name);
        expect(metadataQueryUrl(base + end, name, { transform: "sha1" })).toBe(
          `${base}/entities/%7Bsha1%7D${createHash("sha1").update(name).digest("hex")}`,
        );
      }),
    );
  });
});

describe("checkQueryAnswer", () => {
  const answer = (id: string, validUntil?: number): ReturnType<typeof acceptUnverified>[] =>
    parseMetadata(
      buildIdentityProviderMetadata({
        entityId: id,
        singleSignOnServices: ["https://idp.example.com/sso"],
        validUntil,
      }),
    ).entities.map(acceptUnverified);
  const options = { entityId, now: 1_800_000_000 };

  it("gives the entity that was asked for", () => {
    expect(checkQueryAnswer(answer(entityId, 1_800_000_001), options).entityId).toBe(entityId);
  });

  it.each([
    ["metadata.query.wrong_entity", answer("http://example.org/other", 1_900_000_000)],
    ["metadata.query.wrong_entity", []],
    [
      "metadata.query.wrong_entity",
      [...answer(entityId, 1_900_000_000), ...answer(entityId, 1_900_000_000)],
    ],
    ["metadata.query.no_validity", answer(entityId)],
    ["metadata.query.expired", answer(entityId, 1_800_000_000)],
  ])("refuses: %s", (code, entities) => {
    expect(() => checkQueryAnswer(entities, options)).toThrow(expect.objectContaining({ code }));
  });

  it("refuses an answer that was not verified", () => {
    const entities = parseMetadata(
      buildIdentityProviderMetadata({
        entityId,
        singleSignOnServices: ["https://idp.example.com/sso"],
        validUntil: 1_900_000_000,
      }),
    ).entities;
    expect(() => checkQueryAnswer(entities as never, options)).toThrow(
      expect.objectContaining({ code: "metadata.untrusted" }),
    );
  });
});
