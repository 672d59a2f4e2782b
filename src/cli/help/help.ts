import type { ArgumentSpec, Command, OptionSpec } from "../framework/command.ts";
import { COMMON_OPTIONS } from "../framework/command.ts";
import { EXIT_MEANINGS } from "../framework/exit.ts";
import type { Style } from "../output/style.ts";
import { sentence, wrap } from "../output/text.ts";

/** Words of an argument in a usage line: `FILE...`, `[FILE]`. */
function usageOf({ name, optional, many }: ArgumentSpec): string {
  const word = many === true ? `${name}...` : name;
  return optional === true ? `[${word}]` : word;
}

function usageParts(command: Command): string[] {
  const required = (command.options ?? []).filter((option) => option.required === true);
  return [
    `samlcert ${command.name}`,
    ...required.map((option) => `--${option.name} ${option.value}`),
    ...(command.arguments ?? []).map(usageOf),
    "[options]",
  ];
}

/** The usage line of a command, without its options. */
export function usageLine(command: Command): string {
  return usageParts(command).join(" ");
}

/** Breaks a command line at its words; `end` marks a line that continues. */
function commandLines(parts: readonly string[], width: number, end: string): string {
  const lines: string[] = [];
  let line = "";
  for (const part of parts) {
    if (line !== "" && line.length + 1 + part.length + end.length > width - 4) {
      lines.push(line + end);
      line = `    ${part}`;
    } else line = line === "" ? part : `${line} ${part}`;
  }
  return [...lines, line].join("\n    ");
}

/** An example that can be pasted into a shell; a long one takes several lines. */
export function exampleCommand(line: string, width: number): string {
  // An option and its value stay together.
  const parts = line.match(/-\S+ [^-\s]\S*|\S+/g) ?? [];
  return commandLines(parts, width, " \\");
}

function exampleText(line: string, width: number): string {
  return `  $ ${exampleCommand(line, width)}`;
}

function optionTerm(option: OptionSpec): string {
  const short = option.short === undefined ? "    " : `-${option.short}, `;
  return `${short}--${option.name}${option.value === undefined ? "" : ` ${option.value}`}`;
}

/** The summary of an option, with its choices and its default. */
export function optionText(option: OptionSpec): string {
  const choices = option.choices === undefined ? "" : ` (${option.choices.join(", ")})`;
  const value = option.default === undefined ? "" : `; default ${option.default}`;
  const many = option.multiple === true ? "; may be repeated" : "";
  return `${option.summary}${choices}${value}${many}`;
}

/** Two columns: terms, and texts that wrap next to them. */
export function columns(rows: readonly (readonly [string, string])[], width: number): string {
  const left = Math.min(34, Math.max(...rows.map(([term]) => term.length)) + 2);
  // In a narrow terminal the texts go below the terms.
  if (width - left < 32) {
    const indent = `\n${" ".repeat(10)}`;
    const below = (text: string): string => wrap(text, Math.max(20, width - 10)).join(indent);
    return rows.map(([term, text]) => `  ${term}${indent}${below(text)}`).join("\n");
  }
  return rows
    .map(([term, text]) => {
      const lines = wrap(text, width - left - 2);
      const first = term.length + 2 > left ? `${term}\n${" ".repeat(left + 2)}` : term.padEnd(left);
      return `  ${first}${lines.join(`\n${" ".repeat(left + 2)}`)}`;
    })
    .join("\n");
}

