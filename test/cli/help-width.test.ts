import { expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { runCommand } from "../support/cli.ts";

/** A term or an example cannot be broken; every sentence can. */
function sentences(text: string): string[] {
  return text.split("\n").filter((line) => /^(?: {6}|\S)/.test(line) && line.includes(" "));
}

test.each(commands.map(({ name }) => name))("samlcert %s --help fits 40 columns", async (name) => {
  const { stdout } = await runCommand([...name.split(" "), "--help"], { columns: 40 });
  const wide = sentences(stdout)
    .filter(
      (line) =>
        line.length > 40 &&
        line
          .trim()
          .split(" ")
          .some((word) => word !== "\\" && word.length < 20),
    )
    .filter((line) => !line.trim().startsWith("-"));
  expect(wide).toEqual([]);
});
