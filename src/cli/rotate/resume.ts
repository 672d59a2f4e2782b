import type { RotationSummary, RunOptions } from "../../rotation/index.ts";
import {
  type Command,
  type Invocation,
  JSON_OPTION,
  type OptionSpec,
} from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { printable } from "../output/text.ts";
import { confirm, YES_OPTION } from "../provider/confirm.ts";
import { openConnection } from "./connection.ts";
import { evidenceSource, readMetadata } from "./desired.ts";
import { journalFolder } from "./journal.ts";
import { connectionOptions, evidenceOptions, journalOptions } from "./options.ts";

const options: readonly OptionSpec[] = [
  ...connectionOptions,
  ...journalOptions,
  ...evidenceOptions,
  JSON_OPTION,
];

/** `samlcert rotate resume`: continues the rotation in a journal. */
export const rotateResumeCommand: Command = {
  name: "rotate resume",
  summary: "continue after an interruption, or look whether the evidence is complete",
  description:
    "Reads the journal and the stored certificates, and continues after the last run, however it ended. Finished steps are not repeated. Ends with 6 while the rotation waits for the switch of the identity provider.",
  options,
  examples: [
    {
      command: "samlcert rotate resume --integration ID",
      does: "continue the newest rotation of the integration",
    },
  ],
  formats: ["rotation"],
  async run(invocation, io) {
    const { store } = await openConnection(invocation, io);
    const { runRotation } = await import("./execute.ts");
    const action = { kind: "resume", ...publishedFor(invocation, io) } as const;
    return await runRotation(action, store, invocation, io);
  },
};

/** `samlcert rotate retire`: a person's word that the identity provider has switched. */
export const rotateRetireCommand: Command = {
  name: "rotate retire",
  summary: "retire the old certificate, once the identity provider has switched",
  description:
    "Say --switched when people sign in with the new certificate. Asks on a terminal, and needs --yes elsewhere. A certificate that the plan's metadata still contains, or that the last observed sign-in was signed with, is not removed. Of a rotation that is being rolled back, it removes the certificates that were added.",
  options: [
    { name: "switched", summary: "the identity provider signs with the new certificate" },
    ...options,
    YES_OPTION,
  ],
  examples: [
    {
      command: "samlcert rotate retire --integration ID --switched",
      does: "retire the old certificate after the switch",
    },
    {
      command: "samlcert rotate retire --integration ID --switched --yes",
      does: "the same in a script",
    },
  ],
  formats: ["rotation"],
  async run(invocation, io) {
    if (!invocation.flag("switched")) {
      throw new UsageError(
        "--switched is missing.",
        "Switch the identity provider and sign in with the new certificate, then add --switched.",
      );
    }
    const { store } = await openConnection(invocation, io);
    const { runRotation } = await import("./execute.ts");
    const names = await toRetire(store, invocation, io);
    await confirm(invocation, io, `Has the identity provider switched? This removes ${names}.`);
    const action = { kind: "retire", ...publishedFor(invocation, io) } as const;
    return await runRotation(action, store, invocation, io);
  },
};

/** `samlcert rotate rollback`: rolls the rotation in a journal back. */
export const rotateRollbackCommand: Command = {
  name: "rotate rollback",
  summary: "roll a rotation back, finished or not",
  description:
    "Adds the retired certificates again and reads them back, then ends with 6: switch the identity provider back, and remove the added ones with rotate retire. Ends with 1 if a step cannot be undone. Asks on a terminal, and needs --yes elsewhere.",
  options: [...options, YES_OPTION],
  examples: [
    {
      command: "samlcert rotate rollback --integration ID",
      does: "go back to the certificates that were stored before",
    },
  ],
  formats: ["rotation"],
  async run(invocation, io) {
    const { store } = await openConnection(invocation, io);
    const { runRotation } = await import("./execute.ts");
    await confirm(invocation, io, "This rolls the rotation back.");
    const action = { kind: "rollback", ...publishedFor(invocation, io) } as const;
    return await runRotation(action, store, invocation, io);
  },
};

/** Reads the metadata that the options name, if they name any, before each removal. */
function publishedFor(invocation: Invocation, io: Io): Pick<RunOptions, "published"> {
  const location = invocation.value("metadata");
  if (location === undefined) return {};
  return {
    async published() {
      const source = await evidenceSource(location, invocation, io);
      return (await readMetadata(source, invocation, io)).certificates;
    },
  };
}

/** The certificates that the newest rotation of a connection retires, for a question. */
async function toRetire(
  connection: { readonly provider: string; readonly integrationId: string },
  invocation: Invocation,
  io: Io,
): Promise<string> {
  if (invocation.value("journal") !== undefined) return "the certificates that the journal names";
  const { rotationJournals } = await import("../../rotation/index.ts");
  const [newest] = await rotationJournals(journalFolder(invocation, io)).list(connection);
  if (newest?.status === "rolling_back") return "the certificates that the rotation has added";
  return named(newest?.superseded ?? []);
}

function named(certificates: RotationSummary["superseded"]): string {
  const names = certificates.map(({ sha256, subject = "" }) =>
    `${sha256.slice(0, 16)} ${printable(subject)}`.trimEnd(),
  );
  return names.length === 0 ? "nothing" : names.join(", ");
}
