import { guardOverrides } from "../../rotation/plan/guards.ts";
import { identityProviders } from "../../rotation/plan/identity-provider.ts";
import type { OptionSpec } from "../framework/command.ts";
import { ACCOUNT_OPTIONS } from "../sendgrid/client.ts";

const DEFAULT_JOURNAL = "samlcert-rotation.journal.jsonl";

/** Which connection a rotation is for. */
export const connectionOptions: readonly OptionSpec[] = [
  {
    name: "integration",
    value: "ID",
    summary: "the integration's id at SendGrid",
  },
  ...ACCOUNT_OPTIONS,
];

export const journalOption: OptionSpec = {
  name: "journal",
  value: "FILE",
  summary: "the journal file",
  default: DEFAULT_JOURNAL,
};

/** How the identity provider's metadata is read. */
export const metadataOptions: readonly OptionSpec[] = [
  { name: "entity-id", value: "ID", summary: "the identity provider's entityID in the metadata" },
  { name: "trust", value: "FILE", summary: "certificate that the metadata has to be signed with" },
  {
    name: "allow-private-addresses",
    summary: "let the metadata's URL lead to this machine or a private network",
  },
];

/** What is desired: certificates, or metadata that says so. */
export const desiredOptions: readonly OptionSpec[] = [
  {
    name: "certificate",
    value: "FILE",
    summary: "every certificate that the identity provider signs with now and next",
    multiple: true,
  },
  { name: "metadata", value: "FILE|URL", summary: "or the identity provider's metadata" },
  ...metadataOptions,
];

export const policyOptions: readonly OptionSpec[] = [
  { name: "overlap", value: "DAYS", summary: "how long old and new are trusted", default: "5" },
  {
    name: "minimum-life",
    value: "DAYS",
    summary: "what the last of the desired certificates must still have",
    default: "14",
  },
  { name: "max-certificates", value: "N", summary: "the most that the provider holds" },
  { name: "enabled", summary: "send enabled: true with every certificate that is written" },
  { name: "replace-in-place", summary: "overwrite the old certificate: there is no overlap" },
  {
    name: "identity-provider",
    value: "NAME",
    summary: "whose side of the switch the plan describes",
    choices: identityProviders,
  },
  {
    name: "override",
    value: "DANGER",
    summary: "set a guard aside, by the name of the danger",
    multiple: true,
    choices: Object.values(guardOverrides),
  },
];
