import { namespaces } from "../../core/uris.ts";
import { grow, newTreeBuilder, type TreeBuilder } from "../../xml/builder.ts";
import type { XmlElement } from "../../xml/element.ts";
import { scopeIn } from "../../xml/tag.ts";
import { type Scanner, Token } from "../../xml/window.ts";
import { metadataFromElement, UNMIXED } from "../read/parse.ts";
import type { Selector } from "./selection.ts";
import { findEnd, skipTo } from "./skip.ts";

/** An open `<EntitiesDescriptor>`: its start tag, and its extensions once they were read. */
export interface OpenGroup {
  readonly element: XmlElement;
  extensions: XmlElement | undefined;
}

/** An entity in its groups, from the outermost. */
export interface FoundEntity {
  readonly element: XmlElement;
  readonly groups: readonly OpenGroup[];
}

/** Finds the entities of a document in its tokens. */
export interface EntityFinder {
  readonly scanner: Scanner;
  readonly selector: Selector;
  /** Unwanted entities are skipped by their bytes, not token by token. */
  readonly skips: boolean;
  readonly builder: TreeBuilder;
  readonly groups: OpenGroup[];
  /** The element that the next tokens belong to. */
  state: "group" | "deciding" | "building" | "walking";
  /** Offset of what is being built. */
  builtFrom: number;
}

export function newEntityFinder(
  scanner: Scanner,
  selector: Selector,
  skips: boolean,
): EntityFinder {
  return {
    scanner,
    selector,
    skips,
    builder: newTreeBuilder(UNMIXED),
    groups: [],
    state: "group",
    builtFrom: 0,
  };
}

/** Must be called after the window slid on. */
export function moved(finder: EntityFinder, base: number): void {
  const { scanner, builder } = finder;
  builder.base = base;
  const isLong = base + scanner.at - finder.builtFrom > scanner.limits.maxEntityBytes;
  if (finder.state === "building" && isLong) scanner.refuse("xml.limit.entity", scanner.at);
}

/**
 * Decides about the entity whose start tag was the last token. False requests more bytes first.
 */
export function decide(finder: EntityFinder): boolean {
  const { scanner, selector } = finder;
  const extent = findEnd(scanner);
  if (extent === "more") return false;
  const isWanted = mayMatchTag(finder);
  if (extent === "unclear") {
    finder.state = isWanted ? "building" : "walking";
  } else if (
    isWanted &&
    selector.mayMatchContent(scanner.window.slice(scanner.at, extent.contentEnd), finder.groups)
  ) {
    finder.state = "building";
  } else {
    skipTo(scanner, extent);
    finder.state = "group";
  }
  if (finder.state !== "building") finder.builder.open.length = 0;
  return true;
}

function mayMatchTag({ scanner, selector }: EntityFinder): boolean {
  const id = scanner.tag.attributes.find(
    ({ localName, namespace }) => localName === "entityID" && namespace === "",
  );
  return selector.mayMatchTag(id?.value);
}

/** Takes the scanner's last token; gives a wanted entity when it is complete. */
export function take(finder: EntityFinder, token: Token): FoundEntity | undefined {
  switch (finder.state) {
    case "building":
      return finish(finder, grow(finder.builder, finder.scanner, token));
    case "walking":
      if (token === Token.end && finder.scanner.open.length === finder.groups.length) {
        finder.state = "group";
      }
      return undefined;
    default:
      return inGroup(finder, token);
  }
}

function inGroup(finder: EntityFinder, token: Token): FoundEntity | undefined {
  if (token === Token.end) finder.groups.pop();
  if (token !== Token.start) return undefined;
  const { tag } = finder.scanner;
  const name = tag.namespace === namespaces.md ? tag.localName : "";
  if (name === "EntityDescriptor") return startEntity(finder);
  if (name === "EntitiesDescriptor") return startGroup(finder);
  if (finder.groups.length === 0) refuseRoot(finder.scanner, finder.builder.base);
  if (name === "Extensions") return build(finder);
  if (!tag.empty) finder.state = "walking";
  return undefined;
}

function startEntity(finder: EntityFinder): FoundEntity | undefined {
  const { scanner, selector } = finder;
  if (scanner.tag.empty) return mayMatchTag(finder) ? build(finder) : undefined;
  const isWanted = mayMatchTag(finder);
  if (isWanted || finder.skips) build(finder);
  if (finder.skips && !(isWanted && selector.isTagEnough)) finder.state = "deciding";
  else if (!isWanted) finder.state = "walking";
  return undefined;
}

function startGroup({ scanner, builder, groups }: EntityFinder): undefined {
  if (scanner.tag.empty) return;
  groups.push({ element: startTagElement(scanner, builder.base), extensions: undefined });
}

/** Throws the same error as `parseMetadata` for a root that is not metadata. */
export function refuseRoot(scanner: Scanner, base: number): void {
  metadataFromElement(startTagElement(scanner, base), "untrusted");
}

/** The element of the last start tag, without content. */
function startTagElement(scanner: Scanner, base: number): XmlElement {
  const { namespace, localName, prefix, attributes } = scanner.tag;
  const scope = scopeIn(scanner.tag);
  const at = base + scanner.tokenAt;
  return {
    namespace,
    localName,
    prefix,
    attributes,
    children: [],
    text: "",
    scope,
    at,
    commented: false,
  };
}

function build(finder: EntityFinder): FoundEntity | undefined {
  finder.state = "building";
  finder.builder.nodes = 0;
  finder.builtFrom = finder.builder.base + finder.scanner.tokenAt;
  return finish(finder, grow(finder.builder, finder.scanner, Token.start));
}

function finish(finder: EntityFinder, element: XmlElement | undefined): FoundEntity | undefined {
  if (element === undefined) return undefined;
  finder.state = "group";
  const group = finder.groups[finder.groups.length - 1];
  if (element.localName === "Extensions") {
    if (group !== undefined) group.extensions ??= element;
    return undefined;
  }
  const { groups, selector } = finder;
  return selector.matches(element, groups) ? { element, groups: [...groups] } : undefined;
}
