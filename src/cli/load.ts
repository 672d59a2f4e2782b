import type { Command } from "./framework/command.ts";

/** The commands that people run most: each is loaded without the others, which takes half the time. */
const ALONE: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["check", async () => (await import("./check/command.ts")).checkCommand],
  ["inspect", async () => (await import("./inspect/command.ts")).inspectCommand],
  ["explain", async () => (await import("./explain/command.ts")).explainCommand],
]);

/** The commands that a command line can name: one by its first word, or all. */
export async function commandsFor([first = ""]: readonly string[]): Promise<readonly Command[]> {
  const alone = ALONE.get(first);
  return alone === undefined ? (await import("./commands.ts")).commands : [await alone()];
}
