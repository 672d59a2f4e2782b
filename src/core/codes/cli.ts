/** The command line. `cli.usage` is worded where it is thrown, because each names its own option. */
export const cliCodes = {
  "cli.usage": [
    "fatal",
    "The command line is invalid.",
    "Read the message for the option or argument; samlcert COMMAND --help shows examples.",
    "",
  ],
  "cli.cannot_prompt": [
    "fatal",
    "Cannot prompt: stdin is not a terminal. {question}",
    "Add --yes if this is what you want.",
    "",
  ],
  "cli.declined": [
    "fatal",
    "Nothing was changed: the answer was not yes.",
    "Answer yes, or add --yes.",
    "",
  ],
  "cli.input_unreadable": [
    "fatal",
    "{file} cannot be read: {reason}.",
    "Check the path and its permissions; - reads standard input.",
    "",
  ],
  "cli.input_is_url": [
    "fatal",
    "{file} is a URL, and this command reads files.",
    "Download it first, for example with curl -fLO.",
    "",
  ],
  "cli.input_name_too_long": [
    "fatal",
    "{file} is too long for a file name.",
    "To check text, pipe it in and use - as the file.",
    "",
  ],
  "cli.input_too_large": [
    "fatal",
    "{file} is larger than {limit} KiB, the limit for {expected}.",
    "Check that this is the right file.",
    "",
  ],
  "cli.document_too_large": [
    "fatal",
    "{file} is larger than {limit} MiB, the limit for one metadata document.",
    "Extract the entity first with samlcert metadata extract; inspect and verify read any size.",
    "",
  ],
  "cli.input_empty": ["fatal", "{file} is empty.", "Write {expected} into it.", ""],
  "cli.input_invalid": ["fatal", "{file} is not {expected}.", "Use {source}.", ""],
  "cli.too_many_files": [
    "fatal",
    "{pattern} matches more than {limit} files.",
    "Name the files folder by folder.",
    "",
  ],
  "cli.entity_not_found": [
    "fatal",
    "No entity {wanted} in {file}.",
    "{suggestion}Use the exact entityID; samlcert metadata inspect --list prints them.",
    "SAML metadata 2.3.2",
  ],
  "cli.output_unwritable": [
    "fatal",
    "{file} cannot be written: {reason}.",
    "Check the folder, its permissions and the free space.",
    "",
  ],
  "cli.output_exists": [
    "fatal",
    "{file} exists already.",
    "Choose another name, or replace the file with --force.",
    "",
  ],
  "cli.port_unavailable": [
    "fatal",
    "Cannot listen on {port}: {reason}.",
    "Choose another port with --port.",
    "",
  ],
} as const;
