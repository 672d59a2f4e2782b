import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * Something that a test needs from outside the repository. On a bare machine such a test is skipped and says
 * why; where everything must be there (`SAMLCERT_REQUIRE_ALL=1`, as in CI), it fails instead.
 */
export interface Requirement {
  readonly missing: boolean;
  /** For the title of the suite: empty, or why it is skipped. */
  readonly note: string;
}

export function requirement(present: boolean, what: string): Requirement {
  if (present) return { missing: false, note: "" };
  if (process.env["SAMLCERT_REQUIRE_ALL"] === "1") {
    throw new Error(`${what} is required here (SAMLCERT_REQUIRE_ALL=1).`);
  }
  return { missing: true, note: ` [skipped: ${what} is not available]` };
}

/** The folder of outside test data, and whether it is there. */
export const corpusFolder: string = process.env["SAMLCERT_CORPUS"] ?? "";

/** Outside test data below `$SAMLCERT_CORPUS`. */
export function requireCorpus(...parts: readonly string[]): Requirement {
  const path = [corpusFolder, ...parts].join("/");
  // The corpus is never part of a checkout, so a clone elsewhere may run everything but this.
  if (corpusFolder === "") {
    return { missing: true, note: " [skipped: SAMLCERT_CORPUS is not set]" };
  }
  return requirement(existsSync(path), `the corpus folder ${parts.join("/")}`);
}

/** A program on the PATH, such as `openssl` or `xmlsec1`. */
export function requireProgram(name: string, args: readonly string[] = ["--version"]): Requirement {
  const { status } = spawnSync(name, args, { stdio: "ignore" });
  return requirement(status === 0, [name, ...args].join(" "));
}

/** A file of a Debian package, such as the OASIS schemas. */
export function requireFile(path: string): Requirement {
  return requirement(existsSync(path), path);
}

/**
 * The rows of a table of tests that outside data decides. Without the data one row stands for all, so
 * that the skipped test is seen and counted; data without a single row is an error.
 */
export function rowsFrom<Row>(needed: Requirement, rows: () => readonly Row[]): readonly Row[] {
  if (needed.missing) return [needed.note.trim() as Row];
  const found = rows();
  if (found.length === 0) throw new Error("The test data has no such file.");
  return found;
}
