import type { Certificate } from "../../certificates/types.ts";
import { SECONDS_PER_DAY } from "../../core/time.ts";
import type { Style } from "./style.ts";
import { count, printable } from "./text.ts";

/** The facts that matter first, one a line. */
export function factLines(certificate: Certificate, now: number, style: Style): string[] {
  const { subject, notBefore, notAfter, noExpiry, publicKey, fingerprint } = certificate;
  const days = Math.floor((notAfter.unixSeconds - now) / SECONDS_PER_DAY);
  const left = days < 0 ? `expired ${count(-days, "day")} ago` : `${count(days, "day")} left`;
  const facts: readonly (readonly [string, string])[] = [
    ["subject", printable(subject.text)],
    ["not before", notBefore.iso],
    ["not after", noExpiry ? "no expiry" : `${notAfter.iso}  (${left})`],
    ["key", [publicKey.algorithm, publicKey.curve ?? `${publicKey.bits} bits`].join(" ")],
    ["SHA-256", fingerprint.sha256],
  ];
  return facts.map(([name, value]) => `  ${style.dim(name.padEnd(12))}${value}`);
}
