import type { Output } from "../framework/io.ts";

/** Breaks a text into lines of at most `width` characters, at spaces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines;
}

/**
 * Escapes text of others. Control characters move the cursor and rewrite the terminal; format characters
 * reorder text or hide in it.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeCharacter);
}

/** A word for a shell: in single quotes nothing has a meaning; a quote itself is written outside of them. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The last guard before a terminal: keeps lines, tabs and colours, and escapes the rest. */
export function terminalSafe(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character starts a colour.
  return text.replace(/[\n\t]|\u001b\[[0-9;]*m|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (match) =>
    match.length > 2 || match === "\n" || match === "\t" ? match : escapeCharacter(match),
  );
}

function escapeCharacter(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/** JSON and a line end. Escapes what `printable` escapes; JSON itself requires that only below 0x20. */
export function jsonOutput(document: unknown, indent = 2): string {
  const text = JSON.stringify(document, null, indent);
  return `${text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeUnits)}\n`;
}

function escapeUnits(character: string): string {
  return [...Array(character.length).keys()]
    .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`)
    .join("");
}

/** Breaks long lines; a continuation is indented deeper than its first line. */
export function reflow(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => {
      const indent = line.length - line.trimStart().length;
      const room = Math.max(20, width - indent - 2);
      const lines = line.length <= width ? [line.trimStart()] : wrap(line.trimStart(), room);
      return " ".repeat(indent) + lines.join(`\n${" ".repeat(indent + 2)}`);
    })
    .join("\n");
}

/**
 * Breaks lines for a terminal and leaves them whole for a program. Sentences take at most 100 columns,
 * the rows of a listing the whole width.
 */
export function fitted(text: string, { isTTY, columns }: Output, most = 100): string {
  return isTTY ? reflow(text, Math.min(most, columns)) : text;
}

/** `1 day`, `2 days`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${Math.abs(number) === 1 ? "" : "s"}`;
}

/** With a capital letter at its beginning. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** A summary of the command table as a sentence. */
export function sentence(summary: string): string {
  return `${capital(summary)}.`;
}
