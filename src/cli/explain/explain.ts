import { codeTables, rowOf } from "../../core/codes/all.ts";
import { type CodeRow, words } from "../../core/codes/code.ts";
import { docsOf } from "../../core/docs.ts";
import { closest } from "../../core/suggest.ts";
import { EXIT, type ExitCode, UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { looksSecret } from "../input/secrets.ts";
import { styleFor } from "../output/style.ts";
import { wrap } from "../output/text.ts";

/** Prints the reference entry of a code. */
export function explain(code: string, io: Io): ExitCode {
  const row = rowOf(code);
  if (row === undefined) throw unknownCode(code);
  io.stdout.write(explanation(code, row, io));
  return EXIT.ok;
}

function explanation(code: string, row: CodeRow, io: Io): string {
  const style = styleFor(io.stdout, io);
  const { severity, message, hint } = words(row, {}, "terminal");
  const source = row[3];
  const width = Math.min(100, io.stdout.columns) - 2;
  const indented = (text: string): string[] => wrap(text, width).map((line) => `  ${line}`);
  const origin = source === "" ? [] : indented(`Source: ${source}`);
  return `${[
    `${style.bold(code)}  ${severity}`,
    ...indented(`${message} ${hint}`),
    ...[...origin, ...indented(`Reference: ${docsOf(code)}`)].map(style.dim),
  ].join("\n")}\n`;
}

/** The form of a code. Anything else may be a pasted secret, so it is not repeated. */
const CODE = /^[a-z][a-z0-9_]{0,30}(?:\.[a-z0-9_]{1,40}){1,4}$/;

function unknownCode(code: string): UsageError {
  const known = Object.values(codeTables).flatMap((tables) => tables.flatMap(Object.keys));
  const isCode = CODE.test(code) && !looksSecret(code);
  return new UsageError(
    isCode ? `There is no code "${code}".` : "The argument is not a code.",
    suggestion(code, known),
  );
}

function suggestion(code: string, known: readonly string[]): string {
  const near = closest(code, known);
  if (near !== undefined) return `Did you mean ${near}?`;
  const group = code.split(".")[0];
  const members = known.filter((candidate) => candidate.split(".")[0] === group);
  if (members.length === 0) return "docs/errors.md lists every code.";
  return `The codes of that group are ${members.join(", ")}.`;
}
