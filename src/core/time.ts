/** A point in time: a `Date`, or integer unix seconds. */
export type Instant = Date | number;

/**
 * Integer unix seconds of an instant. Throws a `RangeError` that names the argument for an invalid
 * `Date` or number.
 */
export function unixSeconds(instant: Instant, argument = "now"): number {
  const seconds = typeof instant === "number" ? instant : Math.floor(milliseconds(instant) / 1000);
  if (!Number.isSafeInteger(seconds)) {
    throw new RangeError(`${argument} is not a valid Date or whole unix seconds.`);
  }
  return seconds;
}

/** By its method, for other realms have their own `Date`; text and the like have none. */
function milliseconds(date: Partial<Date> | null | undefined): number {
  return date?.getTime?.() ?? Number.NaN;
}

/** ISO 8601 text of unix seconds, in UTC without fractions: `2031-07-09T12:00:00Z`. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

export const SECONDS_PER_DAY = 86_400;

/** Unix seconds of a date and a time of day in UTC; undefined where the calendar has none such. */
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
