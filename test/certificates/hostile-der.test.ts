import { describe, expect, test } from "vitest";
import {
  bitString,
  boolean,
  element,
  integer,
  nullValue,
  oid,
  sequence,
  set,
  utf8String,
} from "../../src/certificates/der/write.ts";
import { parseCertificate, validateCertificate } from "../../src/certificates/index.ts";
import { ascii, build, extension, extensions, MODULUS, rsa } from "./support/parts.ts";

describe("hostile DER is answered at once", () => {
  const many = (count: number, part: Uint8Array): Uint8Array[] =>
    Array.from({ length: count }, () => part);
  const payloads: readonly (readonly [string, () => Uint8Array])[] = [
    ["a serial number of 200 KB", () => build({ serial: integer("7f".repeat(200_000)) })],
    [
      "an identifier of 200 KB",
      () => build({ inner: sequence(element(0x06, new Uint8Array(200_000).fill(0x7f))) }),
    ],
    [
      "an identifier of one arc of 200 KB",
      () => build({ inner: sequence(element(0x06, new Uint8Array(200_000).fill(0xff))) }),
    ],
    [
      "10,000 names",
      () =>
        build({
          subject: sequence(...many(10_000, set(sequence(oid("2.5.4.3"), utf8String("x"))))),
        }),
    ],
    [
      "10,000 parts of one name",
      () =>
        build({
          subject: sequence(set(...many(10_000, sequence(oid("2.5.4.3"), utf8String("x"))))),
        }),
    ],
    [
      "10,000 extensions",
      () => build({ rest: [extensions(...many(10_000, extension("2.5.29.15", ascii("x"))))] }),
    ],
    ["a modulus of 200 KB", () => build({ spki: rsa("7f".repeat(200_000)) })],
    ["an exponent of 200 KB", () => build({ spki: rsa(MODULUS, "7f".repeat(200_000)) })],
    [
      "deep nesting",
      () => {
        let der: Uint8Array = nullValue();
        for (let i = 0; i < 5000; i++) der = sequence(der);
        return der;
      },
    ],
    [
      "deep nesting in an extension",
      () => {
        let der: Uint8Array = nullValue();
        for (let i = 0; i < 3000; i++) der = element(0xa4, sequence(der));
        return build({ rest: [extensions(extension("2.5.29.17", sequence(der)))] });
      },
    ],
    [
      "a length of 4 GB",
      () => Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, ...new Uint8Array(200)),
    ],
    ["a length of a length of 127", () => Uint8Array.of(0x30, 0xff, ...new Uint8Array(200))],
  ];
  test.each(payloads)(
    "%s",
    (_, make) => {
      const der = make();
      const report = validateCertificate(der, { now: 1_800_000_000 });
      expect(JSON.stringify(report).length).toBeGreaterThan(10);
      if (report.certificate === undefined) expect(() => parseCertificate(der)).toThrow();
    },
    5000,
  );

  test("a valid certificate that is too large is refused as DER and as PEM", () => {
    const der = build({ signature: bitString(new Uint8Array(262_144)) });
    const lines =
      Buffer.from(der)
        .toString("base64")
        .match(/.{1,64}/g) ?? [];
    const pem = `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
    for (const input of [der, pem]) {
      expect(() => parseCertificate(input)).toThrow(
        expect.objectContaining({ code: "input.too_large" }),
      );
    }
  });

  test("no prefix of a certificate is accepted, and none causes an internal error", () => {
    const der = build({
      rest: [extensions(extension("2.5.29.19", sequence(boolean(true)), boolean(true)))],
    });
    for (let length = 0; length < der.length; length++) {
      const part = der.slice(0, length);
      expect(validateCertificate(part, { now: 1 }).certificate).toBeUndefined();
    }
  });

  test("changing any byte of a certificate causes no internal error", () => {
    const der = build();
    for (let i = 0; i < der.length; i++) {
      for (const byte of [0, 1, 0x30, 0x7f, 0x80, 0x84, 0xff]) {
        const mutant = Uint8Array.from(der);
        mutant[i] = byte;
        expect(typeof validateCertificate(mutant, { now: 1 }).ok).toBe("boolean");
      }
    }
  }, 20_000);
});
