import type { SamlCertCode } from "./codes/index.ts";
import type { CodeEntry } from "./finding.ts";

/** The words for codes. */
export type Words<Code extends string = string> = Readonly<
  Record<Code, readonly [summary: string, hint: string]>
>;

/**
 * The entries of codes that are always thrown. What they rest on is in a table of its own: only the
 * reference shows it, and nothing else should have to carry it.
 */
export function fatalEntries(
  tables: readonly Words[],
  sources: Readonly<Record<string, string>>,
): readonly CodeEntry[] {
  return tables.flatMap((words) =>
    Object.entries(words).map(
      ([code, [summary, hint]]): CodeEntry => ({
        code: code as SamlCertCode,
        severity: "fatal",
        summary,
        hint,
        source: sources[code],
      }),
    ),
  );
}
