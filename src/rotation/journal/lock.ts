import { type Lock, takeLock as takeFileLock } from "../../core/files/lock.ts";
import { rotationError } from "../error.ts";

export type { Lock } from "../../core/files/lock.ts";

/** Options of `takeLock`. */
export interface LockOptions {
  /** The code of the error if another run has the lock. */
  readonly code: "journal.locked" | "rotation.locked";
  /** The name of a machine that is gone: its locks are taken over. */
  readonly deadHost?: string | undefined;
}

/** Takes a lock file, or throws a `RotationError` if another run has it. */
export function takeLock(path: string, { code, deadHost }: LockOptions): Promise<Lock> {
  return takeFileLock(path, {
    deadHost,
    errors: {
      locked: (holder = "another run") => rotationError(code, { holder }),
      lost: () => rotationError("journal.lock_lost"),
      failed: (reason) => rotationError("journal.unreadable", { reason }),
    },
  });
}
