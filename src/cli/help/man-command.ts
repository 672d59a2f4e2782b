import type { Command } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { packageVersion } from "../framework/package.ts";
import { manPage } from "./man.ts";

/** `samlcert man`: prints the man page, made from the command table. */
export const manCommand = (table: () => readonly Command[]): Command => ({
  name: "man",
  summary: "print the man page",
  examples: [{ command: "samlcert man | man -l -", does: "read it" }],
  async run(_invocation, io) {
    io.stdout.write(manPage(table(), packageVersion()));
    return EXIT.ok;
  },
});
