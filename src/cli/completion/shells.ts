import { bashCompletion } from "./bash.ts";
import { fishCompletion } from "./fish.ts";
import { powershellCompletion } from "./powershell.ts";
import type { Place } from "./words.ts";
import { zshCompletion } from "./zsh.ts";

/** The supported shells. */
export const completions: Readonly<Record<string, (places: readonly Place[]) => string>> = {
  bash: bashCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
  zsh: zshCompletion,
};
