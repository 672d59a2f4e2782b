import { DerFault, type DerIssue, type PartCode } from "./fault.ts";
import type { Reader } from "./reader.ts";

/**
 * Reads bytes that the other facts do not depend on. Their faults become one issue with the given code and
 * the place of the first fault.
 */
export function attempt<T>(
  reader: Reader,
  code: PartCode,
  start: number,
  end: number,
  readPart: (reader: Reader, name: string) => T,
  name = "",
): T | undefined {
  const { position, limit, path, issues } = reader;
  const depth = path.length;
  const count = issues.length;
  let fault: DerIssue | undefined;
  reader.position = start;
  reader.limit = end;
  try {
    const value = readPart(reader, name);
    reader.checks?.rest?.(reader);
    fault = issues[count];
    return value;
  } catch (error) {
    if (!(error instanceof DerFault)) throw error;
    path.length = depth;
    fault = error.issue;
    return undefined;
  } finally {
    reader.position = position;
    reader.limit = limit;
    if (fault !== undefined) issues.splice(count, Infinity, { ...fault, code, cause: fault.code });
  }
}
