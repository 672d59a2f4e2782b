import { randomUUID } from "node:crypto";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { isText, need } from "../../core/argument.ts";
import { errorCode } from "../../core/error-code.ts";
import { checkOptions, FUNCTION, type OptionKinds } from "../../core/options.ts";
import { keyError } from "../error.ts";
import { formatRollover, parseRollover } from "./document.ts";
import type { RolloverEvent, RolloverState } from "./types.ts";

export interface RolloverFileOptions {
  /** Called with each event after it was written. */
  readonly onEvent?: ((event: RolloverEvent) => void) | undefined;
}

const KINDS: OptionKinds<RolloverFileOptions> = { onEvent: FUNCTION };

/** The state of a rollover in a file. */
export interface RolloverFile {
  /** The state; undefined if there is no file. */
  read(): Promise<RolloverState | undefined>;
  /** Changes the state: nobody else does so meanwhile, and the file is whole at every moment. */
  update(change: (state: RolloverState | undefined) => RolloverState): Promise<RolloverState>;
}

/**
 * Keeps the state of a rollover in a file of JSON. A change is written to a file of its own, synced to the
 * disk and renamed; a lock keeps two processes apart. Throws a `KeyError`.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { announceKey, rolloverFile, startRollover } from "samlcert/keys";
 *
 * const file = rolloverFile("rollover.json", { onEvent: ({ type }) => console.log(type) });
 * await file.update((state) =>
 *   announceKey(state ?? startRollover({ signing: readFileSync("sp.crt"), identityProviders: [] }), {
 *     use: "signing",
 *     certificate: readFileSync("sp-next.crt"),
 *   }),
 * );
 * ```
 */
export function rolloverFile(path: string, options: RolloverFileOptions = {}): RolloverFile {
  need(() => isText(path) && path !== "", "path", "the path of a file");
  checkOptions(options, KINDS, "rolloverFile");
  const read = async (): Promise<RolloverState | undefined> => {
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      if (errorCode(error) === "ENOENT") return undefined;
      throw keyError("keys.rollover_file", { reason: errorCode(error) });
    });
    return text === undefined ? undefined : parseRollover(text);
  };
  return {
    read,
    async update(change) {
      const release = await takeLock(`${path}.lock`);
      try {
        const before = await read();
        const after = change(before);
        if (after !== before) await replace(path, formatRollover(after));
        const known = before?.events.length ?? 0;
        for (const event of after.events.slice(known)) options?.onEvent?.(event);
        return after;
      } finally {
        await release();
      }
    },
  };
}

async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    throw keyError("keys.rollover_file", { reason: errorCode(error) });
  } finally {
    await rm(draft, { force: true });
  }
}

/** Changes take milliseconds: one that waits this long waits for a dead process. */
const ATTEMPTS = 100;
const PAUSE_MS = 50;

async function takeLock(lock: string): Promise<() => Promise<void>> {
  const draft = `${lock}.${randomUUID()}`;
  const mine = `process ${process.pid} on ${hostname()}`;
  try {
    const file = await open(draft, "wx", 0o600);
    await file.writeFile(mine).finally(() => file.close());
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        // Whole or not at all: no process reads half a name.
        await link(draft, lock);
        return () => rm(lock, { force: true });
      } catch (error) {
        if (errorCode(error) !== "EEXIST") throw error;
      }
      if (await isLeftOver(lock)) await rm(lock, { force: true });
      else await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
  } catch (error) {
    throw keyError("keys.rollover_file", { reason: errorCode(error) });
  } finally {
    await rm(draft, { force: true });
  }
  const holder = await readFile(lock, "utf8").catch(() => "another process");
  throw keyError("keys.rollover_locked", { holder, lock });
}

/** True if a process of this machine left the lock when it died. */
async function isLeftOver(lock: string): Promise<boolean> {
  const text = await readFile(lock, "utf8").catch(() => "");
  const [, pid = "", host] = /^process (\d+) on (.+)$/.exec(text) ?? [];
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return errorCode(error) === "ESRCH";
  }
}
