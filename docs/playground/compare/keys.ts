import { sameCertificate, sameKey } from "../../../src/certificates/index.ts";
import type { Certificate } from "../../../src/certificates/types.ts";
import { factsOf } from "../certificate/facts.ts";
import { block, make } from "../parts/dom.ts";
import { periodOf, timeline } from "../parts/timeline.ts";
import type { Comparison } from "./changes.ts";

/** Two certificates: their keys are what counts, because SAML trusts keys. */
export function compareCertificates(
  before: Certificate,
  after: Certificate,
  now: number,
): Comparison {
  const periods = [periodOf(before, "before", now), periodOf(after, "after", now)];
  const details = [
    block("Validity", timeline(periods, now)),
    make(
      "div",
      { class: "panes" },
      block("Before", factsOf(before, now)),
      block("After", factsOf(after, now)),
    ),
  ];
  if (sameCertificate(before, after)) {
    const words = "Both texts contain the same certificate, byte by byte.";
    return { tone: "good", title: "The same certificate", words, details };
  }
  if (sameKey(before, after)) {
    const words = "The certificate was renewed; its key is the same. Replace the certificate.";
    return { tone: "good", title: "The same key", words, details };
  }
  const words = "The keys differ: trust both until nobody signs with the first one any more.";
  return { tone: "fair", title: "Another key", words, details };
}
