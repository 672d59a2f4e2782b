import { closest } from "../../core/suggest.ts";
import type { Command } from "../framework/command.ts";
import { EXIT, UsageError } from "../framework/exit.ts";
import { formatsOf } from "../framework/formats.ts";
import { columns } from "../help/help.ts";
import { jsonOutput } from "../output/text.ts";

/** `samlcert schema`: prints the JSON Schema of what a command prints with `--json`. */
export const schemaCommand = (all: () => readonly Command[]): Command => ({
  name: "schema",
  summary: "print the JSON Schema of what a command prints with --json",
  description:
    "JSON Schema 2020-12, for programs in any language. The format of a document is its first field; another version has another schema. Without a name it lists them, each with the commands that print it.",
  arguments: [
    {
      name: "FORMAT",
      summary: "such as check, or the words of a command",
      optional: true,
      many: true,
      // The table of commands is complete only when this is asked for.
      get choices() {
        return [...formatsOf(all()).keys()];
      },
    },
  ],
  examples: [
    { command: "samlcert schema", does: "see which there are" },
    { command: "samlcert schema check > check.schema.json", does: "keep one" },
    { command: "samlcert schema rotate plan", does: "by the name of a command" },
  ],
  async run(invocation, io) {
    const formats = formatsOf(all());
    if (invocation.arguments.length === 0) {
      const rows = [...formats].map(([name, names]) => [name, names.join(", ")] as const);
      io.stdout.write(`${columns(rows, Math.min(100, io.stdout.columns))}\n`);
      return EXIT.ok;
    }
    const asked = invocation.arguments.join(" ");
    const byName = [...formats.keys()].filter((name) => name === asked);
    const byCommand = all().find(({ name }) => name === asked)?.formats ?? [];
    const named = byName.length > 0 ? byName : byCommand;
    if (named.length === 0) {
      const near = closest(asked, [...formats.keys(), ...all().map(({ name }) => name)]);
      throw new UsageError(
        `There is no document "${asked.slice(0, 40)}".`,
        near === undefined ? "samlcert schema lists them." : `Did you mean ${near}?`,
      );
    }
    const { jsonSchemaOf } = await import("../../schemas/outputs.ts");
    const schemas = named.map((name) => jsonSchemaOf(name));
    const document = schemas.length === 1 ? schemas[0] : { anyOf: schemas };
    io.stdout.write(jsonOutput(document));
    return EXIT.ok;
  },
});
