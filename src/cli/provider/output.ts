import { displayWidth, pad } from "../../core/width.ts";
import type { OutputName } from "../../schemas/documents.ts";
import { formatOf } from "../../schemas/format.ts";
import type { Invocation } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";
import { styleFor } from "../output/style.ts";
import { table, tableWidth } from "../output/table.ts";
import { jsonOutput, printable } from "../output/text.ts";

/** The result of a command: one JSON document for programs, text for people. */
export interface Shown {
  readonly format: OutputName;
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export function show(invocation: Invocation, io: Io, { format, json, text }: Shown): void {
  const document = { format: formatOf(format), ...json };
  io.stdout.write(invocation.flag("json") ? jsonOutput(document) : text);
}

/** A provider's value as safe text. */
export function cell(value: unknown): string {
  if (value === undefined || value === null) return "-";
  return printable(typeof value === "object" ? JSON.stringify(value) : String(value));
}

/** The UTC date of unix seconds. */
export function day(seconds: number | undefined): string {
  if (seconds === undefined || Math.abs(seconds) > 8.64e12) return cell(seconds);
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

export function rows(
  io: Io,
  head: readonly string[],
  lines: readonly (readonly unknown[])[],
): string {
  if (lines.length === 0) return "None.\n";
  const cells = lines.map((line) => line.map(cell));
  return table(head, cells, styleFor(io.stdout, io), tableWidth(io.stdout));
}

/** Names and values, one per line, without absent values. */
export function facts(entries: readonly (readonly [string, unknown])[]): string {
  const present = entries.filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...present.map(([name]) => displayWidth(name))) + 2;
  return present.map(([name, value]) => `${pad(name, width)}${cell(value)}\n`).join("");
}
