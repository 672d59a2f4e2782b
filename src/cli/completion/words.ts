import { COMMON_OPTIONS, type Command, type OptionSpec } from "../framework/command.ts";
import { groupSummary } from "../help/help.ts";

/** Names of values and arguments that take file names. */
const FILES = /FILE|FOLDER|PLAN/;

/** The completions of one place of the command line. */
export type Candidates =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "files" }
  | { readonly kind: "none" };

/** A word that can follow, and its summary. */
export interface NextWord {
  readonly word: string;
  readonly summary: string;
}

/** The beginning of a command line: a command, or a group of them. */
export interface Place {
  /** Such as ``, `metadata` or `metadata sp`. */
  readonly path: string;
  readonly next: readonly NextWord[];
  readonly options: readonly OptionSpec[];
  /** The completions of its positional arguments. */
  readonly argument: Candidates;
}

/** The completions of an option's value. */
export function optionValue({ value, choices }: OptionSpec): Candidates {
  if (choices !== undefined) return { kind: "words", words: choices };
  return FILES.test(value ?? "") ? { kind: "files" } : { kind: "none" };
}

function argumentOf(command: Command, commands: readonly Command[]): Candidates {
  if (command.arguments?.[0]?.name === "COMMAND") {
    return { kind: "words", words: nextWords("", commands).map(({ word }) => word) };
  }
  const choices = command.arguments?.flatMap(({ choices: words }) => words ?? []) ?? [];
  if (choices.length > 0) return { kind: "words", words: choices };
  const takesFiles = command.arguments?.some(({ name }) => FILES.test(name)) ?? false;
  return takesFiles ? { kind: "files" } : { kind: "none" };
}

function nextWords(path: string, commands: readonly Command[]): NextWord[] {
  const prefix = path === "" ? "" : `${path} `;
  const summaries = new Map<string, string>();
  for (const { name, summary } of commands) {
    if (!name.startsWith(prefix)) continue;
    const rest = name.slice(prefix.length).split(" ");
    const word = rest[0] ?? "";
    const isGroup = rest.length > 1;
    if (!isGroup || !summaries.has(word)) {
      summaries.set(
        word,
        isGroup ? (groupSummary(word) ?? `commands of ${prefix}${word}`) : summary,
      );
    }
  }
  return [...summaries].map(([word, summary]) => ({ word, summary }));
}

/** Every place of the command line, from the command table. */
export function placesOf(commands: readonly Command[]): readonly Place[] {
  const paths = new Set([""]);
  for (const { name } of commands) {
    const words = name.split(" ");
    for (let length = 1; length <= words.length; length++) {
      paths.add(words.slice(0, length).join(" "));
    }
  }
  return [...paths].map((path) => {
    const command = commands.find(({ name }) => name === path);
    const version = { name: "version", summary: "print the version" };
    return {
      path,
      next: nextWords(path, commands),
      options: [...(command?.options ?? []), ...COMMON_OPTIONS, ...(path === "" ? [version] : [])],
      argument: command === undefined ? { kind: "none" } : argumentOf(command, commands),
    };
  });
}
