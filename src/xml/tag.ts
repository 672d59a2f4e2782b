import { decodeLatin1 } from "../core/bytes.ts";
import type { Values } from "../core/codes/code.ts";
import { quoted } from "../core/quote.ts";
import type { CanonicalTag } from "./canonical-tag.ts";
import type { XmlAttribute } from "./element.ts";
import type { XmlCode } from "./error.ts";
import type { XmlLimits } from "./limits.ts";
import { nameEnd, type SplitName, skipWhite, splitName } from "./names.ts";
import { normaliseLineEnds, resolveReferences } from "./references.ts";
import {
  LONGEST,
  namespaceOf,
  type Scope,
  scopeInside,
  XML_NAMESPACE,
  XMLNS_NAMESPACE,
} from "./scope.ts";
import { detached } from "./utf8.ts";

/** A start tag; one object for all places where the same bytes occur in the same scope. */
export interface Tag {
  /** The bytes of its name, which the end tag must repeat. */
  readonly rawName: string;
  readonly namespace: string;
  readonly localName: string;
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  /** True if some program may take one of its attributes for an ID. */
  readonly mayHaveId: boolean;
  /** True for an empty-element tag. */
  readonly empty: boolean;
  /** The scope inside it. */
  readonly scope: Scope;
  /** Its bytes. */
  readonly raw: string;
  /** True if nothing in it had to be normalised, resolved or decoded. */
  readonly isPlain: boolean;
  /** The scope around it. */
  readonly outer: Scope;
  /** Its last canonical form; memoised: verifying a large aggregate is 1.3x faster. */
  canonical: CanonicalTag | undefined;
}

/** The state that reading a tag needs. */
export interface TagReader {
  readonly limits: Pick<XmlLimits, "maxAttributes" | "maxNames" | "maxNamespaces">;
  /** The names that were read before, by their bytes. */
  readonly names: Map<string, SplitName>;
  /** The namespaces that were declared before. */
  readonly namespaces: Set<string>;
  /** Refuses the document at an offset from the start of the tag. */
  readonly refuse: (code: XmlCode, offset: number, values?: Values) => never;
}

interface RawAttribute {
  readonly prefix: string;
  readonly localName: string;
  readonly value: string;
  readonly from: number;
}

const NO_ATTRIBUTES: readonly XmlAttribute[] = /* @__PURE__ */ Object.freeze([]);
const SPECIAL = /[&\t\n\r\x80-\xff]/;

/**
 * Reads `<name ...>`. A plain one has nothing to normalise, resolve or decode. Undefined if its first
 * `>` is inside a value.
 */
export function readTag(
  reader: TagReader,
  raw: string,
  scope: Scope,
  isPlain: boolean,
): Tag | undefined {
  const end = nameEnd(raw, 1);
  const rawName = raw.slice(1, end);
  const name = splitAt(reader, rawName, 1);
  let found: RawAttribute[] | undefined;
  let at = end;
  for (;;) {
    const from = skipWhite(raw, at);
    const code = raw.charCodeAt(from);
    if (code === 0x3e || code === 0x2f) {
      return finish(reader, raw, scope, isPlain, rawName, name, found, from);
    }
    if (from === at) reader.refuse(at === end ? "xml.name" : "xml.markup", from);
    const nameTo = nameEnd(raw, from);
    const quote = openingQuote(reader, raw, nameTo);
    const close = raw.indexOf(raw.charCodeAt(quote) === 0x22 ? '"' : "'", quote + 1);
    if (close < 0) return undefined;
    found ??= [];
    if (found.length === reader.limits.maxAttributes) reader.refuse("xml.limit.attributes", from);
    const { prefix, localName } = splitAt(reader, raw.slice(from, nameTo), from);
    const value = attributeValue(reader, raw, quote + 1, close, isPlain);
    found.push({ prefix, localName, value, from });
    at = close + 1;
  }
}

function splitAt(reader: TagReader, rawName: string, from: number): SplitName {
  const known = reader.names.get(rawName);
  if (known !== undefined) return known;
  const name = splitName(rawName) ?? reader.refuse("xml.name", from);
  if (isCounted(reader, rawName, from)) reader.names.set(detached(rawName), name);
  return name;
}

/** True if a new name or namespace is remembered; long ones are not. Refuses one beyond the limit. */
function isCounted(reader: TagReader, text: string, from: number): boolean {
  const { names, namespaces, limits } = reader;
  if (text.length > LONGEST) return false;
  if (names.size + namespaces.size >= limits.maxNames) reader.refuse("xml.limit.names", from);
  return true;
}

function openingQuote(reader: TagReader, raw: string, from: number): number {
  const equals = skipWhite(raw, from);
  if (raw.charCodeAt(equals) !== 0x3d) reader.refuse("xml.markup", equals);
  const quote = skipWhite(raw, equals + 1);
  const code = raw.charCodeAt(quote);
  if (code !== 0x22 && code !== 0x27) reader.refuse("xml.attribute_quotes", quote);
  return quote;
}

