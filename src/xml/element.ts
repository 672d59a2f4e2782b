import type { Location } from "../core/finding.ts";
import { namespaces } from "../core/uris.ts";
import type { Scope } from "./scope.ts";

/** One attribute. Namespace declarations are not among them: they are in `XmlElement.scope`. */
export interface XmlAttribute {
  /** Namespace name; empty for an attribute without a prefix. */
  readonly namespace: string;
  readonly localName: string;
  /** As written; empty where there is none. It means nothing beyond the bytes. */
  readonly prefix: string;
  /** Normalised as XML 1.0, 3.3.3 says, references resolved. */
  readonly value: string;
}

/** One element of a document that the strict reader has accepted. */
export interface XmlElement {
  /** Namespace name; empty for none. */
  readonly namespace: string;
  readonly localName: string;
  /** As written; empty where there is none. It means nothing beyond the bytes. */
  readonly prefix: string;
  /** In the order of the document. */
  readonly attributes: readonly XmlAttribute[];
  /** Child elements, in the order of the document. */
  readonly children: readonly XmlElement[];
  /**
   * The character data directly in it, references resolved, sections and the pieces around comments
   * joined. Empty where there is only white space between child elements.
   */
  readonly text: string;
  /** How much of `text` stands before each child; absent where all of it stands after the last. */
  readonly textAt?: readonly number[] | undefined;
  /** The namespaces in scope: for values that are QNames. */
  readonly scope: Scope;
  /** Offset of its `<` in octets of the document's UTF-8; `XmlDocument.locate` makes it a place. */
  readonly at: number;
  /** A comment stands directly in it. A signature does not cover it. */
  readonly commented: boolean;
}

/** A document that the strict reader has accepted. */
export interface XmlDocument {
  readonly root: XmlElement;
  /** Line, column and offset of an `XmlElement.at`. Scans the document, so call it when it is needed. */
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

/** An element, or its tag, is one of XML Signature. */
export function isDsig(
  element: Pick<XmlElement, "namespace" | "localName"> | undefined,
  localName: string | undefined,
): boolean {
  return element?.namespace === namespaces.ds && element.localName === localName;
}

/** The child elements of a name. */
export function childrenOf(
  element: XmlElement,
  namespace: string,
  localName: string,
): readonly XmlElement[] {
  return element.children.filter(
    (child) => child.localName === localName && child.namespace === namespace,
  );
}

/** The first child element of a name. */
export function childOf(
  element: XmlElement,
  namespace: string,
  localName: string,
): XmlElement | undefined {
  return element.children.find(
    (child) => child.localName === localName && child.namespace === namespace,
  );
}
