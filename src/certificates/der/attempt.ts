import { type Defect, DerFault, type PartCode } from "./defect.ts";
import type { Reader } from "./reader.ts";

/**
 * Reads bytes that the other facts do not depend on. Their faults become one defect with the given code and
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
  const { position, limit, path, defects } = reader;
  const depth = path.length;
  const count = defects.length;
  let fault: Defect | undefined;
  reader.position = start;
  reader.limit = end;
  try {
    const value = readPart(reader, name);
    reader.checks?.rest?.(reader);
    fault = defects[count];
    return value;
  } catch (error) {
    if (!(error instanceof DerFault)) throw error;
    path.length = depth;
    fault = error.defect;
    return undefined;
  } finally {
    reader.position = position;
    reader.limit = limit;
    if (fault !== undefined) defects.splice(count, Infinity, { ...fault, code, cause: fault.code });
  }
}
