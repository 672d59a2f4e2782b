import type { CodeEntry } from "../../core/finding.ts";
import { closest } from "../../core/suggest.ts";
import { EXIT, type ExitCode, UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { styleFor } from "../output/style.ts";
import { printable, wrap } from "../output/text.ts";

/** `--explain`: the entry of one code. */
export async function explain(code: string, io: Io): Promise<ExitCode> {
  const { certificateCodes } = await import("../../certificates/index.ts");
  const entry = certificateCodes.find((candidate) => candidate.code === code);
  if (entry === undefined) {
    const codes = [...new Set(certificateCodes.map((known) => known.code))];
    const near = closest(code, codes);
    const group = codes.filter((known) => known.split(".")[0] === code.split(".")[0]);
    const hint =
      near !== undefined
        ? `Did you mean ${near}?`
        : group.length > 0
          ? `Codes of that group: ${group.join(", ")}.`
          : "docs/errors.md lists every code.";
    throw new UsageError(`There is no code ${printable(code)} of a certificate.`, hint);
  }
  io.stdout.write(explanation(entry, io));
  return EXIT.ok;
}

function explanation({ code, severity, summary, hint, source }: CodeEntry, io: Io): string {
  const style = styleFor(io.stdout, io);
  const body = wrap(`${summary} ${hint}`, Math.min(100, io.stdout.columns) - 2);
  const lines = [`${style.bold(code)}  ${severity}`, ...body.map((line) => `  ${line}`)];
  if (source !== undefined) lines.push(`  ${style.dim(`Source: ${source}`)}`);
  return `${lines.join("\n")}\n`;
}
