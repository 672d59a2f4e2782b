import { isText, isUint8Array } from "../core/argument.ts";
import { needCertificate } from "./argument.ts";
import { parseCertificates } from "./parse.ts";
import { type SigningCertificate, signingChains } from "./signing-certificate.ts";
import type { Certificate } from "./types.ts";

/** A certificate, or the text or bytes of one, of a chain or of several (PEM, DER, PKCS #7). */
export type GivenCertificate = string | Uint8Array | Certificate;

/** One of them, or a list. */
export type GivenCertificates = GivenCertificate | readonly GivenCertificate[];

/**
 * The signing certificates that a caller gave as an option or an argument. A text is read whole or
 * refused: all of its certificates count, except the issuers of a chain (see {@link signingCertificate}).
 * Items of a list are independent: a certificate authority that is an item of its own counts.
 *
 * Throws a `CertificateError` for a text that cannot be read, and a `TypeError` for any other kind of
 * value.
 */
export function signingCertificatesGiven(
  given: GivenCertificates,
  argument = "certificates",
): readonly SigningCertificate[] {
  if (!isList(given)) return chainsGiven(given, argument);
  return given.flatMap((item, index) => chainsGiven(item, `${argument}[${index}]`));
}

function isList(given: GivenCertificates): given is readonly GivenCertificate[] {
  return Array.isArray(given);
}

function chainsGiven(given: GivenCertificate, argument: string): readonly SigningCertificate[] {
  if (isText(given) || isUint8Array(given)) return signingChains(parseCertificates(given));
  needCertificate(given, argument);
  return [{ certificate: given, issuers: [] }];
}
