import type { X509Certificate } from "@peculiar/x509";
import { kindCodes } from "../core/codes/certificates/kinds.ts";
import { sha256Hex } from "../core/digest.ts";
import { needCertificate } from "./argument.ts";
import { readingError } from "./issue.ts";
import { readPaste } from "./paste/pipeline.ts";
import type { Certificate } from "./types.ts";

/**
 * The only way to @peculiar/x509. Loaded on first use, because it takes longer to import than the rest
 * of the package and puts 32 helpers of tslib on `globalThis`. It gets bytes that our own reader has
 * accepted, never text: its PEM expression takes exponential time, and its dates are wrong for forms
 * that DER forbids.
 */
export async function loadPeculiar(): Promise<typeof import("@peculiar/x509")> {
  await import("reflect-metadata/lite");
  return await import("@peculiar/x509");
}

function derBytes(certificate: Certificate): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(certificate.derBase64), (character) => character.charCodeAt(0));
}

/**
 * The main part of `X509Certificate` of @peculiar/x509. Declared here, so that only those who import
 * that package's own type need what its declarations need, `dom` among others.
 */
export interface PeculiarCertificate {
  readonly rawData: ArrayBuffer;
  readonly subject: string;
  readonly issuer: string;
  toString(format?: "asn" | "pem" | "hex" | "base64" | "base64url" | "text"): string;
}

/**
 * The certificate as an object of @peculiar/x509, for the features of that library: WebCrypto keys,
 * chains, typed extensions. Take dates, serial number and key size from the {@link Certificate}.
 * Loading the library puts helpers of tslib on `globalThis`, such as `__decorate`.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import type { X509Certificate } from "@peculiar/x509";
 * import { parseCertificate, toPeculiar } from "samlcert/certificates";
 *
 * const x509 = await toPeculiar<X509Certificate>(parseCertificate(readFileSync("idp.pem")));
 * console.log(x509.subject);
 * ```
 */
export async function toPeculiar<Type extends PeculiarCertificate = PeculiarCertificate>(
  certificate: Certificate,
): Promise<Type> {
  const x509: PeculiarCertificate = await peculiarOf(certificate);
  return x509 as Type;
}

async function peculiarOf(certificate: Certificate): Promise<X509Certificate> {
  needCertificate(certificate);
  const { X509Certificate } = await loadPeculiar();
  try {
    return new X509Certificate(derBytes(certificate));
  } catch {
    // Its messages speak of its own arguments.
    throw new TypeError("certificate.derBase64 is not DER that @peculiar/x509 can read.");
  }
}

/** True if the certificate's own key signed it, by Web Cryptography; undefined if that cannot tell. */
export async function webVerdict(certificate: Certificate): Promise<boolean | undefined> {
  const x509 = await peculiarOf(certificate).catch(() => undefined);
  const publicKey = await (x509 && importKey(x509))?.catch(() => undefined);
  return publicKey && x509?.verify({ publicKey, signatureOnly: true }).catch(whyNot);
}

/**
 * The runtime may have an algorithm and not be allowed to use it, as where the system's policy forbids
 * SHA-1. The library itself throws for an ECDSA signature that is not of two numbers.
 */
function whyNot(error: unknown): false | undefined {
  return error instanceof DOMException ? undefined : false;
}

/** Throws where Web Cryptography does not have the algorithm, or the key is of another kind. */
async function importKey({ publicKey, signatureAlgorithm }: X509Certificate) {
  return await publicKey.export({ ...publicKey.algorithm, ...signatureAlgorithm }, ["verify"]);
}

/** The contents of a certificate signing request. */
export interface CertificateRequest {
  readonly subject: string;
  /** As Web Cryptography names it, such as `RSASSA-PKCS1-v1_5` or `ECDSA`. */
  readonly publicKeyAlgorithm: string;
  /** Lower-case hex: equal to `publicKey.spkiSha256` of the certificate that is issued for it. */
  readonly spkiSha256: string;
  /** True if the requested key signed the request. */
  readonly signatureValid: boolean;
}

/**
 * Reads a PKCS #10 certificate signing request (RFC 2986) from PEM or DER, so that it can be matched
 * with the certificate that was issued for it. Throws a `CertificateError` for anything else.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { parseCertificate, readCertificateRequest } from "samlcert/certificates";
 *
 * const request = await readCertificateRequest(readFileSync("idp.csr"));
 * const certificate = parseCertificate(readFileSync("idp.pem"));
 * console.log(request.spkiSha256 === certificate.publicKey.spkiSha256);
 * ```
 */
export async function readCertificateRequest(
  input: string | Uint8Array,
): Promise<CertificateRequest> {
  const der = requestDer(input);
  const { Pkcs10CertificateRequest } = await loadPeculiar();
  try {
    const request = new Pkcs10CertificateRequest(der);
    const { publicKey } = request;
    return {
      subject: request.subject,
      publicKeyAlgorithm: publicKey.algorithm.name,
      spkiSha256: sha256Hex(new Uint8Array(publicKey.rawData)),
      signatureValid: await request.verify().catch(() => false),
    };
  } catch {
    // Its messages may quote the input.
    throw readingError({ code: "request.malformed" }, kindCodes);
  }
}

/** The DER of a request in any form. Only well-formed bytes reach the library. */
function requestDer(input: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const [request] = readPaste(input).requests;
  if (request === undefined) throw readingError({ code: "request.malformed" }, kindCodes);
  return Uint8Array.from(request);
}
