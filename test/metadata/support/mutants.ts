import fc from "fast-check";

/** A stretch of a document: an element, a tag, or a text. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface Spans {
  readonly elements: readonly Span[];
  readonly tags: readonly Span[];
  readonly texts: readonly Span[];
  readonly values: readonly Span[];
}

/** The stretches of a document that has no comments and sections. */
function spansOf(document: string): Spans {
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

const EVIL = "https://evil.example.com/";

type Change = (document: string, spans: Spans, pick: (n: number) => number) => string;

function one(spans: readonly Span[], pick: (n: number) => number): Span {
  return spans[pick(spans.length)] ?? { from: 0, to: 0 };
}

function put(document: string, { from, to }: Span, text: string): string {
  return document.slice(0, from) + text + document.slice(to);
}

function boundary(spans: Spans, pick: (n: number) => number): Span {
  const { from, to } = one(spans.tags, pick);
  const at = pick(2) === 0 ? from : to;
  return { from: at, to: at };
}

const text = (document: string, { from, to }: Span): string => document.slice(from, to);

/** Makes a copy of an element say something else. */
function corrupted(element: string): string {
  return element
    .replace(/entityID="[^"]*"/, `entityID="${EVIL}"`)
    .replace(/Location="[^"]*"/g, `Location="${EVIL}"`);
}

const changes: Readonly<Record<string, Change>> = {
  moved: (document, spans, pick) => {
    const span = one(spans.elements, pick);
    const place = boundary(spans, pick);
    const inserted = put(document, place, text(document, span));
    const shift = place.from <= span.from ? span.to - span.from : 0;
    return put(inserted, { from: span.from + shift, to: span.to + shift }, "");
  },
  duplicated: (document, spans, pick) =>
    put(document, boundary(spans, pick), text(document, one(spans.elements, pick))),
  "duplicated and corrupted": (document, spans, pick) =>
    put(document, boundary(spans, pick), corrupted(text(document, one(spans.elements, pick)))),
  swapped: (document, spans, pick) => {
    const copy = text(document, one(spans.elements, pick));
    return put(document, one(spans.elements, pick), copy);
  },
  removed: (document, spans, pick) => put(document, one(spans.elements, pick), ""),
  commented: (document, spans, pick) => {
    const { from, to } = one(pick(2) === 0 ? spans.texts : spans.values, pick);
    const at = from + pick(to - from + 1);
    return put(document, { from: at, to: at }, "<!-- -->");
  },
  "commented out": (document, spans, pick) => {
    const span = one(spans.elements, pick);
    return put(document, span, `<!--${text(document, span)}-->`);
  },
  "re-prefixed": (document, spans, pick) => {
    const span = one(spans.elements, pick);
    const renamed = text(document, span)
      .replace(/^<(\w+):(\w+)/, '<q:$2 xmlns:q="urn:oasis:names:tc:SAML:2.0:metadata"')
      .replace(/<\/\w+:(\w+)>$/, "</q:$1>");
    return put(document, span, renamed);
  },
  rebound: (document, spans, pick) => {
    const { from } = one(spans.tags, pick);
    const end = /^<[\w:]+/.exec(document.slice(from))?.[0].length ?? 0;
    const prefix = ["", ":md", ":ds", ":q"][pick(4)];
    const namespace = ["urn:evil", "http://www.w3.org/2000/09/xmldsig#"][pick(2)];
    return put(document, { from: from + end, to: from + end }, ` xmlns${prefix}="${namespace}"`);
  },
  "split by a reference": (document, spans, pick) => {
    const span = one(pick(2) === 0 ? spans.texts : spans.values, pick);
    const at = span.from + pick(Math.max(1, span.to - span.from));
    const code = document.charCodeAt(at) || 65;
    return put(document, { from: at, to: at + 1 }, `&#x${(code + pick(2)).toString(16)};`);
  },
  "in a section": (document, spans, pick) => {
    const span = one(spans.texts, pick);
    const content = text(document, span);
    return put(document, span, `<![CDATA[${content}]]>${pick(3) === 0 ? "x" : ""}`);
  },
  truncated: (document, _, pick) => document.slice(0, pick(document.length)),
  "changed in one character": (document, _, pick) => {
    const at = pick(document.length);
    return put(document, { from: at, to: at + 1 }, "aA0 <>&\"'/=:#"[pick(13)] as string);
  },
  "changed in a value": (document, spans, pick) => put(document, one(spans.values, pick), EVIL),
  wrapped: (document, _, pick) => {
    const content = document.replace(/^<\?xml[^>]*>\s*/, "");
    const evil = corrupted(content);
    const root = '<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">';
    const signature = /<ds:Signature[\s\S]*?<\/ds:Signature>/.exec(content)?.[0] ?? "";
    const inside = `<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${content}</ds:Object>`;
    return [
      `${root}${signature}${content}${evil}</md:EntitiesDescriptor>`,
      `${root}${content}${evil}</md:EntitiesDescriptor>`,
      evil.replace("</ds:Signature>", `${inside}</ds:Signature>`),
      evil.replace("</ds:KeyInfo>", `${content}</ds:KeyInfo>`),
      evil.replace(/<md:Extensions>/, `<md:Extensions>${content}`),
      content.replace(/<\/md:Ent\w+>\s*$/, (end) => `${evil}${end}`),
    ][pick(6)] as string;
  },
};

/** What happened to a signed document. */
export interface Mutation {
  readonly names: readonly string[];
  readonly apply: (document: string) => string;
}

/** One or two hostile changes to a signed document. */
export const mutations: fc.Arbitrary<Mutation> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...Object.keys(changes)),
      fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((steps) => ({
    names: steps.map(([name]) => name),
    apply: (document) => {
      let mutant = document;
      for (const [name, picks] of steps) {
        let i = 0;
        const pick = (n: number): number =>
          n === 0 ? 0 : (picks[i++ % picks.length] as number) % n;
        mutant = (changes[name] as Change)(mutant, spansOf(mutant), pick);
      }
      return mutant;
    },
  }));
