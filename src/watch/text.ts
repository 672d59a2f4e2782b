import { displayWidth } from "../core/width.ts";

/** The lines of a text, broken at spaces; a word that is wider than a line is broken too. */
export function block(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = piecesOf(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  if (line !== "") lines.push(line);
  return lines;
}

function piecesOf(word: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  let room = width;
  for (const character of word) {
    const columns = displayWidth(character);
    if (columns > room) {
      pieces.push(piece);
      piece = "";
      room = width;
    }
    piece += character;
    room -= columns;
  }
  return [...pieces, piece];
}
