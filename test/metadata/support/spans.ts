/** A stretch of a document: an element, a tag, or a text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Spans {
  readonly elements: readonly Span[];
  readonly tags: readonly Span[];
  readonly texts: readonly Span[];
  readonly values: readonly Span[];
}

/** The stretches of a document that has no comments and sections. */
export function spansOf(document: string): Spans {
  const elements: Span[] = [];
  const tags: Span[] = [];
  const texts: Span[] = [];
  const values: Span[] = [];
  const open: number[] = [];
  let last = 0;
  for (const match of document.matchAll(/<[^>]*>/g)) {
    const [tag] = match;
    const [from, to] = [match.index, match.index + tag.length];
    if (from > last && open.length > 0) texts.push({ from: last, to: from });
    last = to;
    if (tag.startsWith("<?")) continue;
    tags.push({ from, to });
    if (tag.startsWith("</")) elements.push({ from: open.pop() ?? from, to });
    else if (tag.endsWith("/>")) elements.push({ from, to });
    else open.push(from);
    for (const value of tag.matchAll(/"([^"]*)"/g)) {
      values.push({ from: from + value.index + 1, to: from + value.index + 1 + value[1]!.length });
    }
  }
  return { elements, tags, texts, values };
}

export function one(spans: readonly Span[], pick: (n: number) => number): Span {
  return spans[pick(spans.length)] ?? { from: 0, to: 0 };
}

export function put(document: string, { from, to }: Span, text: string): string {
  return document.slice(0, from) + text + document.slice(to);
}

export function boundary(spans: Spans, pick: (n: number) => number): Span {
  const { from, to } = one(spans.tags, pick);
  const at = pick(2) === 0 ? from : to;
  return { from: at, to: at };
}

export const text = (document: string, { from, to }: Span): string => document.slice(from, to);

export type Change = (document: string, spans: Spans, pick: (n: number) => number) => string;
