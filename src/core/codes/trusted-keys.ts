/** Keeping the keys of an identity provider in step with its metadata. */
export const trustedKeysCodes = {
  "trusted_keys.none": [
    "fatal",
    "No key of {entityId} is trusted yet.",
    "Call `await keys.refresh()` once before the first sign-in; its error says why nothing was read.",
    "",
  ],
  "trusted_keys.expired": [
    "fatal",
    "The keys of {entityId} were trusted until {until}, and no newer metadata was accepted since.",
    "Look at `report().lastFailure`: the identity provider's metadata cannot be read, or has expired.",
    "SAML Metadata 2.3.2",
  ],
  "trusted_keys.wrong_entity": [
    "fatal",
    "The metadata of {from} contains {entityId} {count} times instead of once.",
    "Check the entity ID and the metadata URL.",
    "SAML Metadata 2.3.2",
  ],
  "trusted_keys.document_expired": [
    "fatal",
    "The metadata of {from} was valid until {until}.",
    "Ask the identity provider's administrator to publish current metadata.",
    "SAML Metadata 2.3.2",
  ],
  "trusted_keys.no_keys": [
    "fatal",
    "The metadata of {entityId} has no signing certificate for {role}.",
    "Ask the identity provider's administrator for metadata with its signing certificates.",
    "SAML Metadata 2.4.1.1",
  ],
  "trusted_keys.refused": [
    "fatal",
    "The new keys of {entityId} are refused: {reasons}.",
    "Confirm the change with the identity provider's administrator, then change the policy in `drift`.",
    "",
  ],
  "trusted_keys.staged": [
    "fatal",
    "No key in the metadata of {from} is trusted yet: {count} wait to be confirmed.",
    "Compare the fingerprints in `report().staged` with the identity provider's administrator, then call `approve`.",
    "",
  ],
  "trusted_keys.tenant": [
    "fatal",
    "The tenant {tenant} has no identity provider.",
    "Make `sourceOf` return the tenant's metadata source and entity ID.",
    "",
  ],
  "trusted_keys.cache": [
    "fatal",
    "The cached copy of the metadata of {entityId} cannot be {action} ({reason}).",
    "Check the path and permissions of the cache. The keys in memory are not affected.",
    "",
  ],
} as const;
