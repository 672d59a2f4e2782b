import type { RotationPlan } from "../../rotation/index.ts";
import {
  type Command,
  type Invocation,
  JSON_OPTION,
  type OptionSpec,
} from "../framework/command.ts";
import { type ExitCode, inputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { inputName, readInput } from "../input/files.ts";
import { fitted } from "../output/text.ts";
import { confirm, YES_OPTION } from "../provider/confirm.ts";
import { openConnection } from "./connection.ts";
import { makePlan } from "./desired.ts";
import { connectionOptions, desiredOptions, journalOptions, policyOptions } from "./options.ts";

const MAX_PLAN_BYTES = 16 * 1024 * 1024;

const dryRunOption = { name: "dry-run", summary: "print the plan and change nothing" };
export const explainOption = {
  name: "explain",
  summary: "also print the reason and the risk of each step",
};

export const applyOptions: readonly OptionSpec[] = [
  ...connectionOptions,
  ...desiredOptions,
  ...policyOptions,
  dryRunOption,
  explainOption,
  ...journalOptions,
  YES_OPTION,
  JSON_OPTION,
];

/** `samlcert rotate apply`: executes a plan. */
export const rotateApplyCommand: Command = {
  name: "rotate apply",
  summary: "execute a plan, or plan and execute at once",
  description:
    "Adds the missing certificates, reads them back, and ends with exit code 6: old and new are both trusted. Then switch the identity provider, and continue with rotate retire. Every step is written to a journal before and after it is done. The same command continues an unfinished rotation with the same goal. A plan without an overlap asks first.",
  arguments: [
    { name: "PLAN", summary: "a plan that rotate plan --json has written", optional: true },
  ],
  options: applyOptions,
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
  const connection = await openConnection(invocation, io);
  const path = invocation.arguments[0];
  const plan =
    path === undefined ? await makePlan(invocation, io, connection) : await readPlan(path, io);
  if (invocation.flag("dry-run") || plan.refusals.length > 0) {
    return showPlan(plan, invocation, io);
  }
  const explain = invocation.flag("explain");
  if (!invocation.flag("json")) {
    io.stderr.write(`${fitted(describePlan(plan, { explain }), io.stderr)}\n`);
  }
  if (hasNoOverlap(plan)) {
    const question =
      "There is no overlap: sign-in fails until the identity provider signs with the new certificate.";
    await confirm(invocation, io, question);
  }
  return await runRotation({ kind: "execute", plan }, connection.store, invocation, io);
}

/** True if something is removed before the identity provider can switch. */
function hasNoOverlap({ steps, policy: { retire } }: RotationPlan): boolean {
  const atOnce =
    typeof retire === "object" && "afterSeconds" in retire && retire.afterSeconds === 0;
  return steps.some(({ kind }) => kind === "replace" || (atOnce && kind === "retire"));
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
