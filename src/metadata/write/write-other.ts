import { escapeAttribute, escapeText } from "../../xml/writer.ts";
import type { NamespaceBinding, OtherAttribute, OtherElement } from "../model/extension-types.ts";
import {
  type Bindings,
  bind,
  checkCharacters,
  enter,
  leave,
  lineBreak,
  type Output,
  qualify,
  wrongName,
  wrongValue,
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
  const content = writeOtherContent(output, element, attributes.bindings);
  const start = `<${named.name}${named.declarations}${bound.text}${attributes.text}`;
  return content === "" ? `${start}/>` : `${start}>${content}</${named.name}>`;
}

/** Writes text and children in their order, and leaves the element. */
function writeOtherContent(
  output: Output,
  { text = "", children = [], texts = [text] }: OtherElement,
  bindings: Bindings,
): string {
  if (texts.length > 1 && texts.length !== children.length + 1) {
    const form = `${children.length + 1} texts, one before each child and one after the last`;
    throw wrongValue(output, "texts", texts, form);
  }
  const pieces = texts.map((piece) => escapeText(checkCharacters(output, piece)));
  const isMixed = pieces.some((piece) => piece !== "");
  // In mixed content, white space between children would be text.
  const gap = isMixed || children.length === 0 ? "" : lineBreak(output);
  const written = children.map(
    (child, i) => gap + writeOther(output, child, bindings) + (pieces[i + 1] ?? ""),
  );
  leave(output);
  return (pieces[0] ?? "") + written.join("") + (gap === "" ? "" : lineBreak(output));
}

/** The same attribute twice would not be XML (Namespaces in XML, 6.3). */
export function checkUnique(output: Output, attributes: readonly OtherAttribute[]): void {
  const seen = new Set<string>();
  for (const { namespace = "", name } of attributes) {
    const key = `${namespace} ${name}`;
    if (seen.has(key)) throw wrongName(output, `The attribute ${name}`, "it occurs twice");
    seen.add(key);
  }
}
