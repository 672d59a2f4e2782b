import { checkOptions, LIST, OBJECT } from "../../core/options.ts";
import { namespaces } from "../../core/uris.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../../xml/element.ts";
import type { RoleType } from "../model/types.ts";

/**
 * Selects entities of an aggregate; an entity must meet all conditions. Other entities are skipped without
 * being read or checked.
 */
export interface EntitySelection {
  /** Any of these. */
  readonly entityIds?: readonly string[] | undefined;
  /** Has any of these roles. */
  readonly roles?: readonly RoleType[] | undefined;
  /**
   * Has this value of this entity attribute (`mdattr:EntityAttributes`), such as a category, itself or
   * from a group around it.
   */
  readonly entityAttribute?: { readonly name: string; readonly value: string } | undefined;
}

/** A compiled selection. */
export interface Selector {
  /** Decides by the start tag alone. */
  readonly mayMatchTag: (entityId: string | undefined) => boolean;
  /** Decides by the unparsed bytes of the entity's content, and its groups. */
  readonly mayMatchContent: (content: string, around: readonly GroupExtensions[]) => boolean;
  /** The content does not matter. */
  readonly isTagEnough: boolean;
  readonly matches: (entity: XmlElement, around: readonly GroupExtensions[]) => boolean;
}

/** A group around an entity, with the `<Extensions>` that it has. */
interface GroupExtensions {
  readonly extensions: XmlElement | undefined;
}

export function selectorOf(selection: EntitySelection = {}): Selector {
  const kinds = { entityIds: LIST, roles: LIST, entityAttribute: OBJECT };
  checkOptions<EntitySelection>(selection, kinds, "select");
  const { roles, entityAttribute } = selection;
  const entityIds = selection.entityIds && new Set(selection.entityIds);
  // Text that must occur unchanged in the bytes: ASCII without characters that can be escaped.
  const plainValue = entityAttribute && /^[\w\-./:@#+=,; ]+$/.test(entityAttribute.value);
  return {
    isTagEnough: roles === undefined && entityAttribute === undefined,
    mayMatchTag: (entityId) => entityIds === undefined || entityIds.has(entityId ?? ""),
    mayMatchContent: (content, around) => {
      if (roles !== undefined && !roles.some((role) => content.includes(role))) return false;
      if (entityAttribute === undefined || plainValue !== true) return true;
      return (
        content.includes(entityAttribute.value) ||
        content.includes("&#") ||
        around.some(({ extensions }) => hasAttribute(extensions, entityAttribute))
      );
    },
    matches: (entity, around) =>
      (entityIds === undefined || entityIds.has(attributeOf(entity, "entityID") ?? "")) &&
      (roles === undefined || hasRole(entity, roles)) &&
      (entityAttribute === undefined ||
        hasAttribute(childOf(entity, namespaces.md, "Extensions"), entityAttribute) ||
        // An attribute of a group applies to every entity in it (mdattr 2.3).
        around.some(({ extensions }) => hasAttribute(extensions, entityAttribute))),
  };
}

function hasRole(entity: XmlElement, roles: readonly string[]): boolean {
  return entity.children.some(
    ({ namespace, localName }) => namespace === namespaces.md && roles.includes(localName),
  );
}

function hasAttribute(
  extensions: XmlElement | undefined,
  wanted: { name: string; value: string },
): boolean {
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
