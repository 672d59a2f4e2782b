import type { XmlAttribute, XmlElement } from "../../xml/element.ts";
import { namespaceOf } from "../../xml/scope.ts";
import type { NamespaceBinding, OtherAttribute, OtherElement } from "../model/extension-types.ts";

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

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An element as the model keeps it, whole. */
export function otherElement(node: XmlElement): OtherElement {
  const { namespace, prefix, localName: name, attributes, children, text } = node;
  const other: Mutable<OtherElement> =
    prefix === "" ? { namespace, name } : { namespace, prefix, name };
  if (attributes.length > 0) other.attributes = attributes.map(otherAttribute);
  if (text !== "") other.text = text;
  if (children.length > 0) {
    other.children = children.map(otherElement);
    if (text !== "") other.texts = textsOf(node);
  }
  const bindings = valueBindings(node);
  if (bindings.length > 0) other.namespaces = bindings;
  return other;
}

/** The text before each child, and after the last. */
function textsOf({ text, textAt, children }: XmlElement): readonly string[] {
  const ends = [...(textAt ?? children.map(() => 0)), text.length];
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));
}

const QUALIFIED = /^\s*([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*\s*$/;

/** The prefixes that values of an element rely on: those of what look like qualified names. */
export function valueBindings(node: XmlElement): readonly NamespaceBinding[] {
  let found: NamespaceBinding[] | undefined;
  const look = (value: string): void => {
    const prefix = value.includes(":") ? QUALIFIED.exec(value)?.[1] : undefined;
    const namespace = prefix === undefined ? undefined : namespaceOf(node.scope, prefix);
    if (prefix === undefined || namespace === undefined || prefix === "xml") return;
    if (found?.some((known) => known.prefix === prefix) !== true) {
      found ??= [];
      found.push({ prefix, namespace });
    }
  };
  for (const { value } of node.attributes) look(value);
  if (node.children.length === 0) look(node.text);
  return found ?? NONE;
}

const NONE: readonly never[] = /* @__PURE__ */ Object.freeze([]);