/** XML 1.0, 3.3.3: white space becomes a space, but the value of a reference does not. */
function attributeValue(
  reader: TagReader,
  raw: string,
  from: number,
  to: number,
  isPlain: boolean,
): string {
  const written = raw.slice(from, to);
  const less = written.indexOf("<");
  if (less >= 0) reader.refuse("xml.attribute_value", from + less);
  if (isPlain || !SPECIAL.test(written)) return written;
  const resolved = resolveReferences(normaliseLineEnds(written).replace(/[\t\n]/g, " "));
  if (typeof resolved === "number") return reader.refuse("xml.reference", from + resolved);
  return decodeLatin1(resolved);
}

function finish(
  reader: TagReader,
  raw: string,
  outer: Scope,
  isPlain: boolean,
  rawName: string,
  name: SplitName,
  found: readonly RawAttribute[] | undefined,
  closeAt: number,
): Tag {
  const empty = raw.charCodeAt(closeAt) === 0x2f;
  if (closeAt + (empty ? 2 : 1) !== raw.length) reader.refuse("xml.markup", closeAt);
  const scope = found === undefined ? outer : declare(reader, outer, found);
  const namespace = namespaceOf(scope, name.prefix);
  if (namespace === undefined) {
    return reader.refuse("xml.unbound_prefix", 1);
  }
  const attributes = found === undefined ? NO_ATTRIBUTES : resolve(reader, scope, found);
  const { localName, prefix } = name;
  return {
    raw,
    isPlain,
    rawName,
    namespace,
    localName,
    prefix,
    attributes,
    mayHaveId: attributes.some(isId),
    empty,
    scope,
    outer,
    canonical: undefined,
  };
}

/** The scope inside a tag; for signed content, only what the signature covers. */
export function scopeIn({ canonical, scope }: Tag): Scope {
  return canonical?.inside ?? scope;
}

function isId({ localName }: XmlAttribute): boolean {
  return localName.length === 2 && localName.toLowerCase() === "id";
}

function isDeclaration(attribute: RawAttribute): boolean {
  return attribute.prefix === "" ? attribute.localName === "xmlns" : attribute.prefix === "xmlns";
}

function declare(reader: TagReader, outer: Scope, found: readonly RawAttribute[]): Scope {
  let scope = outer;
  for (const attribute of found) {
    if (!isDeclaration(attribute)) continue;
    const { value, from } = attribute;
    const prefix = attribute.prefix === "" ? "" : attribute.localName;
    if (!mayBind(prefix, value)) reader.refuse("xml.namespace", from);
    if (!isAbsolute(value)) {
      reader.refuse("xml.namespace_relative", from, { namespace: quoted(value) });
    }
    if (!reader.namespaces.has(value) && isCounted(reader, value, from)) {
      reader.namespaces.add(detached(value));
    }
    scope = scopeInside(scope, prefix, value);
  }
  if (scope.size > reader.limits.maxNamespaces) reader.refuse("xml.limit.namespaces", 0);
  return scope;
}

/** Namespaces in XML 1.0, 3, and the constraint "No Prefix Undeclaring" of 5. */
function mayBind(prefix: string, namespace: string): boolean {
  if (prefix === "xmlns" || namespace === XMLNS_NAMESPACE) return false;
  if ((prefix === "xml") !== (namespace === XML_NAMESPACE)) return false;
  return prefix === "" || namespace !== "";
}

/** Relative namespace names are deprecated, and Canonical XML 1.0 (1.3) refuses them. */
function isAbsolute(namespace: string): boolean {
  return namespace === "" || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(namespace);
}

function resolve(
  reader: TagReader,
  scope: Scope,
  found: readonly RawAttribute[],
): readonly XmlAttribute[] {
  const attributes: XmlAttribute[] = [];
  for (let i = 0; i < found.length; i++) {
    const { prefix, localName, value, from } = found[i] as RawAttribute;
    const namespace = prefix === "" ? "" : namespaceOf(scope, prefix);
    if (isDeclaration(found[i] as RawAttribute)) {
      const same = (other: RawAttribute) =>
        other.prefix === prefix && other.localName === localName;
      if (found.findIndex(same) < i) reader.refuse("xml.duplicate_attribute", from);
      continue;
    }
    if (namespace === undefined) return reader.refuse("xml.unbound_prefix", from);
    if (has(attributes, namespace, localName)) {
      reader.refuse("xml.duplicate_attribute", from);
    }
    attributes.push({ namespace, localName, prefix, value });
  }
  return attributes;
}

function has(attributes: readonly XmlAttribute[], namespace: string, localName: string): boolean {
  for (const attribute of attributes) {
    if (attribute.localName === localName && attribute.namespace === namespace) return true;
  }
  return false;
}
