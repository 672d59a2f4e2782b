import { resolve } from "node:path";
import type { KeysNow, RolloverPlan, RolloverState, RolloverStep } from "../../keys/index.ts";
import {
  type Command,
  type Invocation,
  JSON_OPTION,
  type OptionSpec,
} from "../framework/command.ts";
import { EXIT, UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { timeText } from "../output/date.ts";
import { jsonDocument } from "../output/json.ts";
import { printable } from "../output/text.ts";

export const STATE_OPTION: OptionSpec = {
  name: "state",
  value: "FILE",
  summary: "the state of the rollover; it contains no private key",
  default: "rollover.json",
};

/** `samlcert key rollover plan`: shows the steps of each rollover. */
export const rolloverPlanCommand: Command = {
  name: "key rollover plan",
  summary: "show the steps of a key rollover, and what each waits for",
  options: [STATE_OPTION, JSON_OPTION],
  examples: [{ command: "samlcert key rollover plan", does: "see the next step" }],
  formats: ["key-rollover-plan"],
  async run(invocation, io) {
    const { planKeyRollover } = await import("../../keys/index.ts");
    const state = await stateOf(invocation, io);
    const plans = planKeyRollover(state, io.now());
    io.stdout.write(
      invocation.flag("json")
        ? jsonDocument("key-rollover-plan", { plans })
        : plans.map(planText).join("\n"),
    );
    return EXIT.ok;
  },
};

/** `samlcert key rollover status`: shows the keys in use, for cron too. */
export const rolloverStatusCommand: Command = {
  name: "key rollover status",
  summary: "show the keys in use; ends with 1 if a step is due, and with 6 if one waits",
  options: [STATE_OPTION, JSON_OPTION],
  formats: ["key-rollover-status"],
  examples: [{ command: "samlcert key rollover status", does: "from cron, once an hour" }],
  async run(invocation, io) {
    const { keysFor, planKeyRollover } = await import("../../keys/index.ts");
    const state = await stateOf(invocation, io);
    const keys = keysFor(state, io.now());
    const plans = planKeyRollover(state, io.now());
    io.stdout.write(
      invocation.flag("json")
        ? jsonDocument("key-rollover-status", { keys, plans })
        : keysText(keys),
    );
    const steps = plans.flatMap((plan) => plan.steps);
    if (steps.some(({ kind, status }) => status === "due" && kind !== "announce")) {
      return EXIT.findings;
    }
    return steps.some(({ status }) => status === "waiting") ? EXIT.waiting : EXIT.ok;
  },
};

function keysText({ publish, signWith, decryptWith, phase, cacheSeconds }: KeysNow): string {
  const list = (keys: readonly { readonly spkiSha256: string }[]): string =>
    keys.length === 0
      ? "none"
      : keys.map(({ spkiSha256 }) => spkiSha256).join("\n                ");
  const rows: readonly (readonly [string, string])[] = [
    ["signing", phase.signing],
    ["  publish", list(publish.signing)],
    ["  sign with", list(signWith === undefined ? [] : [signWith])],
    ["encryption", phase.encryption],
    ["  publish", list(publish.encryption)],
    ["  decrypt with", list(decryptWith)],
    ["cache", `${cacheSeconds} s`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(16)}${value}\n`).join("");
}

async function stateOf(invocation: Invocation, io: Io): Promise<RolloverState> {
  const { rolloverFile } = await import("../../keys/index.ts");
  return needed(await rolloverFile(pathOf(invocation, io)).read());
}

export function pathOf(invocation: Invocation, io: Io): string {
  return resolve(io.cwd, invocation.value("state") ?? "");
}

/** Throws a `UsageError` if the rollover was not started. */
export function needed(state: RolloverState | undefined): RolloverState {
  if (state !== undefined) return state;
  throw new UsageError(
    "No rollover has been started in this file.",
    "Start one with samlcert key rollover next --current FILE --identity-provider ENTITYID.",
  );
}

const TITLES: Readonly<Record<RolloverStep["kind"], string>> = {
  announce: "announce the next key",
  use_next: "use the next key",
  retire: "retire the former key",
};

/** The steps of a rollover, one per line. */
export function planText({ use, steps }: RolloverPlan): string {
  const lines = steps.map(({ kind, status, spkiSha256, doneAt, notBefore, waitsFor }) => {
    const facts = [
      ...(doneAt === undefined ? [] : [`at ${timeText(doneAt)}`]),
      ...(status === "waiting" && notBefore !== undefined
        ? [`not before ${timeText(notBefore)}`]
        : []),
      ...(spkiSha256 === undefined ? [] : [`key ${spkiSha256.slice(0, 16)}`]),
      ...(waitsFor.length === 0 ? [] : [`waits for ${waitsFor.map(printable).join(", ")}`]),
    ];
    return `  ${status.padEnd(9)}${TITLES[kind]}${facts.length === 0 ? "" : `: ${facts.join(", ")}`}\n`;
  });
  return `${use}\n${lines.join("")}`;
}
