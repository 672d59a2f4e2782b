import pasted from "../../../fixtures/demo/pasted.txt";
import withPrivateKey from "../../../fixtures/demo/with-private-key.pem";
import { certificateState, keyText, validateCertificate } from "../../../src/certificates/index.ts";
import type {
  Certificate,
  CertificateReport,
  DistinguishedName,
} from "../../../src/certificates/types.ts";
import { block, emptyState, facts, make } from "../parts/dom.ts";
import { checkList, countText, findingList, toneOf } from "../parts/findings.ts";
import { type Paste, pasteField } from "../parts/paste.ts";
import { shareable } from "../parts/share.ts";
import { linesOf } from "../parts/source.ts";
import { periodOf, timeline } from "../parts/timeline.ts";

const DAY = 86_400;
const MAX_BYTES = 256 * 1024;

const EMPTY = emptyState("Nothing to check yet.", [
  "the certificate: dates, key, fingerprints",
  "what is wrong with it, marked in the text",
  "the PEM to upload, repaired if that is safe",
]);

/** The remaining days of a certificate. */
export function daysText(certificate: Certificate, now: number): string {
  if (certificate.noExpiry) return "no expiry";
  const days = Math.floor((certificate.notAfter.unixSeconds - now) / DAY);
  const amount = `${Math.abs(days)} day${Math.abs(days) === 1 ? "" : "s"}`;
  return days < 0 ? `expired ${amount} ago` : `${amount} left`;
}

/** A name. Each part has its own text direction, so that `CN=` stays before its value. */
function nameOf({ text }: DistinguishedName): HTMLElement {
  const parts = text.split(/(?<!\\),/).map((part) => make("bdi", {}, part));
  return make("span", {}, ...parts.flatMap((part, place) => (place === 0 ? [part] : [",", part])));
}

function factsOf(certificate: Certificate, now: number): HTMLElement {
  const { subject, issuer, serialNumber, notBefore, notAfter, fingerprint } = certificate;
  const code = (text: string): HTMLElement => make("code", {}, text);
  return facts([
    ["Subject", subject.text === "" ? "(empty)" : nameOf(subject)],
    ["Issuer", issuer.text === subject.text ? "same as the subject (self-issued)" : nameOf(issuer)],
    ["Valid from", `${notBefore.iso} (not_before ${notBefore.unixSeconds})`],
    [
      "Valid until",
      `${notAfter.iso} (not_after ${notAfter.unixSeconds}), ${daysText(certificate, now)}`,
    ],
    ["State", certificateState(certificate, now)],
    ["Key", keyText(certificate.publicKey)],
    ["Signature", certificate.signatureAlgorithm.name],
    ["Serial number", code(serialNumber)],
    ["SHA-256", code(fingerprint.sha256)],
    ["SHA-1", code(fingerprint.sha1)],
  ]);
}

/** The result in one sentence, which a screen reader reads after each change. */
function verdict({ ok, findings }: CertificateReport): HTMLElement {
  const words = ok ? "This certificate can be used" : "This is not a usable certificate";
  const why = findings.length === 0 ? "." : `: ${countText(findings)}.`;
  return make("p", { class: `verdict ${ok ? toneOf(findings) : "bad"}` }, `${words}${why}`);
}

/** First the findings to act on, then the certificate, then notices. */
function reportParts(report: CertificateReport, { text }: Paste, now: number): HTMLElement[] {
  const { certificate, findings, repairs, checks } = report;
  const source = linesOf(text, findings);
  const wrong = findings.filter(({ severity }) => severity !== "notice");
  const notices = findings.filter(({ severity }) => severity === "notice");
  return [
    ...(wrong.length === 0 ? [] : [block("Findings", findingList(wrong, source))]),
    ...(certificate === undefined ? [] : certificateParts(certificate, repairs, now)),
    ...(notices.length === 0 ? [] : [block("Good to know", findingList(notices))]),
    ...(checks.length === 0 ? [] : [checkList(checks)]),
  ];
}

function certificateParts(
  certificate: Certificate,
  repairs: CertificateReport["repairs"],
  now: number,
): HTMLElement[] {
  const repaired = repairs.map(({ message }) => make("li", {}, message));
  const title = repairs.length > 0 ? "The repaired PEM" : "The PEM to upload";
  return [
    block(
      "Certificate",
      factsOf(certificate, now),
      timeline([periodOf(certificate, "this certificate", now)], now),
    ),
    ...(repaired.length === 0
      ? []
      : [block("Repairs", make("ul", { class: "repairs" }, ...repaired))]),
    block(title, shareable(certificate.pem, title, "certificate.pem", "application/x-pem-file")),
  ];
}

/** True for SAML metadata, which the other panel shows in full. */
function isMetadata(text: string): boolean {
  return /<(?:[\w.-]{1,40}:)?Entit(?:y|ies)Descriptor\b/.test(text);
}

/** `readMetadata` opens a text in the metadata panel. `fill` enters a text as if it were pasted. */
export function showCertificatePanel(
  section: HTMLElement,
  readMetadata: (text: string) => void,
): { fill(text: string): void } {
  const spoken = make("div", { role: "status" });
  const details = make("div");
  const empty = (): void => {
    spoken.replaceChildren(EMPTY.cloneNode(true));
    details.replaceChildren();
  };
  const field = pasteField({
    id: "certificate-input",
    label: "Certificate",
    help: "Paste it in any form, or drop a file: PEM, DER, base64, XML, an email.",
    rows: 14,
    maxBytes: MAX_BYTES,
    tooLarge: "check that it is the right file.",
    onChange: (paste) => {
      if (paste.input.length === 0) return empty();
      const now = Math.floor(Date.now() / 1000);
      const report = validateCertificate(paste.input, { now });
      spoken.replaceChildren(verdict(report));
      details.replaceChildren(...reportParts(report, paste, now));
      if (!isMetadata(paste.text)) return;
      const onclick = (): void => readMetadata(paste.text);
      const all = make("button", { type: "button", onclick }, "Read as metadata");
      spoken.append(make("p", { class: "buttons" }, "This is SAML metadata.", all));
    },
  });
  const example = (title: string, text: string): HTMLElement =>
    make("button", { type: "button", class: "example", onclick: () => field.fill(text) }, title);
  section.append(
    make(
      "div",
      { class: "input" },
      make("h2", {}, "Check a certificate"),
      field.element,
      make(
        "p",
        { class: "examples" },
        "Examples: ",
        example("copied from an email", pasted),
        " ",
        example("with its private key", withPrivateKey),
      ),
    ),
    make(
      "div",
      { class: "output" },
      make("h2", { class: "narrow-only" }, "Result"),
      spoken,
      details,
    ),
  );
  empty();
  return field;
}
