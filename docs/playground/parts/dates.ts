import { certificateState } from "../../../src/certificates/index.ts";
import type { Certificate } from "../../../src/certificates/types.ts";
import { dateText } from "../../../src/cli/output/date.ts";
import type { Tone } from "./verdict.ts";

const DAY = 86_400;

function days(count: number): string {
  return `${count.toLocaleString("en")} day${count === 1 ? "" : "s"}`;
}

/** The remaining days of a certificate. */
export function daysText(certificate: Certificate, now: number): string {
  if (certificate.noExpiry) return "no expiry";
  const left = Math.floor((certificate.notAfter.unixSeconds - now) / DAY);
  return left < 0 ? `expired ${days(-left)} ago` : `${days(left)} left`;
}

/** The validity in large words: `Good until 4 Jan 2028 · 399 days`. */
export function validityWords(
  certificate: Certificate,
  now: number,
): { readonly tone: Tone; readonly words: string } {
  const { notBefore, notAfter, noExpiry } = certificate;
  const state = certificateState(certificate, now);
  const end = dateText(notAfter.unixSeconds);
  const left = Math.floor((notAfter.unixSeconds - now) / DAY);
  if (state === "pending") {
    const wait = days(Math.ceil((notBefore.unixSeconds - now) / DAY));
    return { tone: "fair", words: `Good from ${dateText(notBefore.unixSeconds)} · in ${wait}` };
  }
  if (state === "expired") return { tone: "bad", words: `Expired ${end} · ${days(-left)} ago` };
  if (noExpiry) return { tone: "good", words: "Good · no expiry" };
  if (state === "expiring") return { tone: "fair", words: `Ends ${end} · ${days(left)}` };
  return { tone: "good", words: `Good until ${end} · ${days(left)}` };
}
