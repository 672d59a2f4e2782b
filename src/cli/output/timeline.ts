import { SECONDS_PER_DAY } from "../../core/time.ts";
import { pad } from "../../core/width.ts";
import type { Style } from "./style.ts";

/** One validity period to draw. Times are integer unix seconds. */
export interface Period {
  readonly label: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Chooses the colour. */
  readonly state: "pending" | "active" | "expiring" | "expired";
}

const PAINT = { pending: "accent", active: "good", expiring: "warn", expired: "bad" } as const;

function year(seconds: number): number {
  return new Date(seconds * 1000).getUTCFullYear();
}

/** A line with each year at the column where it begins, if there is room. */
function yearScale(from: number, to: number, column: (time: number) => number): string {
  let line = "";
  for (let y = year(from) + 1; y <= year(to); y++) {
    const at = column(Date.UTC(y, 0, 1) / 1000);
    if (at >= line.length + (line === "" ? 0 : 2)) line = `${line.padEnd(at)}${y}`;
  }
  return line;
}

/**
 * Draws validity periods as bars over a common time scale, with a mark for now:
 *
 * ```text
 *             2026       2027       2028
 * current  ━━━━━━━━━━━│━━
 * next          ━━━━━━│━━━━━━━━━━━━━━━━━
 *                     now
 * ```
 */
export function timeline(
  periods: readonly Period[],
  now: number,
  style: Style,
  width: number,
): string {
  if (periods.length === 0) return "";
  const labels = Math.max(...periods.map(({ label }) => label.length)) + 2;
  const bar = Math.max(20, Math.min(72, width - labels - 2));
  const from = Math.min(now, ...periods.map(({ notBefore }) => notBefore));
  // A certificate without expiry (year 9999) would leave all others one column.
  const horizon = now + 30 * 365 * SECONDS_PER_DAY;
  const to = Math.max(now, ...periods.map(({ notAfter }) => Math.min(notAfter, horizon)));
  const column = (time: number): number => {
    const share = (Math.min(Math.max(time, from), to) - from) / Math.max(1, to - from);
    return Math.round(share * (bar - 1));
  };
  const here = column(now);
  const rows = periods.map(({ label, notBefore, notAfter, state }) => {
    const [start, end] = [column(notBefore), column(notAfter)];
    const cells = Array.from({ length: bar }, (_, at) => {
      if (at === here) return "│";
      return at >= start && at <= end ? style[PAINT[state]]("━") : " ";
    });
    return `${pad(label, labels)}${cells.join("").trimEnd()}`;
  });
  const indent = " ".repeat(labels);
  const scale = yearScale(from, to, column);
  return `${[`${indent}${style.dim(scale)}`, ...rows, `${indent}${" ".repeat(here)}now`].join("\n")}\n`;
}
