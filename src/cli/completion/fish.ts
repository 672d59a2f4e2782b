import type { OptionSpec } from "../framework/command.ts";
import { type Candidates, optionValue, type Place } from "./words.ts";

/** In fish a backslash escapes the quote and itself, in single quotes too. */
function fishQuoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}

function values(candidates: Candidates): string {
  if (candidates.kind === "files") return " -r -F";
  return candidates.kind === "none" ? " -x" : ` -x -a ${fishQuoted(candidates.words.join(" "))}`;
}

function optionLine(at: string, option: OptionSpec): string {
  const short = option.short === undefined ? "" : ` -s ${option.short}`;
  const value = option.value === undefined ? "" : values(optionValue(option));
  return `${at} -l ${option.name}${short}${value} -d ${fishQuoted(option.summary)}`;
}

function lines({ path, next, options, argument }: Place): string[] {
  const at = `complete -c samlcert -n ${fishQuoted(`__samlcert_at ${fishQuoted(path)}`)}`;
  const words = next.map(({ word, summary }) => `${at} -a ${word} -d ${fishQuoted(summary)}`);
  const positional =
    next.length > 0 || argument.kind === "none"
      ? []
      : [
          argument.kind === "files"
            ? `${at} -F`
            : `${at} -a ${fishQuoted(argument.words.join(" "))}`,
        ];
  return [...words, ...positional, ...options.map((option) => optionLine(at, option))];
}

/** A completion script for fish 3. */
export function fishCompletion(places: readonly Place[]): string {
  const known = places
    .filter(({ path }) => path !== "")
    .map(({ path }) => fishQuoted(path))
    .join(" ");
  return `# fish completion of samlcert. Made by: samlcert completion fish
function __samlcert_at
    set -l path ''
    for word in (commandline -opc)[2..-1]
        set -l longer (string trim -- "$path $word")
        contains -- "$longer" ${known}; and set path $longer
    end
    test "$path" = "$argv[1]"
end
complete -c samlcert -f
${places.flatMap(lines).join("\n")}
`;
}
