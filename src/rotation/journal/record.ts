import { isText, need } from "../../core/argument.ts";
import type { JournalRecord } from "./types.ts";

/** A record as a journal returns it: through JSON. Throws a `TypeError` for anything else. */
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
