import { folded, make } from "./dom.ts";
import { copyable } from "./share.ts";

/** The same result on the command line and in a program, to copy. */
export function equivalent(command: string, code: string): HTMLElement {
  return folded("The same on the command line and in code", () =>
    make(
      "div",
      { class: "equivalent" },
      copyable(command, "Command"),
      copyable(code, "TypeScript"),
    ),
  );
}
