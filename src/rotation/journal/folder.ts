import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isText, need } from "../../core/argument.ts";
import { checkOptions } from "../../core/options.ts";
import { isoTime } from "../../core/time.ts";
import { rotationError } from "../error.ts";
import { checkObservation, observeSignIn, type SignInObservation } from "../observe.ts";
import { sha256Hex } from "../plan/canonical.ts";
import { type Progress, replay, requireIntact } from "../run/replay.ts";
import type { RotationPlan } from "../types.ts";
import { type FileJournalOptions, fileJournal, JOURNAL_KINDS } from "./file.ts";
import { continues, OVER } from "./goal.ts";
import { readLines } from "./line.ts";
import { type RotationSummary, summaryOf } from "./summary.ts";
import type { Connection, RotationJournal } from "./types.ts";

/** A rotation whose journal is in a folder. */
export interface StoredRotation extends RotationSummary {
  /** The path of its journal. */
  readonly path: string;
}

/** The journal to execute a plan with. */
export interface OpenedRotation {
  readonly path: string;
  readonly journal: RotationJournal;
  /** The given plan, or the earlier one with the same goal that is not finished. */
  readonly plan: RotationPlan;
}

/** The journals of many rotations, one file each, in one folder for each connection. */
export interface RotationJournals {
  /** Every rotation, or those of one connection; the newest of each connection first. */
  list(connection?: Connection): Promise<readonly StoredRotation[]>;
  /** The journal for a plan: a new one, or that of an unfinished rotation with the same goal. */
  forPlan(plan: RotationPlan): Promise<OpenedRotation>;
  /** The journal of the newest rotation of a connection. Throws `journal.empty` if there is none. */
  latest(
    connection: Connection,
  ): Promise<{ readonly path: string; readonly journal: RotationJournal }>;
  /**
   * Records a sign-in at a connection, as `observeSignIn` does. Returns false if it tells nothing new,
   * or if no rotation of the connection is unfinished.
   */
  observe(connection: Connection, observation: SignInObservation): Promise<boolean>;
}

/**
 * Journals in a folder: `<folder>/<provider>/<integration>/`, one file for each rotation. Finished
 * ones are kept, so that they can be listed and rolled back.
 *
 * @example
 * ```ts
 * import { rotationJournals } from "samlcert/rotation";
 *
 * for (const { provider, integrationId, status } of await rotationJournals(".samlcert").list()) {
 *   console.log(provider, integrationId, status);
 * }
 * ```
 */
export function rotationJournals(
  folder: string,
  options: FileJournalOptions = {},
): RotationJournals {
  need(() => isText(folder) && folder !== "", "folder", "the path of a folder");
  checkOptions(options, JOURNAL_KINDS, "rotationJournals");

  async function list(connection?: Connection): Promise<readonly StoredRotation[]> {
    const folders = connection ? [folderOf(folder, connection)] : await allFolders(folder);
    return (await Promise.all(folders.map(rotationsIn))).flat();
  }

  return {
    list,

    async forPlan(plan) {
      requireIntact(plan);
      const { provider, integrationId } = plan;
      need(
        () => isText(provider) && isText(integrationId),
        "plan",
        "a plan that was made for a `target`",
      );
      const place = folderOf(folder, { provider, integrationId } as Connection);
      await mkdir(place, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        const { code = "unknown error" } = error as { readonly code?: string };
        throw rotationError("journal.unreadable", { reason: code });
      });
      const [newest] = await rotationsIn(place);
      const progress = newest && (await progressOf(newest.path));
      if (newest && progress && continues(newest, progress.plan, plan)) {
        const journal = fileJournal(newest.path, options);
        return { path: newest.path, journal, plan: progress.plan };
      }
      const time = isoTime(plan.createdAt).replaceAll(":", "-");
      const path = join(place, `${time}-${plan.id.slice(0, 16)}.jsonl`);
      return { path, journal: fileJournal(path, options), plan };
    },

    async latest(connection) {
      const [newest] = await list(connection);
      if (!newest) throw rotationError("journal.empty");
      return { path: newest.path, journal: fileJournal(newest.path, options) };
    },

    async observe(connection, observation) {
      checkObservation(observation);
      const [newest] = await list(connection);
      if (!newest || OVER.includes(newest.status)) return false;
      return await observeSignIn(fileJournal(newest.path, options), observation);
    },
  };
}

async function rotationsIn(folder: string): Promise<readonly StoredRotation[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".jsonl"));
  const found = names
    .sort()
    .reverse()
    .map(async (name) => {
      const path = join(folder, name);
      const progress = await progressOf(path);
      return progress ? { path, ...summaryOf(progress) } : { path, ...DAMAGED };
    });
  return await Promise.all(found);
}

const DAMAGED: RotationSummary = {
  planId: "",
  provider: "",
  integrationId: "",
  createdAt: 0,
  at: 0,
  status: "damaged",
  superseded: [],
};

/** The progress of a rotation, read without its lock; undefined if the file is no intact journal. */
async function progressOf(path: string): Promise<Progress | undefined> {
  try {
    return replay(readLines(await readFile(path, "utf8")).records);
  } catch {
    return undefined;
  }
}

async function allFolders(folder: string): Promise<readonly string[]> {
  const inside = async (place: string) => {
    const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(place, name));
  };
  const providers = await inside(folder);
  return (await Promise.all(providers.sort().map(inside))).flat();
}

function folderOf(folder: string, { provider, integrationId }: Connection): string {
  return join(folder, fileName(provider), fileName(integrationId));
}

/** A name for any file system; a digest keeps two ids apart that would share it. */
function fileName(text: string): string {
  if (/^[a-zA-Z0-9][\w-]{0,99}$/.test(text)) return text;
  return `${text.replaceAll(/[^\w-]/g, "_").slice(0, 60)}-${sha256Hex(text).slice(0, 16)}`;
}
