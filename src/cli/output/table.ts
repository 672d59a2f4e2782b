import { displayWidth, pad, shorten } from "../../core/width.ts";
import type { Output } from "../framework/io.ts";
import type { Style } from "./style.ts";

const GAP = 2;
/** The least width of a shortened column. */
const LEAST = 12;

type Row = readonly string[];

function naturalWidths(head: Row, rows: readonly Row[]): number[] {
  return head.map((title, column) =>
    rows.reduce(
      (widest, row) => Math.max(widest, displayWidth(row[column] ?? "")),
      displayWidth(title),
    ),
  );
}

/** True if two different cells of a column look alike once they are shortened. */
function confuses(rows: readonly Row[], widths: readonly number[]): boolean {
  return widths.some((width, column) => {
    const cells = new Set(rows.map((row) => row[column] ?? ""));
    return new Set(Array.from(cells, (text) => shorten(text, width))).size < cells.size;
  });
}

/** Shortens the widest columns until all fit, but never the first one, which names the row. */
function fittingWidths(natural: readonly number[], width: number): readonly number[] | undefined {
  const widths = [...natural];
  let over = widths.reduce((sum, one) => sum + one + GAP, -GAP) - width;
  for (; over > 0; over--) {
    const widest = Math.max(...widths.slice(1));
    if (widest <= LEAST) return undefined;
    widths[widths.indexOf(widest, 1)] = widest - 1;
  }
  return widths;
}

/** One block per row, for a terminal that is too narrow for columns, or for cells that differ little. */
function blocks(head: Row, rows: readonly Row[], style: Style): string {
  const label = Math.max(...head.map(displayWidth)) + GAP;
  const block = (row: Row): string =>
    head
      .flatMap((title, column) => {
        const cell = row[column] ?? "";
        return cell === "" ? [] : [`${pad(style.bold(title), label)}${cell}\n`];
      })
      .join("");
  return rows.map(block).join("\n");
}

/** The width that a table must fit: the terminal's. A program gets every cell whole. */
export function tableWidth({ isTTY, columns }: Output): number {
  return isTTY ? columns : Number.POSITIVE_INFINITY;
}

/** A table with a head. Spaces separate the columns, so that `awk` can read it. It fits `width`. */
export function table(
  head: Row,
  rows: readonly Row[],
  style: Style,
  width: number = Number.POSITIVE_INFINITY,
): string {
  const widths = fittingWidths(naturalWidths(head, rows), width);
  if (widths === undefined || confuses(rows, widths)) return blocks(head, rows, style);
  const line = (cells: Row): string =>
    cells
      .map((cell, column) => {
        const room = widths[column] ?? 0;
        return pad(shorten(cell, room), room);
      })
      .join(" ".repeat(GAP))
      .trimEnd();
  const titles = head.map((title, column) => pad(style.bold(title), widths[column] ?? 0));
  return `${[titles.join(" ".repeat(GAP)).trimEnd(), ...rows.map(line)].join("\n")}\n`;
}
