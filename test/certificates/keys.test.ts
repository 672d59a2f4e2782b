import { describe, expect, test } from "vitest";
import { bitString, integer, nullValue, oid, sequence } from "../../src/certificates/der/write.ts";
import { parseCertificate } from "../../src/certificates/index.ts";
import { build, codesOf, MODULUS, rsa } from "./support/parts.ts";

describe("parameters of keys", () => {
  const spki = (algorithm: string, ...parameters: readonly Uint8Array[]): Uint8Array =>
    sequence(sequence(oid(algorithm), ...parameters), bitString(integer(5)));
  const dsa = sequence(integer(`00${"b5".repeat(256)}`), integer("71"), integer("03"));

  test("the parameters of a valid DSA key are no finding", () => {
    const der = build({ spki: spki("1.2.840.10040.4.1", dsa) });
    expect(parseCertificate(der).publicKey).toMatchObject({ algorithm: "DSA", bits: 2048 });
    expect(codesOf(der)).toContain("key.dsa");
    expect(codesOf(der)).not.toContain("key.malformed");
  });

  test("explicit curve parameters are one finding", () => {
    const der = build({ spki: spki("1.2.840.10045.2.1", sequence(integer(1))) });
    expect(codesOf(der)).toContain("key.ec_explicit_params");
    expect(codesOf(der)).not.toContain("key.malformed");
  });

  test("the parameters of an unknown algorithm are not judged", () => {
    const der = build({ spki: spki("1.2.643.7.1.1.1.1", sequence(oid("1.2.643.2.2.35.1"))) });
    expect(codesOf(der)).toContain("key.unsupported_by_most_sps");
    expect(codesOf(der)).not.toContain("key.malformed");
  });

  test("an Ed25519 key has no parameters (RFC 8410, 3)", () => {
    const key = bitString(new Uint8Array(32));
    const withParameters = (...parameters: readonly Uint8Array[]): string[] =>
      codesOf(build({ spki: sequence(sequence(oid("1.3.101.112"), ...parameters), key) }));
    expect(withParameters()).not.toContain("key.malformed");
    expect(withParameters(nullValue())).toContain("key.malformed");
  });

  test("the parameters of an RSASSA-PSS key are a SEQUENCE or absent", () => {
    const key = bitString(sequence(integer(MODULUS), integer(65_537)));
    const found = (...parameters: readonly Uint8Array[]): string[] =>
      codesOf(
        build({ spki: sequence(sequence(oid("1.2.840.113549.1.1.10"), ...parameters), key) }),
      );
    expect(found()).not.toContain("key.malformed");
    expect(found(sequence())).not.toContain("key.malformed");
    expect(found(nullValue())).toContain("key.malformed");
  });

  test.each([
    ["1.3.101.112", 32],
    ["1.3.101.113", 57],
    ["2.16.840.1.101.3.4.3.17", 1312],
    ["2.16.840.1.101.3.4.3.18", 1952],
    ["2.16.840.1.101.3.4.3.19", 2592],
  ])("a key of the kind %s has %i bytes", (id, size) => {
    const found = (length: number): string[] =>
      codesOf(build({ spki: sequence(sequence(oid(id)), bitString(new Uint8Array(length))) }));
    expect(found(size)).not.toContain("key.malformed");
    for (const length of [0, size - 1, size + 1]) expect(found(length)).toContain("key.malformed");
  });
});

describe("invalid keys", () => {
  const isPrime = (n: bigint): boolean => {
    const power = (base: bigint, exponent: bigint): bigint => {
      let result = 1n;
      for (let b = base % n, e = exponent; e > 0n; e >>= 1n, b = (b * b) % n)
        if (e & 1n) result = (result * b) % n;
      return result;
    };
    return [2n, 3n, 5n, 7n, 11n].every((base) => power(base, n - 1n) === 1n);
  };
  const nextPrime = (from: bigint): bigint => {
    let n = from | 1n;
    while (!isPrime(n)) n += 2n;
    return n;
  };

  test("close primes are found, others are not", () => {
    const p = nextPrime((1n << 511n) + (1n << 300n) * 12_345n + 99n);
    const close = nextPrime(p + 2n ** 200n);
    const far = nextPrime(p + (1n << 508n));
    expect(codesOf(build({ spki: rsa((p * close).toString(16)) }))).toContain("key.rsa_fermat");
    expect(codesOf(build({ spki: rsa((p * p).toString(16)) }))).toContain("key.rsa_fermat");
    expect(codesOf(build({ spki: rsa((p * far).toString(16)) }))).not.toContain("key.rsa_fermat");
  });

  test("the fingerprint of ROCA is found: a power of 65537 modulo the small primes", () => {
    // p = k * M + (65537^a mod M), as the flawed library made its primes.
    const primes: bigint[] = [];
    for (let n = 2n; primes.length < 39; n++)
      if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
    const m = primes.reduce((product, prime) => product * prime, 1n);
    const power = (exponent: number): bigint => {
      let result = 1n;
      for (let i = 0; i < exponent; i++) result = (result * 65_537n) % m;
      return result;
    };
    const p = ((1n << 511n) / m) * m + power(1234);
    const q = ((1n << 510n) / m) * m + power(4321);
    expect(codesOf(build({ spki: rsa((p * q).toString(16)) }))).toContain("key.rsa_roca");
    expect(codesOf(build())).not.toContain("key.rsa_roca");
  });
});
