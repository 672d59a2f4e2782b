import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, readFile, rm, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { errorCode } from "../error-code.ts";

/** The holder of a lock. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /** The start of the process, if the system tells: process ids are reused. */
  readonly started?: string | undefined;
  readonly token: string;
}

/** A lock that is held. */
export interface Lock {
  /** Throws `errors.lost` if another holder has taken it. */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** Locks on the takeover of a lock on the takeover: a person must look. */
const MAX_DEPTH = 3;

/** The errors of a layer. */
export interface LockErrors {
  /** `holder` is such as `process 12 on host`; undefined if the lock does not say. */
  locked(holder: string | undefined): Error;
  lost(): Error;
  /** The lock could not be written; `reason` is the code of the system. */
  failed(reason: string): Error;
}

/** Options of `takeLock`. */
export interface LockOptions {
  readonly errors: LockErrors;
  /** The name of a machine that is gone: its locks are taken over. */
  readonly deadHost?: string | undefined;
}

/** Takes a lock file, or throws `errors.locked` if another process has it. */
export async function takeLock(path: string, options: LockOptions, depth = 0): Promise<Lock> {
  const started = startOf(process.pid);
  const mine: Holder = {
    host: hostname(),
    pid: process.pid,
    ...(started !== undefined && { started }),
    token: randomUUID(),
  };
  const text = `${JSON.stringify(mine)}\n`;
  if (await create(path, text, options.errors)) return held(path, text, options.errors);
  const other = await read(path);
  if (!isDead(other, options) || depth === MAX_DEPTH) throw locked(other, options);
  await removeStale(path, other, options, depth);
  if (await create(path, text, options.errors)) return held(path, text, options.errors);
  throw locked(await read(path), options);
}

/** Creates the file whole or not at all: no process reads half a holder. */
async function create(path: string, text: string, errors: LockErrors): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { flag: "wx", mode: 0o600, flush: true });
    await link(draft, path);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === "EEXIST") return false;
    throw errors.failed(code);
  } finally {
    await rm(draft, { force: true });
  }
}

function held(path: string, text: string, errors: LockErrors): Lock {
  const mine = async () => (await read(path)) === text;
  return {
    async check() {
      if (await mine()) return;
      throw errors.lost();
    },
    async release() {
      if (await mine()) await unlink(path).catch(() => undefined);
    },
  };
}

/**
 * Removes the lock of a dead process, under a lock of its own: of two that found the same dead holder,
 * the slower one would otherwise remove the lock of the faster one.
 */
async function removeStale(
  path: string,
  stale: string,
  options: LockOptions,
  depth: number,
): Promise<void> {
  const takeover = await takeLock(`${path}.takeover`, options, depth + 1);
  try {
    if ((await read(path)) === stale) await unlink(path);
  } finally {
    await takeover.release();
  }
}

async function read(path: string): Promise<string> {
  return await readFile(path, "utf8").catch(() => "");
}

function isDead(text: string, { deadHost }: LockOptions): boolean {
  const holder = parseHolder(text);
  if (holder && holder.host === deadHost) return true;
  if (!holder || holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return errorCode(error) === "ESRCH";
  }
  const started = startOf(holder.pid);
  return holder.started !== undefined && started !== undefined && holder.started !== started;
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder> | null;
    const valid = typeof value?.host === "string" && Number.isSafeInteger(value.pid);
    return valid && (value.pid ?? 0) > 0 ? (value as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/** Start time of a process in the clock ticks of Linux; undefined on other systems. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in parentheses, may contain anything: count from its end.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "zombie" : fields[19];
  } catch {
    return undefined;
  }
}

function locked(text: string, { errors }: LockOptions): Error {
  const holder = parseHolder(text);
  return errors.locked(holder && `process ${holder.pid} on ${holder.host}`);
}
