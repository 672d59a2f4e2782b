import { isoTime } from "../../core/time.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** The UTC date as people write it: `4 Jan 2028`. */
export function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** A time for a sentence, for people and to copy: `4 Jan 2028, 12:00 UTC (2028-01-04T12:00:00Z)`. */
export function timeText(seconds: number): string {
  const iso = isoTime(seconds);
  return `${dateText(seconds)}, ${iso.slice(11, 16)} UTC (${iso})`;
}
