import { MetadataError } from "../../core/errors.ts";
import { bindings } from "../../core/uris.ts";
import type { EntityDescriptor, Role, SsoRoleBase } from "../model/types.ts";
import { refuseBlank } from "./blank.ts";
import type { EntityOptions } from "./options.ts";
import { wrongValue } from "./output.ts";
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
    validUntil: timeOf("validUntil", options.validUntil),
    cacheDuration: durationOf(options.cacheDuration),
    extensions: entityExtensions(options),
    roles: [role],
    organization: organizationOf(options.organization),
    contacts: nonEmpty(options.contacts?.map(contactOf)),
  };
}

/** The parts that both single sign-on roles take from the options. */
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

/** Options that must be arrays. */
const LISTS = [
  "assertionConsumerServices",
  "singleSignOnServices",
  "singleLogoutServices",
  "artifactResolutionServices",
  "manageNameIdServices",
  "signingCertificates",
  "encryptionCertificates",
  "contacts",
] as const;

/** Refuses options of the wrong shape, and throws the first error among their findings. */
export function checkEntityOptions(options: EntityOptions): void {
  if (typeof options !== "object" || options === null) {
    throw wrongValue({ path: [] }, "options", options, "an object with entityId and the endpoints");
  }
  const fields = options as Readonly<Partial<Record<(typeof LISTS)[number], unknown>>>;
  for (const name of LISTS) {
    if (fields[name] === undefined || Array.isArray(fields[name])) continue;
    throw wrongValue({ path: [name] }, name, fields[name], "an array, even for a single value");
  }
  refuseBlank(options);
  const error = options.findings?.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new MetadataError(error.code, error.message, error);
}
