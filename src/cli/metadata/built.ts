import type { Finding } from "../../core/finding.ts";
import { hasErrors } from "../../core/finding.ts";
import type { Invocation } from "../framework/command.ts";
import { EXIT, type ExitCode } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { findingsText, shownFindings } from "../output/findings.ts";
import { jsonDocument } from "../output/json.ts";
import { saveOutput } from "../output/save.ts";
import { styleFor } from "../output/style.ts";

/** The documents of the commands that write metadata. */
type Written = "metadata-sp" | "metadata-idp" | "metadata-sign";

/** The result of a command that writes metadata. */
export interface Built {
  readonly format: Written;
  readonly findings: readonly Finding[];
  /** Builds the text; called only if no finding is an error. */
  readonly build: () => string;
}

/**
 * Writes metadata to `--output` and the findings to standard error. With `--json` both are one document
 * on standard output, and a file that `--output` names is written as well.
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
    io.stdout.write(jsonDocument(format, { findings, metadata }));
  } else {
    const width = Math.min(100, io.stderr.columns);
    const shown = shownFindings(findings, invocation.flag("verbose"));
    io.stderr.write(findingsText(shown, styleFor(io.stderr, io), width));
  }
  if (metadata === undefined) return EXIT.findings;
  if (!isJson || path !== "-") await saveOutput(metadata, invocation, io);
  return EXIT.ok;
}

/**
 * The findings about fields that were given as options instead of an integration. A field that is
 * missing there was left out on purpose, unless it is required.
 */
export function typedFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings
    .filter(({ code }) => code !== "integration.incomplete")
    .map((finding) => {
      if (finding.code !== "integration.missing") return finding;
      const option = `--${(finding.at?.path ?? "").replaceAll("_", "-")}`;
      const hint = "Add it, or read the fields from a file with --integration.";
      return { ...finding, message: `${option} is missing.`, hint };
    });
}
