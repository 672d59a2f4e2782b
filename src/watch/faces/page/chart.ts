import { type CleanStatus, lastCertificate } from "../clean.ts";

const NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const MONTHS = 12;

/** The number of connections whose last certificate ends in each of the next twelve months. */
export function chart(connections: readonly CleanStatus[], now: number): string {
  const first = monthOf(now);
  const counts: number[] = new Array(MONTHS).fill(0);
  for (const connection of connections) {
    const end = lastCertificate(connection)?.notAfter;
    const month = end === undefined || end < now ? -1 : monthOf(end) - first;
    if (month >= 0 && month < MONTHS) counts[month] = (counts[month] ?? 0) + 1;
  }
  const most = Math.max(1, ...counts);
  const named = counts.map((count, index) => ({ count, name: NAMES[(first + index) % 12] ?? "" }));
  const spoken = named.map(({ count, name }) => `${name} ${count}`).join(", ");
  const bars = named.map(({ count, name }, index) => column(index, count, count / most, name));
  return `<figure class="chart">
<figcaption>Connections whose last certificate ends, by month</figcaption>
<svg role="img" aria-label="${spoken}">
${bars.join("\n")}
</svg>
</figure>`;
}

/** Months since the year 0. */
function monthOf(time: number): number {
  const date = new Date(time * 1000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Percent of the chart's height for its tallest bar, and above it for a number. */
const TALLEST = 64;
const BASE = 82;

function column(index: number, count: number, share: number, name: string): string {
  const width = 100 / MONTHS;
  const middle = percent((index + 0.5) * width);
  const height = count === 0 ? 0.8 : Math.max(3, share * TALLEST);
  const number =
    count === 0
      ? ""
      : `<text class="count" x="${middle}" y="${percent(BASE - height - 3)}">${count.toLocaleString("en-GB")}</text>`;
  return `<rect${index === 0 ? ' class="first"' : ""} x="${percent((index + 0.15) * width)}" y="${percent(BASE - height)}" width="${percent(width * 0.7)}" height="${percent(height)}" rx="2"/>${number}<text${index % 2 === 1 ? ' class="odd"' : ""} x="${middle}" y="98%">${name}</text>`;
}

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}
