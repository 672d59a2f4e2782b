import { isText, need } from "../../core/argument.ts";
import type { JournalRecord } from "./types.ts";

/** A record as a journal gives it back: through JSON. Throws a `TypeError` for what is none. */
export function recordOf(value: JournalRecord): JournalRecord {
  let record = value;
  need(
    () => {
      record = JSON.parse(JSON.stringify(value)) as JournalRecord;
      return isText(record.type) && Number.isSafeInteger(record.at);
    },
    "record",
    "a record of a journal",
  );
  return record;
}
