import type { webcrypto } from "node:crypto";
import type { Name } from "@peculiar/x509";
import { parseCertificate } from "../certificates/parse.ts";
import { loadPeculiar } from "../certificates/peculiar.ts";
import type { Certificate } from "../certificates/types.ts";
import { toHex } from "../core/bytes.ts";
import { type Instant, SECONDS_PER_DAY, unixSeconds } from "../core/time.ts";
import type { KeyUse, WebAlgorithm } from "./algorithms.ts";
import { keyError } from "./error.ts";

/** A key pair of Web Cryptography with its algorithm. */
export interface WebKeyPair {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly algorithm: WebAlgorithm;
}

/** The contents of a self-signed certificate besides its key. */
export interface CertificateContents {
  /** The DER of the subject. */
  readonly subject: Uint8Array<ArrayBuffer>;
  readonly days: number;
  readonly use: KeyUse;
  readonly now: Instant;
}

/** Three years, as Entra ID's certificates last: long enough, and short enough to practise renewals. */
export const DEFAULT_DAYS = 1095;
const MAX_DAYS = 36_525;

/** A consumer whose clock is slow must not refuse a new certificate. */
const BACKDATED_SECONDS = 3600;

/** A self-signed certificate (RFC 5280, 4.1), signed with Web Cryptography. */
export async function selfSigned(
  { keys, algorithm }: WebKeyPair,
  { subject, days, use, now }: CertificateContents,
): Promise<Certificate> {
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) throw keyError("keys.days", { days });
  checkUse(use, algorithm);
  const x509 = await loadPeculiar();
  const start = unixSeconds(now);
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    subject: nameOf(subject, x509),
    issuer: nameOf(subject, x509),
    notBefore: new Date((start - BACKDATED_SECONDS) * 1000),
    notAfter: new Date((start + days * SECONDS_PER_DAY) * 1000),
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    signingAlgorithm: { name: algorithm.name, hash: algorithm.hash },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(usagesOf(use, x509), true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return parseCertificate(new Uint8Array(made.rawData));
}

type Peculiar = Awaited<ReturnType<typeof loadPeculiar>>;

export function nameOf(subject: Uint8Array<ArrayBuffer>, { Name }: Peculiar): Name {
  return new Name(subject);
}

/** Refuses what no identity provider can do: key agreement with an EC key. */
export function checkUse(use: KeyUse, { namedCurve }: WebAlgorithm): void {
  if (use !== "signing" && namedCurve !== undefined) {
    throw keyError("keys.use", { curve: namedCurve });
  }
}

/** RFC 5280, 4.2.1.3: keyEncipherment is the transport of a session key, as RSA-OAEP does it. */
function usagesOf(use: KeyUse, { KeyUsageFlags }: Peculiar): number {
  const signs = use === "encryption" ? 0 : KeyUsageFlags.digitalSignature;
  return signs | (use === "signing" ? 0 : KeyUsageFlags.keyEncipherment);
}

/** Positive, and of the full 20 bytes (RFC 5280, 4.1.2.2) in the shortest form: 158 random bits. */
function randomSerial(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  bytes[0] = ((bytes[0] as number) & 0x3f) | 0x40;
  return toHex(bytes);
}
