import { quoted } from "../../core/quote.ts";
import type { Command } from "../framework/command.ts";
import { EXIT, UsageError } from "../framework/exit.ts";
import { shown } from "../input/secrets.ts";
import { completions } from "./shells.ts";
import { placesOf } from "./words.ts";

const SHELLS = Object.keys(completions);

/** `samlcert completion`: generates the completion script of a shell from the command table. */
export const completionCommand = (table: () => readonly Command[]): Command => ({
  name: "completion",
  summary: "print the completion script of a shell",
  arguments: [{ name: "SHELL", summary: `one of ${SHELLS.join(", ")}`, choices: SHELLS }],
  examples: [
    {
      command: "samlcert completion bash > ~/.local/share/bash-completion/completions/samlcert",
      does: "for bash, with the bash-completion package",
    },
    {
      command: "samlcert completion zsh > ~/.zfunc/_samlcert",
      does: "for zsh, if ~/.zfunc is on $fpath",
    },
    {
      command: "samlcert completion fish > ~/.config/fish/completions/samlcert.fish",
      does: "for fish",
    },
    {
      command: "samlcert completion powershell >> $PROFILE",
      does: "for PowerShell",
    },
  ],
  async run(invocation, io) {
    const [shell = ""] = invocation.arguments;
    const script = completions[shell];
    if (script === undefined) {
      throw new UsageError(
        `Unknown shell ${quoted(shown(shell))}.`,
        `Use one of: ${SHELLS.join(", ")}.`,
      );
    }
    io.stdout.write(script(placesOf(table())));
    return EXIT.ok;
  },
});
