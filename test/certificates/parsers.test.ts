import { X509Certificate } from "node:crypto";
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
} from "../../src/certificates/der/write.ts";
import { validateCertificate } from "../../src/certificates/index.ts";
import { build, extension, extensions, MODULUS, name, rsa, UNSIGNED } from "./support/parts.ts";

const text = (tag: number, content: string): Uint8Array =>
  name(element(tag, Buffer.from(content, "latin1")));
const named = (value: Uint8Array): Uint8Array => build({ issuer: value, subject: value });
const signedWith = (id: string, ...parameters: readonly Uint8Array[]): Uint8Array => {
  const algorithm = sequence(oid(id), ...parameters);
  return build({ inner: algorithm, outer: algorithm });
};
const [RSA, PSS, SHA256_RSA, ECDSA, ED25519] = [
  "1.2.840.113549.1.1.1",
  "1.2.840.113549.1.1.10",
  "1.2.840.113549.1.1.11",
  "1.2.840.10045.4.3.2",
  "1.3.101.112",
];
const rsaKey = sequence(integer(MODULUS), integer(65_537));
const keyOf = (id: string, key: Uint8Array, ...parameters: readonly Uint8Array[]): Uint8Array =>
  build({ spki: sequence(sequence(oid(id), ...parameters), bitString(key)) });
/** The base point of P-256. */
const POINT = Buffer.from(
  "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" +
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
  "hex",
);
const ecKey = (...parameters: readonly Uint8Array[]): Uint8Array =>
  keyOf("1.2.840.10045.2.1", POINT, ...parameters);
const basic = extension("2.5.29.19", sequence(boolean(true)));
const TRUNCATED = Uint8Array.of(0x05);

/** The verdict of Node, which is OpenSSL's: it reads all, all but the key, or nothing. */
type Verdict = "reads" | "no key" | "refuses";

function nodeOn(der: Uint8Array): Verdict {
  try {
    const certificate = new X509Certificate(der);
    try {
      certificate.publicKey.export({ type: "spki", format: "der" });
      return "reads";
    } catch {
      return "no key";
    }
  } catch {
    return "refuses";
  }
}

/** Encodings that SAML software reads: our finding is a warning, so that an upload is not refused. */
const READ: Readonly<Record<string, readonly [der: Uint8Array, warning: string]>> = {
  "an asterisk in a PrintableString": [named(text(0x13, "*.example.com")), "der.string_charset"],
  "an ampersand in a PrintableString": [named(text(0x13, "A & B")), "der.string_charset"],
  "an at sign in a PrintableString": [named(text(0x13, "a@b")), "der.string_charset"],
  "an underscore in a PrintableString": [named(text(0x13, "a_b")), "der.string_charset"],
  "an exclamation mark in a PrintableString": [named(text(0x13, "a!")), "der.string_charset"],
  "an umlaut in a PrintableString": [named(text(0x13, "\u00fc")), "der.string_charset"],
  "a letter in a NumericString": [named(text(0x12, "1a")), "der.string_charset"],
  "an umlaut in an IA5String": [named(text(0x16, "\u00fc")), "der.string_charset"],
  "extensions in version 1": [
    build({ version: new Uint8Array(), rest: [extensions(basic)] }),
    "version.extensions_without_v3",
  ],
  "a unique identifier in version 1": [
    build({ version: new Uint8Array(), rest: [element(0x81, Uint8Array.of(0, 1))] }),
    "version.extensions_without_v3",
  ],
  "a SEQUENCE as parameters of sha256WithRSAEncryption": [
    signedWith(SHA256_RSA, sequence()),
    "sigalg.parameters",
  ],
  "NULL as parameters of Ed25519": [signedWith(ED25519, nullValue()), "sigalg.parameters"],
  "parameters of RSASSA-PSS that are not DER": [
    signedWith(PSS, sequence(TRUNCATED)),
    "sigalg.parameters",
  ],
  "two fields that name different signature algorithms": [
    build({ outer: sequence(oid("1.2.840.113549.1.1.5"), nullValue()) }),
    "sigalg.mismatch_inner_outer",
  ],
  "unused bits in the signature": [
    build({ signature: bitString(new Uint8Array(256), 1) }),
    "sig.unused_bits",
  ],
  "an extension that occurs twice": [build({ rest: [extensions(basic, basic)] }), "ext.duplicate"],
  "an RSA key without parameters": [keyOf(RSA, rsaKey), "key.rsa_parameters"],
  "an RSA key with an identifier as parameters": [
    keyOf(RSA, rsaKey, oid("1.2.3")),
    "key.rsa_parameters",
  ],
  "an RSA exponent of 32 bits": [
    build({ spki: rsa(MODULUS, "0080000001") }),
    "key.rsa_large_exponent",
  ],
  "an RSA exponent of 65 bits": [
    build({ spki: rsa(MODULUS, "01ffffffffffffffff") }),
    "key.rsa_large_exponent",
  ],
};

