import { describe, expect, test } from "vitest";
import { utf8String } from "../../src/certificates/der/write.ts";
import { parseCertificate } from "../../src/certificates/index.ts";
import { isSamlCertError } from "../../src/core/errors.ts";
import { build, codesOf, generalized, utc } from "./support/parts.ts";

describe("dates", () => {
  const good: readonly (readonly [Uint8Array, string, number])[] = [
    [utc("500101000000Z"), "1950-01-01T00:00:00Z", -631_152_000],
    [utc("491231235959Z"), "2049-12-31T23:59:59Z", 2_524_607_999],
    [utc("240229120000Z"), "2024-02-29T12:00:00Z", 1_709_208_000],
    [generalized("20500101000000Z"), "2050-01-01T00:00:00Z", 2_524_608_000],
    [generalized("99991231235959Z"), "9999-12-31T23:59:59Z", 253_402_300_799],
    [generalized("00010101000000Z"), "0001-01-01T00:00:00Z", -62_135_596_800],
    [generalized("00000229000000Z"), "0000-02-29T00:00:00Z", -62_162_121_600],
  ];
  test.each(good)("%#", (time, iso, unixSeconds) => {
    const { notBefore } = parseCertificate(build({ notBefore: time }));
    expect(notBefore).toMatchObject({ iso, unixSeconds });
  });

  const bad: readonly (readonly [string, Uint8Array])[] = [
    ["time.no_seconds", utc("2501010000Z")],
    ["time.no_seconds", utc("2501010000+0100")],
    ["time.no_seconds", generalized("202501010000Z")],
    ["time.not_zulu", utc("250101000000+0100")],
    ["time.not_zulu", utc("250101000000")],
    ["time.not_zulu", generalized("20250101000000-0600")],
    ["time.not_zulu", generalized("20250101000000")],
    ["time.fraction", generalized("20250101000000.5Z")],
    ["time.malformed", utc("xx0101000000Z")],
    ["time.malformed", utc("250101000000z")],
    ["time.malformed", utc("19250101000000Z")],
    ["time.malformed", utc("")],
    ["time.malformed", utf8String("250101000000Z")],
    ["time.malformed", generalized("9".repeat(100_000))],
    ["time.calendar", utc("250230000000Z")],
    ["time.calendar", utc("250229000000Z")],
    ["time.calendar", utc("251301000000Z")],
    ["time.calendar", utc("250001000000Z")],
    ["time.calendar", utc("250100000000Z")],
    ["time.calendar", utc("250101240000Z")],
    ["time.calendar", utc("250101006000Z")],
    ["time.calendar", utc("250101000060Z")],
    ["time.calendar", generalized("21000229000000Z")],
  ];
  test.each(bad)("%s (%#)", (code, notAfter) => {
    expect(() => parseCertificate(build({ notAfter }))).toThrow(expect.objectContaining({ code }));
    expect(codesOf(build({ notAfter }))).toContain(code);
  });

  test("a fault has its ASN.1 path and byte offset", () => {
    try {
      parseCertificate(build({ notAfter: utc("250230000000Z") }));
      expect.unreachable();
    } catch (error) {
      expect(isSamlCertError(error, "time.calendar") && error.at).toMatchObject({
        path: "tbsCertificate.validity.notAfter",
        offset: expect.any(Number),
      });
    }
  });
});
