import { type Defect, DerFault, type PartCode } from "./defect.ts";
import { leave, type Reader } from "./reader.ts";

/**
 * Reads bytes that the other facts do not depend on. Whatever is wrong in them becomes one defect,
 * with the given code and the place of the first fault.
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
      note(reader, code, fault);
    }
    return value;
  } catch (error) {
    if (!(error instanceof DerFault)) throw error;
    path.length = depth;
    defects.length = count;
    note(reader, code, error.defect);
    return undefined;
  } finally {
    reader.position = position;
    reader.limit = limit;
  }
}

function note({ defects }: Reader, code: PartCode, fault: Defect): void {
  defects.push({ ...fault, code, cause: fault.code });
}
