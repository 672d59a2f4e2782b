import {
  constants,
  createPublicKey,
  type KeyObject,
  type SignKeyObjectInput,
  verify,
} from "node:crypto";
import type { GivenCertificates } from "../certificates/given.ts";
import { signingChains } from "../certificates/signing-certificate.ts";
import type { Certificate } from "../certificates/types.ts";
import { type CertificateReading, readCertificate } from "../certificates/x509/certificate.ts";
import { isText, isUint8Array } from "../core/argument.ts";
import { fromCleanBase64 } from "../core/bytes.ts";
import { sha256Hex } from "../core/digest.ts";
import { bytesOfBase64 } from "../xml/utf8.ts";
import type { SignatureMethod } from "./algorithms.ts";
import { signatureError } from "./error.ts";

/**
 * The certificates and keys that may have signed; several while a signer changes. Only the key of a
 * certificate counts (metadata interoperability profile 2.6.1): it may be expired or self-signed.
 */
export interface TrustAnchors {
  /**
   * PEM, DER, or certificates that were read; one or a list. A text is read whole. The issuers of a
   * chain in one text do not count (XML Signature 4.4.4).
   */
  readonly certificates?: GivenCertificates | undefined;
  /** PEM (SubjectPublicKeyInfo), or keys of node:crypto. */
  readonly publicKeys?: readonly (string | KeyObject)[] | undefined;
}

/** A trusted key. */
export interface TrustedKey {
  readonly key: KeyObject;
  /** SHA-256 of its SubjectPublicKeyInfo. */
  readonly sha256: () => string;
  /** The base64 of its certificate, if it has one. */
  readonly certificate?: string | undefined;
}

/** Throws `signature.trust` if there are none, `signature.trust_unreadable` for one that is invalid. */
export function trustedKeys(trust: TrustAnchors): readonly TrustedKey[] {
  const { certificates = [], publicKeys = [] } = trust ?? {};
  const list = Array.isArray(certificates) ? certificates : [certificates];
  const keys = [
    ...list.flatMap((item, i) => readable(() => keysOf(item), `trust.certificates[${i}]`)),
    ...publicKeys.flatMap((item, i) =>
      readable(() => publicKeysOf(item), `trust.publicKeys[${i}]`),
    ),
  ];
  if (keys.length === 0) throw signatureError("signature.trust");
  return keys;
}

/** The reason of a failure may quote the input, so it is not passed on. */
function readable<T>(read: () => readonly T[], anchor: string): readonly T[] {
  try {
    const found = read();
    if (found.length > 0) return found;
  } catch {}
  throw signatureError("signature.trust_unreadable", { anchor });
}

/** The keys of the end entities in one text, or of one certificate. Throws for any that is invalid. */
export function keysOf(given: string | Uint8Array | Certificate): readonly TrustedKey[] {
  const readings = (isText(given) || isUint8Array(given) ? dersOf(given) : [derOf(given)]).map(
    readWhole,
  );
  const chains = signingChains(readings.map(({ certificate }) => certificate));
  return chains.map(({ certificate }) =>
    certifiedKey(readings.find((one) => one.certificate === certificate) as CertificateReading),
  );
}

/** Refuses bytes after the certificate. */
function readWhole(der: Uint8Array): CertificateReading {
  const reading = readCertificate(der);
  if (reading.der.length !== der.length) throw new RangeError();
  return reading;
}

function derOf({ derBase64 }: Certificate): Uint8Array {
  return fromCleanBase64(derBase64) as Uint8Array;
}

const PEM = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;

/** Every certificate of PEM or DER. Refuses any other PEM block: not one may be ignored. */
function dersOf(given: string | Uint8Array): readonly Uint8Array[] {
  const text = isText(given) ? given : new TextDecoder("latin1").decode(given);
  if (!isText(given) && !text.includes("-----")) return [given];
  const ders = [...text.matchAll(PEM)].map(([, base64]) => bytesOfBase64(base64 as string));
  if (text.replace(PEM, "").includes("-----") || ders.includes(undefined)) throw new RangeError();
  return ders as readonly Uint8Array[];
}

