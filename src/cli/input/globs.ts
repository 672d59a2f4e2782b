import { existsSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { inputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { isUrl } from "./urls.ts";

/** Upper bound on the files that one pattern matches. */
const MAX_NAMES = 10_000;

/** True if the name has a wildcard or braces that the shell did not expand. */
function isPattern(name: string): boolean {
  return name !== "-" && !isUrl(name) && /[*?[\]{}]/.test(name);
}

/**
 * Expands a pattern that the shell did not (quoted, or on Windows): `*`, `?`, `**`, braces and classes. A
 * name without them, of an existing file, or without a match is returned unchanged.
 */
export async function expandGlob(name: string, cwd: string): Promise<readonly string[]> {
  if (!isPattern(name) || existsSync(resolve(cwd, name))) return [name];
  const { glob } = await import("tinyglobby");
  const found = await glob(patternOf(name, process.platform), {
    cwd,
    absolute: isAbsolute(name),
    expandDirectories: false,
  });
  if (found.length > MAX_NAMES) {
    throw inputError("cli.too_many_files", { pattern: name, limit: MAX_NAMES });
  }
  return found.length === 0 ? [name] : found.sort();
}

/** A backslash separates folders on Windows, and escapes a character elsewhere. */
export function patternOf(name: string, platform: string): string {
  return platform === "win32" ? name.replaceAll("\\", "/") : name;
}

/** Each file of a command line, with wildcards expanded. Reports the progress. */
export async function* eachFile(patterns: readonly string[], io: Io): AsyncGenerator<string> {
  const lists = await Promise.all(patterns.map((pattern) => expandGlob(pattern, io.cwd)));
  const files = lists.flat();
  for (const [done, file] of files.entries()) {
    if (files.length > 1) io.progress.done(done, files.length, "file");
    yield file;
  }
}
