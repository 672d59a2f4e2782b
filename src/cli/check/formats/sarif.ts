import { rowOf } from "../../../core/codes/all.ts";
import { words } from "../../../core/codes/code.ts";
import { sha256Hex } from "../../../core/digest.ts";
import type { Finding, Severity } from "../../../core/finding.ts";
import { packageVersion } from "../../framework/package.ts";
import type { Outcome } from "../outcome.ts";
import { findingsOf, isLocalFile } from "./findings.ts";

const LEVELS: Readonly<Record<Severity | "fatal", string>> = {
  fatal: "error",
  error: "error",
  warning: "warning",
  notice: "note",
};

/** The findings as a SARIF 2.1.0 log (OASIS). */
export function sarifText(outcomes: readonly Outcome[], verbose: boolean): string {
  const all = outcomes.flatMap((outcome) =>
    findingsOf(outcome, verbose).map((finding) => ({ outcome, finding })),
  );
  const codes = [...new Set(all.map(({ finding }) => finding.code))].sort();
  const driver = { name: "samlcert", version: packageVersion(), rules: codes.map(ruleOf) };
  const results = all.map(({ outcome, finding }) => resultOf(outcome, finding));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(id: string): object {
  const row = rowOf(id);
  if (row === undefined) return { id };
  const { severity, message, hint } = words(row, {}, "terminal");
  return {
    id,
    shortDescription: { text: message },
    ...(hint !== "" && { help: { text: hint } }),
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf({ file, report }: Outcome, { code, severity, message, hint, at }: Finding) {
  const { line = 1, column } = at ?? {};
  const region = { startLine: line, ...(column !== undefined && { startColumn: column }) };
  const uri = isLocalFile(file) ? encodeURI(file.replaceAll("\\", "/")) : encodeURI(file);
  const key = `${report?.certificate?.fingerprint.sha256 ?? file}\n${code}`;
  return {
    ruleId: code,
    level: LEVELS[severity],
    message: { text: `${message} ${hint}`.trimEnd() },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region } }],
    // The same finding in two logs, also if the file was renamed (SARIF 2.1.0, 3.27.17).
    partialFingerprints: { "certificateFinding/v1": sha256Hex(new TextEncoder().encode(key)) },
  };
}
