import { namespaces } from "../namespaces.ts";
import type { RoleType } from "../types.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../xml/element.ts";

/**
 * Which entities of an aggregate are wanted; of several conditions each has to hold. What is not
 * wanted is passed over, not read: nothing is said about it but where it ends.
 */
export interface EntitySelection {
  /** Any of these. */
  readonly entityIds?: readonly string[] | undefined;
  /** Has any of these roles. */
  readonly roles?: readonly RoleType[] | undefined;
  /** Has this value of this entity attribute (`mdattr:EntityAttributes`), such as a category. */
  readonly entityAttribute?: { readonly name: string; readonly value: string } | undefined;
}

/** A selection, made ready. */
export interface Selector {
  /** What the start tag says; nothing more is known. */
  readonly mayMatchTag: (entityId: string | undefined) => boolean;
  /** What the octets of the entity's content say, without being read. */
  readonly mayMatchContent: (window: string, from: number, to: number) => boolean;
  /** The content does not matter. */
  readonly isTagEnough: boolean;
  readonly matches: (entity: XmlElement) => boolean;
}

export function selectorOf(selection: EntitySelection = {}): Selector {
  const { roles, entityAttribute } = selection;
  const entityIds = selection.entityIds && new Set(selection.entityIds);
  // Text that has to be there in the octets as it is: ASCII without anything that is ever escaped.
  const plainValue = entityAttribute && /^[\w\-./:@#+=,; ]+$/.test(entityAttribute.value);
  return {
    isTagEnough: roles === undefined && entityAttribute === undefined,
    mayMatchTag: (entityId) => entityIds === undefined || entityIds.has(entityId ?? ""),
    mayMatchContent: (window, from, to) => {
      const content = window.slice(from, to);
      if (roles !== undefined && !roles.some((role) => content.includes(role))) return false;
      if (entityAttribute === undefined || plainValue !== true) return true;
      return content.includes(entityAttribute.value) || content.includes("&#");
    },
    matches: (entity) =>
      (entityIds === undefined || entityIds.has(attributeOf(entity, "entityID") ?? "")) &&
      (roles === undefined || hasRole(entity, roles)) &&
      (entityAttribute === undefined || hasAttribute(entity, entityAttribute)),
  };
}

function hasRole(entity: XmlElement, roles: readonly string[]): boolean {
  return entity.children.some(
    ({ namespace, localName }) => namespace === namespaces.md && roles.includes(localName),
  );
}

function hasAttribute(entity: XmlElement, wanted: { name: string; value: string }): boolean {
  const extensions = childOf(entity, namespaces.md, "Extensions");
  const attributes = extensions && childOf(extensions, namespaces.mdattr, "EntityAttributes");
  if (attributes === undefined) return false;
  return childrenOf(attributes, namespaces.saml, "Attribute").some(
    (attribute) =>
      attributeOf(attribute, "Name") === wanted.name &&
      childrenOf(attribute, namespaces.saml, "AttributeValue").some(
        ({ text }) => text.trim() === wanted.value,
      ),
  );
}
