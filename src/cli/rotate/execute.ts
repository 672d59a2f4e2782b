import { resolve } from "node:path";
import type { Certificate } from "../../certificates/index.ts";
import { ProviderError } from "../../providers/error.ts";
import type { CertificateStore } from "../../providers/store.ts";
import {
  describePlan,
  executeRotation,
  fileJournal,
  type RotationPlan,
  type RotationResult,
  RotationStoppedError,
  type RunOptions,
  resumeRotation,
  rollbackRotation,
} from "../../rotation/index.ts";
import type { Invocation } from "../framework/command.ts";
import { EXIT, type ExitCode, exitCodeOf } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { hintOf } from "../output/hints.ts";
import { errorJson, jsonDocument } from "../output/json.ts";
import { showEvents, storedText } from "../output/rotation.ts";
import { styleFor } from "../output/style.ts";
import { fitted, printable } from "../output/text.ts";

/** What a command does with a journal. */
export type Action =
  | { readonly kind: "execute"; readonly plan: RotationPlan }
  | { readonly kind: "resume"; readonly published?: readonly Certificate[] | undefined }
  | { readonly kind: "rollback" };

/** Prints a plan; the exit code says whether a guard forbids it. */
export function showPlan(plan: RotationPlan, invocation: Invocation, io: Io): ExitCode {
  io.stdout.write(
    invocation.flag("json")
      ? jsonDocument("rotation-plan", { plan })
      : fitted(describePlan(plan), io.stdout),
  );
  return plan.refusals.length > 0 ? EXIT.findings : EXIT.ok;
}

/** Executes, resumes or takes back, showing each step, and tells how to go on if it stops. */
export async function runRotation(
  action: Action,
  store: CertificateStore,
  invocation: Invocation,
  io: Io,
): Promise<ExitCode> {
  const journal = invocation.value("journal") ?? "";
  const style = styleFor(io.stderr, io);
  const say = (line: string): void => {
    if (!invocation.flag("json")) io.stderr.write(`${line}\n`);
  };
  const options: RunOptions = {
    store,
    journal: fileJournal(resolve(io.cwd, journal)),
    signal: io.signal,
    clock: io.now,
    onEvent: showEvents({ progress: io.progress, style, say }),
    ...(action.kind === "resume" && action.published && { published: action.published }),
  };
  const again = resumeCommand(invocation, store, journal);
  try {
    const result = await io.orderly(() => perform(action, options));
    io.progress.stands("The rotation itself went on to its end.");
    await showResult(result, store, invocation, io);
    if (result.status === "waiting") io.stderr.write(`Go on then with:\n  ${again}\n`);
    return result.status === "stopped" ? EXIT.findings : EXIT.ok;
  } catch (error) {
    io.progress.clear();
    if (!(error instanceof RotationStoppedError)) throw error;
    io.progress.stands("The journal is in order.");
    if (!invocation.flag("json")) io.stderr.write(stopText(error, again));
    // What the provider did is more telling than that the run stopped.
    if (error.cause instanceof ProviderError && !io.signal.aborted) {
      reportStop(error, invocation, io);
      return exitCodeOf(error.cause);
    }
    throw error;
  }
}

async function perform(action: Action, options: RunOptions): Promise<RotationResult> {
  if (action.kind === "execute") return await executeRotation(action.plan, options);
  return await (action.kind === "resume" ? resumeRotation(options) : rollbackRotation(options));
}

async function showResult(
  result: RotationResult,
  store: CertificateStore,
  invocation: Invocation,
  io: Io,
): Promise<void> {
  if (invocation.flag("json")) {
    io.stdout.write(jsonDocument("rotation", { result }));
    return;
  }
  const stored = await store.list({ signal: io.signal });
  const now = Math.floor(io.now().getTime() / 1000);
  const width = Math.min(100, io.stdout.columns);
  io.stdout.write(storedText({ stored }, now, styleFor(io.stdout, io), width));
  for (const line of [...result.rolledBack, ...result.notRolledBack, `Next: ${result.next}`]) {
    io.stderr.write(`${fitted(printable(line), io.stderr)}\n`);
  }
}

function stopText({ report, code }: RotationStoppedError, again: string): string {
  const stands = report.stands.map(
    ({ id, sha256, subject }) =>
      `  ${printable(id ?? "?")}  ${sha256.slice(0, 16)}  ${printable(subject ?? "")}\n`,
  );
  const undone = [...report.rolledBack, ...report.notRolledBack].map((line) => `  ${line}\n`);
  // A guard that found another writer will find it again: a new plan is needed then.
  const next = code === "guard.store_changed" ? report.next : `Go on with:\n  ${again}`;
  return [
    `Stored, as far as this run knows:\n${stands.join("") || "  nothing\n"}`,
    undone.length > 0 ? `Taken back:\n${printableLines(undone)}` : "",
    `${next}\n`,
  ].join("");
}

function printableLines(lines: readonly string[]): string {
  return lines.map((line) => `${printable(line.trimEnd())}\n`).join("");
}

function reportStop(error: RotationStoppedError, invocation: Invocation, io: Io): void {
  if (invocation.flag("json")) {
    io.stdout.write(jsonDocument("error", { error: errorJson(error) }));
    return;
  }
  const text = fitted(printable(`${error.message} ${hintOf(error)}`), io.stderr);
  io.stderr.write(`error  ${error.code}\n${text}\n`);
}

/** The command line that goes on, with every option that it needs. */
function resumeCommand(
  invocation: Invocation,
  { integrationId }: CertificateStore,
  journal: string,
): string {
  const options = ["region", "base-url", "api-key-file", "on-behalf-of"].flatMap((name) => {
    const value = invocation.value(name);
    return value === undefined ? [] : [`--${name} ${quoted(value)}`];
  });
  return [
    "samlcert rotate resume",
    `--integration ${quoted(integrationId)}`,
    `--journal ${quoted(journal)}`,
    ...options,
  ].join(" ");
}

function quoted(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${printable(text).replaceAll("'", "'\\''")}'`;
}
