import type { Finding } from "../../core/finding.ts";
import { hasErrors } from "../../core/finding.ts";
import { formatOf } from "../../schemas/format.ts";
import type { Invocation } from "../framework/command.ts";
import { EXIT, type ExitCode } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { writeOutput } from "../input/files.ts";
import { findingsText } from "../output/findings.ts";
import { styleFor } from "../output/style.ts";
import { jsonOutput } from "../output/text.ts";

/** What a command that writes metadata has to say. */
export interface Built {
  /** Such as `metadata-sp`. */
  readonly format: string;
  readonly findings: readonly Finding[];
  /** Makes the text; called only if no finding is an error. */
  readonly build: () => string;
}

/**
 * Writes metadata to where `--output` says, and what was noticed to standard error. With `--json` both
 * are one document on standard output; a file that is named is written as well.
 */
export async function writeBuilt(
  { format, findings, build }: Built,
  invocation: Invocation,
  io: Io,
): Promise<ExitCode> {
  const path = invocation.value("output") ?? "-";
  const isJson = invocation.flag("json");
  const metadata = hasErrors(findings) ? undefined : build();
  if (isJson) {
    const document = { format: formatOf(format), findings, metadata };
    io.stdout.write(jsonOutput(document));
  } else {
    const width = Math.min(100, io.stderr.columns);
    io.stderr.write(findingsText(findings, styleFor(io.stderr, io), width));
  }
  if (metadata === undefined) return EXIT.findings;
  if (!isJson || path !== "-") await writeOutput(path, metadata, io);
  return EXIT.ok;
}

/**
 * Findings about fields that were typed as options, not read from an integration. Whoever types them
 * one by one leaves out on purpose what is not needed.
 */
export function typedFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.flatMap((finding) => {
    if (finding.code !== "integration.missing") return [finding];
    if (finding.severity !== "error") return [];
    const option = `--${(finding.at?.path ?? "").replaceAll("_", "-")}`;
    const hint = "Give it, or name an integration's file with --integration.";
    return [{ ...finding, message: `There is no ${option}.`, hint }];
  });
}
