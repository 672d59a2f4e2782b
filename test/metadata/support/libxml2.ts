import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CanonicalMethod } from "../../../src/xml/canonical-tag.ts";
import { type Requirement, requireProgram } from "../../support/require.ts";
import { inFolder } from "./signing.ts";

/** lxml is there. */
export const libxml2: Requirement = requireProgram("/usr/bin/python3", ["-c", "import lxml"]);

/** The answer of libxml2 for a document: an error, or its canonical forms. */
export interface Libxml2Answer {
  readonly error?: string;
  readonly forms?: readonly Buffer[];
}

/** Asks libxml2 about documents, all in one process. */
export function askLibxml2(
  documents: readonly Uint8Array[],
  methods: readonly CanonicalMethod[] = [],
): readonly Libxml2Answer[] {
  const forms = methods.map(({ isExclusive, withComments, inclusivePrefixes }) => [
    isExclusive,
    withComments,
    inclusivePrefixes,
  ]);
  const input = documents
    .map((xml) => JSON.stringify({ xml: Buffer.from(xml).toString("base64"), forms }))
    .join("\n");
  // In a file: Deno writes all of a standard input before it reads any output.
  const { stdout, status, stderr } = inFolder((folder) => {
    const file = join(folder, "documents.jsonl");
    writeFileSync(file, input);
    const args = [join(import.meta.dirname, "libxml2.py"), file];
    return spawnSync("/usr/bin/python3", args, { maxBuffer: 1 << 30, encoding: "utf8" });
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split("\n")
    .map((line) => {
      const { error, forms } = JSON.parse(line) as { error?: string; forms?: string[] };
      return forms === undefined
        ? { error: error ?? "" }
        : { forms: forms.map((form) => Buffer.from(form, "base64")) };
    });
}
