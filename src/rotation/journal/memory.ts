import { isObject, need } from "../../core/argument.ts";
import { rotationError } from "../error.ts";
import { recordOf } from "./record.ts";
import type { JournalRecord, RotationJournal } from "./types.ts";

/**
 * A journal in memory, for tests and for runs that are never resumed.
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
      if (taken) {
        throw rotationError("journal.locked", { holder: "another run of this process" });
      }
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
