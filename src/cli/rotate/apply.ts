import type { RotationPlan } from "../../rotation/index.ts";
import { type Command, type Invocation, JSON_OPTION } from "../framework/command.ts";
import { type ExitCode, inputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { inputName, readInput } from "../input/files.ts";
import { fitted } from "../output/text.ts";
import { openStore } from "./connection.ts";
import { makePlan } from "./desired.ts";
import { connectionOptions, desiredOptions, journalOption, policyOptions } from "./options.ts";

const MAX_PLAN_BYTES = 16 * 1024 * 1024;

export const dryRunOption = { name: "dry-run", summary: "print the plan and change nothing" };

/** `samlcert rotate apply`: executes a plan. */
export const rotateApplyCommand: Command = {
  name: "rotate apply",
  summary: "execute a plan, or plan and execute at once",
  description:
    "Adds what is missing, reads it back, lets old and new overlap, then removes the old. Every step is written to the journal before and after it is done. Stops when the overlap begins, and when anybody else has changed what is stored since the plan was made.",
  arguments: [
    { name: "PLAN", summary: "a plan that rotate plan --json has written", optional: true },
  ],
  options: [
    ...connectionOptions,
    ...desiredOptions,
    ...policyOptions,
    dryRunOption,
    journalOption,
    JSON_OPTION,
  ],
  examples: [
    {
      command: "samlcert rotate apply plan.json --integration ID",
      does: "execute a plan that was approved",
    },
    {
      command: "samlcert rotate apply --integration ID --certificate next.pem",
      does: "plan and execute at once",
    },
  ],
  formats: ["rotation", "rotation-plan"],
  run: applyRotation,
};

/** Plans, or reads a plan, and executes it. */
export async function applyRotation(invocation: Invocation, io: Io): Promise<ExitCode> {
  const { describePlan } = await import("../../rotation/index.ts");
  const { runRotation, showPlan } = await import("./execute.ts");
  const store = await openStore(invocation, io);
  const path = invocation.arguments[0];
  const plan =
    path === undefined ? await makePlan(invocation, io, store) : await readPlan(path, io);
  if (invocation.flag("dry-run") || plan.refusals.length > 0) {
    return showPlan(plan, invocation, io);
  }
  if (!invocation.flag("json")) io.stderr.write(`${fitted(describePlan(plan), io.stderr)}\n`);
  return await runRotation({ kind: "execute", plan }, store, invocation, io);
}

async function readPlan(path: string, io: Io): Promise<RotationPlan> {
  const { requireIntact } = await import("../../rotation/run/replay.ts");
  const bytes = await readInput(path, io, { maxBytes: MAX_PLAN_BYTES, what: "a plan" });
  const value = parseJson(new TextDecoder().decode(bytes), inputName(path));
  const plan = typeof value === "object" && value !== null && "plan" in value ? value.plan : value;
  requireIntact(plan as RotationPlan);
  return plan as RotationPlan;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw inputError("cli.input_invalid", {
      file,
      expected: "JSON",
      source: "a plan from samlcert rotate plan --json",
    });
  }
}
