import { certificateState, keyText } from "../../../src/certificates/index.ts";
import type { Certificate, DistinguishedName } from "../../../src/certificates/types.ts";
import { daysText } from "../parts/dates.ts";
import { facts, make } from "../parts/dom.ts";

/** A name. Each part has its own text direction, so that `CN=` stays before its value. */
function nameOf({ text }: DistinguishedName): HTMLElement {
  const parts = text.split(/(?<!\\),/).map((part) => make("bdi", {}, part));
  return make("span", {}, ...parts.flatMap((part, place) => (place === 0 ? [part] : [",", part])));
}

/** Every fact that people compare, one per line. */
export function factsOf(certificate: Certificate, now: number): HTMLElement {
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
