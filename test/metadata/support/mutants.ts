import { fc } from "../../support/property.ts";
import { boundary, type Change, one, put, spansOf, text } from "./spans.ts";

const EVIL = "https://evil.example.com/";

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
  "split by a section": (document, spans, pick) => {
    const { from, to } = one(spans.texts, pick);
    const at = from + pick(to - from + 1);
    const rest = document.slice(at, to);
    const half = pick(rest.length + 1);
    return put(
      document,
      { from: at, to },
      `<![CDATA[${rest.slice(0, half)}]]>${pick(4) === 0 ? EVIL : ""}${rest.slice(half)}`,
    );
  },
  "split by an entity": (document, spans, pick) => {
    const { from, to } = one(pick(2) === 0 ? spans.texts : spans.values, pick);
    const at = from + pick(to - from + 1);
    const split = put(document, { from: at, to: at }, pick(2) === 0 ? "&e;" : "&undefined;");
    const body = split.replace(/^<\?xml[^>]*>\s*/, "");
    const type = ['<!DOCTYPE x [<!ENTITY e "">]>', `<!DOCTYPE x [<!ENTITY e "${EVIL}">]>`, ""][
      pick(3)
    ];
    return type + body;
  },
  "split by an instruction": (document, spans, pick) => {
    const { from, to } = one(spans.texts, pick);
    const at = from + pick(to - from + 1);
    return put(document, { from: at, to: at }, ["<?x?>", `<?x ${EVIL}?>`][pick(2)] as string);
  },
  "given an ID": (document, spans, pick) => {
    const { from } = one(spans.tags, pick);
    const end = /^<[\w:]+/.exec(document.slice(from))?.[0].length ?? 0;
    const own = /ID="([^"]*)"/.exec(document)?.[1] ?? "_";
    const name = ["ID", "Id", "id", "xml:id", "AssertionID"][pick(5)];
    const value = [own, "_other", ""][pick(3)];
    return put(document, { from: from + end, to: from + end }, ` ${name}="${value}"`);
  },
  "renamed by its ID": (document, _, pick) =>
    document.replace(/ID="[^"]*"/, ['ID="_other"', "", 'Id="_other"', 'ID=""'][pick(4)] as string),
  "referred elsewhere": (document, _, pick) =>
    document.replace(
      /URI="[^"]*"/,
      ['URI=""', 'URI="#_other"', 'URI="#xpointer(/)"', "", `URI="${EVIL}"`][pick(5)] as string,
    ),
  "signed otherwise": (document, _, pick) => {
    const [from, to] = [
      [
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
      ],
      ["http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"],
      [
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
      ],
      [
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
      ],
      [
        "</ds:Transforms>",
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/></ds:Transforms>',
      ],
      ["<ds:DigestValue>", "<ds:DigestValue><!-- -->"],
      ["<ds:SignatureValue>", "<ds:SignatureValue>AAAA"],
    ][pick(7)] as [string, string];
    return document.replace(from, to);
  },
  "with two of a part": (document, _, pick) => {
    const name = ["SignedInfo", "Reference", "SignatureValue", "DigestValue", "Transforms"][
      pick(5)
    ];
    const part = new RegExp(`<ds:${name}[ >][\\s\\S]*?</ds:${name}>`).exec(document)?.[0] ?? "";
    const other = pick(2) === 0 ? part : part.replace(/[A-Za-z0-9+/]{20,}/, "AAAA");
    return document.replace(part, pick(2) === 0 ? part + other : other + part);
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
    const bare = content.replace(signature, "");
    const evilBare = evil.replace(signature, "");
    const renamed = evilBare.replace(/ ID="[^"]*"/, ' ID="_evil"');
    const object = (inner: string): string =>
      `<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${inner}</ds:Object>`;
    const inside = object(content);
    const holding = (inner: string): string =>
      signature.replace("</ds:Signature>", `${object(inner)}</ds:Signature>`);
    const first = (entity: string, inner: string): string =>
      entity.replace(/^<[^>]*>/, (tag) => tag + inner);
    const last = (entity: string, inner: string): string =>
      entity.replace(/<\/md:Ent\w+>\s*$/, (end) => inner + end);
    return [
      // XSW 1 to 8 of "On Breaking SAML", for a root that is signed.
      first(renamed, holding(bare)),
      first(renamed, bare) + signature,
      `${root}${renamed}${content}</md:EntitiesDescriptor>`,
      `${root}${last(renamed, content)}</md:EntitiesDescriptor>`,
      `${first(evilBare, signature).replace(/<md:Extensions>/, `<md:Extensions>${bare}`)}`,
      first(evilBare, holding(last(evilBare, bare))),
      first(renamed, `<md:Extensions><x:x xmlns:x="urn:x">${content}</x:x></md:Extensions>`),
      first(evilBare, holding(bare)),
      `${root}${signature}${content}${evil}</md:EntitiesDescriptor>`,
      `${root}${content}${evil}</md:EntitiesDescriptor>`,
      evil.replace("</ds:Signature>", `${inside}</ds:Signature>`),
      evil.replace("</ds:KeyInfo>", `${content}</ds:KeyInfo>`),
      evil.replace(/<md:Extensions>/, `<md:Extensions>${content}`),
      content.replace(/<\/md:Ent\w+>\s*$/, (end) => `${evil}${end}`),
    ][pick(14)] as string;
  },
};

/** Puts a part of another document that is signed in the place of the same one here. */
function spliced(document: string, other: string, pick: (n: number) => number): string {
  const pattern = [
    /<ds:Signature[ >][\s\S]*?<\/ds:Signature>/,
    /<ds:SignedInfo[ >][\s\S]*?<\/ds:SignedInfo>/,
    /<ds:SignatureValue>[^<]*/,
    /<ds:DigestValue>[^<]*/,
    /<ds:KeyInfo>[\s\S]*?<\/ds:KeyInfo>/,
    /<\/ds:Signature>[\s\S]*$/,
    /^[\s\S]*?<ds:Signature/,
  ][pick(7)] as RegExp;
  const part = pattern.exec(other)?.[0] ?? "";
  return document.replace(pattern, () => part);
}

/** The change to a signed document. */
export interface Mutation {
  readonly names: readonly string[];
  readonly apply: (document: string) => string;
}

const STEPS = [...Object.keys(changes), "spliced"];

/** One to three hostile changes to a signed document; parts of `others` may get into it. */
export function mutations(others: readonly string[]): fc.Arbitrary<Mutation> {
  const picked = fc.array(fc.nat(), { minLength: 6, maxLength: 6 });
  const steps = fc.array(fc.tuple(fc.constantFrom(...STEPS), picked), {
    minLength: 1,
    maxLength: 3,
  });
  return steps.map((list) => ({
    names: list.map(([name]) => name),
    apply: (document) => list.reduce((mutant, step) => changed(mutant, step, others), document),
  }));
}

function changed(
  document: string,
  [name, picks]: readonly [string, readonly number[]],
  others: readonly string[],
): string {
  let i = 0;
  const pick = (n: number): number => (n === 0 ? 0 : (picks[i++ % picks.length] as number) % n);
  const change = changes[name];
  return change === undefined
    ? spliced(document, others[pick(others.length)] as string, pick)
    : change(document, spansOf(document), pick);
}