/** The purpose of an example, as a shell comment. */
function noteText(does: string, style: Style, width: number): string {
  return wrap(does, width - 4)
    .map((line) => `  ${style.dim(`# ${line}`)}`)
    .join("\n");
}

function section(title: string, body: string, style: Style): string {
  return `${style.bold(title)}\n${body}`;
}

/** The help of one command. Examples come first, because most people need only those. */
export function commandHelp(command: Command, style: Style, width: number): string {
  const examples = command.examples
    .map(
      ({ command: line, does }) => `${noteText(does, style, width)}\n${exampleText(line, width)}`,
    )
    .join("\n");
  const paragraphs = command.description?.split("\n\n") ?? [];
  const parts = [
    wrap(sentence(command.summary), width).join("\n"),
    section("Examples", examples, style),
    section("Usage", `  ${commandLines(usageParts(command), width, "")}`, style),
    ...paragraphs.map((text) => wrap(text.replaceAll("\n", " "), width).join("\n")),
  ];
  const args = (command.arguments ?? []).map((spec) => [spec.name, spec.summary] as const);
  if (args.length > 0) parts.push(section("Arguments", columns(args, width), style));
  const options = [...(command.options ?? []), ...COMMON_OPTIONS];
  const rows = options.map((option) => [optionTerm(option), optionText(option)] as const);
  parts.push(section("Options", columns(rows, width), style));
  return `${parts.join("\n\n")}\n`;
}

function commandRows(commands: readonly Command[]): [string, string][] {
  return commands.map(({ name, summary }) => [name, summary]);
}

/** The summary of a group of commands. */
export function groupSummary(group: string): string | undefined {
  return GROUPS.get(group) ?? WITHIN.get(group);
}

/** Groups whose commands are listed one by one in the main help. */
const WITHIN: ReadonlyMap<string, string> = new Map([
  ["metadata", "write, show, check, sign, verify and compare SAML metadata"],
]);

/** Groups that are one row of the main help, because most people use one provider. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ["sendgrid", "manage SendGrid's integrations, certificates, teammates"],
  ["keycard", "manage the SSO connection of a Keycard organization"],
  ["pandastack", "manage the SSO settings of a PandaStack organization"],
  ["fake", "run a fake provider on this machine, to try things out"],
]);

function mainRows(commands: readonly Command[]): [string, string][] {
  const rows = new Map<string, string>();
  for (const { name, summary } of commands) {
    const group = name.split(" ")[0] ?? name;
    const about = GROUPS.get(group);
    rows.set(about === undefined ? name : `${group} ...`, about ?? summary);
  }
  return [...rows];
}

/** The help of a group of commands, such as `samlcert metadata`. */
export function groupHelp(
  group: string,
  commands: readonly Command[],
  style: Style,
  width: number,
): string {
  const examples = commands
    .slice(0, 3)
    .flatMap((command) => command.examples.slice(0, 1))
    .map(({ command: line }) => exampleText(line, width));
  const hint = `For one command with examples: samlcert ${group} COMMAND --help`;
  return [
    section("Examples", examples.join("\n"), style),
    section("Usage", `  samlcert ${group} COMMAND [options]`, style),
    section("Commands", columns(commandRows(commands), width), style),
    `${wrap(hint, width).join("\n")}\n`,
  ].join("\n\n");
}

/** The help of `samlcert` itself; `whole` adds the exit codes, which not every terminal has room for. */
export function mainHelp(
  commands: readonly Command[],
  style: Style,
  width: number,
  whole: boolean,
): string {
  const examples = [
    "samlcert check idp.pem",
    "samlcert metadata sp --preset entra --entity-id URI --acs-url URL -o sp.xml",
    "samlcert rotate --integration ID --certificate next.pem --dry-run",
  ];
  const exits = [...EXIT_MEANINGS].map(([code, text]) => [String(code), text] as const);
  const about = "samlcert keeps SAML single sign-on alive through certificate changes.";
  const hint = whole
    ? "For one command with examples: samlcert COMMAND --help"
    : "For one command with examples: samlcert COMMAND --help. For the exit codes: samlcert --help";
  return [
    wrap(about, width).join("\n"),
    section("Examples", examples.map((line) => exampleText(line, width)).join("\n"), style),
    section("Usage", "  samlcert COMMAND [options]", style),
    section("Commands", columns(mainRows(commands), width), style),
    ...(whole ? [section("Exit codes", columns(exits, width), style)] : []),
    `${wrap(hint, width).join("\n")}\n`,
  ].join("\n\n");
}
