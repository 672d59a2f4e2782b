import type { Command } from "../framework/command.ts";
import { EXIT, type ExitCode } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { membersOf, unknownCommand } from "../framework/lookup.ts";
import { styleFor } from "../output/style.ts";
import { commandHelp, groupHelp, mainHelp } from "./help.ts";

interface HelpView {
  /** Without colours. */
  readonly plain?: boolean;
  /** With the exit codes. */
  readonly whole?: boolean;
}

/** Prints the help of a command, of a group or of `samlcert` itself. Throws a `UsageError`. */
export function showHelp(
  commands: readonly Command[],
  words: readonly string[],
  io: Io,
  { plain = false, whole = true }: HelpView = {},
): ExitCode {
  const name = words.join(" ");
  const style = styleFor(io.stdout, io, plain ? ["--no-color"] : []);
  const width = Math.min(100, io.stdout.columns);
  const command = commands.find((one) => one.name === name);
  const members = membersOf(commands, name);
  if (name === "") io.stdout.write(mainHelp(commands, style, width, whole));
  else if (command !== undefined) io.stdout.write(commandHelp(command, style, width));
  else if (members.length > 0) io.stdout.write(groupHelp(name, members, style, width));
  else throw unknownCommand(commands, words);
  return EXIT.ok;
}
