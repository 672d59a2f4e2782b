import { describe, expect, test } from "vitest";
import {
  bitString,
  boolean,
  element,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  set,
  utf8String,
} from "../../src/certificates/der/write.ts";
import { parseCertificate, validateCertificate } from "../../src/certificates/index.ts";
import {
  ascii,
  build,
  codesOf,
  extension,
  extensions,
  generalized,
  MODULUS,
  name,
  type Parts,
  rsa,
  utc,
} from "./support/parts.ts";

describe("the text of a name", () => {
  test.each([
    [" a", "\\ a"],
    ["a ", "a\\ "],
    [" a b ", "\\ a b\\ "],
    ["  ", "\\ \\ "],
    ["a b", "a b"],
    ["#a", "\\#a"],
    ["a#", "a#"],
    ["a,b+c", "a\\,b\\+c"],
    ["a\u0007", "a\\07"],
  ])("escapes %j as RFC 4514 does", (value, text) => {
    const subject = name(utf8String(value));
    expect(parseCertificate(build({ subject, issuer: subject })).subject.text).toBe(`CN=${text}`);
  });
});

describe("issuer and subject with the same name", () => {
  test("a fault in both is reported in both", () => {
    const broken = name(element(0x13, ascii("i@p")));
    const paths = validateCertificate(build({ issuer: broken, subject: broken })).findings.flatMap(
      ({ code, at }) => (code === "der.string_charset" ? [at?.path] : []),
    );
    expect(paths).toEqual([
      "tbsCertificate.issuer[0].attribute.value",
      "tbsCertificate.subject[0].attribute.value",
    ]);
  });

  test("two names of which one is the start of the other differ", () => {
    const issuer = name(utf8String("idp"));
    const subject = name(utf8String("idq"));
    expect(parseCertificate(build({ issuer, subject }))).toMatchObject({
      issuer: { text: "CN=idp" },
      subject: { text: "CN=idq" },
    });
  });
});

