/** A point in time: a `Date`, or integer unix seconds. */
export type Instant = Date | number;

/** Integer unix seconds of an instant. Throws a `RangeError` for an invalid `Date` or number. */
export function unixSeconds(instant: Instant): number {
  const seconds = typeof instant === "number" ? instant : Math.floor(milliseconds(instant) / 1000);
  if (!Number.isSafeInteger(seconds)) {
    throw new RangeError("An instant is a valid Date or a whole number of unix seconds.");
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
