import type { EntitiesDescriptor, EntityDescriptor } from "../model/types.ts";
import { parseMetadata } from "../read/parse.ts";
import { entityFacts, type Facts, groupFacts, methodFacts, roleFacts } from "./facts.ts";
import { moveFacts, placesOf } from "./groups.ts";
import { type KeyChange, keyChanges } from "./keys.ts";
import { byKey, pairEntities, pairRoles, type RolePair } from "./pairs.ts";

/** One statement that is only in one of two documents, or differs. */
export interface MetadataChange {
  /** For a group: its name, or the empty text. */
  readonly entityId: string;
  /**
   * The place in the model, such as `IDPSSODescriptor/singleSignOnServices`; `groups` for an entity
   * that moved to other groups.
   */
  readonly path: string;
  readonly kind: "added" | "removed" | "changed";
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** The changes in meaning between two documents. */
export interface MetadataDiff {
  /** True if nothing changed in meaning. */
  readonly same: boolean;
  readonly entities: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** Keys, by entity, role and use. */
  readonly keys: readonly KeyChange[];
  /** Everything else. */
  readonly changes: readonly MetadataChange[];
  /** True if only keys changed, apart from the validity of the metadata. */
  readonly isRotation: boolean;
}

/** Metadata to compare: the text of a document, an entity, or several. */
export type DiffInput = string | Uint8Array | EntityDescriptor | readonly EntityDescriptor[];

/**
 * Compares the meaning of two versions of metadata: keys by fingerprint, endpoints, flags, names.
 * The order of elements, prefixes, white space and signatures do not count.
 *
 * Throws a `MetadataError` for text that is not metadata.
 *
 * @example
 * ```ts
 * import { diffMetadata } from "samlcert/metadata";
 *
 * function describe(before: string, after: string): string {
 *   const { keys, isRotation } = diffMetadata(before, after);
 *   return isRotation ? keys.map(({ role, stage }) => `${role}: ${stage}`).join(", ") : "no rotation";
 * }
 * console.log(typeof describe);
 * ```
 */
export function diffMetadata(before: DiffInput, after: DiffInput): MetadataDiff {
  const [old, next] = [contentOf(before), contentOf(after)];
  const pairs = pairEntities(old.entities, next.entities);
  const added = pairs.flatMap((pair) => (pair.before === undefined ? nameOf(pair.after) : []));
  const removed = pairs.flatMap((pair) => (pair.after === undefined ? nameOf(pair.before) : []));
  const keys: KeyChange[] = [];
  const changes = groupChanges(old.groups, next.groups);
  const places = [old.places, next.places] as const;
  for (const { before: one, after: other } of pairs) {
    if (one === undefined || other === undefined) continue;
    const { entityId } = other;
    const roles = pairRoles(one.roles, other.roles);
    keys.push(...keyChanges(entityId, roles));
    changes.push(...factChanges(entityId, ...moveFacts([one, other], places)));
    changes.push(...factChanges(entityId, entityFacts(one), entityFacts(other)));
    for (const role of roles) changes.push(...roleChanges(entityId, role));
  }
  const isQuiet = added.length + removed.length + changes.length === 0;
  const isForm = ({ path }: MetadataChange): boolean =>
    /^(?:validUntil|cacheDuration|(?:EntitiesDescriptor\/)?extensions\/publicationInfo)\b/.test(
      path,
    );
  return {
    same: isQuiet && keys.length === 0,
    entities: { added, removed },
    keys,
    changes,
    isRotation: keys.length > 0 && added.length + removed.length === 0 && changes.every(isForm),
  };
}

interface Content {
  readonly entities: readonly EntityDescriptor[];
  readonly groups: readonly EntitiesDescriptor[];
  readonly places: ReturnType<typeof placesOf>;
}

function contentOf(input: DiffInput): Content {
  const given: readonly unknown[] = [input].flat();
  if (given.every(isEntity)) {
    const entities = given as readonly EntityDescriptor[];
    return { entities, groups: [], places: placesOf(entities) };
  }
  const { entities, root } = parseMetadata(input as string);
  return { entities, groups: groupsIn(root), places: placesOf(entities, root) };
}

function groupsIn(member: EntityDescriptor | EntitiesDescriptor): readonly EntitiesDescriptor[] {
  if (member.type === "EntityDescriptor") return [];
  return [member, ...(member.members ?? []).flatMap(groupsIn)];
}

/** Only between two documents: entities by themselves have no groups. */
function groupChanges(
  before: readonly EntitiesDescriptor[],
  after: readonly EntitiesDescriptor[],
): MetadataChange[] {
  if (before.length === 0 || after.length === 0) return [];
  const nameOfGroup = ({ name = "" }: EntitiesDescriptor): string => name;
  return byKey(before, after, nameOfGroup).flatMap(([old, next]) =>
    factChanges([...old, ...next][0]?.name ?? "", groupFacts(old), groupFacts(next)),
  );
}

function isEntity(input: unknown): boolean {
  return typeof input === "object" && input !== null && "entityId" in input;
}

const nameOf = (entity: EntityDescriptor | undefined): readonly string[] =>
  entity === undefined ? [] : [entity.entityId];

function roleChanges(
  entityId: string,
  { path, before, after }: RolePair,
): readonly MetadataChange[] {
  const told = factChanges(entityId, roleFacts(before, path), roleFacts(after, path));
  const ofKeys = factChanges(entityId, ...methodFacts(before, after, path));
  // A change that all keys share is reported once; a change of one key is reported for that key.
  return ofKeys.length > 0 && told.some((one) => one.path === ofKeys[0]?.path)
    ? told
    : [...told, ...ofKeys];
}

function factChanges(entityId: string, old: Facts, next: Facts): readonly MetadataChange[] {
  const paths = new Set([...old.keys(), ...next.keys()]);
  return [...paths].flatMap((path) => pathChanges(entityId, path, old, next));
}

function pathChanges(
  entityId: string,
  path: string,
  old: Facts,
  next: Facts,
): readonly MetadataChange[] {
  const [gone, come] = difference(old.get(path) ?? [], next.get(path) ?? []);
  const [before] = gone;
  const [after] = come;
  if (gone.length === 1 && come.length === 1) {
    return [{ entityId, path, kind: "changed", before, after }];
  }
  return [
    ...gone.map((value): MetadataChange => ({ entityId, path, kind: "removed", before: value })),
    ...come.map((value): MetadataChange => ({ entityId, path, kind: "added", after: value })),
  ];
}

/** The items that are only in the first list or only in the second, with repetitions. */
function difference(
  a: readonly string[],
  b: readonly string[],
): readonly [readonly string[], readonly string[]] {
  const count = new Map<string, number>();
  for (const value of b) count.set(value, (count.get(value) ?? 0) + 1);
  const gone = a.filter((value) => {
    const left = count.get(value) ?? 0;
    if (left > 0) count.set(value, left - 1);
    return left === 0;
  });
  const come = [...count].flatMap(([value, times]) => new Array<string>(times).fill(value));
  return [gone, come];
}
