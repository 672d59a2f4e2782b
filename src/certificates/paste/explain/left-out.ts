import type { ReadingIssue } from "../../issue.ts";
import type { Inner, Span } from "../inner.ts";
import type { Placed } from "../read/read.ts";
import type { Stages } from "./explain.ts";

/** The parts of the clean text that were read, in ascending order. */
export function usedSpans(
  { found, read }: Pick<Stages, "found" | "read">,
  isOuter: boolean,
  inner: readonly Inner[],
): readonly Span[] {
  const within = inner.flatMap((one) => one.spans);
  const around = read.markers.filter(({ body }) => within.some(({ start }) => isIn(body, start)));
  const spans: Span[] = [...(isOuter ? read.spans : around), ...within];
  if (isOuter && found.xml !== undefined) {
    // The markup around the elements, which the repair pem.xml_element names.
    let from = found.xml.from;
    for (const { start, end } of found.xml.elements) {
      spans.push({ start: from, end: start });
      from = end;
    }
    spans.push({ start: from, end: found.xml.to });
  }
  return spans.sort((a, b) => a.start - b.start);
}

/**
 * Names every part of the text that is neither certificate nor armour. White space is ignored,
 * and punctuation is one finding.
 */
export function leftOut(
  { read }: Pick<Stages, "read">,
  isOuter: boolean,
  spans: readonly Span[],
  repairs: readonly ReadingIssue[],
): Placed[] {
  const gaps = gapsBetween(read.text, spans);
  const issues = gaps.flatMap((gap): Placed[] => {
    const isInside = isOuter && read.bodies.some((body) => isIn(body, gap.start));
    const code =
      isInside && isData(gap.text)
        ? "base64.data_after_padding"
        : LEFT_OUT[isInside ? "inside" : gap.place];
    const count = gap.text.replaceAll(/\s+/g, "").length;
    const issue: ReadingIssue = { code, values: { count }, detail: quoted(gap.text) };
    return WORDS.test(gap.text) ? [{ issue, offset: gap.start }] : [];
  });
  const punctuation = gaps.find(({ text }) => !WORDS.test(text));
  // A repair already names a sign before every line.
  const isNamed = repairs.some(({ code }) => LAYOUTS.includes(code));
  if (punctuation === undefined || isNamed) return issues;
  return [...issues, { issue: { code: "pem.json_string" }, offset: punctuation.start }];
}

/** Enough of a text to recognise it. */
const MOST_SHOWN = 40;

/** Words next to a password, and words that can be one: letters with digits, and long ones. */
const SECRET =
  /pass|pwd|wort|contrase|senha|clave|secret|token|credential|bearer|api|pin\b|key|\p{L}[^\s\p{L}]*\d|\d[^\s\d]*\p{L}|[^\s]{24}/iu;

/** The first words of a text that was left out; undefined if they may be a secret. */
function quoted(text: string): string | undefined {
  const line = text.trim().replaceAll(/[\s\p{C}]+/gu, " ");
  const shown = line.slice(0, MOST_SHOWN);
  if (SECRET.test(line.slice(0, 2 * MOST_SHOWN))) return undefined;
  return line.length > MOST_SHOWN
    ? `The text begins with "${shown.trim()}".`
    : `The text is "${shown}".`;
}

/** A part of the text that was not read, from its first visible character. */
interface Gap {
  readonly start: number;
  readonly text: string;
  readonly place: "before" | "between" | "after";
}

function gapsBetween(text: string, spans: readonly Span[]): Gap[] {
  const gaps: Gap[] = [];
  const last = Math.max(...spans.map(({ end }) => end));
  let from = 0;
  for (const { start, end } of [...spans, { start: text.length, end: text.length }]) {
    const gap = text.slice(from, start);
    const place = from === 0 ? "before" : from >= last ? "after" : "between";
    if (gap.trim() !== "") {
      gaps.push({ start: from + gap.search(/\S/), text: gap.trimStart(), place });
    }
    from = Math.max(from, end);
  }
  return gaps;
}

const LEFT_OUT = {
  inside: "pem.text_inside",
  before: "pem.text_before",
  between: "pem.text_between",
  after: "pem.text_after",
} as const;

const LAYOUTS: readonly string[] = ["pem.quoted_lines", "pem.json_string"];

function isIn({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset < end;
}

/** Text beyond the quotes, brackets and marks around a copied text. */
const WORDS = /[^\s"'`,;()[\]{}<>|#*=-]/;

/** True if a word of the text is base64: prose has no such word of 16 characters. */
function isData(text: string): boolean {
  return text
    .split(/\s+/)
    .some((word) => word.length % 4 === 0 && /^[A-Za-z\d+/]{14,}={0,2}$/.test(word));
}
