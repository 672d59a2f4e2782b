/** Stands for a prefix that is the number of the line, which differs from line to line. */
export const NUMBERED = "1";

/** The offset after the number of a line and what separates it from the text; `start` if there is none. */
export function numberedPrefix(text: string, start: number, end: number): number {
  let i = start;
  while (i < end && text.charAt(i) <= " ") i++;
  const digits = i;
  while (i < end && text.charAt(i) >= "0" && text.charAt(i) <= "9") i++;
  const separator = i;
  while (i < end && " \t:.|)".includes(text.charAt(i))) i++;
  return digits === separator || separator === i ? start : i;
}

/** The offset after the prefix that the lines of a block share; `start` where this line has it not. */
export function afterPrefix(text: string, start: number, end: number, prefix: string): number {
  if (prefix === "") return start;
  if (prefix === NUMBERED) return numberedPrefix(text, start, end);
  if (text.startsWith(prefix, start)) return Math.min(start + prefix.length, end);
  // An empty line of a quotation has no blank behind its sign.
  const bare = prefix.trimEnd();
  return text.startsWith(bare, start) ? Math.min(start + bare.length, end) : start;
}
