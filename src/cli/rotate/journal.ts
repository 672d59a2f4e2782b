import { resolve } from "node:path";
import type { CertificateStore } from "../../providers/store.ts";
import { rotationError } from "../../rotation/error.ts";
import {
  fileJournal,
  type RotationJournal,
  type RotationPlan,
  rotationJournals,
} from "../../rotation/index.ts";
import type { Invocation } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";

/** The journal of a command, and the plan to execute with it. */
export interface CommandJournal {
  readonly journal: RotationJournal;
  readonly path: string;
  readonly plan?: RotationPlan | undefined;
}

/** The file that `--journal` names, or one in the folder of the connection. */
export async function journalFor(
  plan: RotationPlan | undefined,
  store: CertificateStore,
  invocation: Invocation,
  io: Io,
): Promise<CommandJournal> {
  const deadHost = invocation.value("take-over");
  const options = deadHost === undefined ? {} : { deadHost };
  const file = invocation.value("journal");
  if (file !== undefined) {
    const path = resolve(io.cwd, file);
    return { journal: fileJournal(path, options), path, plan };
  }
  const journals = rotationJournals(journalFolder(invocation, io), options);
  if (plan?.provider === undefined) return await journals.latest(store);
  return await journals.forPlan(plan);
}

/** The plan of the newest rotation of a connection, or of the journal that is named. */
export async function newestPlan(
  store: CertificateStore,
  invocation: Invocation,
  io: Io,
): Promise<RotationPlan> {
  const { journal } = await journalFor(undefined, store, invocation, io);
  const records = await journal.open();
  await journal.close();
  const [first] = records;
  if (first?.type !== "plan") throw rotationError("journal.empty");
  return first.plan;
}

export function journalFolder(invocation: Invocation, io: Io): string {
  return resolve(io.cwd, invocation.value("journals") ?? "");
}