describe("validateCertificate warns of encodings that SAML software reads", () => {
  test.each(Object.entries(READ))("%s", (_, [der, warning]) => {
    expect(nodeOn(der)).toBe("reads");
    const { ok, findings } = validateCertificate(der, UNSIGNED);
    const codes = findings.flatMap(({ code, severity }) => (severity === "warning" ? [code] : []));
    expect(new Set(codes)).toEqual(new Set([warning]));
    expect(ok).toBe(true);
  });

  test.each([
    ["NULL as parameters of ECDSA", signedWith(ECDSA, nullValue())],
    ["no parameters of sha256WithRSAEncryption", signedWith(SHA256_RSA)],
    ["an unknown signature algorithm", signedWith("1.2.3.4", nullValue())],
    ["an RSA exponent of 31 bits", build({ spki: rsa(MODULUS, "7fffffff") })],
    ["all characters of a PrintableString", named(text(0x13, "Az09 '()+,-./:=?"))],
  ])("but not of %s", (_, der) => {
    expect(nodeOn(der)).toBe("reads");
    const { findings } = validateCertificate(der, UNSIGNED);
    expect(findings.filter(({ severity }) => severity !== "notice")).toEqual([]);
  });
});

/** Encodings that OpenSSL and Node (`refuses`, `no key`), or pyca/cryptography alone, refuse. */
const REFUSED: Readonly<Record<string, readonly [Uint8Array, Verdict, error: string]>> = {
  "invalid UTF-8": [named(text(0x0c, "a\u00e9")), "refuses", "der.string_encoding"],
  "half a character in a BMPString": [named(text(0x1e, "\0a\0")), "refuses", "der.string_encoding"],
  "a code point above 10FFFF in a UniversalString": [
    named(text(0x1c, "\0\x11\0\0")),
    "refuses",
    "der.string_encoding",
  ],
  "a GeneralString": [named(text(0x1b, "abc")), "refuses", "der.string_type"],
  "an RSA key with an invalid identifier as parameters": [
    keyOf(RSA, rsaKey, element(0x06, Uint8Array.of(0x80, 0x80))),
    "refuses",
    "key.malformed",
  ],
  "an RSA key with an empty INTEGER as parameters": [
    keyOf(RSA, rsaKey, element(0x02)),
    "refuses",
    "key.malformed",
  ],
  "an RSA key with an empty BIT STRING as parameters": [
    keyOf(RSA, rsaKey, element(0x03)),
    "refuses",
    "key.malformed",
  ],
  "an RSA key with a BOOLEAN of three bytes as parameters": [
    keyOf(RSA, rsaKey, element(0x01, Uint8Array.of(1, 2, 3))),
    "refuses",
    "key.malformed",
  ],
  "an RSA key with a SEQUENCE that is not DER as parameters": [
    keyOf(RSA, rsaKey, sequence(TRUNCATED)),
    "reads",
    "key.malformed",
  ],
  "an RSASSA-PSS key with parameters that are not DER": [
    keyOf(PSS, rsaKey, sequence(TRUNCATED)),
    "no key",
    "key.malformed",
  ],
  "an EC key on an unknown curve": [ecKey(oid("1.2.3.4.5")), "no key", "key.ec_unknown_curve"],
  "an EC key on a curve of GOST": [
    ecKey(oid("1.2.643.2.2.35.1")),
    "no key",
    "key.ec_unknown_curve",
  ],
  "an EC key with the implicit curve": [ecKey(nullValue()), "no key", "key.malformed"],
  "an EC key without parameters": [ecKey(), "no key", "key.malformed"],
  "an EC key with parameters that are no curve": [
    ecKey(sequence(integer(1))),
    "no key",
    "key.ec_explicit_params",
  ],
  "unused bits in the key": [
    build({
      spki: sequence(sequence(oid(RSA), nullValue()), element(0x03, Uint8Array.of(1), rsaKey)),
    }),
    "reads",
    "der.unused_bits",
  ],
  "a superfluous byte in the serial number": [
    build({ serial: element(0x02, Uint8Array.of(0, 1)) }),
    "refuses",
    "der.non_minimal_integer",
  ],
  "a critical flag of 01": [
    build({
      rest: [
        extensions(
          sequence(
            oid("2.5.29.19"),
            element(0x01, Uint8Array.of(1)),
            octetString(sequence(boolean(true))),
          ),
        ),
      ],
    }),
    "reads",
    "der.boolean_not_canonical",
  ],
  "version 4": [build({ version: element(0xa0, integer(3)) }), "reads", "version.unknown"],
};

describe("validateCertificate refuses encodings that SAML software refuses", () => {
  test.each(Object.entries(REFUSED))("%s", (_, [der, verdict, error]) => {
    expect(nodeOn(der)).toBe(verdict);
    const { ok, findings } = validateCertificate(der, UNSIGNED);
    const codes = findings.flatMap(({ code, severity }) => (severity === "error" ? [code] : []));
    expect(new Set(codes)).toEqual(new Set([error]));
    expect(ok).toBe(false);
  });

  test("endlessly nested parameters are refused and do not exhaust the stack", () => {
    let nested = new Uint8Array(0);
    for (let depth = 0; depth < 5000; depth++) nested = new Uint8Array(element(0x30, nested));
    const { findings } = validateCertificate(keyOf(RSA, rsaKey, nested), UNSIGNED);
    expect(findings.map(({ code }) => code)).toContain("key.malformed");
  });

  test("every curve of OpenSSL has a name", () => {
    for (const [id, curve] of [
      ["1.3.36.3.3.2.8.1.1.8", "brainpoolP256t1"],
      ["1.2.840.10045.3.1.4", "prime239v1"],
      ["1.3.132.0.3", "sect239k1"],
    ] as const) {
      const { certificate, findings } = validateCertificate(ecKey(oid(id)), UNSIGNED);
      expect(certificate?.publicKey.curve).toBe(curve);
      expect(findings.map(({ code }) => code)).toContain("key.ec_uncommon_curve");
    }
  });
});
