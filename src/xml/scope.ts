import type { Pattern } from "./pattern.ts";
import type { Tag } from "./tag.ts";

export const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
export const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";

/** The namespaces in scope at a place, and what was read there before. */
export interface Scope {
  /** The scope around it, to which it adds one declaration. */
  readonly outer: Scope | undefined;
  /** Empty for the default namespace. */
  readonly prefix: string;
  readonly namespace: string;
  /** Declarations from the outermost on, those that an inner one replaces counted. */
  readonly size: number;
  /** By their octets: the same tag in the same scope is read once. */
  tags: Map<string, Tag> | undefined;
  /** By what stands before the first value: tags that differ in values alone are read alike. */
  patterns: Map<string, Pattern[]> | undefined;
  /** Scopes that differ by one declaration: the same declarations lead to the same scope. */
  inner: Map<string, Scope> | undefined;
  /** How much more may be remembered in this scope and all that it is one with. */
  readonly memory: { left: number };
}

/** Tags, patterns and scopes: a document has few, a hostile one many. */
const REMEMBERED = 8192;

/** The longest text that is remembered. */
export const LONGEST = 512;

function newScope(
  outer: Scope | undefined,
  prefix: string,
  namespace: string,
  memory: Scope["memory"],
): Scope {
  const size = outer === undefined ? 1 : outer.size + 1;
  const [tags, patterns, inner] = [undefined, undefined, undefined];
  return { outer, prefix, namespace, size, tags, patterns, inner, memory };
}

/** The scope of a document's start: nothing but `xml`, and no default namespace. */
export function rootScope(): Scope {
  const memory = { left: REMEMBERED };
  return newScope(newScope(undefined, "xml", XML_NAMESPACE, memory), "", "", memory);
}

/** What a prefix stands for. Declarations are limited in number, and most are few. */
export function namespaceOf(scope: Scope, prefix: string): string | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    if (at.prefix === prefix) return at.namespace;
  }
  return undefined;
}

/** Prefix to namespace name, from the outermost. */
export function bindingsOf({ outer, prefix, namespace }: Scope): Map<string, string> {
  const around = outer === undefined ? new Map<string, string>() : bindingsOf(outer);
  return around.set(prefix, namespace);
}

/** The scope with one more declaration. */
export function scopeInside(outer: Scope, prefix: string, namespace: string): Scope {
  if (namespaceOf(outer, prefix) === namespace) return outer;
  const key = `${prefix} ${namespace}`;
  const known = outer.inner?.get(key);
  if (known !== undefined) return known;
  const scope = newScope(outer, prefix, namespace, outer.memory);
  if (remembers(outer, key)) {
    outer.inner ??= new Map();
    outer.inner.set(key, scope);
  }
  return scope;
}

/** Whether one thing more may be remembered, by its text: then it is. */
export function remembers({ memory }: Scope, text: string): boolean {
  if (memory.left === 0 || text.length > LONGEST) return false;
  memory.left--;
  return true;
}
