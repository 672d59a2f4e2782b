import { quoted } from "../../core/quote.ts";
import { attribute, children } from "./find.ts";
import { type MetadataRule, type MetadataRules, ROLES } from "./rule.ts";

/** Judges the entityID without white space around it. */
function ofName(isWrong: (entityId: string) => boolean): MetadataRule {
  return {
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const id = attribute(element, "entityID") ?? "";
      return isWrong(id) && { values: { entityId: quoted(id), length: id.length } };
    },
  };
}

const isAbsolute = (id: string): boolean => /^[a-z][a-z0-9+.-]*:./i.test(id.trim());

/** The name of an entity, and its roles. */
export const entityRules: MetadataRules<
  | "metadata.entity.id_missing"
  | "metadata.entity.id_too_long"
  | "metadata.entity.id_long"
  | "metadata.entity.id_space"
  | "metadata.entity.id_not_absolute"
  | "metadata.entity.id_scheme"
  | "metadata.entity.urn_unregistered"
  | "metadata.entity.no_role"
  | "metadata.entity.not_service_provider"
  | "metadata.entity.not_identity_provider"
> = {
  "metadata.entity.id_missing": ofName((id) => id.trim() === ""),
  "metadata.entity.id_too_long": ofName(({ length }) => length > 1024),
  "metadata.entity.id_long": ofName(({ length }) => length > 256 && length <= 1024),
  "metadata.entity.id_space": ofName((id) => id.trim() !== "" && /\s/.test(id)),
  "metadata.entity.id_not_absolute": ofName((id) => id.trim() !== "" && !isAbsolute(id)),
  "metadata.entity.id_scheme": ofName(
    (id) => isAbsolute(id) && !/^(https?:\/\/|urn:)/i.test(id.trim()),
  ),
  "metadata.entity.urn_unregistered": {
    ...ofName((id) => id.startsWith("urn:") && !id.startsWith("urn:mace:")),
    optIn: true,
  },
  "metadata.entity.no_role": {
    on: ["md:EntityDescriptor"],
    check: ({ element }) =>
      ![...ROLES, "md:RoleDescriptor" as const, "md:AffiliationDescriptor" as const].some(
        (name) => children(element, name).length > 0,
      ),
  },
  "metadata.entity.not_service_provider": {
    optIn: true,
    on: ["md:EntityDescriptor"],
    check: ({ element }) => children(element, "md:SPSSODescriptor").length === 0,
  },
  "metadata.entity.not_identity_provider": {
    optIn: true,
    on: ["md:EntityDescriptor"],
    check: ({ element }) => children(element, "md:IDPSSODescriptor").length === 0,
  },
};
