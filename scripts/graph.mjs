/** Which test files can reach which sources, by their imports. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import slow from "../test/slow.json" with { type: "json" };

export function filesBelow(root, folder, ending) {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file))
    .sort();
}

const matches = (parts) => (file) => parts.some((part) => file.startsWith(part));
const isOutside = matches(slow.outside);
const isHeavy = matches(slow.heavy);

/** Every test file but those about the repository and other programs. */
export function innerTests(root) {
  return filesBelow(root, "test", ".test.ts").filter((file) => !isOutside(file));
}

/** The fast test files, for editing and for the mutants. */
export function quickTests(root) {
  return innerTests(root).filter((file) => !isHeavy(file));
}

function importsOf(root, file) {
  const path = join(root, file);
  const text = readFileSync(path, "utf8");
  const found = text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*"(\.[^"]+)"/g);
  const imports = Array.from(found, ([, target]) => relative(root, join(dirname(path), target)));
  // The list of entries is read to import each of them.
  if (file.endsWith("entries.json")) return Object.values(JSON.parse(text));
  return imports.filter((target) => existsSync(join(root, target)));
}

/** The files that `file` imports, directly or not, itself included. */
export function reachableFrom(root, file, cache = new Map()) {
  const seen = new Set([file]);
  for (const each of seen) {
    if (!cache.has(each)) {
      cache.set(each, /\.(?:ts|mjs|json)$/.test(each) ? importsOf(root, each) : []);
    }
    for (const target of cache.get(each)) seen.add(target);
  }
  return seen;
}

/** Changes of these concern every test. */
const EVERYTHING =
  /^(?:package(?:-lock)?\.json|tsconfig\.json|vitest\.config\.ts|test\/slow\.json)$/;
/** Tests of the sources' text read all files, and import none. */
const ALWAYS = /^test\/[^/]+\.test\.ts$/;

/** The quick tests that the changed files concern. */
export function testsOf(root, changed) {
  const tests = quickTests(root);
  if (changed.length === 0) return [];
  if (changed.some((file) => EVERYTHING.test(file))) return tests;
  const cache = new Map();
  const inDocs = changed.some((file) => /^(?:docs|fixtures)\/|\.md$/.test(file));
  return tests.filter((test) => {
    if (ALWAYS.test(test) || (inDocs && test.startsWith("test/docs/"))) return true;
    const reachable = reachableFrom(root, test, cache);
    return changed.some((file) => reachable.has(file));
  });
}
