import { readFile } from "node:fs/promises";
import { isText, need } from "../../core/argument.ts";
import { errorCode } from "../../core/error-code.ts";
import type { KeyError } from "../../core/errors.ts";
import { type Lock, type LockErrors, takeLock } from "../../core/files/lock.ts";
import { replaceFile } from "../../core/files/replace.ts";
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
      const lock = await waitForLock(`${path}.lock`);
      try {
        const before = await read();
        const after = change(before);
        await lock.check();
        if (after !== before) await replace(path, formatRollover(after));
        const known = before?.events.length ?? 0;
        for (const event of after.events.slice(known)) options?.onEvent?.(event);
        return after;
      } finally {
        await lock.release();
      }
    },
  };
}

async function replace(path: string, text: string): Promise<void> {
  try {
    await replaceFile(path, text);
  } catch (error) {
    throw keyError("keys.rollover_file", { reason: errorCode(error) });
  }
}

/** Changes take milliseconds: one that waits this long waits for a dead process. */
const ATTEMPTS = 100;
const PAUSE_MS = 50;

/** Takes the lock; waits for a change of another process, which is not long. */
async function waitForLock(lock: string): Promise<Lock> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await takeLock(lock, { errors: lockErrors(lock) });
    } catch (error) {
      if ((error as KeyError).code !== "keys.rollover_locked" || attempt === ATTEMPTS) throw error;
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
  }
}

function lockErrors(lock: string): LockErrors {
  const locked = (holder = "another process"): KeyError =>
    keyError("keys.rollover_locked", { holder, lock });
  return {
    locked,
    lost: locked,
    failed: (reason) => keyError("keys.rollover_file", { reason }),
  };
}
