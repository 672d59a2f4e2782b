import { namespaces, type Prefix } from "../../core/uris.ts";
import { attributeOf, childrenOf, type XmlElement } from "../../xml/element.ts";
import type { ElementName } from "../elements/rule.ts";

const COLON = 0x3a;
const byPrefix: Readonly<Record<string, string>> = namespaces;

/** True if an element or attribute has the name `prefix:localName`. */
function isNamed(
  { localName, namespace }: Pick<XmlElement, "localName" | "namespace">,
  name: string,
): boolean {
  // Compares the local name first, because it differs most often.
  const colon = name.length - localName.length - 1;
  return (
    name.charCodeAt(colon) === COLON &&
    name.endsWith(localName) &&
    byPrefix[name.slice(0, colon)] === namespace
  );
}

/** True if an element has one of the names, such as `md:KeyDescriptor`. */
export function is(element: XmlElement | undefined, ...names: readonly ElementName[]): boolean {
  return element !== undefined && names.some((name) => isNamed(element, name));
}

/** The child elements of a name. */
export function children(element: XmlElement, name: ElementName): readonly XmlElement[] {
  const colon = name.indexOf(":");
  return childrenOf(element, namespaces[name.slice(0, colon) as Prefix], name.slice(colon + 1));
}

/** The descendant elements of a name, in the order of the document. */
export function descendants(element: XmlElement, name: ElementName): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (parent: XmlElement): void => {
    for (const child of parent.children) {
      if (is(child, name)) found.push(child);
      visit(child);
    }
  };
  visit(element);
  return found;
}

/** The elements at the end of a path of child names. */
export function along(element: XmlElement, ...path: readonly ElementName[]): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>(
    (found, name) => found.flatMap((one) => children(one, name)),
    [element],
  );
}

/** The value of an attribute, without a namespace or as `prefix:name`. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return name.includes(":")
    ? element.attributes.find((one) => isNamed(one, name))?.value
    : attributeOf(element, name);
}

/** The items whose key an earlier item has; items without a key do not count. */
export function repeated<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
): readonly Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (key === undefined) return false;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

export function isTrue(value: string | undefined): boolean {
  return value?.trim() === "true" || value?.trim() === "1";
}

/** The same text for the same number: 01 is 1. */
export function numberText(value: string | undefined): string | undefined {
  return value?.trim().replace(/^\+?0+(?=\d)/, "");
}

/** True if a role lists a protocol in `protocolSupportEnumeration`. */
export function speaks(role: XmlElement | undefined, protocol: string): boolean {
  const list = role === undefined ? undefined : attribute(role, "protocolSupportEnumeration");
  return (list ?? "").split(/\s+/).includes(protocol);
}

/** True for a URL that PHP's `FILTER_VALIDATE_URL` accepts: SimpleSAMLphp refuses documents by it. */
export function isAsciiUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/(?![/?#])[!-~]+$/i.test(text);
}
