import type { XmlAttribute } from "./element.ts";
import { standsAt } from "./octets.ts";
import { remembers, type Scope } from "./scope.ts";
import type { After, Tag } from "./tag.ts";

/**
 * Start tags that differ in nothing but the values of their attributes. The second one need not be
 * read as the first was: its names are those of the first, and so is what they mean.
 */
export interface Pattern {
  readonly first: Tag;
  /** What stands before each value, and after the last; taken apart when a second tag comes. */
  parts: readonly string[] | undefined;
  /** What came after one of them. */
  readonly after: After;
}

/** As many are tried one after another. */
const KEPT_PATTERNS = 4;

/** Keeps a tag that was read, and that had nothing to normalise, as a pattern for others. */
export function keepPattern(tag: Tag): void {
  const { raw, attributes, outer } = tag;
  if (attributes.length === 0) return;
  const lead = leadOf(raw);
  const known = outer.patterns?.get(lead) ?? [];
  if (known.length === KEPT_PATTERNS || !remembers(outer, raw)) return;
  known.push({ first: tag, parts: undefined, after: { last: undefined, other: undefined } });
  outer.patterns ??= new Map();
  outer.patterns.set(lead, known);
}

/**
 * Nothing at all where values alone do not tell one tag from another. A declaration's value belongs to
 * what stands before the next one: the scope inside depends on it.
 */
function partsOf({ raw }: Tag): readonly string[] {
  // An apostrophe may be a quote.
  if (raw.includes("'")) return NONE;
  const pieces = raw.split('"');
  const parts: string[] = [];
  let before = "";
  for (let i = 0; i < pieces.length - 1; i += 2) {
    before += pieces[i];
    if (DECLARATION.test(pieces[i] as string)) before += `"${pieces[i + 1]}"`;
    else {
      parts.push(`${before}"`);
      before = '"';
    }
  }
  parts.push(before + pieces.at(-1));
  return parts;
}

const DECLARATION = / xmlns(?::[^ =]*)? *= *$/;

const NONE: readonly never[] = [];

/** What stands before the first value. */
function leadOf(raw: string): string {
  return raw.slice(0, raw.indexOf('"') + 1);
}

/** The tag of plain octets that a known pattern fits. */
export function tagByPattern({ patterns }: Scope, raw: string): Tag | undefined {
  if (patterns === undefined || raw.indexOf("<", 1) > 0) return undefined;
  for (const pattern of patterns.get(leadOf(raw)) ?? NONE) {
    const attributes = match(pattern, raw);
    if (attributes !== undefined) return alike(pattern, raw, attributes);
  }
  return undefined;
}

function match(pattern: Pattern, raw: string): readonly XmlAttribute[] | undefined {
  const { first } = pattern;
  pattern.parts ??= partsOf(first);
  const { parts } = pattern;
  if (parts.length !== first.attributes.length + 1) return undefined;
  if (!standsAt(parts[0] as string, raw, 0)) return undefined;
  const attributes: XmlAttribute[] = [];
  let from = (parts[0] as string).length;
  for (let i = 0; i < first.attributes.length; i++) {
    const to = raw.indexOf('"', from);
    const next = parts[i + 1] as string;
    if (to < 0 || !standsAt(next, raw, to)) return undefined;
    const { namespace, localName, prefix } = first.attributes[i] as XmlAttribute;
    attributes.push({ namespace, localName, prefix, value: raw.slice(from, to) });
    from = to + next.length;
  }
  return from === raw.length ? attributes : undefined;
}

function alike({ first, after }: Pattern, raw: string, attributes: readonly XmlAttribute[]): Tag {
  const { canonical } = first;
  // Where nothing but the end is rewritten, it is for all of them.
  const isForAll = canonical !== undefined && canonical.cut < first.raw.length;
  return { ...first, raw, attributes, after, canonical: isForAll ? canonical : undefined };
}
