import type { Tag } from "./tag.ts";

export const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
export const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";

/** The namespaces in scope at a place, and the start tags that were read there before. */
export interface Scope {
  /** Prefix to namespace name; the default namespace has the empty prefix. */
  readonly bindings: ReadonlyMap<string, string>;
  /** By their octets: the same tag in the same scope is read once. */
  readonly tags: Map<string, Tag>;
}

export function newScope(bindings: ReadonlyMap<string, string>): Scope {
  return { bindings, tags: new Map() };
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
