/** The command line. */
export const cliCodes = {
  "cli.usage": [
    "fatal",
    "The command line cannot be understood.",
    "The message says which part; `samlcert COMMAND --help` shows examples.",
    "",
  ],
  "cli.input_unreadable": [
    "fatal",
    "A file cannot be read or written.",
    "Check the path and the permissions; `-` stands for standard input.",
    "",
  ],
  "cli.input_too_large": [
    "fatal",
    "An input is larger than what it is read as can be.",
    "Check that this is the right file; a certificate has a few KiB, metadata a few MiB.",
    "",
  ],
} as const;
