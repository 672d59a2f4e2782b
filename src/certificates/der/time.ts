import type { CodeEntry } from "../../core/finding.ts";
import { problemError } from "../problem.ts";
import type { CertificateTime } from "../types.ts";
import { timeCalendar, timeFraction, timeMalformed, timeNoSeconds, timeNotZulu } from "./codes.ts";
import { problemAt, type Reader, readAny } from "./reader.ts";

const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/** Reads a UTCTime or GeneralizedTime in the only forms that RFC 5280 4.1.2.5 allows. */
export function readTime(reader: Reader, name: string): CertificateTime {
  const at = reader.position;
  const tag = readAny(reader, name);
  const { bytes, start } = reader;
  if (tag !== UTC_TIME && tag !== GENERALIZED_TIME) fail(reader, timeMalformed, at, name);
  const raw = rawText(reader);
  const digits = leadingDigits(raw);
  const yearDigits = tag === UTC_TIME ? 2 : 4;
  const length = yearDigits + 10;
  if (digits !== length || raw.length !== length + 1 || !raw.endsWith("Z")) {
    fail(reader, grammarFault(raw, digits, length), start, name);
  }
  const part = (from: number): number =>
    ((bytes[start + from] as number) - 48) * 10 + ((bytes[start + from + 1] as number) - 48);
  // RFC 5280 4.1.2.5.1: two digits stand for 1950 to 2049.
  const short = part(yearDigits - 2);
  let year = short + (short < 50 ? 2000 : 1900);
  if (tag === GENERALIZED_TIME) year = part(0) * 100 + short;
  const month = part(yearDigits);
  const day = part(yearDigits + 2);
  const hour = part(yearDigits + 4);
  const minute = part(yearDigits + 6);
  const second = part(yearDigits + 8);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    fail(reader, timeCalendar, start, name);
  }
  if (hour > 23 || minute > 59 || second > 59) fail(reader, timeCalendar, start, name);
  const two = (from: number): string => raw.slice(yearDigits + from, yearDigits + from + 2);
  return {
    unixSeconds: daysFromEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second,
    iso: `${String(year).padStart(4, "0")}-${two(0)}-${two(2)}T${two(4)}:${two(6)}:${two(8)}Z`,
    raw,
  };
}

function fail(reader: Reader, entry: CodeEntry, offset: number, name: string): never {
  throw problemError(problemAt(reader, entry, offset, name));
}

function rawText({ bytes, start, end, spellings }: Reader): string {
  // Longer than any time: cut, so that it fails the grammar and not the message.
  const to = Math.min(end, start + 32);
  return spellings?.latin1.slice(start, to) ?? String.fromCharCode(...bytes.subarray(start, to));
}

function leadingDigits(raw: string): number {
  let count = 0;
  while (raw.charCodeAt(count) >= 48 && raw.charCodeAt(count) <= 57) count++;
  return count;
}

/** Which of the usual mistakes it is. */
function grammarFault(raw: string, digits: number, length: number): CodeEntry {
  const rest = raw.slice(digits);
  if (digits === length && (rest.startsWith(".") || rest.startsWith(","))) return timeFraction;
  if (digits === length - 2 && (rest === "Z" || isOffset(rest))) return timeNoSeconds;
  if (digits === length && (rest === "" || isOffset(rest))) return timeNotZulu;
  return timeMalformed;
}

function isOffset(text: string): boolean {
  const sign = text.charAt(0);
  return (sign === "+" || sign === "-") && text.length === 5 && leadingDigits(text.slice(1)) === 4;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Days since 1970-01-01 in the proleptic Gregorian calendar. `Date.UTC` would read the years 0 to 99
 * as 1900 to 1999. The year is counted from March, so that the leap day is its last.
 */
function daysFromEpoch(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return y * 365 + leapDays + dayOfYear - 719_468;
}
