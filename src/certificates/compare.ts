import { needCertificate } from "./argument.ts";
import type { Certificate } from "./types.ts";

/**
 * True if both are the same certificate: the same DER, by SHA-256.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { parseCertificate, sameCertificate } from "samlcert/certificates";
 *
 * const stored = parseCertificate(readFileSync("stored.pem"));
 * const offered = parseCertificate(readFileSync("offered.pem"));
 * if (sameCertificate(stored, offered)) console.log("Nothing to do.");
 * ```
 */
export function sameCertificate(a: Certificate, b: Certificate): boolean {
  needCertificate(a, "a");
  needCertificate(b, "b");
  return a.fingerprint.sha256 === b.fingerprint.sha256;
}

/**
 * True if both contain the same public key: either verifies the signatures of its owner. A
 * certificate that was renewed without a new key is such a case.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { parseCertificate, sameKey } from "samlcert/certificates";
 *
 * const [before, after] = ["before.pem", "after.pem"].map((file) => parseCertificate(readFileSync(file)));
 * if (before && after && sameKey(before, after)) console.log("Renewed with the same key.");
 * ```
 */
export function sameKey(a: Certificate, b: Certificate): boolean {
  needCertificate(a, "a");
  needCertificate(b, "b");
  return a.publicKey.spkiSha256 === b.publicKey.spkiSha256;
}

/** True if the names of issuer and subject are the same (RFC 5280, 3.2). */
export function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return issuer.text === subject.text;
}
