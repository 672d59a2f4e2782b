import { type Candidates, optionValue, type Place } from "./words.ts";

/** In single quotes PowerShell reads nothing but the quote itself, which is doubled. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The entries of a hash table: a word that can follow, and its summary. */
function entries(words: readonly (readonly [word: string, summary: string])[]): string {
  const lines = words.map(([word, summary]) => `${quoted(word)} = ${quoted(summary)}`);
  return `[ordered]@{ ${lines.join("; ")} }`;
}

/** A list of words; `$null` leaves file names to PowerShell. */
function offers(candidates: Candidates): string {
  if (candidates.kind === "files") return "$null";
  if (candidates.kind === "none") return "@()";
  return `@(${candidates.words.map(quoted).join(", ")})`;
}

function placeEntry({ path, next, options, argument }: Place): string {
  const words = entries(next.map(({ word, summary }) => [word, summary]));
  const names = entries(options.map(({ name, summary }) => [`--${name}`, summary]));
  const values = options
    .filter(({ value }) => value !== undefined)
    .flatMap((option) => {
      const short = option.short === undefined ? [] : [`-${option.short}`];
      const value = offers(optionValue(option));
      return [`--${option.name}`, ...short].map((name) => `${quoted(name)} = ${value}`);
    });
  return `    ${quoted(path)} = @{
      Words = ${words}
      Options = ${names}
      OptionValues = @{ ${values.join("; ")} }
      Argument = ${next.length > 0 ? "@()" : offers(argument)}
    }`;
}

/** A completion script for PowerShell 5.1 and newer, on Windows and elsewhere. */
export function powershellCompletion(places: readonly Place[]): string {
  return `# PowerShell completion of samlcert. Made by: samlcert completion powershell
Register-ArgumentCompleter -Native -CommandName samlcert -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $places = @{
${places.map(placeEntry).join("\n")}
  }
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $path = ''
  foreach ($word in $typed) {
    $longer = "$path $word".Trim()
    if ($places.ContainsKey($longer)) { $path = $longer }
  }
  $place = $places[$path]
  $previous = if ($typed.Count -gt 0) { $typed[-1] } else { '' }
  $offer = {
    param($words, $summaries)
    $fits = { $_ -and $_.StartsWith("$wordToComplete", 'OrdinalIgnoreCase') }
    @($words) | Where-Object $fits | ForEach-Object {
      $summary = if ($summaries -and $summaries.Contains($_)) { $summaries[$_] } else { $_ }
      [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $summary)
    }
  }
  # No result leaves the word to PowerShell, which completes file names.
  if ($place.OptionValues.ContainsKey($previous)) {
    & $offer $place.OptionValues[$previous] $null
  } elseif ($wordToComplete -like '-*') {
    & $offer $place.Options.PSBase.Keys $place.Options
  } elseif ($place.Words.PSBase.Count -gt 0) {
    # PSBase, because a command is named keys.
    & $offer $place.Words.PSBase.Keys $place.Words
  } else {
    & $offer $place.Argument $null
  }
}
`;
}
