import type { OutputName } from "../../schemas/documents.ts";
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
  /** Can be given more than once. */
  readonly multiple?: boolean;
  readonly default?: string;
  /** Its allowed values. */
  readonly choices?: readonly string[];
  /** True if the command is refused without it. */
  readonly required?: boolean;
}

/** One positional argument. */
export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  readonly optional?: boolean;
  /** Its allowed values. */
  readonly choices?: readonly string[];
  /** Takes all further words; only for the last argument. */
  readonly many?: boolean;
}

/** One use of a command, for its help and the documentation. */
export interface Example {
  readonly command: string;
  readonly does: string;
}

/** The parsed command line, checked against the command's table entry. */
export interface Invocation {
  readonly arguments: readonly string[];
  /** The value of an option, its default, or undefined. */
  value(name: string): string | undefined;
  /** The values of a repeatable option. */
  values(name: string): readonly string[];
  flag(name: string): boolean;
}

/**
 * A command of `samlcert`. Help, completions, the man page and `docs/cli.md` are generated from these
 * entries. `run` imports the layers that it needs when it is called, so that `--help` loads none.
 */
export interface Command {
  /** Its words, such as `metadata sp`. */
  readonly name: string;
  readonly summary: string;
  /** Paragraphs of its own help, below the summary. */
  readonly description?: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly examples: readonly Example[];
  /** The documents that it prints with `--json`, such as `check` for `samlcert/check/v1`. */
  readonly formats?: readonly OutputName[];
  run(invocation: Invocation, io: Io): Promise<ExitCode>;
}

/** Options of every command. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { name: "help", short: "h", summary: "show this help" },
  { name: "no-color", summary: "plain text, as with NO_COLOR" },
  { name: "quiet", short: "q", summary: "hide the progress line and the names of written files" },
  {
    name: "verbose",
    short: "v",
    summary: "also show notices, which need no action, and the checks that passed or were skipped",
  },
];

/** `--json`, for the commands that print documents for programs. */
export const JSON_OPTION: OptionSpec = {
  name: "json",
  summary: "print one JSON document for programs",
};
