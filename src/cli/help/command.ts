import type { Command } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { packageVersion } from "../framework/package.ts";
import { showHelp } from "./show.ts";

/** `samlcert help`: the same as `--help`, for those who type it first. */
export const helpCommand = (table: () => readonly Command[]): Command => ({
  name: "help",
  summary: "show the help of a command, the same as COMMAND --help",
  arguments: [
    { name: "COMMAND", summary: "such as check or metadata sp", many: true, optional: true },
  ],
  examples: [
    { command: "samlcert help", does: "list the commands and the exit codes" },
    { command: "samlcert help metadata sp", does: "show one command with examples" },
  ],
  async run(invocation, io) {
    return showHelp(table(), invocation.arguments, io, { plain: invocation.flag("no-color") });
  },
});

/** `samlcert version`: the same as `--version`. */
export const versionCommand: Command = {
  name: "version",
  summary: "print the version of samlcert",
  examples: [{ command: "samlcert version", does: "print one line for a bug report" }],
  async run(_, io) {
    io.stdout.write(`${packageVersion()}\n`);
    return EXIT.ok;
  },
};
