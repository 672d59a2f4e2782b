import type { RoleType } from "./types.ts";

/** The elements that are roles of an entity (metadata 2.4), by local name. */
export const ROLE_TYPES: readonly RoleType[] = [
  "IDPSSODescriptor",
  "SPSSODescriptor",
  "AttributeAuthorityDescriptor",
  "AuthnAuthorityDescriptor",
  "PDPDescriptor",
  "RoleDescriptor",
];
