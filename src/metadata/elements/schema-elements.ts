import { dsigElements } from "./dsig.ts";
import { compile, type Element, elements } from "./table.ts";

/** Every element that has a schema here, by its expanded name; those of XML Signature too. */
const byNamespace: ReadonlyMap<string, ReadonlyMap<string, Element>> = /* @__PURE__ */ group([
  ...elements.values(),
  ...compile(dsigElements).values(),
]);

/** The entry of an element by its expanded name. */
export function elementOf(namespace: string, localName: string): Element | undefined {
  return byNamespace.get(namespace)?.get(localName);
}

function group(all: readonly Element[]): Map<string, Map<string, Element>> {
  const groups = new Map<string, Map<string, Element>>();
  for (const element of all) {
    const found = groups.get(element.namespace) ?? new Map<string, Element>();
    groups.set(element.namespace, found.set(element.localName, element));
  }
  return groups;
}
