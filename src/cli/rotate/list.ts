import { isoTime } from "../../core/time.ts";
import type { StoredRotation } from "../../rotation/index.ts";
import { type Command, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { jsonDocument } from "../output/json.ts";
import { styleFor } from "../output/style.ts";
import { table, tableWidth } from "../output/table.ts";
import { printable } from "../output/text.ts";
import { journalFolder } from "./journal.ts";
import { journalOptions } from "./options.ts";

const HEAD = ["PROVIDER", "INTEGRATION", "PLANNED", "STATUS", "JOURNAL"];

/** `samlcert rotate list`: the rotations whose journals are in a folder. */
export const rotateListCommand: Command = {
  name: "rotate list",
  summary: "list the rotations, finished or not",
  description:
    "Reads the journals in a folder; nothing is asked of the provider. The newest rotation of each integration is listed first.",
  options: [...journalOptions.filter(({ name }) => name === "journals"), JSON_OPTION],
  examples: [{ command: "samlcert rotate list", does: "see which rotations await their switch" }],
  formats: ["rotations"],
  async run(invocation, io) {
    const { rotationJournals } = await import("../../rotation/index.ts");
    const rotations = await rotationJournals(journalFolder(invocation, io)).list();
    if (invocation.flag("json")) io.stdout.write(jsonDocument("rotations", { rotations }));
    else
      io.stdout.write(
        table(HEAD, rotations.map(row), styleFor(io.stdout, io), tableWidth(io.stdout)),
      );
    return EXIT.ok;
  },
};

function row({ provider, integrationId, createdAt, status, until, path }: StoredRotation) {
  const time = until === undefined || status !== "waiting" ? "" : ` until ${isoTime(until)}`;
  const planned = createdAt === 0 ? "" : isoTime(createdAt);
  return [provider, integrationId, planned, `${status}${time}`, path].map(printable);
}
