import { need } from "../core/argument.ts";
import { certificateRuleCodes } from "../core/codes/certificates/rules.ts";
import { CertificateError } from "../core/errors.ts";
import type { Finding } from "../core/finding.ts";
import { errorOf, findingOf } from "../core/issue.ts";
import { chainsOf, explainBundle } from "./bundle.ts";
import type { Certificate } from "./types.ts";

/** A certificate whose key signs SAML messages, and its issuers in the bundle. */
export interface SigningCertificate {
  /** The end entity of the chain. */
  readonly certificate: Certificate;
  /** Left aside, nearest first: certificate authorities, whose keys sign certificates only. */
  readonly issuers: readonly Certificate[];
}

/**
 * The certificate of a chain that signs: its end entity (XML Signature 4.4.4). The others are its
 * issuers, in any order. Several certificates that are not one chain, such as the current and
 * the next one of an identity provider, are a `CertificateError` with the code `chain.several`;
 * {@link signingChains} gives them all.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { parseCertificates, signingCertificate } from "samlcert/certificates";
 *
 * const { certificate, issuers } = signingCertificate(parseCertificates(readFileSync("fullchain.pem")));
 * console.log(`${certificate.subject.text} signs.`);
 * for (const { subject } of issuers) console.log(`Left aside: ${subject.text}`);
 * ```
 */
export function signingCertificate(bundle: readonly Certificate[]): SigningCertificate {
  const [chain, ...others] = signingChains(bundle);
  need(() => chain !== undefined, "bundle", "a list of at least one Certificate");
  if (others.length === 0) return chain as SigningCertificate;
  throw errorOf(CertificateError, certificateRuleCodes, {
    code: "chain.several",
    values: { bundle: explainBundle(bundle) },
  });
}

/**
 * Every certificate of a bundle that signs, each with its issuers: one for a chain, several for
 * unrelated certificates. A certificate that occurs twice counts once.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { parseCertificates, signingChains } from "samlcert/certificates";
 *
 * const chains = signingChains(parseCertificates(readFileSync("current-and-next.pem")));
 * console.log(chains.map(({ certificate }) => certificate.fingerprint.sha256));
 * ```
 */
export function signingChains(bundle: readonly Certificate[]): readonly SigningCertificate[] {
  return chainsOf(bundle, "bundle").map(([certificate, ...issuers]) => ({ certificate, issuers }));
}

/** A certificate, and the group that it is in, such as its X509Data. */
interface Grouped {
  readonly certificate: Certificate;
  readonly group?: number | undefined;
}

/**
 * Every certificate of a paste that signs. The certificates of one X509Data are a chain, several
 * X509Data are several keys (XML Signature 4.4.4): an authority in one of its own signs.
 */
export function signingChainsOf(readings: readonly Grouped[]): readonly SigningCertificate[] {
  const groups = new Set(readings.map(({ group }) => group));
  const chains = [...groups].flatMap((group) =>
    signingChains(
      readings.filter((one) => one.group === group).map(({ certificate }) => certificate),
    ),
  );
  const bySha = new Map<string, SigningCertificate>();
  for (const chain of chains) {
    const { sha256 } = chain.certificate.fingerprint;
    if (!bySha.has(sha256)) bySha.set(sha256, chain);
  }
  return [...bySha.values()];
}

/** The notice that names the issuers that were left aside; none if there were none. */
export function issuerFindings(issuers: readonly Certificate[]): readonly Finding[] {
  if (issuers.length === 0) return [];
  const names = [...new Set(issuers.map(({ subject }) => subject.text))].join("; ");
  return [findingOf(certificateRuleCodes, { code: "chain.issuer_left_aside", values: { names } })];
}
