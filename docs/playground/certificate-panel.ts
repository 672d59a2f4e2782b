import pasted from "../../fixtures/demo/pasted.txt";
import withPrivateKey from "../../fixtures/demo/with-private-key.pem";
import { certificateState, keyText, validateCertificate } from "../../src/certificates/index.ts";
import type {
  Certificate,
  CertificateReport,
  DistinguishedName,
} from "../../src/certificates/types.ts";
import { block, emptyState, facts, make } from "./dom.ts";
import { checkList, countText, findingList, toneOf } from "./findings.ts";
import { type Paste, pasteField } from "./paste.ts";
import { shareable } from "./share.ts";
import { linesOf } from "./source.ts";
import { periodOf, timeline } from "./timeline.ts";

const DAY = 86_400;
const MAX_BYTES = 256 * 1024;

const EMPTY = emptyState("Nothing to check yet.", [
  "what it is: dates, key, fingerprints",
  "what is wrong with it, with the fault marked in the text",
  "the PEM to upload, mended where that can be done safely",
]);

/** What is left of a certificate's life, in days. */
export function daysText(certificate: Certificate, now: number): string {
  if (certificate.noExpiry) return "no expiry";
  const days = Math.floor((certificate.notAfter.unixSeconds - now) / DAY);
  const amount = `${Math.abs(days)} day${Math.abs(days) === 1 ? "" : "s"}`;
  return days < 0 ? `expired ${amount} ago` : `${amount} left`;
}

/** A name, each of its parts with a direction of its own: `CN=` stays before what it says. */
function nameOf({ text }: DistinguishedName): HTMLElement {
  const parts = text.split(/(?<!\\),/).map((part) => make("bdi", {}, part));
  return make("span", {}, ...parts.flatMap((part, place) => (place === 0 ? [part] : [",", part])));
}

function factsOf(certificate: Certificate, now: number): HTMLElement {
  const { subject, issuer, serialNumber, notBefore, notAfter, fingerprint } = certificate;
  const code = (text: string): HTMLElement => make("code", {}, text);
  return facts([
    ["Subject", subject.text === "" ? "(empty)" : nameOf(subject)],
    [
      "Issuer",
      issuer.text === subject.text ? "the same: it is self-signed or self-issued" : nameOf(issuer),
    ],
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

/** One sentence that says it all; a screen reader hears it after each change. */
function verdict({ ok, findings }: CertificateReport): HTMLElement {
  const words = ok ? "This certificate can be used" : "This cannot be used";
  const why = findings.length === 0 ? "." : `: ${countText(findings)}.`;
  return make("p", { class: `verdict ${ok ? toneOf(findings) : "bad"}` }, `${words}${why}`);
}

/** What has to be acted upon first, then what it is, then what is only worth knowing. */
function reportParts(report: CertificateReport, { text }: Paste, now: number): HTMLElement[] {
  const { certificate, findings, repairs, checks } = report;
  const source = linesOf(text, findings);
  const wrong = findings.filter(({ severity }) => severity !== "notice");
  const notices = findings.filter(({ severity }) => severity === "notice");
  return [
    ...(wrong.length === 0 ? [] : [block("Findings", findingList(wrong, source))]),
    ...(certificate === undefined ? [] : certificateParts(certificate, repairs, now)),
    ...(notices.length === 0 ? [] : [block("Worth knowing", findingList(notices))]),
    ...(checks.length === 0 ? [] : [checkList(checks)]),
  ];
}

function certificateParts(
  certificate: Certificate,
  repairs: CertificateReport["repairs"],
  now: number,
): HTMLElement[] {
  const mended = repairs.map(({ message }) => make("li", {}, message));
  const title = repairs.length > 0 ? "The mended PEM" : "The PEM to upload";
  return [
    block(
      "What it is",
      factsOf(certificate, now),
      timeline([periodOf(certificate, "this certificate", now)], now),
    ),
    ...(mended.length === 0 ? [] : [block("Mended", make("ul", { class: "repairs" }, ...mended))]),
    block(title, shareable(certificate.pem, title, "certificate.pem", "application/x-pem-file")),
  ];
}

/** Metadata holds certificates too, and says more when it is read as what it is. */
function isMetadata(text: string): boolean {
  return /<(?:[\w.-]{1,40}:)?Entit(?:y|ies)Descriptor\b/.test(text);
}

/**
 * `readMetadata` shows a text on the page's other side, where metadata is read. `fill` puts a text
 * in, as if it had been pasted.
 */
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
    help: "Paste it in any form, or drop a file: PEM, DER, base64, XML, a mail.",
    rows: 14,
    maxBytes: MAX_BYTES,
    tooLarge: "is it the right one?",
    onChange: (paste) => {
      if (paste.input.length === 0) return empty();
      const now = Math.floor(Date.now() / 1000);
      const report = validateCertificate(paste.input, { now });
      spoken.replaceChildren(verdict(report));
      details.replaceChildren(...reportParts(report, paste, now));
      if (!isMetadata(paste.text)) return;
      const onclick = (): void => readMetadata(paste.text);
      const all = make("button", { type: "button", onclick }, "Read it as metadata");
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
        example("out of a mail", pasted),
        " ",
        example("with its private key", withPrivateKey),
      ),
    ),
    make(
      "div",
      { class: "output" },
      make("h2", { class: "narrow-only" }, "Answer"),
      spoken,
      details,
    ),
  );
  empty();
  return field;
}
