import type { ReadEntity, Trust } from "../model/trust.ts";
import type { EntitiesDescriptor, EntityDescriptor } from "../model/types.ts";
import type { Facts } from "./facts.ts";

const SEPARATOR = " / ";

/** Names of the groups around an entity, from the outermost; `undefined` if it was read on its own. */
function groupsOf(entity: EntityDescriptor): string | undefined {
  const { inherited } = entity as Partial<ReadEntity<Trust>>;
  return inherited === undefined ? undefined : (inherited.groups ?? []).join(SEPARATOR);
}

/** The known places in groups: of a document, or of its known entities. */
export function placesOf(
  entities: readonly EntityDescriptor[],
  root?: EntityDescriptor | EntitiesDescriptor,
): ReadonlySet<string | undefined> {
  return new Set([...entities.map(groupsOf), ...(root === undefined ? [] : placesIn(root, []))]);
}

function placesIn(
  member: EntityDescriptor | EntitiesDescriptor,
  around: readonly string[],
): readonly string[] {
  if (member.type === "EntityDescriptor") return [];
  const names = member.name === undefined ? around : [...around, member.name];
  return [
    names.join(SEPARATOR),
    ...(member.members ?? []).flatMap((inner) => placesIn(inner, names)),
  ];
}

/**
 * The groups of an entity in two versions, because readers trust entities by their groups. A removed group
 * with a new one instead was renamed, which is reported for the group.
 */
export function moveFacts(
  [before, after]: readonly [EntityDescriptor, EntityDescriptor],
  [old, next]: readonly [ReadonlySet<string | undefined>, ReadonlySet<string | undefined>],
): readonly [Facts, Facts] {
  const [from, to] = [groupsOf(before), groupsOf(after)];
  const isMove = from !== undefined && to !== undefined && (next.has(from) || old.has(to));
  const facts = (groups: string | undefined): Facts =>
    new Map(isMove && groups ? [["groups", [JSON.stringify(groups)]]] : []);
  return [facts(from), facts(to)];
}
