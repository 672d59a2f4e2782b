import type { NamespaceBinding, OtherAttribute, OtherElement } from "../extension-types.ts";
import type { XmlAttribute, XmlElement } from "../xml/element.ts";

/** An attribute as the model keeps it. */
export function otherAttribute({
  namespace,
  prefix,
  localName,
  value,
}: XmlAttribute): OtherAttribute {
  return namespace === ""
    ? { name: localName, value }
    : { namespace, prefix, name: localName, value };
}

/** An element as the model keeps it, whole. */
export function otherElement(node: XmlElement): OtherElement {
  const { namespace, prefix, localName, attributes, children, text } = node;
  const bindings = valueBindings(node);
  const isMixed = text !== "" && children.length > 0;
  return {
    namespace,
    ...(prefix === "" ? {} : { prefix }),
    name: localName,
    ...(attributes.length === 0 ? {} : { attributes: attributes.map(otherAttribute) }),
    ...(text === "" ? {} : { text }),
    ...(children.length === 0 ? {} : { children: children.map(otherElement) }),
    ...(isMixed ? { texts: textsOf(node) } : {}),
    ...(bindings.length === 0 ? {} : { namespaces: bindings }),
  };
}

/** The text before each child, and after the last. */
function textsOf({ text, textAt, children }: XmlElement): readonly string[] {
  const ends = [...(textAt ?? children.map(() => 0)), text.length];
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));
}

const QUALIFIED = /^\s*([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*\s*$/;

/** The prefixes that values of an element rely on: those of what look like qualified names. */
export function valueBindings(node: XmlElement): readonly NamespaceBinding[] {
  const found = new Map<string, string>();
  const look = (value: string): void => {
    const prefix = value.includes(":") ? QUALIFIED.exec(value)?.[1] : undefined;
    const namespace = prefix === undefined ? undefined : node.namespaces.get(prefix);
    if (prefix !== undefined && namespace !== undefined && prefix !== "xml") {
      found.set(prefix, namespace);
    }
  };
  for (const { value } of node.attributes) look(value);
  if (node.children.length === 0) look(node.text);
  return [...found].map(([prefix, namespace]) => ({ prefix, namespace }));
}