const RSA = "1.2.840.113549.1.1.1";

/** From RSAPublicKey, an RSA key is loaded 40x faster than from a certificate or an SPKI. */
function certifiedKey({ certificate, der, key }: CertificateReading): TrustedKey {
  const { algorithmOid, spkiSha256 } = certificate.publicKey;
  const loaded =
    algorithmOid === RSA
      ? createPublicKey({
          key: Buffer.from(der.subarray(key.start, key.end)),
          format: "der",
          type: "pkcs1",
        })
      : createPublicKey(certificate.pem);
  return { key: loaded, sha256: () => spkiSha256, certificate: certificate.derBase64 };
}

const BLOCK = /-----BEGIN [^-]+-----[^-]*-----END [^-]+-----/g;

/** Every key of a text. Refuses what is no whole PEM block: not one may be ignored. */
function publicKeysOf(given: string | KeyObject): readonly TrustedKey[] {
  if (!isText(given)) return [publicKeyOf(given)];
  if (given.includes("PRIVATE KEY") || given.replace(BLOCK, "").includes("-----")) {
    throw new RangeError();
  }
  return (given.match(BLOCK) ?? [given]).map(publicKeyOf);
}

function publicKeyOf(given: string | KeyObject): TrustedKey {
  const key = isText(given) ? createPublicKey(given) : given;
  if (key.type !== "public") throw new RangeError();
  return { key, sha256: () => sha256Hex(key.export({ type: "spki", format: "der" })) };
}

const CURVES: ReadonlySet<string> = new Set(["prime256v1", "secp384r1", "secp521r1"]);

function isStrong({ key }: TrustedKey, allowShortRsa: boolean): boolean {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === "ec") return CURVES.has(details?.namedCurve ?? "");
  return allowShortRsa || (details?.modulusLength ?? 0) >= 2048;
}

/** An RSA key may be restricted to RSA-PSS, and not the other way round (RFC 4055, 1.2). */
function mayMake({ key }: TrustedKey, { kind }: SignatureMethod): boolean {
  const type = key.asymmetricKeyType;
  const fits = type === kind || (kind === "rsa-pss" && type === "rsa");
  // With the exponent 1, everybody can sign.
  return fits && key.asymmetricKeyDetails?.publicExponent !== 1n;
}

/** The options of node:crypto for a signature: IEEE P1363 (XML Signature 1.1, 6.4.3), RFC 9231, 2.3.10. */
export function cryptoOptions(
  key: KeyObject,
  {
    kind,
    saltLength = constants.RSA_PSS_SALTLEN_DIGEST,
  }: Pick<SignatureMethod, "kind" | "saltLength">,
): SignKeyObjectInput {
  if (kind === "ec") return { key, dsaEncoding: "ieee-p1363" as const };
  if (kind === "rsa") return { key, padding: constants.RSA_PKCS1_PADDING };
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
}

/** The trusted key that made a signature; undefined if none did. */
export function signingKeyOf(
  keys: readonly TrustedKey[],
  method: SignatureMethod,
  bytes: Uint8Array,
  signature: Uint8Array,
  allowShortRsa: boolean,
): TrustedKey | undefined {
  const fitting = keys.filter((key) => mayMake(key, method));
  const strong = fitting.filter((key) => isStrong(key, allowShortRsa));
  if (fitting.length > 0 && strong.length === 0) throw signatureError("signature.short_key");
  return strong.find(({ key }) => isMadeBy(key, method, bytes, signature));
}

/** True if a key made a signature and may make one of this kind; weak keys count too. */
export function isSignedBy(
  trusted: TrustedKey,
  method: SignatureMethod,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  return mayMake(trusted, method) && isMadeBy(trusted.key, method, bytes, signature);
}

function isMadeBy(
  key: KeyObject,
  method: SignatureMethod,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return verify(method.hash, bytes, cryptoOptions(key, method), signature);
  } catch {
    // The parameters of an RSASSA-PSS key do not allow the hash.
    return false;
  }
}
