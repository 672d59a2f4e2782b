import type { Pattern } from "./pattern.ts";
import type { Tag } from "./tag.ts";

export const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
export const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";

/** The namespaces in scope at a place, and the start tags that were read there before. */
export interface Scope {
  /** Prefix to namespace name; the default namespace has the empty prefix. */
  readonly bindings: ReadonlyMap<string, string>;
  /** By their octets: the same tag in the same scope is read once. */
  tags: Map<string, Tag> | undefined;
  /** By what stands before the first value: tags that differ in values alone are read alike. */
  patterns: Map<string, Pattern[]> | undefined;
  /** Scopes that differ by one declaration: the same declarations lead to the same scope. */
  inner: Map<string, Scope> | undefined;
}

/** Scopes that are kept for one outer scope; a document has few, a hostile one many. */
const KEPT_SCOPES = 64;

function newScope(bindings: ReadonlyMap<string, string>): Scope {
  return { bindings, tags: undefined, patterns: undefined, inner: undefined };
}

/** The scope of a document's start: nothing but `xml`, and no default namespace. */
export function rootScope(): Scope {
  return newScope(
    new Map([
      ["xml", XML_NAMESPACE],
      ["", ""],
    ]),
  );
}

/** The scope with one more declaration. */
export function scopeInside(outer: Scope, prefix: string, namespace: string): Scope {
  if (outer.bindings.get(prefix) === namespace) return outer;
  const key = `${prefix} ${namespace}`;
  const known = outer.inner?.get(key);
  if (known !== undefined) return known;
  const scope = newScope(new Map(outer.bindings).set(prefix, namespace));
  outer.inner ??= new Map();
  if (outer.inner.size < KEPT_SCOPES) outer.inner.set(key, scope);
  return scope;
}
