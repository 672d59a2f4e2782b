import { isSamlCertError, type SamlCertError } from "../core/errors.ts";
import { closest } from "../core/suggest.ts";
import { commands } from "./commands.ts";
import { asksForHelp, readInvocation } from "./framework/arguments.ts";
import type { Command } from "./framework/command.ts";
import { EXIT, type ExitCode, exitCodeOf, Interruption, UsageError } from "./framework/exit.ts";
import type { Host, Io, Output } from "./framework/io.ts";
import { packageVersion } from "./framework/package.ts";
import { commandHelp, groupHelp, mainHelp } from "./help/help.ts";
import { shown } from "./input/secrets.ts";
import { placeText } from "./output/findings.ts";
import { hintOf } from "./output/hints.ts";
import { errorJson, jsonDocument } from "./output/json.ts";
import { progressLine, showsProgress, type Told } from "./output/progress.ts";
import { styleFor } from "./output/style.ts";
import { printable, wrap } from "./output/text.ts";

/** Finds the command whose words begin the command line; the longest match wins. */
function findCommand(argv: readonly string[]): { command: Command; rest: string[] } | undefined {
  for (let words = Math.min(3, argv.length); words > 0; words--) {
    const name = argv.slice(0, words).join(" ");
    const command = commands.find((candidate) => candidate.name === name);
    if (command !== undefined) return { command, rest: argv.slice(words) };
  }
  return undefined;
}

/** Finds the longest beginning of the command line that names a group of commands. */
function findGroup(argv: readonly string[]): string | undefined {
  const words = argv.filter((word) => !word.startsWith("-"));
  for (let length = words.length; length > 0; length--) {
    const prefix = words.slice(0, length).join(" ");
    if (commands.some(({ name }) => name.startsWith(`${prefix} `))) return prefix;
  }
  return undefined;
}

function unknownCommand(argv: readonly string[], group: string | undefined): UsageError {
  const words = argv.filter((word) => !word.startsWith("-"));
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
function isMistyped({ name, arguments: takes = [] }: Command, [first = ""]: string[]): boolean {
  const lower = commands.some((other) => other.name.startsWith(`${name} `));
  return lower && takes.length === 0 && /^[^-]/.test(first);
}

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  const style = styleFor(io.stdout, io, argv);
  const width = Math.min(100, io.stdout.columns);
  const found = findCommand(argv);
  if (found !== undefined) {
    if (asksForHelp(found.rest)) {
      io.stdout.write(commandHelp(found.command, style, width));
      return EXIT.ok;
    }
    if (isMistyped(found.command, found.rest)) throw unknownCommand(argv, found.command.name);
    return await found.command.run(readInvocation(found.command, found.rest), io);
  }
  if (argv.includes("--version") || argv[0] === "-V") {
    io.stdout.write(`${packageVersion()}\n`);
    return EXIT.ok;
  }
  const words = argv.filter((word) => !word.startsWith("-"));
  const group = findGroup(argv);
  if (group !== undefined && group.split(" ").length === words.length) {
    const members = commands.filter(({ name }) => name.startsWith(`${group} `));
    io.stdout.write(groupHelp(group, members, style, width));
    return asksForHelp(argv) ? EXIT.ok : EXIT.usage;
  }
  if (words.length > 0) throw unknownCommand(argv, group);
  if (argv.length > 0 && !asksForHelp(argv) && argv[0] !== "--no-color") {
    throw new UsageError(
      `Unknown option ${shown(argv[0]?.split("=")[0] ?? "")}.`,
      "See: samlcert --help",
    );
  }
  io.stdout.write(mainHelp(commands, style, width, asksForHelp(argv)));
  return EXIT.ok;
}

function errorText(error: SamlCertError, io: Host, argv: readonly string[]): string {
  const style = styleFor(io.stderr, io, argv);
  const width = Math.min(100, io.stderr.columns);
  const lines = wrap(`${printable(error.message)} ${printable(hintOf(error))}`, width);
  // The messages of XML errors contain the place.
  const place = /\bLine \d/.test(error.message)
    ? ""
    : placeText({ line: error.at?.line, column: error.at?.column });
  const head = `${error.code}${place === "" ? "" : `  (${place})`}`;
  return `${style.bad("error")}  ${style.dim(head)}\n${lines.join("\n")}\n`;
}

/** Prints an error: JSON for programs, sentences for people. */
function report(error: SamlCertError, argv: readonly string[], io: Host): void {
  if (argv.includes("--json")) {
    io.stdout.write(jsonDocument("error", { error: errorJson(error) }));
  } else {
    io.stderr.write(errorText(error, io, argv));
  }
}

/** Waits until the command ends, or after Ctrl-C until its last orderly section ends. */
function untilInterrupted(
  signal: AbortSignal,
  start: (orderly: Io["orderly"]) => Promise<ExitCode>,
): Promise<ExitCode> {
  let sections = 0;
  const running = start(async (work) => {
    sections += 1;
    try {
      return await work();
    } finally {
      sections -= 1;
    }
  });
  return new Promise((resolve, reject) => {
    running.then(resolve, reject);
    const leave = (): void => {
      if (sections === 0) reject(signal.reason);
    };
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });
}

/**
 * Runs one command line and returns its exit code. Accesses the outside only through `host`, and throws
 * only for an internal error.
 */
export async function run(argv: readonly string[], host: Host): Promise<ExitCode> {
  const { signal } = host;
  const style = styleFor(host.stderr, host, argv);
  const progress = progressLine(host.stderr, style, showsProgress(host.stderr, host.env, argv));
  const stdout = progress.beside(host.stdout);
  const stderr = progress.beside(host.stderr);
  try {
    return await untilInterrupted(signal, (orderly) =>
      dispatch(argv, { ...host, stdout, stderr, progress, orderly }),
    );
  } catch (error) {
    if (signal.aborted) {
      host.stderr.write(interruptionText(progress.end(), host.stderr));
      return signal.reason instanceof Interruption ? signal.reason.exitCode : EXIT.interrupted;
    }
    if (!isSamlCertError(error)) throw error;
    report(error, argv, { ...host, stdout, stderr });
    return exitCodeOf(error);
  } finally {
    progress.end();
  }
}

function interruptionText({ doing, stands, drawn }: Told, { isTTY, columns }: Output): string {
  const when = doing === undefined ? "Interrupted." : `Interrupted while ${printable(doing)}.`;
  const lines = wrap(`${when} ${printable(stands)}`.trimEnd(), Math.min(100, columns));
  // The terminal has just echoed ^C on the current line.
  return `${isTTY && !drawn ? "\n" : ""}${lines.join("\n")}\n`;
}
