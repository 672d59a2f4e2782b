import { ProviderError } from "../../providers/error.ts";
import type { CertificateStore } from "../../providers/store.ts";
import {
  describePlan,
  executeRotation,
  type RotationPlan,
  type RotationResult,
  RotationStoppedError,
  type RunOptions,
  resumeRotation,
  retireSuperseded,
  rollbackRotation,
} from "../../rotation/index.ts";
import type { Invocation } from "../framework/command.ts";
import { EXIT, type ExitCode, exitCodeOf } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { timeText } from "../output/date.ts";
import { hintOf } from "../output/hints.ts";
import { errorJson, jsonDocument } from "../output/json.ts";
import { showEvents, storedText } from "../output/rotation.ts";
import { styleFor } from "../output/style.ts";
import { fitted, printable } from "../output/text.ts";
import { journalFor } from "./journal.ts";
import { commandAfter, nextCommand } from "./next.ts";
import { evidenceOptions } from "./options.ts";

/** A command that works with a journal. */
export type Action =
  | { readonly kind: "execute"; readonly plan: RotationPlan }
  | {
      readonly kind: "resume" | "retire" | "rollback";
      readonly published?: RunOptions["published"];
    };

const PERFORM: Readonly<
  Record<Exclude<Action["kind"], "execute">, (options: RunOptions) => Promise<RotationResult>>
> = { resume: resumeRotation, retire: retireSuperseded, rollback: rollbackRotation };

/** Prints a plan; the exit code says whether a guard forbids it. */
export function showPlan(plan: RotationPlan, invocation: Invocation, io: Io): ExitCode {
  io.stdout.write(
    invocation.flag("json")
      ? jsonDocument("rotation-plan", { plan })
      : fitted(describePlan(plan, { explain: invocation.flag("explain") }), io.stdout),
  );
  return plan.refusals.length > 0 ? EXIT.findings : EXIT.ok;
}

/** Runs a rotation, showing each step, and prints the command that continues it. */
export async function runRotation(
  action: Action,
  store: CertificateStore,
  invocation: Invocation,
  io: Io,
): Promise<ExitCode> {
  const isJson = invocation.flag("json");
  const say = (line: string): void => {
    if (!isJson) io.stderr.write(`${line}\n`);
  };
  const given = action.kind === "execute" ? action.plan : undefined;
  const { journal, plan, path } = await journalFor(given, store, invocation, io);
  if (given && plan && plan.id !== given.id) {
    say(`Continuing the rotation that was planned at ${timeText(plan.createdAt)}.`);
  }
  const options: RunOptions = {
    store,
    journal,
    signal: io.signal,
    clock: io.now,
    onEvent: showEvents({ progress: io.progress, style: styleFor(io.stderr, io), say }),
    ...(action.kind !== "execute" && action.published && { published: action.published }),
  };
  const more = action.kind === "execute" ? [] : evidenceOptions;
  const next = (command: string) => nextCommand(command, invocation, store.integrationId, more);
  try {
    const run = action.kind === "execute" ? executing(plan as RotationPlan) : PERFORM[action.kind];
    const result = await io.orderly(() => run(options));
    io.progress.stands("The rotation finished.");
    await showResult(result, store, invocation, io);
    const command = commandAfter(result);
    say(nextText(result, command && next(command), action));
    return exitCodeAfter(result);
  } catch (error) {
    io.progress.clear();
    if (!(error instanceof RotationStoppedError)) throw error;
    io.progress.stands(`The journal is ${path}.`);
    if (!isJson) io.stderr.write(stopText(error, action, next));
    // The provider's answer is more telling than the stop.
    if (error.cause instanceof ProviderError && !io.signal.aborted) {
      reportStop(error, invocation, io);
      return exitCodeOf(error.cause);
    }
    throw error;
  }
}

function executing(plan: RotationPlan) {
  return (options: RunOptions) => executeRotation(plan, options);
}

function exitCodeAfter({ status }: RotationResult): ExitCode {
  if (status === "stopped") return EXIT.findings;
  const waits = ["waiting", "awaiting_switch", "awaiting_approval"].includes(status);
  return waits ? EXIT.waiting : EXIT.ok;
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
  for (const line of [...result.rolledBack, ...result.notRolledBack]) {
    io.stderr.write(`${fitted(printable(line), io.stderr)}\n`);
  }
}

/** The next step after a run, with the exact command. */
function nextText(
  { status, until = 0, switchAfter = 0 }: RotationResult,
  command: string | undefined,
  { kind }: Action,
): string {
  const back = kind === "rollback" ? " back" : "";
  switch (status) {
    case "completed":
      return "Done: the stored certificates are the ones you asked for.";
    case "rolled_back":
      return "Done: the certificates that were stored before are stored again.";
    case "stopped":
      return `Not everything could be undone. After the reason above is removed, try again:\n  ${command}`;
    case "waiting":
      return `Switch the identity provider, not before ${timeText(switchAfter)}. On or after ${timeText(until)}, continue with:\n  ${command}`;
    case "awaiting_approval":
      return `Have the new certificate approved at the provider; do not switch the identity provider yet. Then continue with:\n  ${command}`;
    case "awaiting_switch":
      return `Switch the identity provider${back}, not before ${timeText(switchAfter)}. When people sign in with its certificate, continue with:\n  ${command}`;
  }
}

function stopText(
  { report, code }: RotationStoppedError,
  action: Action,
  next: (command: string) => string,
): string {
  const stands = report.stands.map(
    ({ id, sha256, subject }) =>
      `  ${printable(id ?? "?")}  ${sha256.slice(0, 16)}  ${printable(subject ?? "")}\n`,
  );
  const undone = [...report.rolledBack, ...report.notRolledBack].map(
    (line) => `  ${printable(line)}\n`,
  );
  return [
    `Last known stored certificates:\n${stands.join("") || "  none\n"}`,
    undone.length > 0 ? `Undone:\n${undone.join("")}` : "",
    `${advice(code, report, action, next)}\n`,
  ].join("");
}

function advice(
  code: string,
  { steps }: RotationResult,
  { kind }: Action,
  next: (command: string) => string,
): string {
  const isUntouched = steps.every(({ status }) => status === "pending");
  if (code === "rotation.journal_failed" && isUntouched && kind === "execute") {
    return "Nothing was changed. After the journal can be written, run the same command again.";
  }
  // The same guard would stop the rotation again: only a new plan can go on.
  if (code === "guard.store_changed")
    return `See what a new plan would do:\n  ${next("rotate plan --again")}`;
  const command = kind === "rollback" ? "rotate rollback" : "rotate resume";
  return `Continue with:\n  ${next(command)}`;
}

function reportStop(error: RotationStoppedError, invocation: Invocation, io: Io): void {
  if (invocation.flag("json")) {
    io.stdout.write(jsonDocument("error", { error: errorJson(error) }));
    return;
  }
  const text = fitted(printable(`${error.message} ${hintOf(error)}`), io.stderr);
  io.stderr.write(`error  ${error.code}\n${text}\n`);
}
