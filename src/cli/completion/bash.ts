import { shellQuoted } from "../output/text.ts";
import type { Candidates, Place } from "./words.ts";
import { optionValue } from "./words.ts";

function reply(candidates: Candidates): string {
  if (candidates.kind === "files") return "_samlcert_files";
  if (candidates.kind === "none") return "COMPREPLY=()";
  return `_samlcert_words ${shellQuoted(candidates.words.join(" "))}`;
}

function valueCases({ path, options }: Place): string[] {
  return options
    .filter(({ value }) => value !== undefined)
    .map((option) => {
      const names = [
        `--${option.name}`,
        ...(option.short === undefined ? [] : [`-${option.short}`]),
      ];
      const patterns = names.map((name) => shellQuoted(`${path}:${name}`)).join("|");
      return `    ${patterns}) ${reply(optionValue(option))}; return ;;`;
    });
}

function placeCase({ path, next, options, argument }: Place): string {
  const names = options.map(({ name }) => `--${name}`).join(" ");
  const rest =
    next.length > 0
      ? reply({ kind: "words", words: next.map(({ word }) => word) })
      : reply(argument);
  return `    ${shellQuoted(path)})
      if [[ $cur == -* ]]; then _samlcert_words ${shellQuoted(names)}; else ${rest}; fi ;;`;
}

/** A completion script for bash 3.2 and newer; it needs nothing but bash. */
export function bashCompletion(places: readonly Place[]): string {
  const known = places
    .filter(({ path }) => path !== "")
    .map(({ path }) => shellQuoted(path))
    .join("|");
  return `# bash completion of samlcert. Made by: samlcert completion bash
_samlcert_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}
_samlcert_files() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$cur"))
  compopt -o filenames 2>/dev/null || true
}
_samlcert() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD - 1]}" path="" word i
  # Bash takes --policy=st for three words.
  if [[ $prev == "=" ]]; then prev="\${COMP_WORDS[COMP_CWORD - 2]}"; elif [[ $cur == "=" ]]; then cur=""; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${path:+$path }\${COMP_WORDS[i]}"
    case "$word" in
      ${known}) path="$word" ;;
    esac
  done
  case "$path:$prev" in
${places.flatMap(valueCases).join("\n")}
  esac
  case "$path" in
${places.map(placeCase).join("\n")}
  esac
}
complete -F _samlcert samlcert
`;
}
