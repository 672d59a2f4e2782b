import type { OptionSpec } from "../framework/command.ts";
import { shellQuoted } from "../output/text.ts";
import { type Candidates, optionValue, type Place } from "./words.ts";

/** Brackets and colons part the fields of a specification of `_arguments`. */
function plain(text: string): string {
  return text.replaceAll(/[\\[\]:]/g, "\\$&");
}

function action(candidates: Candidates): string {
  if (candidates.kind === "files") return "_files";
  return candidates.kind === "none" ? " " : `(${candidates.words.join(" ")})`;
}

function optionSpecs(option: OptionSpec): string[] {
  const { name, short, value, summary, multiple } = option;
  const field = value === undefined ? "" : `:${plain(value)}:${action(optionValue(option))}`;
  const text = `[${plain(summary)}]${field}`;
  const long = `--${name}${value === undefined ? "" : "="}`;
  const repeat = multiple === true ? "*" : "";
  const excluded = short === undefined || multiple === true ? "" : `(-${short} --${name})`;
  return [
    shellQuoted(`${repeat}${excluded}${long}${text}`),
    ...(short === undefined
      ? []
      : [shellQuoted(`${repeat}${excluded}-${short}${value === undefined ? "" : "+"}${text}`)]),
  ];
}

function placeCase({ path, next, options, argument }: Place): string {
  const specs = options.flatMap(optionSpecs);
  if (next.length === 0) specs.push(shellQuoted(`*:argument:${action(argument)}`));
  const words = next.map(({ word, summary }) => shellQuoted(`${plain(word)}:${summary}`));
  const describe =
    words.length === 0
      ? ""
      : `      next=(${words.join(" ")})
      [[ $PREFIX == -* ]] || { _describe command next; return }
`;
  return `    ${shellQuoted(path)})
${describe}      _arguments -s -S \\
        ${specs.join(" \\\n        ")} ;;`;
}

/** A completion script for zsh, to be a file `_samlcert` on `$fpath` or to be sourced. */
export function zshCompletion(places: readonly Place[]): string {
  const known = places
    .filter(({ path }) => path !== "")
    .map(({ path }) => shellQuoted(path))
    .join("|");
  return `#compdef samlcert
# zsh completion of samlcert. Made by: samlcert completion zsh
_samlcert() {
  local path_so_far="" word i depth=0
  local -a next
  for ((i = 2; i < CURRENT; i++)); do
    word="\${path_so_far:+$path_so_far }\${words[i]}"
    case "$word" in
      ${known}) path_so_far="$word"; ((depth = i - 1)) ;;
    esac
  done
  words=(samlcert "\${(@)words[depth + 2,-1]}")
  ((CURRENT -= depth))
  case "$path_so_far" in
${places.map(placeCase).join("\n")}
  esac
}
if [[ "\${funcstack[1]}" == _samlcert ]]; then
  _samlcert "$@"
else
  compdef _samlcert samlcert
fi
`;
}
