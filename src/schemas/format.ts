/** The value of `format` in a document that is printed with `--json`. */
export function formatOf(name: string): string {
  return `samlcert/${name}/v1`;
}

/** The file of its JSON Schema, below `docs/schemas`. */
export function schemaFile(name: string): string {
  return `${name}.v1.json`;
}