describe("faults of DER by severity", () => {
  test("the certificate without a fault is accepted", () => {
    expect(codesOf(build())).toEqual(["kind.der_file"]);
  });

  const long = (tag: number, content: Uint8Array): Uint8Array =>
    Uint8Array.of(tag, 0x82, 0, content.length, ...content);
  const noted: readonly (readonly [string, Parts])[] = [
    ["der.non_minimal_integer", { serial: element(0x02, Uint8Array.of(0, 1)) }],
    ["der.non_minimal_length", { serial: long(0x02, Uint8Array.of(1, 2)) }],
    ["der.default_encoded", { version: element(0xa0, integer(0)) }],
    ["der.string_charset", { subject: name(element(0x13, ascii("a@b"))) }],
    ["der.string_encoding", { subject: name(element(0x0c, Uint8Array.of(0xff, 0xfe))) }],
    [
      "der.set_order",
      {
        subject: sequence(
          set(
            sequence(oid("2.5.4.10"), utf8String("b")),
            sequence(oid("2.5.4.3"), utf8String("a")),
          ),
        ),
      },
    ],
    ["sig.unused_bits", { signature: bitString(new Uint8Array(256), 3) }],
    ["der.trailing_data", { rest: [octetString(new Uint8Array(3))] }],
    ["sigalg.mismatch_inner_outer", { inner: sequence(oid("1.2.840.113549.1.1.5"), nullValue()) }],
    ["version.unknown", { version: element(0xa0, integer(7)) }],
    [
      "version.extensions_without_v3",
      {
        version: element(0xa0, integer(1)),
        rest: [extensions(extension("2.5.29.14", octetString(ascii("x"))))],
      },
    ],
    [
      "ext.duplicate",
      {
        rest: [
          extensions(
            extension("2.5.29.14", octetString(ascii("x"))),
            extension("2.5.29.14", octetString(ascii("x"))),
          ),
        ],
      },
    ],
    ["ext.malformed", { rest: [extensions(extension("2.5.29.15", ascii("x")))] }],
    ["ext.malformed", { rest: [extensions(extension("2.5.29.19", sequence(boolean(false))))] }],
    [
      "ext.unknown_critical",
      { rest: [extensions(extension("1.2.3.4", nullValue(), boolean(true)))] },
    ],
    [
      "der.boolean_not_canonical",
      {
        rest: [
          extensions(
            extension("2.5.29.14", octetString(ascii("x")), element(0x01, Uint8Array.of(1))),
          ),
        ],
      },
    ],
    [
      "der.default_encoded",
      { rest: [extensions(extension("2.5.29.14", octetString(ascii("x")), boolean(false)))] },
    ],
    [
      "key.malformed",
      {
        spki: sequence(
          sequence(oid("1.2.840.113549.1.1.1"), nullValue()),
          bitString(ascii("nonsense")),
        ),
      },
    ],
    ["der.unused_bits", { rest: [element(0x81, Uint8Array.of(1, 1))] }],
    ["der.unused_bits", { rest: [element(0x82)] }],
    ["uid.present", { rest: [element(0x81, Uint8Array.of(0, 1))] }],
    ["serial.negative_or_zero", { serial: element(0x02, Uint8Array.of(0xff)) }],
    ["serial.negative_or_zero", { serial: integer(0) }],
    ["serial.too_long", { serial: integer("7f".repeat(21)) }],
    ["name.empty_subject", { subject: sequence() }],
    ["name.html_entities", { subject: name(utf8String("A &amp; B")) }],
    ["validity.inverted", { notBefore: utc("360101000000Z") }],
    ["validity.no_expiry", { notAfter: generalized("99991231235959Z") }],
    ["time.wrong_format_pre2050", { notAfter: generalized("20350101000000Z") }],
    ["key.rsa_lt_1024", { spki: rsa("c1".repeat(64)) }],
    ["key.rsa_lt_2048", { spki: rsa(MODULUS.slice(0, 509).padEnd(510, "1")) }],
    ["key.rsa_odd_size", { spki: rsa(`41${MODULUS.slice(2)}`) }],
    ["key.rsa_gt_8192", { spki: rsa(`c1${"5d".repeat(1030)}`) }],
    ["key.rsa_even_modulus", { spki: rsa(`${MODULUS.slice(0, -2)}3a`) }],
    ["key.rsa_bad_exponent", { spki: rsa(MODULUS, 1) }],
    ["key.rsa_bad_exponent", { spki: rsa(MODULUS, 4) }],
    ["key.rsa_small_exponent", { spki: rsa(MODULUS, 3) }],
    [
      "key.rsa_parameters",
      {
        spki: sequence(
          sequence(oid("1.2.840.113549.1.1.1")),
          bitString(sequence(integer(MODULUS), integer(65_537))),
        ),
      },
    ],
    ["key.dsa", { spki: sequence(sequence(oid("1.2.840.10040.4.1")), bitString(integer(5))) }],
    [
      "key.cannot_sign",
      { spki: sequence(sequence(oid("1.3.101.110")), bitString(new Uint8Array(32))) },
    ],
    [
      "key.cannot_sign",
      { spki: sequence(sequence(oid("2.16.840.1.101.3.4.4.2")), bitString(new Uint8Array(32))) },
    ],
    [
      "key.unsupported_by_most_sps",
      { spki: sequence(sequence(oid("1.3.101.112")), bitString(new Uint8Array(32))) },
    ],
    [
      "key.unsupported_by_most_sps",
      { spki: sequence(sequence(oid("2.16.840.1.101.3.4.3.18")), bitString(new Uint8Array(32))) },
    ],
    [
      "key.ec_uncommon_curve",
      {
        spki: sequence(
          sequence(oid("1.2.840.10045.2.1"), oid("1.3.132.0.10")),
          bitString(new Uint8Array(65)),
        ),
      },
    ],
    [
      "key.ec_lt_224",
      {
        spki: sequence(
          sequence(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.1")),
          bitString(new Uint8Array(49)),
        ),
      },
    ],
    [
      "key.ec_explicit_params",
      {
        spki: sequence(
          sequence(oid("1.2.840.10045.2.1"), sequence(integer(1))),
          bitString(new Uint8Array(65)),
        ),
      },
    ],
  ];
  test.each(noted)("%s is reported, and the facts with it (%#)", (code, parts) => {
    const report = validateCertificate(build(parts), { now: 1_800_000_000 });
    expect(report.findings.map((finding) => finding.code)).toContain(code);
    expect(report.certificate).toBeDefined();
  });

  test("a BIT STRING in a name has valid unused bits (X.690 8.6.2 and 11.2.1)", () => {
    const unique = (...content: number[]): string[] =>
      codesOf(
        build({
          subject: sequence(
            set(sequence(oid("2.5.4.45"), element(0x03, Uint8Array.from(content)))),
          ),
        }),
      ).filter((code) => code.startsWith("der."));
    for (const sound of [[0], [0, 5], [3, 8], [7, 0x80]]) expect(unique(...sound)).toEqual([]);
    for (const broken of [[], [1], [8], [8, 0], [255, 1], [3, 4], [7, 0xc0]]) {
      expect(unique(...broken)).toEqual(["der.unused_bits"]);
    }
  });

  test("a fault inside is found in PEM as in DER, by parseCertificate too", () => {
    const der = build({ rest: [octetString(new Uint8Array(3))] });
    const base64 = Buffer.from(der).toString("base64").replace(/.{64}/g, "$&\n").trimEnd();
    const pem = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
    for (const input of [der, pem]) {
      expect(() => parseCertificate(input)).toThrow(
        expect.objectContaining({ code: "der.trailing_data" }),
      );
    }
  });

  test("unexpected parameters of the signature algorithm are reported", () => {
    const found = (id: string, ...parameters: readonly Uint8Array[]): string[] => {
      const algorithm = sequence(oid(id), ...parameters);
      return codesOf(build({ inner: algorithm, outer: algorithm }));
    };
    const [rsa256, ecdsa, pss] = [
      "1.2.840.113549.1.1.11",
      "1.2.840.10045.4.3.2",
      "1.2.840.113549.1.1.10",
    ];
    const [ed25519, mlDsa, unknown] = ["1.3.101.112", "2.16.840.1.101.3.4.3.17", "1.2.3.4"];
    for (const id of [rsa256, ecdsa, pss, ed25519, mlDsa, unknown] as string[]) {
      expect(found(id), id).not.toContain("sigalg.parameters");
      const octets = found(id, octetString(ascii("x")));
      expect(octets.includes("sigalg.parameters"), id).toBe(id !== unknown);
    }
    for (const id of [rsa256, ecdsa] as string[]) {
      expect(found(id, nullValue()), id).not.toContain("sigalg.parameters");
    }
    for (const id of [pss, ed25519, mlDsa] as string[]) {
      expect(found(id, nullValue()), id).toContain("sigalg.parameters");
    }
    expect(found(pss as string, sequence())).not.toContain("sigalg.parameters");
  });

  test("an object identifier is exact, and has a longest length", () => {
    const nameOf = (...octets: number[]): string | undefined =>
      validateCertificate(
        build({
          subject: sequence(set(sequence(element(0x06, Uint8Array.from(octets)), utf8String("x")))),
        }),
      ).certificate?.subject.attributes[0]?.oid;
    expect(nameOf(0x28)).toBe("1.0");
    expect(nameOf(0x4f)).toBe("1.39");
    expect(nameOf(0x50)).toBe("2.0");
    expect(nameOf(0x88, 0x37)).toBe("2.999");
    expect(nameOf(0x55, 0x8f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)).toBe(
      "2.5.9007199254740991",
    );
    // The example of X.667, annex A: the UUID f81d4fae-7dec-11d0-a765-00a0c91e6bf6.
    const uuid = 0xf81d4fae7dec11d0a76500a0c91e6bf6n;
    const groups = Array.from({ length: 19 }, (_, i) => Number((uuid >> BigInt(7 * i)) & 0x7fn));
    const octets = groups.reverse().map((group, i) => (i < 18 ? group | 0x80 : group));
    expect(nameOf(0x69, ...octets)).toBe("2.25.329800735698586629295641978511506172918");
    expect(nameOf(0x55, ...Array(62).fill(1))).toMatch(/^2\.5\.1\./);
    expect(nameOf(0x55, ...Array(63).fill(1))).toBeUndefined();
  });

  test("version 2, which nobody issues and pyca/cryptography refuses, is an error", () => {
    expect(codesOf(build({ version: element(0xa0, integer(1)) }))).toContain("version.unknown");
  });

  test("U+FFFD is valid text; a NumericString has digits and spaces (X.680 41)", () => {
    expect(codesOf(build({ subject: name(utf8String("\uFFFD")) }))).not.toContain(
      "der.string_charset",
    );
    expect(codesOf(build({ subject: name(element(0x12, ascii("12 3"))) }))).not.toContain(
      "der.string_charset",
    );
    expect(codesOf(build({ subject: name(element(0x12, ascii("12x"))) }))).toContain(
      "der.string_charset",
    );
  });

  test("invalid general names make an extension malformed", () => {
    const found = (...content: readonly Uint8Array[]): string[] =>
      codesOf(build({ rest: [extensions(extension("2.5.29.17", sequence(...content)))] }));
    expect(found(element(0x82, ascii("idp.example.com")))).not.toContain("ext.malformed");
    expect(found(element(0x88, Uint8Array.of(0x2a)))).not.toContain("ext.malformed");
    expect(found(integer(1))).toContain("ext.malformed");
    expect(found(element(0x89, ascii("x")))).toContain("ext.malformed");
    expect(found(element(0x82, Uint8Array.of(0xfc)))).toContain("ext.malformed");
    expect(found(element(0x88, Uint8Array.of(0x80)))).toContain("ext.malformed");
  });

  const refused: readonly (readonly [string, () => Uint8Array])[] = [
    ["der.truncated", () => build().subarray(0, 300)],
    ["der.non_minimal_length", () => build({ serial: long(0x02, Uint8Array.of(1, 2)) })],
    ["der.ber_indefinite", () => Uint8Array.of(0x30, 0x80, ...build().slice(4), 0, 0)],
    ["der.trailing_data", () => Uint8Array.of(...build(), 0)],
    ["der.not_certificate", () => sequence(integer("ff".repeat(200)))],
    ["der.not_certificate", () => build({ serial: octetString(ascii("x")) })],
  ];
  test.each(refused)("%s is refused by parseCertificate (%#)", (code, make) => {
    const said = codesOf(make());
    expect(said.some((one) => one === code || one === "kind.public_key")).toBe(true);
    expect(() => parseCertificate(make())).toThrow();
  });

  test("sizes of keys are exact to the bit", () => {
    for (const [modulus, bits] of [
      ["7f".repeat(128), 1023],
      [`01${"00".repeat(254)}01`, 2041],
      [MODULUS, 2048],
    ] as const) {
      expect(parseCertificate(build({ spki: rsa(modulus) })).publicKey.bits).toBe(bits);
    }
  });
});
