import type { EntityDescriptor, Role } from "../model/types.ts";

/** Two compared items; one is absent if the other was added or removed. */
export interface Pair<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** A role in two versions, and its place in the model, such as `IDPSSODescriptor[2]`. */
export interface RolePair extends Pair<Role> {
  readonly path: string;
}

/** Pairs entities of one name; an invalid aggregate with a name twice has them in order. */
export function pairEntities(
  before: readonly EntityDescriptor[],
  after: readonly EntityDescriptor[],
): readonly Pair<EntityDescriptor>[] {
  return byKey(before, after, ({ entityId }) => entityId).flatMap(([old, next]) =>
    pairInOrder(old, next),
  );
}

/** Pairs roles of one type: first those for the same protocols, then the others in order. */
export function pairRoles(
  before: readonly Role[] = [],
  after: readonly Role[] = [],
): readonly RolePair[] {
  return byKey(before, after, ({ type }) => type).flatMap(([old, next]) => {
    const rest: [Role[], Role[]] = [[], []];
    const same = byKey(old, next, protocolsOf).flatMap(([one, other]) => {
      const count = Math.min(one.length, other.length);
      rest[0].push(...one.slice(count));
      rest[1].push(...other.slice(count));
      return pairInOrder(one.slice(0, count), other.slice(0, count));
    });
    return [...same, ...pairInOrder(...rest)].map((pair, i) => {
      const type = (pair.after ?? pair.before)?.type ?? "";
      return { ...pair, path: i === 0 ? type : `${type}[${i + 1}]` };
    });
  });
}

function protocolsOf({ protocolSupportEnumeration = [] }: Role): string {
  return [...new Set(protocolSupportEnumeration)].sort().join(" ");
}

function pairInOrder<T>(before: readonly T[], after: readonly T[]): readonly Pair<T>[] {
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, i) => ({ before: before[i], after: after[i] }));
}

/** Pairs of items with the same key, in the order of the first list. */
export function byKey<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [T[], T[]])[] {
  const groups = new Map<string, readonly [T[], T[]]>();
  for (const [side, list] of [before, after].entries()) {
    for (const item of list) {
      const group = groups.get(keyOf(item)) ?? [[], []];
      (group[side] as T[]).push(item);
      groups.set(keyOf(item), group);
    }
  }
  return [...groups.values()];
}
