import { EXPIRY_THRESHOLDS } from "../../certificates/index.ts";
import { sha256Hex } from "../../core/digest.ts";
import { checkOptions, INSTANT, LIST, type OptionKinds, TEXT } from "../../core/options.ts";
import { type Instant, isoTime, SECONDS_PER_DAY, unixSeconds } from "../../core/time.ts";
import type { ConnectionStatus } from "../types.ts";
import { type CleanStatus, cleanStatuses, lastCertificate } from "./clean.ts";

/** Options of `calendar`. */
export interface CalendarOptions {
  readonly now: Instant;
  /** Days before the end that get an event. Default: 90, 60, 30, 14, 7, 3, 1 and 0. */
  readonly thresholdDays?: readonly number[] | undefined;
  /** The name that a calendar program shows. Default: "SSO certificates". */
  readonly title?: string | undefined;
}

const OPTIONS: OptionKinds<CalendarOptions> = { now: INSTANT, thresholdDays: LIST, title: TEXT };

/** An entry of the calendar: a whole day, in UTC. */
interface Entry {
  /** Stays the same in every file, so that a program updates its entry. */
  readonly key: string;
  readonly at: number;
  readonly summary: string;
  readonly description: readonly string[];
}

/**
 * The statuses as an iCalendar file (RFC 5545): for each connection a whole-day event at each threshold
 * before its last certificate ends, and one at the planned switch or retirement. An event keeps its UID
 * from file to file, and disappears once the certificate is renewed.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { calendar, type ConnectionStatus } from "samlcert/watch";
 *
 * export function save(statuses: readonly ConnectionStatus[]): void {
 *   writeFileSync("samlcert.ics", calendar(statuses, { now: new Date() }));
 * }
 * ```
 */
export function calendar(statuses: readonly ConnectionStatus[], options: CalendarOptions): string {
  checkOptions(options, OPTIONS, "calendar");
  const now = unixSeconds(options?.now);
  const { thresholdDays = EXPIRY_THRESHOLDS, title = "SSO certificates" } = options;
  const entries = cleanStatuses(statuses).flatMap((status) => [
    ...endEntries(status, thresholdDays),
    ...plannedEntries(status),
  ]);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//samlcert//watch//EN",
    "METHOD:PUBLISH",
    `NAME:${text(title)}`,
    `X-WR-CALNAME:${text(title)}`,
    // How often a program asks again (RFC 7986, 5.7).
    "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ...entries.flatMap((entry) => eventLines(entry, now)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

function endEntries(status: CleanStatus, thresholdDays: readonly number[]): readonly Entry[] {
  const last = lastCertificate(status);
  const end = last?.notAfter;
  if (last === undefined || end === undefined) return [];
  const description = [
    `The last certificate of ${status.name} ends at ${isoTime(end)}.`,
    ...(last.subject === undefined ? [] : [`Certificate: ${last.subject}`]),
    ...(last.sha256 === undefined ? [] : [`SHA-256: ${last.sha256}`]),
    ...about(status),
  ];
  return thresholdDays.filter(Number.isFinite).map((days) => ({
    key: [status.id, last.sha256, end, days].join("\n"),
    at: end - days * SECONDS_PER_DAY,
    summary: `${status.name}: SSO certificate ${days === 0 ? "ends today" : `ends in ${daysText(days)}`}`,
    description,
  }));
}

function plannedEntries(status: CleanStatus): readonly Entry[] {
  const { id, name, planned } = status;
  if (planned?.at === undefined) return [];
  const summary = `${name}: planned ${planned.kind} of the SSO certificate`;
  const key = [id, planned.kind, planned.at].join("\n");
  return [{ key, at: planned.at, summary, description: about(status) }];
}

function about({ next, owner, source }: CleanStatus): readonly string[] {
  return [
    ...(next ? [`Next step, for ${next.who}: ${next.step}`] : []),
    ...(owner === undefined ? [] : [`Owner: ${owner}`]),
    `Source: ${source}`,
  ];
}

function daysText(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}

function eventLines({ key, at, summary, description }: Entry, now: number): readonly string[] {
  const uid = sha256Hex(new TextEncoder().encode(key)).slice(0, 32);
  return [
    "BEGIN:VEVENT",
    `UID:${uid}@samlcert`,
    `DTSTAMP:${isoTime(now).replaceAll(/[-:]/g, "")}`,
    `DTSTART;VALUE=DATE:${dateOf(at)}`,
    `DTEND;VALUE=DATE:${dateOf(at + SECONDS_PER_DAY)}`,
    `SUMMARY:${text(summary)}`,
    `DESCRIPTION:${description.map(text).join("\\n")}`,
    // The day stays free for meetings.
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/** The farthest times that a date of four digits can tell: the years 0000 and 9999. */
const FIRST = -62_167_219_200;
const LAST = 253_402_300_799;

function dateOf(time: number): string {
  return isoTime(Math.min(LAST, Math.max(FIRST, time)))
    .slice(0, 10)
    .replaceAll("-", "");
}

/** The value of a property of type TEXT (RFC 5545, 3.3.11). */
function text(value: string): string {
  return value.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r?\n/g, "\\n");
}

/** The most bytes of a line, without its line break (RFC 5545, 3.1). */
const LINE_BYTES = 75;

/** Folds a line between characters; a continuation begins with a space. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let folded = "";
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (bytes + size > LINE_BYTES) {
      folded += "\r\n ";
      bytes = 1;
    }
    folded += character;
    bytes += size;
  }
  return folded;
}
