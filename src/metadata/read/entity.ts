import type { XmlElement } from "../../xml/element.ts";
import { durationSeconds } from "../elements/simple-types.ts";
import { elementNamed } from "../elements/table.ts";
import { type Inherited, markTrust, type ReadEntity, type Trust } from "../model/trust.ts";
import type { EntitiesDescriptor, EntityDescriptor, Validity } from "../model/types.ts";
import type { ReadContext } from "./context.ts";
import { type Draft, readElement } from "./read-element.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads one `<EntityDescriptor>`. */
export function entityFromElement<T extends Trust>(
  element: XmlElement,
  context: ReadContext<T>,
): ReadEntity<T> {
  const draft = readElement(elementNamed("md:EntityDescriptor"), element, context.certificates);
  (draft as Draft)["type"] = "EntityDescriptor";
  return finishEntity(draft as EntityDescriptor, context.trust, context.inherited);
}

/** Reads an `<EntitiesDescriptor>` with all that is in it. */
export function groupFromElement<T extends Trust>(
  element: XmlElement,
  context: ReadContext<T>,
): EntitiesDescriptor {
  const draft = readElement(elementNamed("md:EntitiesDescriptor"), element, context.certificates);
  (draft as Draft)["type"] = "EntitiesDescriptor";
  return draft as EntitiesDescriptor;
}

/** Every entity of a group and the groups in it, in order, marked, with what it inherits. */
export function entitiesOf<T extends Trust>(
  group: EntitiesDescriptor,
  trust: T,
  around?: Inherited,
): readonly ReadEntity<T>[] {
  const inherited = inherit(around, group);
  return (group.members ?? []).flatMap((member) =>
    member.type === "EntitiesDescriptor"
      ? entitiesOf(member, trust, inherited)
      : [finishEntity(member, trust, inherited)],
  );
}

function finishEntity<T extends Trust>(
  entity: EntityDescriptor,
  trust: T,
  around: Inherited | undefined,
): ReadEntity<T> {
  if (around !== undefined) {
    (entity as Mutable<ReadEntity<T>>).inherited = { ...around, ...tightest(around, entity) };
  }
  return markTrust(entity, trust);
}

/** The values that the members of a group inherit. */
export function inherit(around: Inherited | undefined, group: EntitiesDescriptor): Inherited {
  const { name, extensions } = group;
  return {
    ...around,
    ...tightest(around ?? {}, group),
    ...(name === undefined ? {} : { groups: [...(around?.groups ?? []), name] }),
    ...(extensions?.registrationInfo === undefined
      ? {}
      : { registrationInfo: extensions.registrationInfo }),
  };
}

/** The earlier end and the shorter duration (metadata 2.3.1: the smallest applies). */
function tightest(a: Inherited, b: Validity): Pick<Inherited, "validUntil" | "cacheDuration"> {
  const validUntil = least(a.validUntil, b.validUntil, ({ unixSeconds }) => unixSeconds);
  const cacheDuration = least(
    a.cacheDuration,
    b.cacheDuration,
    (text) => durationSeconds(text) ?? Number.POSITIVE_INFINITY,
  );
  return {
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(cacheDuration === undefined ? {} : { cacheDuration }),
  };
}

function least<V>(a: V | undefined, b: V | undefined, size: (value: V) => number): V | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return size(b) < size(a) ? b : a;
}
