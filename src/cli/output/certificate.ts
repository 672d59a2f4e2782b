import { keyText } from "../../certificates/key-text.ts";
import type { Certificate } from "../../certificates/types.ts";
import { SECONDS_PER_DAY } from "../../core/time.ts";
import { dateText } from "./date.ts";
import type { Style } from "./style.ts";
import { count, printable, wrap } from "./text.ts";

/** The main facts, one per line; a long value continues on the next line. */
export function factLines(
  certificate: Certificate,
  now: number,
  style: Style,
  width: number = Number.POSITIVE_INFINITY,
): string[] {
  const { subject, notBefore, notAfter, noExpiry, publicKey, fingerprint } = certificate;
  const days = Math.floor((notAfter.unixSeconds - now) / SECONDS_PER_DAY);
  const left = days < 0 ? `expired ${count(-days, "day")} ago` : `${count(days, "day")} left`;
  const until = `${notAfter.iso}  (${dateText(notAfter.unixSeconds)}, ${left})`;
  const facts: readonly (readonly [string, string])[] = [
    ["subject", printable(subject.text)],
    ["not before", `${notBefore.iso}  (${dateText(notBefore.unixSeconds)})`],
    ["not after", noExpiry ? "no expiry" : until],
    ["key", keyText(publicKey)],
    ["SHA-256", fingerprint.sha256],
  ];
  return facts.flatMap((fact) => factLine(fact, style, width));
}

const INDENT = 14;

/** A name and its value. Hex is never broken, because people copy it. */
export function factLine(
  [name, value]: readonly [string, string],
  style: Style,
  width: number,
): string[] {
  const [first = "", ...rest] = wrap(value, width - INDENT);
  return [
    `  ${style.dim(name.padEnd(INDENT - 2))}${first}`,
    ...rest.map((line) => `${" ".repeat(INDENT)}${line.trimStart()}`),
  ];
}
