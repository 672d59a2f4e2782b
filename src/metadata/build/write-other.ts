import type { NamespaceBinding, OtherAttribute, OtherElement } from "../extension-types.ts";
import { escapeAttribute, escapeText } from "../xml/writer.ts";
import {
  type Bindings,
  bind,
  checkCharacters,
  enter,
  fault,
  leave,
  lineBreak,
  type Output,
  qualify,
} from "./output.ts";

/** Attributes of a start tag, with the declarations that they need. */
export interface WrittenAttributes {
  readonly text: string;
  readonly bindings: Bindings;
}

/** Declarations of prefixes that values rely on. */
export function writeBindings(
  output: Output,
  list: readonly NamespaceBinding[] | undefined,
  bindings: Bindings,
): WrittenAttributes {
  let text = "";
  let scope = bindings;
  for (const { prefix, namespace } of list ?? []) {
    const bound = bind(output, prefix, namespace, scope);
    text += bound.declarations;
    scope = bound.bindings;
  }
  return { text, bindings: scope };
}

/** Attributes that the model has no property for. */
export function writeOtherAttributes(
  output: Output,
  list: readonly OtherAttribute[] | undefined,
  bindings: Bindings,
): WrittenAttributes {
  let text = "";
  let scope = bindings;
  for (const attribute of list ?? []) {
    const { name, declarations, bindings: next } = qualify(output, attribute, scope);
    const value = escapeAttribute(checkCharacters(output, attribute.value));
    text += `${declarations} ${name}="${value}"`;
    scope = next;
  }
  return { text, bindings: scope };
}

/** An element that the model has no property for. */
export function writeOther(output: Output, element: OtherElement, bindings: Bindings): string {
  const named = qualify(output, element, bindings);
  enter(output, named.name);
  const bound = writeBindings(output, element.namespaces, named.bindings);
  const attributes = writeOtherAttributes(output, element.attributes, bound.bindings);
  checkUnique(output, element.attributes ?? []);
  let content = escapeText(checkCharacters(output, element.text ?? ""));
  const isMixed = content !== "";
  for (const child of element.children ?? []) {
    content += (isMixed ? "" : lineBreak(output)) + writeOther(output, child, attributes.bindings);
  }
  leave(output);
  const start = `<${named.name}${named.declarations}${bound.text}${attributes.text}`;
  if (content === "") return `${start}/>`;
  const end = isMixed || element.children === undefined ? "" : lineBreak(output);
  return `${start}>${content}${end}</${named.name}>`;
}

/** The same attribute twice would not be XML (Namespaces in XML, 6.3). */
export function checkUnique(output: Output, attributes: readonly OtherAttribute[]): void {
  const seen = new Set<string>();
  for (const { namespace = "", name } of attributes) {
    const key = `${namespace} ${name}`;
    if (seen.has(key)) throw fault(output, "name", `The attribute ${name} is given twice.`);
    seen.add(key);
  }
}
