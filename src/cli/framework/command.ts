import type { ExitCode } from "./exit.ts";
import type { Io } from "./io.ts";

/** One option of a command. */
export interface OptionSpec {
  /** Long name without dashes, such as `fail-on`. */
  readonly name: string;
  readonly short?: string;
  /** Name of its value in the help, such as `FILE`; a flag has none. */
  readonly value?: string;
  readonly summary: string;
  /** May be given more than once. */
  readonly multiple?: boolean;
  readonly default?: string;
  /** The only values that it takes. */
  readonly choices?: readonly string[];
  /** The command is refused without it. */
  readonly required?: boolean;
}

/** One positional argument. */
export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  readonly optional?: boolean;
  /** The only values that it takes. */
  readonly choices?: readonly string[];
  /** Takes all that follow; only the last one may. */
  readonly many?: boolean;
}

/** One way to use a command, for its help and the documentation. */
export interface Example {
  readonly command: string;
  readonly does: string;
}

/** What was typed, after it was checked against the command's table entry. */
export interface Invocation {
  readonly arguments: readonly string[];
  /** The value of an option; its default, or undefined. */
  value(name: string): string | undefined;
  /** The values of a repeatable option. */
  values(name: string): readonly string[];
  flag(name: string): boolean;
}

/**
 * A command of `samlcert`. Help, completions and `docs/cli.md` are made from these entries; `run`
 * imports what it needs when it is called, so that `--help` pays for no layer.
 */
export interface Command {
  /** The words that call it, such as `metadata sp`. */
  readonly name: string;
  readonly summary: string;
  /** Paragraphs for its own help, below the summary. */
  readonly description?: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly examples: readonly Example[];
  /** What it prints with `--json`, such as `check` for `samlcert/check/v1`. */
  readonly formats?: readonly string[];
  run(invocation: Invocation, io: Io): Promise<ExitCode>;
}

/** Options that every command takes. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { name: "help", short: "h", summary: "show this help" },
  { name: "no-color", summary: "plain text, as with NO_COLOR" },
  { name: "quiet", short: "q", summary: "no line that says how far it is" },
];

/** `--json`, for the commands that have a form for programs. */
export const JSON_OPTION: OptionSpec = {
  name: "json",
  summary: "print one JSON document for programs",
};
