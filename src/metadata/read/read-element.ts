import { namespaces } from "../../core/uris.ts";
import type { XmlElement } from "../../xml/element.ts";
import type { Particle } from "../elements/rule.ts";
import { attributeIn, type Element } from "../elements/table.ts";
import type { AttributeValue, OtherElement } from "../model/extension-types.ts";
import type { CertificateCache } from "./context.ts";
import { readKeyInfo } from "./read-key-info.ts";
import { otherAttribute, otherElement, valueBindings } from "./read-other.ts";

/** An object of the model while it is read. */
export type Draft = Record<string, unknown>;

/**
 * Reads an element into the model by the schema table. Lenient: what the schema does not expect, or
 * is not of the type that it says, is kept in `other` and `otherAttributes`, for `validateMetadata`
 * to tell.
 */
export function readElement(element: Element, node: XmlElement, cache: CertificateCache): unknown {
  const { rule, readText } = element;
  if (rule.anyType === true) return readAnyType(node);
  if (readText !== undefined && rule.attributes === undefined) return readText(node.text);
  if (element.name === "ds:KeyInfo") return readKeyInfo(node, cache);
  const draft: Draft = {};
  readAttributes(element, node, draft);
  if (readText === undefined) readContent(element, node, draft, cache);
  else draft["value"] = readText(node.text);
  return draft;
}

/** `<saml:AttributeValue>` is mostly text; a type that only says so adds nothing. */
function readAnyType(node: XmlElement): AttributeValue {
  if (node.children.length > 0) return otherElement(node);
  const isText = node.attributes.every(
    ({ namespace, localName, value }) =>
      namespace === namespaces.xsi &&
      localName === "type" &&
      /^(?:[^:]+:)?(?:string|anyURI)$/.test(value),
  );
  return isText ? node.text : otherElement(node);
}

function readAttributes(element: Element, node: XmlElement, draft: Draft): void {
  for (const attribute of node.attributes) {
    const { namespace, localName } = attribute;
    const known = attributeIn(element, namespace, localName);
    const value = known?.read(attribute.value);
    if (known === undefined || value === undefined) {
      keep(draft, "otherAttributes", otherAttribute(attribute));
    } else draft[known.as] = value;
    if (known?.prefix === "xsi") draft["namespaces"] = valueBindings(node);
  }
  // The type says that text is there: an absent one reads as empty, and the linter tells.
  for (const as of element.requiredTexts) draft[as] ??= "";
}

function readContent(
  element: Element,
  node: XmlElement,
  draft: Draft,
  cache: CertificateCache,
): void {
  for (const child of node.children) {
    const known = element.children.get(child.localName);
    const isKnown = known?.element.namespace === child.namespace && known.particle.as !== "other";
    if (isKnown && known.particle.as === "") continue;
    const isPlaced =
      isKnown && place(draft, known.particle, child, readElement(known.element, child, cache));
    if (!isPlaced) keep(draft, "other", otherElement(child));
  }
}

/** Puts a value, if there is one, where its particle says, if there is room. */
function place(draft: Draft, particle: Particle, child: XmlElement, value: unknown): boolean {
  if (value === undefined) return false;
  if (particle.names.length > 1) (value as Draft)["type"] = child.localName;
  if (particle.max > 1) keep(draft, particle.as, value);
  // A second one where the schema has room for one is kept, but never taken for the first.
  else if (draft[particle.as] !== undefined) return false;
  else draft[particle.as] = value;
  return true;
}

function keep(draft: Draft, property: string, value: OtherElement | unknown): void {
  const list = draft[property] as unknown[] | undefined;
  if (list === undefined) draft[property] = [value];
  else list.push(value);
}
