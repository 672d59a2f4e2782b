import { isSamlCertError } from "../../core/errors.ts";
import type { CodeEntry, Location } from "../../core/finding.ts";
import type { Reader } from "./reader.ts";

/**
 * Reads a part that the other facts do not depend on, with a reader of its own. Whatever is wrong in
 * it becomes one defect of the outer reader, with the given code and the place of the first fault.
 */
export function attempt<T>(
  outer: Reader,
  entry: CodeEntry,
  inner: Reader,
  readPart: () => T,
): T | undefined {
  const note = (message: string, at: Location | undefined): void => {
    outer.defects.push({ entry, message: `${entry.summary} ${message}`, at });
  };
  try {
    const value = readPart();
    const [first] = inner.defects;
    if (first !== undefined) note(first.message ?? first.entry.summary, first.at);
    return value;
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    note(error.message, error.at);
    return undefined;
  }
}
