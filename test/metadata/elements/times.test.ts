import { describe, expect, it } from "vitest";
import { dateTimeSeconds } from "../../../src/metadata/elements/simple-types.ts";
import { parseMetadata, validateMetadata } from "../../../src/metadata/index.ts";

const day = 86_400;

describe("times of metadata", () => {
  it.each([
    ["2030-06-01T00:00:00Z", 0],
    ["2030-05-31T24:00:00Z", 0],
    ["2030-06-01T14:00:00+14:00", 0],
    ["2030-05-31T10:00:00-14:00", 0],
    ["2030-06-01T00:00:00", 0],
    ["2030-06-01T00:00:00.999", 0],
    ["2030-06-01T24:00:00Z", day],
  ])("%s is a time", (text, after) => {
    expect(dateTimeSeconds(text)).toBe(Date.parse("2030-06-01T00:00:00Z") / 1000 + after);
  });

  it.each([
    "2030-06-01",
    "2030-06-01T00:00Z",
    "2030-06-01t00:00:00z",
    "2030-06-01 00:00:00Z",
    "+2030-06-01T00:00:00Z",
    "02030-06-01T00:00:00Z",
    "0000-06-01T00:00:00Z",
    "2030-06-31T00:00:00Z",
    "2031-02-29T00:00:00Z",
    "2030-12-31T23:59:60Z",
    "2030-06-01T24:00:01Z",
    "2030-06-01T00:00:00+14:01",
    "2030-06-01T00:00:00.Z",
    "\uff12030-06-01T00:00:00Z",
  ])("%s is none", (text) => {
    expect(dateTimeSeconds(text)).toBeUndefined();
  });

  it.each([5, 309, 100_000])(
    "a year of %i digits is in the future and causes no error",
    (digits) => {
      const until = `${"2".repeat(digits)}-01-01T00:00:00Z`;
      const entity = (text: string): string =>
        `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:e" validUntil="${text}"/>`;
      const validUntilOf = (text: string): number | undefined =>
        parseMetadata(entity(text)).entities[0]?.validUntil?.unixSeconds;
      expect(validUntilOf(until)).toBeGreaterThan(200_000_000_000);
      expect(validUntilOf(`-${until}`)).toBeLessThan(-200_000_000_000);
      expect(validateMetadata(entity(until), { now: 0 }).findings).not.toHaveLength(0);
    },
  );
});
