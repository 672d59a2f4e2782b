import type { Location } from "../core/finding.ts";
import type { Scope } from "./scope.ts";

/** An attribute. Namespace declarations are in `XmlElement.scope` instead. */
export interface XmlAttribute {
  /** Namespace name; empty for an attribute without a prefix. */
  readonly namespace: string;
  readonly localName: string;
  /** As written; empty if there is none. Only the namespace identifies a name. */
  readonly prefix: string;
  /** Normalised (XML 1.0, 3.3.3), with its references resolved. */
  readonly value: string;
}

/** An element of a document that the strict reader has accepted. */
export interface XmlElement {
  /** Namespace name; empty for none. */
  readonly namespace: string;
  readonly localName: string;
  /** As written; empty if there is none. Only the namespace identifies a name. */
  readonly prefix: string;
  /** In the order of the document. */
  readonly attributes: readonly XmlAttribute[];
  /** Child elements, in the order of the document. */
  readonly children: readonly XmlElement[];
  /**
   * Its own character data, with references resolved, and CDATA sections and text around comments
   * joined. Empty if there is only white space between child elements.
   */
  readonly text: string;
  /** The length of `text` before each child; absent if all of it is after the last one. */
  readonly textAt?: readonly number[] | undefined;
  /** The namespaces in scope, for values that are QNames. */
  readonly scope: Scope;
  /** Offset of its `<` in the document's UTF-8, for `XmlDocument.locate`. */
  readonly at: number;
  /** Contains a comment, which a signature does not cover. */
  readonly commented: boolean;
}

/** A processing instruction before or after the root element. */
export interface XmlInstruction {
  readonly target: string;
  /** Offset of its `<`, for `XmlDocument.locate`. */
  readonly at: number;
}

/** A document that the strict reader has accepted. */
export interface XmlDocument {
  readonly root: XmlElement;
  /** The processing instructions outside the root element, which are ignored. */
  readonly instructions: readonly XmlInstruction[];
  /** Line, column and offset of an `at`. Scans the document, so call it only when needed. */
  readonly locate: (at: number) => Location;
}

/** The value of an attribute, by default one without a namespace. */
export function attributeOf(
  element: Pick<XmlElement, "attributes">,
  localName: string,
  namespace = "",
): string | undefined {
  for (const attribute of element.attributes) {
    if (attribute.localName === localName && attribute.namespace === namespace) {
      return attribute.value;
    }
  }
  return undefined;
}

/** True for an element, or its tag, of that name. */
export function isNamed(
  element: Pick<XmlElement, "namespace" | "localName"> | undefined,
  namespace: string,
  localName: string | undefined,
): boolean {
  return element?.namespace === namespace && element.localName === localName;
}

/** The child elements of a name. */
export function childrenOf(
  element: XmlElement,
  namespace: string,
  localName: string,
): readonly XmlElement[] {
  return element.children.filter((child) => isNamed(child, namespace, localName));
}

/** The first child element of a name. */
export function childOf(
  element: XmlElement,
  namespace: string,
  localName: string,
): XmlElement | undefined {
  return element.children.find((child) => isNamed(child, namespace, localName));
}
