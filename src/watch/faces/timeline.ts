import { isoTime, SECONDS_PER_DAY } from "../../core/time.ts";
import type { ConnectionStatus } from "../types.ts";
import { className, html, seconds } from "./escape.ts";

/** The range of time that every timeline of a page shows. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Both ends as a date. */
  readonly from: string;
  readonly to: string;
}

/** In a longer range, near dates would be too small to see. */
const MAX_DAYS = 5 * 365;

/** All periods, and a margin; at most five years to either side of now. */
export function spanOf(statuses: readonly ConnectionStatus[], now: number): Span {
  let start = now - 30 * SECONDS_PER_DAY;
  let end = now + 365 * SECONDS_PER_DAY;
  for (const { certificates, unstored } of statuses) {
    for (const { notBefore, notAfter } of [...certificates, ...unstored]) {
      start = Math.min(start, seconds(notBefore) ?? start);
      end = Math.max(end, seconds(notAfter) ?? end);
    }
  }
  start = Math.max(start, now - MAX_DAYS * SECONDS_PER_DAY);
  end = Math.min(end, now + MAX_DAYS * SECONDS_PER_DAY);
  return { start, end, from: isoTime(start).slice(0, 10), to: isoTime(end).slice(0, 10) };
}

/** A validity, in unix seconds. */
export interface Period {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** One validity as a drawing, with its text alternative. */
export function timeline(
  { notBefore, notAfter }: Period,
  state: unknown,
  { start, end }: Span,
  now: number,
): string {
  const place = (time: number) =>
    Math.round(Math.min(1000, Math.max(0, ((time - start) / (end - start)) * 1000)));
  const from = place(notBefore);
  const width = Math.max(4, place(notAfter) - from);
  const words = `${html(state)}: valid from ${isoTime(notBefore).slice(0, 10)} to ${isoTime(notAfter).slice(0, 10)}`;
  return `<svg role="img" aria-label="${words}" viewBox="0 0 1000 24" preserveAspectRatio="none"><rect class="track" width="1000" height="24"/><rect class="bar ${className(state)}" x="${from}" y="4" width="${width}" height="16"/><rect class="now" x="${place(now)}" width="3" height="24"/></svg>`;
}
