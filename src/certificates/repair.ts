import { words } from "../core/codes/code.ts";
import { distinctReadings } from "./bundle.ts";
import { readingCodes } from "./codes.ts";
import { explainedIssue } from "./der/issue.ts";
import { type ReadingIssue, readingError, withDetail } from "./issue.ts";
import { readPaste } from "./paste/pipeline.ts";
import { issuerFindings, type SigningCertificate, signingChainsOf } from "./signing-certificate.ts";
import type { Certificate, Repair } from "./types.ts";

/** A certificate, and what was repaired or left out to read it. */
export interface RepairedCertificate {
  readonly certificate: Certificate;
  readonly repairs: readonly Repair[];
}

/**
 * Reads exactly one certificate from any paste or upload: PEM with escapes, lost
 * lines of armour, typographic dashes; base64, hex, SAML metadata, PKCS #7. Says what was repaired and
 * left out; of a chain, the issuers are left out. Throws a `CertificateError` if there is none, several, or one that cannot be repaired.
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { repairCertificate } from "samlcert/certificates";
 *
 * const { certificate, repairs } = repairCertificate(await readFile("pasted.txt", "utf8"));
 * for (const { message } of repairs) console.log(message);
 * console.log(certificate.pem);
 * ```
 */
export function repairCertificate(input: string | Uint8Array): RepairedCertificate {
  const { chains, repairs } = repairCertificates(input);
  const [chain, ...others] = chains;
  if (chain === undefined) throw readingError({ code: "input.not_certificate" });
  if (others.length > 0) {
    throw readingError({
      code: "pem.multiple_certificates",
      values: { count: chains.length },
    });
  }
  const aside = issuerFindings(chain.issuers).map(({ code, message }) => ({ code, message }));
  return { certificate: chain.certificate, repairs: [...repairs, ...aside] };
}

/** As {@link repairCertificate}, for the layers that take several: each certificate of a paste once. */
export function repairCertificates(input: string | Uint8Array): {
  readonly certificates: readonly Certificate[];
  readonly chains: readonly SigningCertificate[];
  readonly repairs: readonly Repair[];
} {
  const { readings, repairs, issues } = readPaste(input);
  const ofDer = readings.flatMap((reading) =>
    reading.issues.map((issue) => explainedIssue(issue, readingCodes)),
  );
  const stop = [...issues, ...ofDer].find(
    ({ code }) => readingCodes[code][0] === "fatal" || AMBIGUOUS.includes(code),
  );
  if (stop !== undefined) throw readingError(stop, readingCodes);
  const left = issues.filter(
    ({ code }) => code.startsWith("pem.text_") || code === "pem.legacy_header",
  );
  const certificates = distinctReadings(readings).map(({ certificate }) => certificate);
  const all: ReadingIssue[] = [...repairs, ...left];
  if (certificates.length < readings.length) all.push({ code: "pem.duplicate_certificate" });
  return { certificates, chains: signingChainsOf(readings), repairs: all.map(toRepair) };
}

/** The words of what was repaired. */
export function toRepair({ code, values, at, detail }: ReadingIssue): Repair {
  const { message } = words(readingCodes[code], values);
  const repair = { code, message: withDetail(message, detail) };
  return at === undefined ? repair : { ...repair, at };
}

/** Some parsers drop these bytes or encode them anew, and so come to another fingerprint. */
const AMBIGUOUS: readonly string[] = ["der.trailing_data", "der.non_minimal_length"];
