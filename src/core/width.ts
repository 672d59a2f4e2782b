/** Number of terminal columns of a text, without its ANSI colour sequences. */
export function displayWidth(text: string): number {
  let width = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character starts a colour.
  for (const character of text.replace(/\u001b\[[0-9;]*m/g, "")) {
    width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  }
  return width;
}

/** The East Asian wide and emoji ranges (Unicode Standard Annex 11) that occur in names. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff)
  );
}

/** Pads a text to a number of columns. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** Cuts the middle of a text, where names and paths differ least. */
export function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const characters = [...text];
  let room = width - 1;
  let head = 0;
  let tail = characters.length;
  while (head < tail) {
    const fromHead = head <= characters.length - tail;
    const next = characters[fromHead ? head : tail - 1] ?? "";
    room -= displayWidth(next);
    if (room < 0) break;
    if (fromHead) head++;
    else tail--;
  }
  return `${characters.slice(0, head).join("")}…${characters.slice(tail).join("")}`;
}
