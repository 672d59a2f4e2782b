import type { OutputName } from "./documents.ts";

/** The value of `format` in a document that is printed with `--json`. */
export function formatOf<Name extends OutputName>(name: Name): `samlcert/${Name}/v1` {
  return `samlcert/${name}/v1`;
}

/** The file name of its JSON Schema in `docs/schemas`. */
export function schemaFile(name: OutputName): string {
  return `${name}.v1.json`;
}
