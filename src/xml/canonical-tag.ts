import type { XmlAttribute } from "./element.ts";
import { bindingsOf, namespaceOf, type Scope, scopeInside } from "./scope.ts";
import type { Tag } from "./tag.ts";
import { encodeLatin1 } from "./utf8.ts";
import { escaped } from "./writer.ts";

/** A canonicalisation method. */
export interface CanonicalMethod {
  /** Exclusive XML Canonicalization 1.0; otherwise Canonical XML 1.0 or 1.1. */
  readonly isExclusive: boolean;
  /** True if comments are kept. */
  readonly withComments: boolean;
  /** The InclusiveNamespaces PrefixList of an exclusive form; "" for #default. */
  readonly inclusivePrefixes: readonly string[];
}

/** The canonical form of a start tag in a scope of rendered declarations. */
export interface CanonicalTag {
  readonly around: Scope;
  /** Number of bytes at the end of the tag that are replaced ... */
  readonly cut: number;
  /** ... by this. */
  readonly rest: string;
  /** The declarations that are rendered for its content. */
  readonly inside: Scope;
  /** A namespace name that has no canonical form. */
  readonly formless: string | undefined;
}

/**
 * The canonical form of a tag.
 *
 * @param around the namespace declarations that are in the output around it
 * @param inherited `xml:` attributes that the apex of a document subset takes from its ancestors
 */
export function canonicalTag(
  tag: Tag,
  method: CanonicalMethod,
  around: Scope,
  inherited: readonly XmlAttribute[] = [],
): CanonicalTag {
  const prefixes = renderedPrefixes(tag, method, around);
  let inside = around;
  let formless: string | undefined;
  for (const prefix of prefixes) {
    const namespace = namespaceOf(tag.scope, prefix) as string;
    if (!hasForm(namespace)) formless = namespace;
    inside = scopeInside(inside, prefix, namespace);
  }
  const attributes = inherited.length === 0 ? tag.attributes : [...tag.attributes, ...inherited];
  const isWritten = prefixes.length === 0 && inherited.length === 0 && isSorted(attributes);
  const length = isWritten ? canonicalLength(tag) : 0;
  const cut = tag.raw.length - length;
  const end = tag.empty ? `></${tag.rawName}>` : cut === 0 ? "" : ">";
  const rest = length > 0 ? end : `${rendered(tag, prefixes, attributes)}${end}`;
  return { around, cut, rest, inside, formless };
}

/**
 * False for a namespace name with a character that a URI cannot contain: libxml2 refuses some and does
 * not escape others, so that programs disagree on the canonical form.
 */
function hasForm(namespace: string): boolean {
  return /^[!#-%'-;=?-Z[\]_a-z~]*$/.test(namespace);
}

/** The prefixes that the canonical form of the tag declares, in order. */
function renderedPrefixes(tag: Tag, method: CanonicalMethod, around: Scope): readonly string[] {
  const candidates = method.isExclusive
    ? [...visiblyUsed(tag), ...method.inclusivePrefixes]
    : bindingsOf(tag.scope).keys();
  let found: string[] | undefined;
  for (const prefix of candidates) {
    const namespace = namespaceOf(tag.scope, prefix);
    // A default namespace that is not rendered around is undeclared.
    if (namespace === undefined || namespace === (namespaceOf(around, prefix) ?? "")) continue;
    if (prefix === "xml" || found?.includes(prefix)) continue;
    found ??= [];
    found.push(prefix);
  }
  return found === undefined ? NONE : found.sort(byCodePoint);
}

const NONE: readonly string[] = [];

/** Exclusive XML Canonicalization, 1.1: the prefixes of the element and of its attributes. */
function visiblyUsed({ prefix, attributes }: Tag): readonly string[] {
  const used = [prefix];
  for (const attribute of attributes) if (attribute.prefix !== "") used.push(attribute.prefix);
  return used;
}

/** Compares UTF-8 bytes: UTF-16 order differs from code point order beyond the basic plane. */
function byCodePoint(a: string, b: string): number {
  const left = encodeLatin1(a);
  const right = encodeLatin1(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Canonical XML, 2.2: by namespace name, then by local name. */
function byName(a: XmlAttribute, b: XmlAttribute): number {
  return byCodePoint(a.namespace, b.namespace) || byCodePoint(a.localName, b.localName);
}

function isSorted(attributes: readonly XmlAttribute[]): boolean {
  for (let i = 1; i < attributes.length; i++) {
    if (byName(attributes[i - 1] as XmlAttribute, attributes[i] as XmlAttribute) > 0) return false;
  }
  return true;
}

function qualifiedName({ prefix, localName }: XmlAttribute): string {
  return prefix === "" ? localName : `${prefix}:${localName}`;
}

/**
 * The length of the tag without the end of an empty tag, if that is its canonical form; otherwise 0. A
 * plain tag has no line ends, references and bytes beyond ASCII, so comparing the length is enough.
 */
function canonicalLength(tag: Tag): number {
  const { raw } = tag;
  if (!tag.isPlain || raw.includes("'") || raw.indexOf(">") !== raw.length - 1) return 0;
  let length = 1 + tag.rawName.length;
  for (const { prefix, localName, value } of tag.attributes) {
    length += localName.length + value.length + 4 + (prefix === "" ? 0 : prefix.length + 1);
  }
  if (!tag.empty) return length + 1 === raw.length ? raw.length : 0;
  return length + (raw.endsWith(" />") ? 3 : 2) === raw.length ? length : 0;
}

function rendered(
  tag: Tag,
  prefixes: readonly string[],
  attributes: readonly XmlAttribute[],
): string {
  let text = "";
  for (const prefix of prefixes) {
    const namespace = escapeAttribute(namespaceOf(tag.scope, prefix) as string);
    text += prefix === "" ? ` xmlns="${namespace}"` : ` xmlns:${prefix}="${namespace}"`;
  }
  const sorted = isSorted(attributes) ? attributes : [...attributes].sort(byName);
  for (const attribute of sorted) {
    text += ` ${qualifiedName(attribute)}="${escapeAttribute(attribute.value)}"`;
  }
  return `<${tag.rawName}${encodeLatin1(text)}`;
}

/** Canonical XML, 2.3: `>` is not escaped in attribute values. */
function escapeAttribute(value: string): string {
  return value.replace(/[&<"\t\n\r]/g, escaped);
}
