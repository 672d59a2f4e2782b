import { fc } from "../../support/property.ts";
import type { Mutation } from "./mutants.ts";
import { boundary, type Change, one, put, spansOf, text } from "./spans.ts";

function isInSignature(document: string, at: number): boolean {
  const from = document.indexOf("<ds:Signature");
  return at > from && at <= document.search(/<\/ds:Signature\s*>/);
}

/** Ways to write the same document otherwise, which no signature may mind. */
const rewritings: Readonly<Record<string, Change>> = {
  "comments between elements": (document, spans, pick) => {
    const place = boundary(spans, pick);
    // A comment in a signature is refused: programs differ in what they read there.
    return isInSignature(document, place.from) ? document : put(document, place, "<!-- a -->");
  },
  "sections for text": (document, spans, pick) => {
    const span = one(spans.texts, pick);
    const content = text(document, span);
    return content.includes("&") ? document : put(document, span, `<![CDATA[${content}]]>`);
  },
  "references for characters": (document, spans, pick) => {
    const span = one(pick(2) === 0 ? spans.texts : spans.values, pick);
    const at = span.from + pick(Math.max(1, span.to - span.from));
    const character = document.slice(at, at + 1);
    // An ampersand is the start of a reference already.
    const isWhole = /[A-Za-z0-9.]/.test(character) && !/&\w*$/.test(document.slice(span.from, at));
    return isWhole && at < span.to
      ? put(document, { from: at, to: at + 1 }, `&#${character.charCodeAt(0)};`)
      : document;
  },
  "other quotes": (document) => document.replace(/ entityID="([^"]*)"/g, " entityID='$1'"),
  "spaces in tags": (document, spans, pick) => {
    const { from, to } = one(spans.tags, pick);
    const at = document.slice(to - 2, to) === "/>" ? to - 2 : to - 1;
    return document.slice(from, from + 2) === "<?"
      ? document
      : put(document, { from: at, to: at }, " \n ");
  },
  "attributes in another order": (document) =>
    document
      .replace(/ (use="\w+")([^>]*)>/g, "$2 $1>")
      .replace(/ (xml:lang="\w+")([^>]*)>/g, "$2 $1>"),
  "empty elements written out": (document) =>
    document.replace(/<(md:SingleSignOnService)([^>]*)\/>/g, "<$1$2></$1>"),
  "line ends of Windows": (document) => document.replaceAll("\n", "\r\n"),
};

/** One to four harmless changes to a signed document without comments and sections. */
export const harmless: fc.Arbitrary<Mutation> = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom(...Object.keys(rewritings)),
      fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
    ),
    {
      minLength: 1,
      maxLength: 4,
      selector: ([name]) => name,
    },
  )
  .map((list) => ({
    names: list.map(([name]) => name),
    apply: (document) => {
      // Comments and sections would be in the way of finding the stretches.
      const late = ["comments between elements", "sections for text"];
      const [firsts, lasts] = [false, true].map((isLate) =>
        list.filter(([name]) => late.includes(name) === isLate),
      );
      return [...firsts!, ...lasts!.slice(0, 1)].reduce((mutant, [name, picks]) => {
        let i = 0;
        const pick = (n: number): number =>
          n === 0 ? 0 : (picks[i++ % picks.length] as number) % n;
        return (rewritings[name] as Change)(mutant, spansOf(mutant), pick);
      }, document);
    },
  }));
