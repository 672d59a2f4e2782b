import { readFile } from "node:fs/promises";
import { isObject, isText, need } from "../core/argument.ts";
import { errorCode } from "../core/error-code.ts";
import { type Lock, type LockErrors, takeLock } from "../core/files/lock.ts";
import { replaceFile } from "../core/files/replace.ts";
import { watchError } from "./error.ts";
import type { CertificateStatus, ConnectionState, WatchEvent } from "./types.ts";

/** A certificate as it is kept: without what follows from the time. */
export type KeptCertificate = Omit<CertificateStatus, "state" | "daysLeft" | "publication">;

/** The part of a connection that is kept between two runs. Times are unix seconds. */
export interface ConnectionRecord {
  readonly state: ConnectionState;
  readonly since: number;
  readonly seenAt: number;
  readonly lastSuccessAt?: number | undefined;
  readonly certificates?: readonly KeptCertificate[] | undefined;
  /** The entity of metadata, as JSON text for `diffMetadata`. */
  readonly entity?: string | undefined;
  /** True if its source no longer has it, and that is not told yet. */
  readonly isGone?: boolean | undefined;
  /** Events that are noticed, and not told yet. */
  readonly untold?: readonly WatchEvent[] | undefined;
}

/** The records of one source, by the id of the connection. */
export type SourceRecords = Readonly<Record<string, ConnectionRecord>>;

/**
 * The memory of `watch` between two runs. `watch` saves it at its end, with the events of this run. They count
 * as told only after `told`: a run that is killed before that leaves them to the next one.
 */
export interface WatchState {
  get(sourceId: string): SourceRecords;
  set(sourceId: string, records: SourceRecords): void;
  save(): Promise<void>;
  /** Says that the events of this run have reached people. */
  told(): Promise<void>;
  /** Releases the lock. */
  [Symbol.asyncDispose](): Promise<void>;
}

const FORMAT = "samlcert.watch-state";
const HEAD = `{"format":"${FORMAT}","version":1,"sources":{`;
const TAIL = "}}";

/**
 * Opens the state in a file of JSON. The file is whole at every moment, also after a kill or a power cut, and
 * a lock keeps a second run away. Throws a `WatchError`.
 *
 * @example
 * ```ts
 * import { openWatchState, watch, watchMetadata } from "samlcert/watch";
 *
 * export async function tellChanges(url: string) {
 *   const state = await openWatchState("watch.json");
 *   try {
 *     for await (const { events } of watch([watchMetadata(url)], { now: new Date(), state })) {
 *       for (const { message } of events) console.log(message);
 *     }
 *     await state.told();
 *   } finally {
 *     await state[Symbol.asyncDispose]();
 *   }
 * }
 * ```
 */
export async function openWatchState(path: string): Promise<WatchState> {
  need(() => isText(path) && path !== "", "path", "the path of a file");
  const lock = await takeLock(`${path}.lock`, { errors: lockErrors(`${path}.lock`) });
  try {
    return stateOf(path, lock, await readLines(path));
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** A line of JSON for each source: an unread one costs its text only. */
function stateOf(path: string, lock: Lock, lines: Map<string, string>): WatchState {
  const untold = new Set<string>();
  const get = (sourceId: string): SourceRecords => {
    const line = lines.get(sourceId);
    return line === undefined ? {} : parseRecords(line, path);
  };
  const set = (sourceId: string, records: SourceRecords): void => {
    if (Object.values(records).some((one) => one.untold?.length)) untold.add(sourceId);
    if (Object.keys(records).length === 0) lines.delete(sourceId);
    else lines.set(sourceId, JSON.stringify(records));
  };
  const save = async (): Promise<void> => {
    const body = [...lines].map(([id, line]) => `${JSON.stringify(id)}:${line}`).join(",\n");
    await lock.check();
    await replaceFile(path, `${HEAD}\n${body}\n${TAIL}\n`).catch((error: unknown) => {
      throw watchError("watch.state_unwritable", { file: path, reason: errorCode(error) });
    });
  };
  return {
    get,
    set,
    save,
    async told() {
      if (untold.size === 0) return;
      for (const sourceId of untold) set(sourceId, withoutUntold(get(sourceId)));
      untold.clear();
      await save();
    },
    [Symbol.asyncDispose]: () => lock.release(),
  };
}

function withoutUntold(records: SourceRecords): SourceRecords {
  return Object.fromEntries(
    Object.entries(records)
      .filter(([, { isGone }]) => isGone !== true)
      .map(([id, { untold: _, ...record }]) => [id, record]),
  );
}

async function readLines(path: string): Promise<Map<string, string>> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return `${HEAD}${TAIL}`;
    throw watchError("watch.state_unreadable", { file: path, reason: errorCode(error) });
  });
  return ownLines(text) ?? allLines(text, path);
}

const KEY = /^"(?:[^"\\]|\\.)*":/;

/** The lines as they were written, without parsing them all; undefined if a person has changed the form. */
function ownLines(text: string): Map<string, string> | undefined {
  const lines = text.split("\n");
  if (lines[0] !== HEAD || lines.at(-2) !== TAIL || lines.at(-1) !== "") return undefined;
  const found = new Map<string, string>();
  for (const line of lines.slice(1, -2).filter((one) => one !== "")) {
    const key = KEY.exec(line)?.[0];
    if (key === undefined || !/\},?$/.test(line)) return undefined;
    const end = line.endsWith(",") ? -1 : line.length;
    found.set(JSON.parse(key.slice(0, -1)) as string, line.slice(key.length, end));
  }
  return found;
}

function allLines(text: string, path: string): Map<string, string> {
  const document = parsed(text, path) as { format?: unknown; version?: unknown; sources?: unknown };
  if (document?.format !== FORMAT || document.version !== 1 || !isObject(document.sources)) {
    throw watchError("watch.state_invalid", { file: path });
  }
  return new Map(
    Object.entries(document.sources).map(([id, records]) => [id, JSON.stringify(records)]),
  );
}

function parseRecords(line: string, path: string): SourceRecords {
  const records = parsed(line, path) as SourceRecords;
  if (isObject(records) && Object.values(records).every(isRecord)) return records;
  throw watchError("watch.state_invalid", { file: path });
}

function isRecord(one: ConnectionRecord): boolean {
  const { state, since, certificates = [], untold = [] } = Object(one) as ConnectionRecord;
  const isList = (list: unknown) =>
    Array.isArray(list) && list.every((item) => isText(Object(item).id));
  return isText(state) && Number.isFinite(since) && isList(certificates) && isList(untold);
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw watchError("watch.state_invalid", { file: path });
  }
}

function lockErrors(lock: string): LockErrors {
  const locked = (holder = "another process") => watchError("watch.state_locked", { holder, lock });
  return {
    locked,
    lost: locked,
    failed: (reason) => watchError("watch.state_unwritable", { file: lock, reason }),
  };
}
