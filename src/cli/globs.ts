import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Most names that one pattern may stand for. */
const MAX_NAMES = 10_000;

/** True if the pattern has a wildcard that the shell has left to the program. */
function hasWildcard(pattern: string): boolean {
  return pattern.includes("*") || pattern.includes("?");
}

/** `*` stands for any characters and `?` for one. Linear but for the last `*`, so that it cannot hang. */
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
 * The files that a pattern stands for, for shells that leave it to the program (quoted, or on
 * Windows). A name without wildcards, or a pattern that fits nothing, is given back as it is.
 */
export async function expandGlob(pattern: string, cwd: string): Promise<readonly string[]> {
  if (pattern === "-" || !hasWildcard(pattern)) return [pattern];
  const absolute = pattern.startsWith("/");
  let found = [absolute ? "/" : ""];
  for (const segment of pattern.split("/").filter((part) => part !== "")) {
    const next: string[] = [];
    for (const folder of found) {
      if (!hasWildcard(segment)) next.push(join(folder, segment));
      else if (next.length < MAX_NAMES) {
        const names = await namesIn(resolve(cwd, folder));
        // As in a shell, a wildcard does not stand for a leading dot.
        const fitting = names.filter(
          (name) => matches(name, segment) && (segment.startsWith(".") || !name.startsWith(".")),
        );
        next.push(...fitting.map((name) => join(folder, name)));
      }
    }
    found = next.slice(0, MAX_NAMES);
  }
  return found.length === 0 ? [pattern] : found;
}
