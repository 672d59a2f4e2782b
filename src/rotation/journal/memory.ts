import { isObject, need } from "../../core/argument.ts";
import { RotationError } from "../../core/errors.ts";
import { recordOf } from "./record.ts";
import type { JournalRecord, RotationJournal } from "./types.ts";

/**
 * A journal that lives as long as the process, for tests and for runs that nobody will resume.
 *
 * @example
 * ```ts
 * import { memoryJournal } from "samlcert/rotation";
 *
 * const journal = memoryJournal();
 * console.log(journal.records.length); // 0
 * ```
 */
export function memoryJournal(
  earlier: readonly JournalRecord[] = [],
): RotationJournal & { readonly records: readonly JournalRecord[] } {
  need(() => earlier.every(isObject), "earlier", "a list of journal records");
  const records: JournalRecord[] = [...earlier];
  let taken = false;
  return {
    records,
    async open() {
      if (taken) throw lockedJournal("The journal is in use by another run of this process.");
      taken = true;
      return [...records];
    },
    async append(record) {
      records.push(recordOf(record));
    },
    async close() {
      taken = false;
    },
  };
}

/** Another run has the journal. */
export function lockedJournal(message: string): RotationError {
  return new RotationError("journal.locked", message, {
    hint: "Let the other run end; if there is none, remove the lock file.",
  });
}
