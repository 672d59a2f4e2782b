import { checkOptions, OBJECT } from "../../core/options.ts";
import { namespaces } from "../../core/uris.ts";
import { characters } from "../../xml/builder.ts";
import { attributeOf } from "../../xml/element.ts";
import { limitsOf } from "../../xml/limits.ts";
import { nextToken } from "../../xml/scanner.ts";
import type { Tag } from "../../xml/tag.ts";
import { type Scanner, Token } from "../../xml/window.ts";
import { ROLE_TYPES } from "../model/roles.ts";
import type { RoleType } from "../model/types.ts";
import { newCertificateCache } from "../read/context.ts";
import type { ParseOptions } from "../read/parse.ts";
import { keysOf } from "../read/read-key-info.ts";
import { newFeed, type OctetSource } from "./feed.ts";
import { refuseRoot } from "./finder.ts";

/** An endpoint in a summary. */
export interface EndpointSummary {
  /** The element's name, such as `SingleSignOnService`. */
  readonly type: string;
  readonly binding: string;
  readonly location: string;
  readonly index?: string | undefined;
}

/** The facts about an entity for a list. */
export interface EntitySummary {
  readonly entityId: string;
  /** As written. */
  readonly validUntil?: string | undefined;
  readonly roles: readonly RoleType[];
  /**
   * The base64 text of the certificates of all roles, without white space. Of a chain in one
   * `<ds:X509Data>`, the end entity (XML Signature 4.4.4).
   */
  readonly certificates: readonly string[];
  readonly endpoints: readonly EndpointSummary[];
  readonly nameIdFormats: readonly string[];
  /** `mdui:DisplayName` by language. */
  readonly displayNames: Readonly<Record<string, string>>;
}

/** A summary while its entity is read. */
interface Draft {
  readonly entityId: string;
  readonly validUntil: string | undefined;
  readonly roles: RoleType[];
  readonly certificates: string[];
  readonly endpoints: EndpointSummary[];
  readonly nameIdFormats: string[];
  readonly displayNames: Record<string, string>;
}

/** The state of a stream that is being summarised. */
interface Summary {
  readonly scanner: Scanner;
  /** Open groups; an entity is a child of the innermost, or the root. */
  groups: number;
  draft: Draft | undefined;
  /** The text so far of the element that is being read, if it is wanted. */
  text: string | undefined;
  /** Certificates of the open `<ds:X509Data>`. */
  chain: string[];
  /** Elements of the entity so far. */
  nodes: number;
}

/**
 * Lists the entities of an aggregate of any size with their roles, keys, endpoints and names. It reads as
 * strictly as `readEntities`, but builds no model and parses no certificates except chains, so it is about
 * twice as fast. Signatures are not verified.
 *
 * Throws a `MetadataError` with line and column.
 *
 * @example
 * ```ts
 * import { createReadStream } from "node:fs";
 * import { summarizeEntities } from "samlcert/metadata";
 *
 * async function list(file: string): Promise<void> {
 *   for await (const { entityId, roles } of summarizeEntities(createReadStream(file))) {
 *     console.log(entityId, roles.join(" "));
 *   }
 * }
 * console.log(typeof list);
 * ```
 */
export async function* summarizeEntities(
  source: OctetSource,
  options: ParseOptions = {},
): AsyncGenerator<EntitySummary, void, undefined> {
  checkOptions<ParseOptions>(options, { limits: OBJECT }, "summarizeEntities");
  const feed = newFeed(source, limitsOf(options?.limits));
  const { scanner } = feed;
  const summary: Summary = {
    scanner,
    groups: 0,
    draft: undefined,
    text: undefined,
    chain: [],
    nodes: 0,
  };
  try {
    for (;;) {
      const token = nextToken(scanner);
      if (token === Token.done) return;
      if (token === Token.more) {
        await feed.more();
        continue;
      }
      const complete = take(summary, token);
      if (complete !== undefined) yield complete;
    }
  } finally {
    await feed.close();
  }
}

function take(summary: Summary, token: Token): EntitySummary | undefined {
  const { scanner, draft } = summary;
  if (token === Token.start) return startTag(summary, draft);
  if (token === Token.end) return endTag(summary, draft);
  if (summary.text !== undefined && token !== Token.comment) {
    summary.text += characters(scanner, token);
    if (summary.text.length > scanner.limits.maxTextBytes) {
      scanner.refuse("xml.limit.text", scanner.from);
    }
  } else if (token === Token.text && !scanner.isPlain) {
    // Checks the references in text that is not kept.
    characters(scanner, token);
  }
  return undefined;
}

