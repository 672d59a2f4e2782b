import type { Invocation, OptionSpec } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";

export const YES_OPTION: OptionSpec = { name: "yes", short: "y", summary: "do it without asking" };

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

/** Asks before something that cannot be undone; `--yes` answers, and a pipe has to. */
export async function confirm(invocation: Invocation, io: Io, question: string): Promise<void> {
  if (invocation.flag("yes")) return;
  if (!io.stdin.isTTY) {
    throw new UsageError(`Nobody can be asked: ${question}`, "Add --yes if this is what you want.");
  }
  io.progress.clear();
  io.stderr.write(`${question} Type yes to go on: `);
  if ((await firstLine(io)).toLowerCase() === "yes") return;
  throw new UsageError("Nothing was done.", "Answer yes, or add --yes.");
}
