/** Watching connections. */
export const watchCodes = {
  "watch.read_failed": [
    "fatal",
    "The connection could not be read.",
    "Look at the error that the source or `published` threw.",
    "",
  ],
  "watch.url": ["fatal", "{url} is not a URL.", "Write the whole address, from https:// on.", ""],
  "watch.metadata_expired": [
    "fatal",
    "The metadata of {entityId} is past its validUntil.",
    "Ask whoever publishes the metadata to renew it: others refuse it from now on.",
    "SAML Metadata 2.3.2",
  ],
  "watch.entity_missing": [
    "fatal",
    "The metadata does not contain {entityId}.",
    "Check the entity ID; ask the federation if the entity was withdrawn.",
    "SAML Metadata 2.3.2",
  ],
  "watch.no_files": [
    "fatal",
    "No file matches {pattern}.",
    "Check the folder and the pattern.",
    "",
  ],
  "watch.too_many_files": [
    "fatal",
    "{pattern} matches more than {limit} files.",
    "Watch the folders one by one.",
    "",
  ],
  "watch.file_unreadable": [
    "fatal",
    "{file} cannot be read ({reason}).",
    "Check the path and its permissions.",
    "",
  ],
  "watch.file_too_large": [
    "fatal",
    "The file is larger than {limit} bytes, and is not metadata.",
    "Check that this is the right file.",
    "",
  ],
  "watch.variable_empty": [
    "fatal",
    "The environment variable {variable} is not set.",
    "Set it to the PEM of the certificate.",
    "",
  ],
  "watch.not_a_report": [
    "fatal",
    "{url} did not answer with a report of trusted keys.",
    "Answer with `keys.report()` as JSON.",
    "",
  ],
  "watch.vanished": [
    "fatal",
    "{connection} is gone from its source.",
    "Check that it was removed on purpose: it is not watched any more.",
    "",
  ],
  "watch.state_unreadable": [
    "fatal",
    "The kept state {file} cannot be read ({reason}).",
    "Check the path and its permissions.",
    "",
  ],
  "watch.state_invalid": [
    "fatal",
    "{file} is not the state of a watch.",
    "Name another file, or remove it: the next run then starts anew, and tells of no change.",
    "",
  ],
  "watch.state_unwritable": [
    "fatal",
    "The state {file} cannot be written ({reason}).",
    "Check the folder, its permissions and the free space.",
    "",
  ],
  "watch.state_locked": [
    "fatal",
    "Another run is using the state ({holder}).",
    "Wait for it to end. If it is dead on another machine, remove {lock}.",
    "",
  ],
  "watch.no_rollover": [
    "fatal",
    "The state of the key rollover does not exist.",
    "Check the path; samlcert key rollover next starts a rollover.",
    "",
  ],
  "watch.webhook_url": [
    "fatal",
    "The webhook URL is not an https URL without a user name.",
    "Copy the whole URL from the receiver, such as https://hooks.example.com/...; http is for this machine only.",
    "",
  ],
  "watch.webhook_secret": [
    "fatal",
    "The webhook secret is not `whsec_` and the base64 of at least 24 bytes.",
    {
      library: 'Make one with `randomBytes(32).toString("base64")` after `whsec_`.',
      terminal: "Make one: echo whsec_$(openssl rand -base64 32)",
    },
    "Standard Webhooks 1.0",
  ],
} as const;
