import { parseArgs } from "node:util";
import { quoted } from "../../core/quote.ts";
import { closest } from "../../core/suggest.ts";
import { looksSecret, shown } from "../input/secrets.ts";
import { COMMON_OPTIONS, type Command, type Invocation, type OptionSpec } from "./command.ts";
import { UsageError } from "./exit.ts";

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function optionsOf(command: Command): readonly OptionSpec[] {
  return [...(command.options ?? []), ...COMMON_OPTIONS];
}

function helpHint(command: Command): string {
  return `See: samlcert ${command.name} --help`;
}

/** Turns an error of `parseArgs` into one sentence and a suggestion. */
function explainParseError(error: Error & { code?: string }, command: Command): UsageError {
  const option = /'(--?[^' ]+)/.exec(error.message)?.[1];
  if (error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && option !== undefined) {
    const names = optionsOf(command).map(({ name }) => `--${name}`);
    const near = closest(option, names);
    return new UsageError(
      `Unknown option ${option} for samlcert ${command.name}.`,
      near === undefined ? helpHint(command) : `Did you mean ${near}?`,
    );
  }
  const name = /--([\w-]+)/.exec(error.message)?.[1];
  const spec = optionsOf(command).find((candidate) => candidate.name === name);
  if (error.code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE" && spec !== undefined) {
    return wrongValue(spec, command);
  }
  const message = error.message.split("\n")[0] ?? "The arguments are invalid.";
  return new UsageError(message.endsWith(".") ? message : `${message}.`, helpHint(command));
}

function wrongValue({ name, value, summary }: OptionSpec, command: Command): UsageError {
  if (value === undefined) return new UsageError(`--${name} takes no value.`, helpHint(command));
  return new UsageError(
    `--${name} needs ${value}: ${summary}.`,
    `If the value begins with a dash, write --${name}=${value}.`,
  );
}

/** Refuses a second value, which would silently replace the first. */
function checkRepeats(command: Command, given: readonly { readonly name: string }[]): void {
  for (const { name, value, multiple } of optionsOf(command)) {
    if (value === undefined || multiple === true) continue;
    if (given.filter((token) => token.name === name).length < 2) continue;
    throw new UsageError(`--${name} is given more than once.`, "Give it once.");
  }
}

function parse(command: Command, argv: readonly string[]): { values: Values; rest: string[] } {
  const options = Object.fromEntries(
    optionsOf(command).map((option) => [
      option.name,
      {
        type: option.value === undefined ? ("boolean" as const) : ("string" as const),
        ...(option.short === undefined ? {} : { short: option.short }),
        ...(option.multiple ? { multiple: true } : {}),
      },
    ]),
  );
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
      tokens: true,
    });
    checkRepeats(
      command,
      tokens.flatMap((token) => (token.kind === "option" ? [token] : [])),
    );
    return { values: values as Values, rest: positionals };
  } catch (error) {
    throw error instanceof UsageError ? error : explainParseError(error as Error, command);
  }
}

/** The word as it was typed, unless it may be a key in the wrong place. */
function repeated(word = ""): string {
  return looksSecret(word) || word.length > 40 ? "(not shown: it may be a key)" : `"${word}"`;
}

function checkArguments(command: Command, given: readonly string[]): void {
  const specs = command.arguments ?? [];
  const needed = specs.filter((spec) => spec.optional !== true).length;
  if (given.length < needed) {
    const missing = specs[given.length];
    throw new UsageError(
      `samlcert ${command.name} needs ${missing?.name}: ${missing?.summary}.`,
      helpHint(command),
    );
  }
  if (given.length > specs.length && specs.at(-1)?.many !== true) {
    throw new UsageError(
      `Unexpected argument ${repeated(given[specs.length])} for samlcert ${command.name}.`,
      helpHint(command),
    );
  }
}

/** The error of an option's value; the value is shown only if it cannot be a key. */
export function invalidValue(option: string, value: string, hint: string): UsageError {
  return new UsageError(`Invalid value ${quoted(shown(value))} for --${option}.`, hint);
}

function valueHint(value: string, choices: readonly string[]): string {
  const near = closest(value, choices);
  return near === undefined ? `Use one of: ${choices.join(", ")}.` : `Did you mean ${near}?`;
}

function checkOption(option: OptionSpec, values: Values, command: Command): void {
  const value = values[option.name];
  if (value === undefined) {
    if (option.required !== true) return;
    throw new UsageError(
      `samlcert ${command.name} needs --${option.name} ${option.value}: ${option.summary}.`,
      helpHint(command),
    );
  }
  for (const one of Array.isArray(value) ? value : [value]) {
    if (option.choices === undefined || option.choices.includes(String(one))) continue;
    throw new UsageError(
      `Unknown value ${quoted(shown(String(one)))} for --${option.name}.`,
      valueHint(String(one), option.choices),
    );
  }
}

/** True if the words after a command's name ask for its help. */
export function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  const options = end === -1 ? argv : argv.slice(0, end);
  return options.includes("--help") || options.includes("-h");
}

/** Parses the words after a command's name. Throws a `UsageError`. */
export function readInvocation(command: Command, argv: readonly string[]): Invocation {
  const { values, rest } = parse(command, argv);
  checkArguments(command, rest);
  for (const option of command.options ?? []) checkOption(option, values, command);
  const defaults = new Map(command.options?.map(({ name, default: value }) => [name, value]));
  return {
    arguments: rest,
    value: (name) => {
      const value = values[name];
      return typeof value === "string" ? value : defaults.get(name);
    },
    values: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)];
    },
    flag: (name) => values[name] === true,
  };
}
