import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { promisify } from "node:util";
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
  time,
  utf8String,
} from "../certificates/der/write.ts";
import { parseCertificate } from "../certificates/parse.ts";
import type { Certificate } from "../certificates/types.ts";
import {
  checkOptions,
  INSTANT,
  LIST,
  OBJECT,
  type OptionKinds,
  oneOf,
  TEXT,
} from "../core/options.ts";
import { type Instant, SECONDS_PER_DAY, unixSeconds } from "../core/time.ts";

/** Key kinds that {@link createTestCertificate} makes. P-256 takes a millisecond, RSA far longer. */
export type TestKeyAlgorithm =
  | "P-256"
  | "P-384"
  | "P-521"
  | "RSA-1024"
  | "RSA-2048"
  | "RSA-3072"
  | "RSA-4096"
  | "Ed25519";

/** One extension as it is written into the certificate. */
export interface TestExtension {
  readonly oid: string;
  readonly critical?: boolean | undefined;
  /** The DER of the extension's value. */
  readonly value: Uint8Array;
}

/** The options of {@link createTestCertificate}. All of them have a default. */
export interface TestCertificateOptions {
  /** Attributes of the subject by short name. Default `{ CN: "Test IdP" }`. */
  readonly subject?: Readonly<Partial<Record<"CN" | "O" | "OU" | "C" | "L" | "ST", string>>>;
  /** Default: yesterday at 00:00 UTC, so that certificates of one test begin at the same instant. */
  readonly notBefore?: Instant | undefined;
  /** Default: three years after `notBefore`. */
  readonly notAfter?: Instant | undefined;
  /** Serial number in hex. Default: 16 random bytes. */
  readonly serialNumber?: string | undefined;
  readonly version?: 1 | 3 | undefined;
  readonly keyAlgorithm?: TestKeyAlgorithm | undefined;
  /** Uses the key of an earlier test certificate, as a renewal does. */
  readonly sameKeyAs?: TestCertificate | undefined;
  /** Uses this key: PKCS#8, PKCS#1 or SEC1 in PEM. */
  readonly privateKeyPem?: string | undefined;
  /** Signs with this certificate's key and names it as the issuer. Default: self-signed. */
  readonly issuer?: TestCertificate | undefined;
  readonly extensions?: readonly TestExtension[] | undefined;
  /** Hash of the signature. Default `sha256`. */
  readonly hash?: "sha1" | "sha256" | "sha384" | "sha512" | undefined;
}

const OPTIONS: OptionKinds<TestCertificateOptions> = {
  subject: OBJECT,
  notBefore: INSTANT,
  notAfter: INSTANT,
  serialNumber: TEXT,
  version: { is: (value) => value === 1 || value === 3, name: "1 or 3" },
  keyAlgorithm: TEXT,
  sameKeyAs: OBJECT,
  privateKeyPem: TEXT,
  issuer: OBJECT,
  extensions: LIST,
  hash: oneOf("sha1", "sha256", "sha384", "sha512"),
};

/** A certificate made for a test, with its key. */
export interface TestCertificate {
  readonly certificate: Certificate;
  readonly pem: string;
  readonly derBase64: string;
  /** PKCS#8 in PEM. */
  readonly privateKeyPem: string;
}

const ATTRIBUTES = {
  CN: "2.5.4.3",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
} as const;

const CURVES: Readonly<Record<string, string>> = {
  "P-256": "prime256v1",
  "P-384": "secp384r1",
  "P-521": "secp521r1",
};

const RSA_SIGNATURES = {
  sha1: "1.2.840.113549.1.1.5",
  sha256: "1.2.840.113549.1.1.11",
  sha384: "1.2.840.113549.1.1.12",
  sha512: "1.2.840.113549.1.1.13",
} as const;

const ECDSA_SIGNATURES = {
  sha1: "1.2.840.10045.4.1",
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4",
} as const;

/**
 * Makes a real certificate with a real key: self-signed with ECDSA P-256 by default.
 *
 * @example
 * ```ts
 * import { createTestCertificate } from "samlcert/testing";
 *
 * const current = await createTestCertificate({ subject: { CN: "idp.example.com" } });
 * const renewed = await createTestCertificate({ sameKeyAs: current });
 * console.log(current.pem, renewed.certificate.publicKey.spkiSha256);
 * ```
 */
