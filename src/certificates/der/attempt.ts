import { isSamlCertError } from "../../core/errors.ts";
import type { CodeEntry, Location } from "../../core/finding.ts";
import { leave, type Reader } from "./reader.ts";

/**
 * Reads bytes that the other facts do not depend on. Whatever is wrong in them becomes one defect,
 * with the given code and the place of the first fault.
 */
export function attempt<T>(
  reader: Reader,
  entry: CodeEntry,
  start: number,
  end: number,
  readPart: (reader: Reader, name: string) => T,
  name = "",
): T | undefined {
  const { position, limit, path, defects } = reader;
  const depth = path.length;
  const count = defects.length;
  reader.position = start;
  reader.limit = end;
  try {
    const value = readPart(reader, name);
    if (reader.position < end) {
      path.push("");
      leave(reader, end);
    }
    const fault = defects[count];
    if (fault !== undefined) {
      defects.length = count;
      note(reader, entry, fault.message ?? fault.entry.summary, fault.at);
    }
    return value;
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    path.length = depth;
    defects.length = count;
    note(reader, entry, error.message, error.at);
    return undefined;
  } finally {
    reader.position = position;
    reader.limit = limit;
  }
}

function note(reader: Reader, entry: CodeEntry, message: string, at: Location | undefined): void {
  reader.defects.push({ entry, message: `${entry.summary} ${message}`, at });
}
