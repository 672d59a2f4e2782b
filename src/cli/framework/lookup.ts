import { closest } from "../../core/suggest.ts";
import { shown } from "../input/secrets.ts";
import type { Command } from "./command.ts";
import { UsageError } from "./exit.ts";

/** A command, and the words after its name. */
export interface FoundCommand {
  readonly command: Command;
  readonly rest: string[];
}

/** The words of a command line without its options. */
export function wordsOf(argv: readonly string[]): string[] {
  return argv.filter((word) => !word.startsWith("-"));
}

/** Finds the command whose words begin the command line; the longest match wins. */
export function findCommand(
  commands: readonly Command[],
  argv: readonly string[],
): FoundCommand | undefined {
  for (let words = Math.min(3, argv.length); words > 0; words--) {
    const name = argv.slice(0, words).join(" ");
    const command = commands.find((candidate) => candidate.name === name);
    if (command !== undefined) return { command, rest: argv.slice(words) };
  }
  return undefined;
}

/** The commands of a group: those whose names start with it and a space. */
export function membersOf(commands: readonly Command[], group: string): readonly Command[] {
  return commands.filter(({ name }) => name.startsWith(`${group} `));
}

/** The longest beginning of the words that names a group of commands. */
function findGroup(commands: readonly Command[], words: readonly string[]): string | undefined {
  for (let length = words.length; length > 0; length--) {
    const prefix = words.slice(0, length).join(" ");
    if (membersOf(commands, prefix).length > 0) return prefix;
  }
  return undefined;
}

/** The error of words that name no command, with the nearest one. */
export function unknownCommand(commands: readonly Command[], argv: readonly string[]): UsageError {
  const words = wordsOf(argv);
  const group = findGroup(commands, words);
  const depth = group === undefined ? 0 : group.split(" ").length;
  const typed = words.slice(0, depth + 1).join(" ");
  const names = commands.map(({ name }) =>
    name
      .split(" ")
      .slice(0, depth + 1)
      .join(" "),
  );
  // The words before the last one are a known group.
  const begin = group === undefined ? "" : `${group} `;
  const members = names.filter((name) => name.startsWith(begin));
  const last = closest(
    typed.slice(begin.length),
    [...new Set(members)].map((name) => name.slice(begin.length)),
  );
  const near = last === undefined ? undefined : begin + last;
  return new UsageError(
    `There is no command "samlcert ${words
      .slice(0, depth + 1)
      .map(shown)
      .join(" ")}".`,
    near === undefined ? `See: samlcert ${begin}--help` : `Did you mean samlcert ${near}?`,
  );
}

/** True if the first argument is a mistyped subcommand: the command has some and takes no argument. */
export function isMistyped(
  commands: readonly Command[],
  { command: { name, arguments: takes = [] }, rest: [first = ""] }: FoundCommand,
): boolean {
  return membersOf(commands, name).length > 0 && takes.length === 0 && /^[^-]/.test(first);
}