export async function createTestCertificate(
  options: TestCertificateOptions = {},
): Promise<TestCertificate> {
  if (options === null) return await createTestCertificate();
  checkOptions(options, OPTIONS, "createTestCertificate");
  const key = await privateKey(options);
  const signingKey =
    options.issuer === undefined ? key : createPrivateKey(options.issuer.privateKeyPem);
  const hash = options.hash ?? "sha256";
  const algorithm = signatureAlgorithm(signingKey, hash);
  const tbs = tbsCertificate(options, key, algorithm);
  const digest = signingKey.asymmetricKeyType === "ed25519" ? null : hash;
  const der = sequence(tbs, algorithm, bitString(sign(digest, tbs, signingKey)));
  const certificate = parseCertificate(der);
  const { pem, derBase64 } = certificate;
  const privateKeyPem = key.export({ type: "pkcs8", format: "pem" }).toString();
  return { certificate, pem, derBase64, privateKeyPem };
}

async function privateKey(options: TestCertificateOptions): Promise<KeyObject> {
  const pem = options.sameKeyAs?.privateKeyPem ?? options.privateKeyPem;
  if (pem !== undefined) return createPrivateKey(pem);
  const algorithm = options.keyAlgorithm ?? "P-256";
  const generate = promisify(generateKeyPair);
  if (algorithm === "Ed25519") return (await generate("ed25519")).privateKey;
  const namedCurve = CURVES[algorithm];
  if (namedCurve !== undefined) return (await generate("ec", { namedCurve })).privateKey;
  const modulusLength = Number(algorithm.slice("RSA-".length));
  return (await generate("rsa", { modulusLength })).privateKey;
}

function signatureAlgorithm(key: KeyObject, hash: keyof typeof RSA_SIGNATURES): Uint8Array {
  if (key.asymmetricKeyType === "rsa") return sequence(oid(RSA_SIGNATURES[hash]), nullValue());
  if (key.asymmetricKeyType === "ec") return sequence(oid(ECDSA_SIGNATURES[hash]));
  return sequence(oid("1.3.101.112"));
}

function tbsCertificate(
  options: TestCertificateOptions,
  key: KeyObject,
  algorithm: Uint8Array,
): Uint8Array {
  const notBefore = unixSeconds(options.notBefore ?? startOfYesterday(), "notBefore");
  const end = options.notAfter ?? notBefore + 3 * 365 * SECONDS_PER_DAY;
  const notAfter = unixSeconds(end, "notAfter");
  const subject = distinguishedName(options.subject ?? { CN: "Test IdP" });
  const issuer = options.issuer === undefined ? subject : subjectOf(options.issuer.certificate);
  const extensions = options.extensions ?? [];
  return sequence(
    ...(options.version === 1 ? [] : [element(0xa0, integer(2))]),
    integer(options.serialNumber ?? `01${randomBytes(15).toString("hex")}`),
    algorithm,
    issuer,
    sequence(time(notBefore), time(notAfter)),
    subject,
    createPublicKey(key).export({ type: "spki", format: "der" }),
    ...(extensions.length === 0 ? [] : [element(0xa3, sequence(...extensions.map(extension)))]),
  );
}

function startOfYesterday(): number {
  const today = Math.floor(unixSeconds(new Date()) / SECONDS_PER_DAY);
  return (today - 1) * SECONDS_PER_DAY;
}

function distinguishedName(attributes: Readonly<Partial<Record<string, string>>>): Uint8Array {
  const types: Readonly<Record<string, string>> = ATTRIBUTES;
  return sequence(
    ...Object.entries(attributes).map(([type, value = ""]) =>
      set(sequence(oid(types[type] ?? type), utf8String(value))),
    ),
  );
}

function subjectOf(certificate: Certificate): Uint8Array {
  return sequence(
    ...certificate.subject.attributes.map((attribute) =>
      set(sequence(oid(attribute.oid), utf8String(attribute.value))),
    ),
  );
}

function extension({ oid: id, critical = false, value }: TestExtension): Uint8Array {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));
}
