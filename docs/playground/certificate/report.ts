import type { Certificate, CertificateReport } from "../../../src/certificates/types.ts";
import { calendarFile } from "../parts/calendar.ts";
import { validityWords } from "../parts/dates.ts";
import { block, make } from "../parts/dom.ts";
import { equivalent } from "../parts/equivalent.ts";
import { checkList, countText, findingList, toneOf } from "../parts/findings.ts";
import type { Paste } from "../parts/paste.ts";
import { save, shareable } from "../parts/share.ts";
import { linesOf } from "../parts/source.ts";
import { periodOf, timeline } from "../parts/timeline.ts";
import { type Tone, verdict } from "../parts/verdict.ts";
import { factsOf } from "./facts.ts";
import { pemParts } from "./pem-parts.ts";

const CODE = `import { readFileSync } from "node:fs";
import { validateCertificate } from "samlcert";

const report = validateCertificate(readFileSync("certificate.pem"), { now: new Date() });
if (!report.ok) console.log(report.findings);
`;

/** The result in large words: the validity, unless something else makes the certificate unusable. */
export function verdictWords(
  { ok, certificate, findings }: CertificateReport,
  now: number,
): { readonly tone: Tone; readonly words: string } {
  if (certificate === undefined) return { tone: "bad", words: "Not a usable certificate" };
  const validity = validityWords(certificate, now);
  if (!ok && validity.tone !== "bad") return { tone: "bad", words: "Cannot be used" };
  if (!ok) return validity;
  return {
    tone: validity.tone === "good" ? toneOf(findings) : validity.tone,
    words: validity.words,
  };
}

/** The result, which a screen reader reads after each change. */
export function verdictOf(report: CertificateReport, now: number): HTMLElement {
  const { ok, findings } = report;
  const words = ok ? "This certificate can be used" : "This is not a usable certificate";
  const why = findings.length === 0 ? "." : `: ${countText(findings)}.`;
  const { tone, words: large } = verdictWords(report, now);
  return verdict(tone, large, `${words}${why}`);
}

/** An appointment for the end of the certificate, as a file. */
function calendarButton(certificate: Certificate, now: number): HTMLElement[] {
  const { notAfter, noExpiry, subject, fingerprint } = certificate;
  if (noExpiry || notAfter.unixSeconds <= now) return [];
  const onclick = (): void => {
    const summary = `SAML certificate ends: ${subject.text || fingerprint.sha256.slice(0, 16)}`;
    const description = `Replace it before then.\nSHA-256: ${fingerprint.sha256}`;
    const at = notAfter.unixSeconds;
    const file = calendarFile({ id: fingerprint.sha256, summary, description, at }, now);
    save(file, "certificate-ends.ics", "text/calendar");
  };
  return [make("button", { type: "button", onclick }, "Add its end to a calendar (.ics)")];
}

/** First the findings to act on, then the certificate, then notices. */
export function reportParts(
  report: CertificateReport,
  { text }: Paste,
  now: number,
): HTMLElement[] {
  const { certificate, findings, repairs, checks } = report;
  const source = linesOf(text, findings);
  const wrong = findings.filter(({ severity }) => severity !== "notice");
  const notices = findings.filter(({ severity }) => severity === "notice");
  return [
    ...(wrong.length === 0 ? [] : [block("Findings", findingList(wrong, source))]),
    ...(certificate === undefined ? [] : certificateParts(certificate, repairs, now)),
    ...(notices.length === 0 ? [] : [block("Good to know", findingList(notices))]),
    ...(checks.length === 0 ? [] : [checkList(checks)]),
    equivalent("samlcert check certificate.pem", CODE),
  ];
}

function certificateParts(
  certificate: Certificate,
  repairs: CertificateReport["repairs"],
  now: number,
): HTMLElement[] {
  const repaired = repairs.map(({ message }) => make("li", {}, message));
  const label = repairs.length > 0 ? "The repaired PEM" : "The PEM to upload";
  const pem = shareable({
    ...{ text: certificate.pem, label, name: "certificate.pem", type: "application/x-pem-file" },
    // With repairs, putting them back comes first.
    ...{ primary: repairs.length === 0, explained: pemParts(certificate) },
    more: calendarButton(certificate, now),
  });
  return [
    block(
      "Certificate",
      factsOf(certificate, now),
      timeline([periodOf(certificate, "this certificate", now)], now),
    ),
    ...(repaired.length === 0
      ? []
      : [block("Repairs", make("ul", { class: "repairs" }, ...repaired))]),
    block(label, pem),
  ];
}
