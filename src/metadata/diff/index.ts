import { parseMetadata } from "../read/parse.ts";
import type { EntityDescriptor } from "../types.ts";
import { type Facts, factsOf } from "./facts.ts";
import { type KeyChange, keyChanges } from "./keys.ts";

/** One statement that is only in one of two documents, or differs. */
export interface MetadataChange {
  readonly entityId: string;
  /** The place in the model, such as `IDPSSODescriptor/singleSignOnServices`. */
  readonly path: string;
  readonly kind: "added" | "removed" | "changed";
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** What changed in meaning between two documents. */
export interface MetadataDiff {
  /** Nothing changed in meaning. */
  readonly same: boolean;
  readonly entities: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** Keys, by entity, role and use. */
  readonly keys: readonly KeyChange[];
  /** Everything else. */
  readonly changes: readonly MetadataChange[];
  /** The changes of keys are all that happened, apart from how long the metadata stands. */
  readonly isRotation: boolean;
}

/** Metadata to compare: the text of a document, an entity, or several. */
export type DiffInput = string | Uint8Array | EntityDescriptor | readonly EntityDescriptor[];

/**
 * Compares two versions of metadata by what they mean: keys by fingerprint, endpoints, flags, names.
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
  const [old, next] = [byName(before), byName(after)];
  const added = [...next.keys()].filter((name) => !old.has(name));
  const removed = [...old.keys()].filter((name) => !next.has(name));
  const both = [...old].flatMap(([name, entity]) => {
    const other = next.get(name);
    return other === undefined ? [] : [[entity, other] as const];
  });
  const keys = both.flatMap(([one, other]) => keyChanges(one, other));
  const changes = both.flatMap(([one, other]) => entityChanges(one, other));
  const isQuiet = added.length + removed.length + changes.length === 0;
  const isForm = ({ path }: MetadataChange): boolean =>
    /^(?:validUntil|cacheDuration)\b/.test(path);
  return {
    same: isQuiet && keys.length === 0,
    entities: { added, removed },
    keys,
    changes,
    isRotation: keys.length > 0 && added.length + removed.length === 0 && changes.every(isForm),
  };
}

function byName(input: DiffInput): ReadonlyMap<string, EntityDescriptor> {
  const isText = typeof input === "string" || input instanceof Uint8Array;
  const entities = isText ? parseMetadata(input).entities : [input].flat();
  return new Map(
    (entities as readonly EntityDescriptor[]).map((entity) => [entity.entityId, entity]),
  );
}

function entityChanges(
  before: EntityDescriptor,
  after: EntityDescriptor,
): readonly MetadataChange[] {
  const [old, next] = [factsOf(before), factsOf(after)];
  const paths = new Set([...old.keys(), ...next.keys()]);
  return [...paths].flatMap((path) => pathChanges(after.entityId, path, old, next));
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

/** What is only in the first list, and only in the second, counting each as often as it occurs. */
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
