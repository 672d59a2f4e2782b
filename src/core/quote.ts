/** Longest text of others that a message repeats. */
const LONGEST = 100;

/** Text of others for a message, cut if it is long. */
export function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}

/** The same in quotes, without control characters. */
export function quoted(text: string): string {
  return JSON.stringify(cut(text)).replace(/[\x7f-\x9f]/g, "?");
}
