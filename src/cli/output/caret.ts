import type { Location } from "../../core/finding.ts";
import type { Style } from "./style.ts";
import { printable } from "./text.ts";

/** The line of the input at a finding's place, with a caret under the column. */
export function caretLines(
  text: string,
  at: Location | undefined,
  style: Style,
  width: number,
): readonly string[] {
  if (at?.line === undefined || at.column === undefined) return [];
  const line = text.split(/\r\n|\r|\n/, at.line)[at.line - 1];
  if (line === undefined || line === "") return [];
  const gutter = `${at.line} | `;
  const room = Math.max(20, width - gutter.length - 4);
  // The part of a long line around the column.
  const from = Math.max(0, Math.min(at.column - 1 - (room >> 1), line.length - room));
  const before = printable(line.slice(from, at.column - 1));
  const shown = before + printable(line.slice(at.column - 1, from + room));
  return [
    `    ${style.dim(gutter)}${shown}`,
    `    ${" ".repeat(gutter.length + before.length)}${style.bad("^")}`,
  ];
}
