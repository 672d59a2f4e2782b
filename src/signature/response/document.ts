import { cut } from "../../core/quote.ts";
import type { XmlDocument, XmlElement } from "../../xml/element.ts";
import { DEFAULT_LIMITS, type XmlLimits } from "../../xml/limits.ts";
import { growTree, type SurveyedDocument, scannerOf, surveyDocument } from "../../xml/tree.ts";

/** A document that was read strictly, with what its signatures need. */
export interface ReadDocument extends XmlDocument {
  readonly surveyed: SurveyedDocument;
  readonly limits: XmlLimits;
  /** Every element, in the order of the document. */
  readonly elements: readonly XmlElement[];
  /** The parent of each element; the root has none. */
  readonly parents: ReadonlyMap<XmlElement, XmlElement>;
}

/** Throws a `MetadataError` with a code `xml.*` for a document that is not read. */
export function readDocument(xml: string | Uint8Array, maxBytes: number): ReadDocument {
  const limits = { ...DEFAULT_LIMITS, maxBytes, maxNodes: 100_000 };
  const surveyed = surveyDocument(xml, limits);
  const tree = growTree(scannerOf(surveyed, limits));
  const parents = new Map<XmlElement, XmlElement>();
  const elements: XmlElement[] = [];
  const visit = (element: XmlElement): void => {
    elements.push(element);
    for (const child of element.children) {
      parents.set(child, element);
      visit(child);
    }
  };
  visit(tree.root);
  return { ...tree, locate: surveyed.locate, surveyed, limits, elements, parents };
}

/** The elements from the root to this one. */
export function ancestry({ parents }: ReadDocument, element: XmlElement): readonly XmlElement[] {
  const path: XmlElement[] = [];
  for (let at: XmlElement | undefined = element; at !== undefined; at = parents.get(at)) {
    path.unshift(at);
  }
  return path;
}

/** The place of an element, such as `/Response/Assertion[2]`. */
export function pathOf(document: ReadDocument, element: XmlElement): string {
  const steps = ancestry(document, element).map((one) => {
    const siblings = document.parents.get(one)?.children ?? [one];
    const alike = siblings.filter(({ localName }) => localName === one.localName);
    const place = alike.length === 1 ? "" : `[${alike.indexOf(one) + 1}]`;
    return `${cut(one.localName)}${place}`;
  });
  return `/${steps.join("/")}`;
}

/** True if `outer` is `inner` or one of its ancestors. */
export function contains(document: ReadDocument, outer: XmlElement, inner: XmlElement): boolean {
  return ancestry(document, inner).includes(outer);
}
