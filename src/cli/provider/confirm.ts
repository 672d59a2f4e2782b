import type { Invocation, OptionSpec } from "../framework/command.ts";
import { confirmationError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";

export const YES_OPTION: OptionSpec = {
  name: "yes",
  short: "y",
  summary: "do not ask for confirmation",
};

const LONGEST_ANSWER = 1024;

async function firstLine(io: Io): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of io.stdin) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes("\n") || text.length > LONGEST_ANSWER) break;
  }
  return text.split("\n")[0]?.trim() ?? "";
}

/** Asks before a change that cannot be undone, unless `--yes` is given; without a terminal it must be. */
export async function confirm(invocation: Invocation, io: Io, question: string): Promise<void> {
  if (invocation.flag("yes")) return;
  if (!io.stdin.isTTY) {
    throw confirmationError("cli.cannot_prompt", { question });
  }
  if (await asksYes(io, question)) return;
  throw confirmationError("cli.declined");
}

/** True if the person at the terminal answers yes. */
export async function asksYes(io: Io, question: string): Promise<boolean> {
  io.progress.clear();
  io.stderr.write(`${question} Type yes to continue: `);
  return (await firstLine(io)).toLowerCase() === "yes";
}
