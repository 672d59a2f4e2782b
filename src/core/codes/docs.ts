/** The place in the package's documents that explains a code. */
export function docsOf(code: string): string {
  return `docs/errors.md#${code}`;
}
