import type { CodeEntry } from "../core/finding.ts";

/** The codes of the command line itself. */
export const cliCodes: readonly CodeEntry[] = [
  {
    code: "cli.usage",
    severity: "fatal",
    summary: "The command line cannot be understood.",
    hint: "The message says which part; `samlcert COMMAND --help` shows examples.",
  },
  {
    code: "cli.input_unreadable",
    severity: "fatal",
    summary: "A file cannot be read or written.",
    hint: "Check the path and the permissions; `-` stands for standard input.",
  },
  {
    code: "cli.input_too_large",
    severity: "fatal",
    summary: "An input is larger than what it is read as can be.",
    hint: "Check that this is the right file; a certificate has a few KiB, metadata a few MiB.",
  },
];
