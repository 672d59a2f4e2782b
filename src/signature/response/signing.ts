import type { Certificate } from "../../certificates/types.ts";
import type { Finding } from "../../core/finding.ts";
import { quoted } from "../../core/quote.ts";
import { found } from "./issue.ts";
import type { Proof } from "./proof.ts";
import type { EmbeddedCertificate, SignatureExplanation } from "./types.ts";

/** A signature of a message or of a query, with what cryptography says of it. */
export interface Proven {
  /** Without `by`, `content`, `signedBy` and `embedded`, which follow from the proof. */
  readonly facts: Pick<
    SignatureExplanation,
    "of" | "path" | "covers" | "algorithm" | "digestAlgorithm" | "canonicalization"
  >;
  readonly embedded: readonly Certificate[];
  readonly proof?: Proof | undefined;
  readonly fault?: Finding | undefined;
  /** It covers the element that it is in. */
  readonly inPlace: boolean;
}

/** The given certificate whose key made a signature: the one that the message names, else the first. */
function makerOf(
  given: readonly Certificate[],
  { embedded, proof }: Proven,
): Certificate | undefined {
  const makers = given.filter((_, place) => proof?.made[place] === true);
  return makers.find((one) => embedded.some((other) => isSame(one, other))) ?? makers[0];
}

function isSame(a: Certificate, b: Certificate): boolean {
  return a.fingerprint.sha256 === b.fingerprint.sha256;
}

export function explainSignature(
  given: readonly Certificate[],
  proven: Proven,
): SignatureExplanation {
  const { facts, proof, inPlace } = proven;
  const maker = makerOf(given, proven);
  const embedded = proven.embedded.map(
    (certificate, place): EmbeddedCertificate => ({
      certificate,
      fingerprint: certificate.fingerprint.sha256,
      given: given.some((one) => isSame(one, certificate)),
      made: proof?.made[given.length + place],
    }),
  );
  const content = contentOf(proof);
  const isEvidence = maker !== undefined && content === "intact" && inPlace;
  return {
    ...facts,
    by: byOf(maker, embedded, proof),
    content,
    ...(isEvidence && {
      signedBy: { certificate: maker, fingerprint: maker.fingerprint.sha256 },
    }),
    ...(maker && { position: given.indexOf(maker) + 1 }),
    embedded,
  };
}

function byOf(
  maker: Certificate | undefined,
  embedded: readonly EmbeddedCertificate[],
  proof: Proof | undefined,
): SignatureExplanation["by"] {
  if (proof === undefined) return "unchecked";
  if (maker !== undefined) return "given";
  if (embedded.some(({ made }) => made === true)) return "embedded";
  return proof.made.includes(undefined) ? "unchecked" : "unknown";
}

function contentOf(proof: Proof | undefined): SignatureExplanation["content"] {
  if (proof?.intact === undefined) return "unchecked";
  return proof.intact ? "intact" : "changed";
}

/** `CN=idp.example.com, expires 2031-07-09`. */
export function certificateName({
  subject,
  notAfter,
  noExpiry,
  serialNumber,
}: Certificate): string {
  const name = subject.text === "" ? `serial number ${serialNumber}` : subject.text;
  const short = name.length > 80 ? `${name.slice(0, 77)}...` : name;
  return `${short}, ${noExpiry ? "no expiry" : `expires ${notAfter.iso.slice(0, 10)}`}`;
}

/** `assertion`, or the name of another element. */
export function labelOf(of: string): string {
  if (of === "query") return "redirect's query";
  return of === "Assertion" ? "assertion" : of;
}

/** The findings about one signature. */
export function signatureFindings(
  given: readonly Certificate[],
  signature: SignatureExplanation,
  fault: Finding | undefined,
  now: number,
): readonly Finding[] {
  const element = labelOf(signature.of);
  const { algorithm = "", digestAlgorithm = "" } = signature;
  const isSha1 = /sha1(?:-rsa-MGF1)?$/i.test(algorithm) || /sha1$/i.test(digestAlgorithm);
  return [
    ...(fault === undefined ? [] : [fault]),
    ...makerFindings(given, signature, element),
    ...(signature.content === "changed" && signature.by !== "unknown"
      ? [found("response.content_changed", { element })]
      : []),
    ...(isSha1 ? [found("response.sha1", { element })] : []),
    ...certificateFindings(given, signature, element, now),
  ];
}

function makerFindings(
  given: readonly Certificate[],
  { by, algorithm, embedded }: SignatureExplanation,
  element: string,
): readonly Finding[] {
  if (by === "unchecked" && algorithm !== undefined) {
    return [found("response.not_verifiable", { element, algorithm: quoted(algorithm) })];
  }
  if (given.length === 0) return [];
  if (by === "embedded") {
    const maker = embedded.find(({ made }) => made === true) as EmbeddedCertificate;
    const certificate = certificateName(maker.certificate);
    return [found("response.other_certificate", { element, certificate })];
  }
  if (by !== "unknown") return [];
  const named = embedded.find((one) => one.given);
  if (named === undefined) return [found("response.unknown_key", { element })];
  const certificate = certificateName(named.certificate);
  return [found("response.signature_changed", { element, certificate })];
}

function certificateFindings(
  given: readonly Certificate[],
  { position, embedded }: SignatureExplanation,
  element: string,
  now: number,
): readonly Finding[] {
  const maker = position === undefined ? undefined : given[position - 1];
  if (maker === undefined) return [];
  const { notAfter, noExpiry } = maker;
  const isExpired = !noExpiry && notAfter.unixSeconds <= now;
  const other = embedded.some(({ made }) => made === true) ? undefined : embedded[0];
  return [
    ...(isExpired ? [found("response.certificate_expired", { time: notAfter.iso })] : []),
    ...(other === undefined
      ? []
      : [
          found("response.embedded_other", {
            element,
            embedded: certificateName(other.certificate),
          }),
        ]),
  ];
}
