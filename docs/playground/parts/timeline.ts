import { certificateState } from "../../../src/certificates/index.ts";
import type { Certificate } from "../../../src/certificates/types.ts";
import { draw, make } from "./dom.ts";

/** One validity period. Times are integer unix seconds. */
export interface Period {
  readonly label: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** The end in words. */
  readonly until: string;
  readonly state: "pending" | "active" | "expiring" | "expired";
}

/** The validity period of a certificate; `name` is its use. */
export function periodOf(certificate: Certificate, name: string, now: number): Period {
  const { fingerprint, notBefore, notAfter, noExpiry } = certificate;
  return {
    label: `${fingerprint.sha256.slice(0, 8)}… ${name}`,
    notBefore: notBefore.unixSeconds,
    notAfter: notAfter.unixSeconds,
    until: noExpiry ? "no expiry" : `until ${notAfter.iso.slice(0, 10)}`,
    state: certificateState(certificate, now),
  };
}

const NARROWEST = 240;
const WIDE = 480;
const LEFT = 8;
const ROW = 40;
const HEAD = 26;
const FOOT = 22;
const YEAR = 365 * 86_400;

function yearStart(year: number): number {
  return Date.UTC(year, 0, 1) / 1000;
}

/** The years to mark, as far as their text has room. */
function marks(from: number, to: number, room: number): number[] {
  const first = new Date(from * 1000).getUTCFullYear() + 1;
  const last = new Date(to * 1000).getUTCFullYear();
  const step = Math.max(1, Math.ceil((last - first + 1) / room));
  const years: number[] = [];
  for (let year = first; year <= last; year += step) years.push(year);
  return years;
}

/**
 * Validity periods over one scale, with a line for now. It is redrawn when its width changes, so that its
 * text keeps its size. The text next to it gives the same information.
 */
export function timeline(periods: readonly Period[], now: number): HTMLElement {
  const place = make("div", { class: "timeline" });
  new ResizeObserver(() => {
    const width = Math.max(NARROWEST, place.clientWidth);
    if (place.firstElementChild?.getAttribute("width") === String(width)) return;
    place.replaceChildren(drawing(periods, now, width));
  }).observe(place);
  return place;
}

function drawing(periods: readonly Period[], now: number, width: number): SVGSVGElement {
  const from = Math.min(now - YEAR / 12, ...periods.map(({ notBefore }) => notBefore));
  // A certificate without expiry (year 9999) would leave no room for the others.
  const to = Math.max(
    now + YEAR / 12,
    ...periods.map(({ notAfter }) => Math.min(notAfter, now + 30 * YEAR)),
  );
  const at = (time: number): number =>
    LEFT + ((Math.min(Math.max(time, from), to) - from) / (to - from)) * (width - 2 * LEFT);
  const height = HEAD + periods.length * ROW + FOOT;
  const text = (x: number, y: number, words: string, name: string): SVGElement =>
    draw("text", { x: x.toFixed(1), y: String(y), class: name }, words);
  /** A line for a time that leaves out the labels: one piece at each bar, and one at the foot. */
  const lines = (x: number, name: string): SVGElement[] =>
    [...periods.map((_, place) => HEAD + place * ROW + 16), height - FOOT].map((top, place) =>
      draw("line", {
        ...{ x1: x.toFixed(1), x2: x.toFixed(1), y1: String(top), class: name },
        y2: String(place < periods.length ? top + 16 : top + 5),
      }),
    );
  const scale = marks(from, to, Math.floor(width / 80)).flatMap((year) => {
    const x = at(yearStart(year));
    return x > width - 40 ? [] : [...lines(x, "year"), text(x + 4, 14, String(year), "scale")];
  });
  const bars = periods.map(({ notBefore, notAfter, state }, place) => {
    const [start, end] = [at(notBefore), at(notAfter)];
    return draw("rect", {
      ...{ x: start.toFixed(1), y: String(HEAD + place * ROW + 18), height: "12", rx: "4" },
      ...{ width: Math.max(3, end - start).toFixed(1), class: `bar ${state}` },
    });
  });
  const labels = periods.map(({ label, until, state }, place) =>
    text(
      LEFT,
      HEAD + place * ROW + 13,
      width < WIDE ? `${label}: ${state}` : `${label}: ${state}, ${until}`,
      "label",
    ),
  );
  const nowAt = at(now);
  const anchor = nowAt > width - 60 ? "end" : "start";
  const today = draw(
    "text",
    { x: nowAt.toFixed(1), y: String(height - 5), class: "today", "text-anchor": anchor },
    "today",
  );
  const summary = `Validity periods of ${periods.length} ${periods.length === 1 ? "certificate" : "certificates"}, with a line for now`;
  return draw(
    "svg",
    { width: String(width), height: String(height), role: "img", "aria-label": summary },
    ...scale,
    ...bars,
    ...lines(nowAt, "now"),
    ...labels,
    today,
  );
}
