import { ANY, checkOptions, OBJECT } from "../../core/options.ts";
import { limitsOf, type XmlLimits } from "../../xml/limits.ts";
import { nextToken } from "../../xml/scanner.ts";
import { Token } from "../../xml/window.ts";
import type { Inherited, ReadEntity, Trust, UntrustedEntity } from "../model/trust.ts";
import { newCertificateCache, type ReadContext } from "../read/context.ts";
import { entityFromElement, groupFromElement, inherit } from "../read/entity.ts";
import { newFeed, type OctetSource } from "./feed.ts";
import {
  decide,
  type FoundEntity,
  moved,
  newEntityFinder,
  type OpenGroup,
  take,
} from "./finder.ts";
import { type EntitySelection, selectorOf } from "./selection.ts";

/** The options for reading entities from a stream. */
export interface ReadEntitiesOptions {
  /** Only these entities; all, if absent. */
  readonly select?: EntitySelection | undefined;
  /** The limits of the reader; each has a default. */
  readonly limits?: Partial<XmlLimits> | undefined;
}

/**
 * Reads the entities of an aggregate of any size one by one, in memory that does not grow with it. A
 * document with a single `<EntityDescriptor>` gives that one. Groups may be nested; their values are in
 * `inherited`. Signatures are ignored: see `verifyEntities`.
 *
 * Entities that `select` excludes are skipped and not checked; everything else is read as strictly as by
 * `parseMetadata`. A fault far inside a document is thrown when it is reached, after the entities
 * before it.
 *
 * Throws a `MetadataError` with line and column.
 *
 * @example
 * ```ts
 * import { createReadStream } from "node:fs";
 * import { readEntities } from "samlcert/metadata";
 *
 * async function names(file: string): Promise<readonly string[]> {
 *   const found: string[] = [];
 *   const select = { roles: ["IDPSSODescriptor"] } as const;
 *   for await (const entity of readEntities(createReadStream(file), { select })) {
 *     found.push(entity.entityId);
 *   }
 *   return found;
 * }
 * console.log(typeof names);
 * ```
 */
export async function* readEntities(
  source: OctetSource,
  options: ReadEntitiesOptions = {},
): AsyncGenerator<UntrustedEntity, void, undefined> {
  const kinds = { select: ANY, limits: OBJECT };
  checkOptions<ReadEntitiesOptions>(options, kinds, "readEntities");
  const feed = newFeed(source, limitsOf(options?.limits));
  const { scanner } = feed;
  const finder = newEntityFinder(scanner, selectorOf(options?.select), true);
  const read = entityReader("untrusted");
  try {
    for (;;) {
      const isDecided = finder.state !== "deciding" || decide(finder);
      const token = isDecided ? nextToken(scanner) : Token.more;
      if (token === Token.done) return;
      if (token === Token.more) {
        await feed.more();
        moved(finder, feed.base());
        continue;
      }
      const found = take(finder, token);
      if (found !== undefined) yield read(found);
    }
  } finally {
    await feed.close();
  }
}

/** Makes the typed model of the entities of one document. */
export function entityReader<T extends Trust>(trust: T): (found: FoundEntity) => ReadEntity<T> {
  const context: ReadContext<T> = { trust, certificates: newCertificateCache() };
  const known = new WeakMap<OpenGroup, Inherited>();
  const inheritedFrom = (groups: readonly OpenGroup[]): Inherited | undefined => {
    let inherited: Inherited | undefined;
    for (const group of groups) {
      const all =
        known.get(group) ?? inherit(inherited, groupFromElement(complete(group), context));
      known.set(group, all);
      inherited = all;
    }
    return inherited;
  };
  return ({ element, groups }) =>
    entityFromElement(element, { ...context, inherited: inheritedFrom(groups) });
}

/** A group without its members. */
function complete({ element, extensions }: OpenGroup): OpenGroup["element"] {
  return extensions === undefined ? element : { ...element, children: [extensions] };
}
