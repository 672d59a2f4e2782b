import { guardOverrides } from "../../rotation/plan/guards.ts";
import { identityProviders } from "../../rotation/plan/identity-provider.ts";
import type { OptionSpec } from "../framework/command.ts";
import { ACCOUNT_OPTIONS } from "../sendgrid/client.ts";

/** The connection of a rotation. */
export const connectionOptions: readonly OptionSpec[] = [
  {
    name: "integration",
    value: "ID",
    summary: "the integration's id at SendGrid",
  },
  ...ACCOUNT_OPTIONS,
];

/** Where the journals are. */
export const journalOptions: readonly OptionSpec[] = [
  {
    name: "journals",
    value: "FOLDER",
    summary: "the folder of the journals, one file for each rotation",
    default: ".samlcert",
  },
  { name: "journal", value: "FILE", summary: "this journal file, instead of one in the folder" },
  {
    name: "take-over",
    value: "HOST",
    summary: "take over a lock that a dead process left on this machine, by its host name",
  },
];

/** How the identity provider's metadata is read. */
const metadataOptions: readonly OptionSpec[] = [
  {
    name: "entity-id",
    value: "ID",
    summary: "the identity provider's entityID; default: the integration's entity_id",
  },
  { name: "trust", value: "FILE", summary: "certificate that the metadata must be signed with" },
  {
    name: "allow-private-addresses",
    summary: "let the metadata's URL lead to this machine or a private network",
  },
];

/** The desired certificates: files, or metadata that contains them. */
export const desiredOptions: readonly OptionSpec[] = [
  {
    name: "certificate",
    value: "FILE",
    summary: "a certificate to keep trusted (repeat for current and next)",
    multiple: true,
  },
  {
    name: "metadata",
    value: "FILE|URL",
    summary: "read the certificates from the identity provider's metadata instead",
  },
  {
    name: "again",
    summary: "plan for the same certificates, on the same terms, as the newest rotation",
  },
  ...metadataOptions,
];

/** Evidence that is read when a rotation continues. */
export const evidenceOptions: readonly OptionSpec[] = [
  {
    name: "metadata",
    value: "FILE|URL",
    summary: "remove nothing that this metadata contains (default: the metadata of the plan)",
  },
  ...metadataOptions,
];

export const policyOptions: readonly OptionSpec[] = [
  {
    name: "retire",
    value: "RULE",
    summary:
      "the evidence to retire an old certificate on: confirmed (by rotate retire), unpublished=DAYS, signed-in=NUMBER, or never",
    default: "confirmed",
  },
  {
    name: "overlap",
    value: "DAYS",
    summary: "retire after this time instead, without evidence that nobody is locked out",
  },
  {
    name: "cache",
    value: "MINUTES",
    summary: "how long the service provider may use what it has cached",
    default: "15",
  },
  {
    name: "minimum-life",
    value: "DAYS",
    summary: "the life that the longest-lived desired certificate must still have",
    default: "14",
  },
  {
    name: "max-certificates",
    value: "N",
    summary: "the most certificates that the provider stores",
  },
  {
    name: "remove-first",
    value: "ID",
    summary: "this certificate may go before the new one is added, if no place is free",
    multiple: true,
  },
  { name: "enabled", summary: "also send enabled: true for certificates that are stored already" },
  { name: "replace-in-place", summary: "overwrite the old certificate: there is no overlap" },
  {
    name: "identity-provider",
    value: "NAME",
    summary: "the identity provider whose steps the plan describes (default: by its entityID)",
    choices: identityProviders,
  },
  {
    name: "override",
    value: "DANGER",
    summary: "skip one safety check, named by its danger",
    multiple: true,
    choices: Object.values(guardOverrides),
  },
];
