import { type Command, JSON_OPTION } from "../framework/command.ts";
import { openStore } from "./connection.ts";
import { readMetadata } from "./desired.ts";
import { connectionOptions, journalOption, metadataOptions } from "./options.ts";

/** `samlcert rotate resume`: goes on with the plan in a journal. */
export const rotateResumeCommand: Command = {
  name: "rotate resume",
  summary: "go on after the overlap, or after an interruption",
  description:
    "Reads the journal, looks at what is stored, and goes on where the last run ended, however it ended. Nothing that is finished is done again. Before the overlap has passed it says so and does nothing.",
  options: [
    ...connectionOptions,
    journalOption,
    {
      name: "metadata",
      value: "FILE|URL",
      summary: "retire nothing that the identity provider still publishes here",
    },
    ...metadataOptions,
    JSON_OPTION,
  ],
  examples: [
    {
      command: "samlcert rotate resume --integration ID",
      does: "retire the old certificate, once the overlap has passed",
    },
  ],
  formats: ["rotation"],
  async run(invocation, io) {
    const store = await openStore(invocation, io);
    const { runRotation } = await import("./execute.ts");
    const place = invocation.value("metadata");
    const state = place === undefined ? undefined : await readMetadata(place, invocation, io);
    const action = { kind: "resume", published: state?.certificates } as const;
    return await runRotation(action, store, invocation, io);
  },
};

/** `samlcert rotate rollback`: takes the rotation in a journal back. */
export const rotateRollbackCommand: Command = {
  name: "rotate rollback",
  summary: "take a rotation back, finished or not",
  description:
    "Adds again what the rotation in the journal has retired, then removes what it has added. What cannot be taken back is told, and then it ends with 1.",
  options: [...connectionOptions, journalOption, JSON_OPTION],
  examples: [
    {
      command: "samlcert rotate rollback --integration ID",
      does: "go back to what was stored before",
    },
  ],
  formats: ["rotation"],
  async run(invocation, io) {
    const store = await openStore(invocation, io);
    const { runRotation } = await import("./execute.ts");
    return await runRotation({ kind: "rollback" }, store, invocation, io);
  },
};
