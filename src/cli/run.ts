import { isSamlCertError, type SamlCertError } from "../core/errors.ts";
import { asksForHelp, readInvocation } from "./framework/arguments.ts";
import { EXIT, type ExitCode, exitCodeOf, Interruption, UsageError } from "./framework/exit.ts";
import type { Host, Io, Output } from "./framework/io.ts";
import { findCommand, isMistyped, unknownCommand, wordsOf } from "./framework/lookup.ts";
import { packageVersion } from "./framework/package.ts";
import { showHelp } from "./help/show.ts";
import { shown } from "./input/secrets.ts";
import { commandsFor } from "./load.ts";
import { placeText } from "./output/findings.ts";
import { hintOf } from "./output/hints.ts";
import { errorJson, jsonDocument } from "./output/json.ts";
import { progressLine, showsProgress, type Told } from "./output/progress.ts";
import { styleFor } from "./output/style.ts";
import { printable, wrap } from "./output/text.ts";

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  const commands = await commandsFor(argv);
  const found = findCommand(commands, argv);
  if (found !== undefined) {
    const { command, rest } = found;
    if (asksForHelp(rest)) {
      return showHelp(commands, command.name.split(" "), io, {
        plain: argv.includes("--no-color"),
      });
    }
    if (isMistyped(commands, found)) throw unknownCommand(commands, argv);
    return await command.run(readInvocation(command, rest), io);
  }
  if (argv.includes("--version") || argv[0] === "-V") {
    io.stdout.write(`${packageVersion()}\n`);
    return EXIT.ok;
  }
  const words = wordsOf(argv);
  if (words.length === 0 && argv.length > 0 && !asksForHelp(argv) && argv[0] !== "--no-color") {
    throw new UsageError(
      `Unknown option ${shown(argv[0]?.split("=")[0] ?? "")}.`,
      "See: samlcert --help",
    );
  }
  const whole = asksForHelp(argv);
  showHelp(commands, words, io, { plain: argv.includes("--no-color"), whole });
  // A group alone is no command.
  return words.length > 0 && !whole ? EXIT.usage : EXIT.ok;
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
