/** A point in time: a `Date`, ISO 8601 text with a time zone, or whole unix seconds. */
export type Instant = Date | string | number;

/** A date and a time with `Z` or an offset (RFC 3339), or a date alone, which begins at 00:00 UTC. */
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:[Zz]|([+-])(\d\d):?(\d\d)))?$/;

/**
 * Whole unix seconds of an instant. Throws a `RangeError` that names the argument for an invalid `Date`,
 * text or number.
 */
export function unixSeconds(instant: Instant, argument = "now"): number {
  const seconds = secondsOf(instant);
  if (!Number.isSafeInteger(seconds)) {
    throw new RangeError(
      `${argument} must be a valid Date, an ISO 8601 text or whole unix seconds.`,
    );
  }
  return seconds;
}

export function isInstant(value: unknown): value is Instant {
  return Number.isSafeInteger(secondsOf(value as Instant));
}

/** NaN for anything that is no instant. */
function secondsOf(instant: Instant | null | undefined): number {
  if (typeof instant === "number") return instant;
  if (typeof instant === "string") return isoSeconds(instant) ?? Number.NaN;
  // Duck-typed, so a Date of another realm works.
  return Math.floor((instant?.getTime?.() ?? Number.NaN) / 1000);
}

function isoSeconds(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part))) as [number, number, number];
  const local = utcSeconds(year, month, day, hour, minute, second);
  const [, , , , , , , sign, hours = "0", minutes = "0"] = match;
  const offset = Number(hours) * 3600 + Number(minutes) * 60;
  return local === undefined ? undefined : local - (sign === "-" ? -offset : offset);
}

/** ISO 8601 text of unix seconds, in UTC without fractions: `2031-07-09T12:00:00Z`. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

export const SECONDS_PER_DAY = 86_400;

/** Unix seconds of a date and a time of day in UTC; undefined if there is no such date. */
export function utcSeconds(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return undefined;
  const before = daysBefore(year, month);
  if (day < 1 || day > daysBefore(year, month + 1) - before) return undefined;
  return (before + day - 1) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
}

/**
 * Days from 1970-01-01 to the first of a month in the proleptic Gregorian calendar. `Date.UTC` would
 * read the years 0 to 99 as 1900 to 1999. The year is counted from March, so that the leap day is its
 * last.
 */
function daysBefore(year: number, month: number): number {
  const y = month > 2 ? year : year - 1;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5);
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return y * 365 + leapDays + ofYear - 719_468;
}
