import { COMMON_OPTIONS, type Command, type OptionSpec } from "../framework/command.ts";
import { EXIT_MEANINGS } from "../framework/exit.ts";
import { capital, sentence } from "../output/text.ts";
import { exampleCommand, optionText, usageLine } from "./help.ts";

/** Escapes text for troff: backslashes, a leading dot or quote, and hyphens that must stay ASCII. */
function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^([.'])/gm, "\\&$1");
}

/** The room for an example on a page of 60 columns, without its indentation. */
const EXAMPLE_WIDTH = 52;

function optionItem(option: OptionSpec): string {
  const value = option.value === undefined ? "" : ` \\fI${roff(option.value)}\\fR`;
  const short = option.short === undefined ? "" : `\\fB\\-${option.short}\\fR, `;
  return `.TP\n${short}\\fB\\-\\-${roff(option.name)}\\fR${value}\n${roff(optionText(option))}`;
}

function commandSection(command: Command): string {
  const { name, summary, description, arguments: args = [], options = [], examples } = command;
  return [
    `.SS samlcert ${roff(name)}`,
    roff(sentence(summary)),
    ...(description === undefined
      ? []
      : description.split("\n\n").map((text) => `.PP\n${roff(text)}`)),
    `.PP\n\\fB${roff(usageLine(command))}\\fR`,
    ...args.map((spec) => `.TP\n\\fI${roff(spec.name)}\\fR\n${roff(spec.summary)}`),
    ...options.map(optionItem),
    ...examples.map(
      ({ command: line, does }) =>
        `.PP\n${roff(capital(does))}:\n.PP\n.RS 4\n.nf\n${roff(exampleCommand(line, EXAMPLE_WIDTH))}\n.fi\n.RE`,
    ),
  ].join("\n");
}

/** The man page of all commands, as troff source. */
export function manPage(commands: readonly Command[], version: string): string {
  const exits = [...EXIT_MEANINGS].map(([code, text]) => `.TP\n${code}\n${roff(text)}`);
  return `${[
    `.TH SAMLCERT 1 "" "samlcert ${version}" "User Commands"`,
    // No hyphenation and no justified lines, because people copy from this page.
    ".nh",
    ".ad l",
    ".SH NAME",
    "samlcert \\- keep SAML single sign\\-on alive through certificate changes",
    ".SH SYNOPSIS",
    ".B samlcert\n.I COMMAND\n[options]",
    ".SH DESCRIPTION",
    roff(
      "Checks a certificate before it is uploaded, reads and writes SAML metadata, and replaces certificates at the SSO provider without locking anybody out. Results go to standard output, messages to standard error; - means standard input or output.",
    ),
    ".SH COMMANDS",
    ...commands.map(commandSection),
    ".SH OPTIONS OF EVERY COMMAND",
    ...COMMON_OPTIONS.map(optionItem),
    ".SH EXIT STATUS",
    ...exits,
    ".SH ENVIRONMENT",
    `.TP\n.B NO_COLOR\n${roff("plain text if it is not empty")}`,
    `.TP\n.B FORCE_COLOR\n${roff("colours even if the output is not a terminal")}`,
  ].join("\n")}\n`;
}