function startTag(summary: Summary, draft: Draft | undefined): EntitySummary | undefined {
  if (draft !== undefined) {
    startPart(summary, draft);
    return undefined;
  }
  const { scanner } = summary;
  const { tag, open } = scanner;
  if (open.length + (tag.empty ? 1 : 0) !== summary.groups + 1) return undefined;
  const name = tag.namespace === namespaces.md ? tag.localName : "";
  if (name === "EntityDescriptor") {
    const started = newDraft(tag);
    if (tag.empty) return started;
    summary.draft = started;
    summary.nodes = 0;
  } else if (name === "EntitiesDescriptor") summary.groups += tag.empty ? 0 : 1;
  else if (summary.groups === 0) refuseRoot(scanner, 0);
  return undefined;
}

function newDraft(tag: Tag): Draft {
  return {
    entityId: attributeOf(tag, "entityID") ?? "",
    validUntil: attributeOf(tag, "validUntil"),
    roles: [],
    certificates: [],
    endpoints: [],
    nameIdFormats: [],
    displayNames: {},
  };
}

/** An element of an entity, recognised by its name and depth. */
function startPart(summary: Summary, draft: Draft): void {
  const { tag, open, limits, tokenAt, refuse } = summary.scanner;
  if (++summary.nodes > limits.maxNodes) refuse("xml.limit.nodes", tokenAt);
  // The entity is at depth 1, its roles at 2, their content from 3 on.
  const depth = open.length + (tag.empty ? 1 : 0) - summary.groups;
  if (depth === 2) {
    if (isRole(tag)) draft.roles.push(tag.localName as RoleType);
    return;
  }
  const role = open[summary.groups + 1];
  if (role === undefined || !isRole(role)) return;
  if (depth === 3) startInRole(summary, draft, tag);
  else if (isCertificate(tag, depth, open[summary.groups + 2])) summary.text = "";
  else if (isDisplayName(tag, depth, open[summary.groups + 3])) summary.text = "";
}

function isRole({ namespace, localName }: Tag): boolean {
  return namespace === namespaces.md && ROLES.has(localName);
}

const ROLES: ReadonlySet<string> = /* @__PURE__ */ new Set(ROLE_TYPES);

function startInRole(summary: Summary, draft: Draft, tag: Tag): void {
  if (tag.namespace !== namespaces.md) return;
  if (tag.localName === "NameIDFormat") {
    if (!tag.empty) summary.text = "";
  } else if (tag.localName.endsWith("Service")) {
    const binding = attributeOf(tag, "Binding");
    const location = attributeOf(tag, "Location");
    if (binding === undefined || location === undefined) return;
    const index = attributeOf(tag, "index");
    draft.endpoints.push({ type: tag.localName, binding, location, index });
  }
}

function isCertificate(tag: Tag, depth: number, parent: Tag | undefined): boolean {
  return (
    depth === 6 &&
    tag.localName === "X509Certificate" &&
    tag.namespace === namespaces.ds &&
    !tag.empty &&
    parent?.localName === "KeyDescriptor" &&
    parent.namespace === namespaces.md
  );
}

function isDisplayName(tag: Tag, depth: number, parent: Tag | undefined): boolean {
  return (
    depth === 5 &&
    tag.localName === "DisplayName" &&
    tag.namespace === namespaces.mdui &&
    !tag.empty &&
    parent?.localName === "UIInfo" &&
    parent.namespace === namespaces.mdui
  );
}

function endTag(summary: Summary, draft: Draft | undefined): EntitySummary | undefined {
  const { scanner, text } = summary;
  const { open } = scanner;
  if (draft === undefined) {
    if (open.length < summary.groups) summary.groups--;
    return undefined;
  }
  if (open.length === summary.groups) {
    summary.draft = undefined;
    return draft;
  }
  if (text !== undefined) {
    keepText(summary, draft, text);
    summary.text = undefined;
  }
  // The end of an X509Data, at depth 5.
  if (summary.chain.length > 0 && open.length === summary.groups + 4) {
    draft.certificates.push(...endEntities(summary.chain));
    summary.chain = [];
  }
  return undefined;
}

/** The certificates of one `<ds:X509Data>` without the issuers of the others. */
function endEntities(texts: readonly string[]): readonly string[] {
  if (texts.length < 2) return texts;
  const cache = newCertificateCache();
  const read = texts.map((text) => cache.read(text));
  const certificates = read.filter((one) => one !== undefined);
  const keys = keysOf(certificates, certificates.length < texts.length);
  return texts.filter((_, i) => {
    const certificate = read[i];
    return certificate === undefined || keys.includes(certificate);
  });
}

function keepText({ scanner: { tag }, chain }: Summary, draft: Draft, text: string): void {
  if (tag.localName === "X509Certificate") chain.push(text.replace(/\s+/g, ""));
  else if (tag.localName === "NameIDFormat") draft.nameIdFormats.push(text.trim());
  else if (tag.localName === "DisplayName") {
    Object.defineProperty(draft.displayNames, attributeOf(tag, "lang", namespaces.xml) ?? "", {
      value: text.trim(),
      enumerable: true,
      configurable: true,
    });
  }
}
