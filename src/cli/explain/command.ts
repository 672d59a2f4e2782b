import type { Command } from "../framework/command.ts";

/** `samlcert explain`: prints the reference entry of any code. */
export const explainCommand: Command = {
  name: "explain",
  summary: "explain an error or finding code",
  arguments: [{ name: "CODE", summary: "a code from any output, such as validity.expired" }],
  examples: [
    { command: "samlcert explain key.rsa_lt_2048", does: "look up a code" },
    { command: "samlcert explain guard.store_changed", does: "look up an error of a rotation" },
  ],
  async run(invocation, io) {
    const { explain } = await import("./explain.ts");
    return explain(invocation.arguments[0] ?? "", io);
  },
};
