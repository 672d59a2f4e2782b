import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { inputError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { isUrl } from "./urls.ts";

/** Upper bound on the files that one pattern matches. */
const MAX_NAMES = 10_000;

function bounded(names: readonly string[], pattern: string): readonly string[] {
  if (names.length <= MAX_NAMES) return names;
  throw inputError("cli.too_many_files", { pattern, limit: MAX_NAMES });
}

/** True if the pattern has a wildcard that the shell did not expand. */
function hasWildcard(pattern: string): boolean {
  return !isUrl(pattern) && (pattern.includes("*") || pattern.includes("?"));
}

/** Matches `*` and `?`. It backtracks to the last `*` only, so it cannot hang. */
function matches(name: string, pattern: string): boolean {
  let i = 0;
  let j = 0;
  let star = -1;
  let resume = 0;
  while (i < name.length) {
    if (
      j < pattern.length &&
      (pattern[j] === "?" || pattern[j] === name[i]) &&
      pattern[j] !== "*"
    ) {
      i++;
      j++;
    } else if (pattern[j] === "*") {
      star = j++;
      resume = i;
    } else if (star >= 0) {
      j = star + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern[j] === "*") j++;
  return j === pattern.length;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return [];
  }
}

/**
 * Expands a pattern that the shell did not (quoted, or on Windows). A name without wildcards, or a pattern
 * without a match, is returned unchanged.
 */
export async function expandGlob(pattern: string, cwd: string): Promise<readonly string[]> {
  if (pattern === "-" || !hasWildcard(pattern)) return [pattern];
  const absolute = pattern.startsWith("/");
  let found = [absolute ? "/" : ""];
  for (const segment of pattern.split("/").filter((part) => part !== "")) {
    const next: string[] = [];
    for (const folder of found) {
      if (!hasWildcard(segment)) next.push(join(folder, segment));
      else {
        const names = await namesIn(resolve(cwd, folder));
        // As in a shell, a wildcard does not match a leading dot.
        const fitting = names.filter(
          (name) => matches(name, segment) && (segment.startsWith(".") || !name.startsWith(".")),
        );
        for (const name of fitting) next.push(join(folder, name));
        bounded(next, pattern);
      }
    }
    found = next;
  }
  return found.length === 0 ? [pattern] : found;
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
