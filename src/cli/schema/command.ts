import { quoted } from "../../core/quote.ts";
import { closest } from "../../core/suggest.ts";
import type { Command } from "../framework/command.ts";
import { EXIT, UsageError } from "../framework/exit.ts";
import { formatsOf } from "../framework/formats.ts";
import { columns } from "../help/help.ts";
import { shown } from "../input/secrets.ts";
import { jsonOutput } from "../output/text.ts";

/** `samlcert schema`: prints the JSON Schema of a `--json` document. */
export const schemaCommand = (all: () => readonly Command[]): Command => ({
  name: "schema",
  summary: "print the JSON Schema of a command's --json output",
  description:
    "JSON Schema 2020-12, for programs in any language. The first field of each document, format, names its schema and version. Without an argument it lists the documents and the commands that print them.",
  arguments: [
    {
      name: "FORMAT",
      summary: "a document such as check, or the words of a command",
      optional: true,
      many: true,
      // Read late, because the command table is not complete yet.
      get choices() {
        return [...formatsOf(all()).keys()];
      },
    },
  ],
  examples: [
    { command: "samlcert schema", does: "list the documents" },
    { command: "samlcert schema check > check.schema.json", does: "save one" },
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
        `Unknown document ${quoted(shown(asked))}.`,
        near === undefined ? "samlcert schema lists the documents." : `Did you mean ${near}?`,
      );
    }
    const { jsonSchemaOf } = await import("../../schemas/outputs.ts");
    const schemas = named.map((name) => jsonSchemaOf(name));
    const document = schemas.length === 1 ? schemas[0] : { anyOf: schemas };
    io.stdout.write(jsonOutput(document));
    return EXIT.ok;
  },
});
