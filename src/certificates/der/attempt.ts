import { isSamlCertError } from "../../core/errors.ts";
import type { CodeEntry, Location } from "../../core/finding.ts";
import { createInnerReader, leave, type Reader } from "./reader.ts";

/**
 * Reads bytes that the other facts do not depend on, with a reader of their own. Whatever is wrong in
 * them becomes one defect of the outer reader, with the given code and the place of the first fault.
 */
export function attempt<T>(
  outer: Reader,
  entry: CodeEntry,
  start: number,
  end: number,
  readPart: (inner: Reader) => T,
): T | undefined {
  const { path } = outer;
  const depth = path.length;
  const inner = createInnerReader(outer, start, end, path);
  try {
    const value = readPart(inner);
    path.length = depth;
    if (inner.position < end) {
      path.push("");
      leave(inner, end);
    }
    const [first] = inner.defects;
    if (first !== undefined) note(outer, entry, first.message ?? first.entry.summary, first.at);
    return value;
  } catch (error) {
    path.length = depth;
    if (!isSamlCertError(error)) throw error;
    note(outer, entry, error.message, error.at);
    return undefined;
  }
}

function note(outer: Reader, entry: CodeEntry, message: string, at: Location | undefined): void {
  outer.defects.push({ entry, message: `${entry.summary} ${message}`, at });
}
