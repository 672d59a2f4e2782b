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
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return daysFromEpoch(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
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
