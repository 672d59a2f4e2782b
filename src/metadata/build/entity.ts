import { MetadataError } from "../../core/errors.ts";
import { bindings } from "../namespaces.ts";
import type { EntityDescriptor, Role, SsoRoleBase } from "../types.ts";
import type { EntityOptions } from "./options.ts";
import {
  contactOf,
  durationOf,
  endpointOf,
  entityExtensions,
  indexedEndpoints,
  keyDescriptors,
  nonEmpty,
  organizationOf,
  roleExtensions,
  timeOf,
} from "./shorthands.ts";

/** The entity around a role. */
export function entityOf(options: EntityOptions, role: Role): EntityDescriptor {
  return {
    type: "EntityDescriptor",
    entityId: options.entityId,
    id: options.id,
    validUntil: timeOf(options.validUntil),
    cacheDuration: durationOf(options.cacheDuration),
    extensions: entityExtensions(options),
    roles: [role],
    organization: organizationOf(options.organization),
    contacts: nonEmpty(options.contacts?.map(contactOf)),
  };
}

/** What both single sign-on roles take from the options. */
export function ssoRole(options: EntityOptions, protocol: string): SsoRoleBase {
  const { singleLogoutServices = [], manageNameIdServices = [] } = options;
  return {
    protocolSupportEnumeration: options.protocols ?? [protocol],
    errorUrl: options.errorUrl,
    extensions: roleExtensions(options),
    keyDescriptors: nonEmpty(keyDescriptors(options)),
    artifactResolutionServices: nonEmpty(
      indexedEndpoints(options.artifactResolutionServices ?? [], bindings.soap),
    ),
    singleLogoutServices: nonEmpty(
      singleLogoutServices.map((input) => endpointOf(input, bindings.redirect)),
    ),
    manageNameIdServices: nonEmpty(
      manageNameIdServices.map((input) => endpointOf(input, bindings.redirect)),
    ),
    nameIdFormats: nonEmpty(options.nameIdFormats),
  };
}

/** Throws the first error that was found where the options come from. */
export function refuseErrors({ findings }: EntityOptions): void {
  const error = findings?.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new MetadataError(error.code, error.message, error);
}
