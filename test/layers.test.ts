import { readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

const SRC = join(import.meta.dirname, "..", "src");

/** Each layer and what it may import of `src/`, besides itself. Imports only point down. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  xml: ["core"],
  certificates: ["core", "xml"],
  metadata: ["core", "xml", "certificates"],
  keys: ["core", "certificates", "metadata"],
  signature: ["core", "xml", "certificates", "metadata", "keys"],
  providers: ["core", "certificates", "metadata", "keys"],
  "trusted-keys": ["core", "xml", "certificates", "metadata", "signature", "providers"],
  rotation: ["core", "certificates", "metadata", "signature", "providers", "trusted-keys"],
  postgres: ["core", "certificates", "providers", "trusted-keys", "rotation", "watch"],
  watch: [
    ...["core", "certificates", "metadata", "signature", "keys", "providers"],
    ...["trusted-keys", "rotation"],
  ],
  testing: [
    ...["core", "xml", "certificates", "metadata", "signature", "keys", "providers"],
    ...["trusted-keys", "rotation"],
  ],
  schemas: [
    "core",
    "certificates",
    "metadata",
    "signature",
    "keys",
    "providers",
    "rotation",
    "watch",
    "postgres",
  ],
  cli: [
    ...["core", "xml", "certificates", "metadata", "signature", "keys", "providers"],
    ...["trusted-keys", "rotation", "watch", "postgres", "testing", "schemas"],
  ],
};

/** Packages, and the files or folders of `src/` that may import them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "@peculiar/x509": ["certificates/peculiar.ts", "keys/"],
  "reflect-metadata": ["certificates/peculiar.ts", "keys/"],
  tinyglobby: ["cli/input/globs.ts"],
  "xml-crypto": ["signature/second-opinion.ts"],
  pg: ["postgres/connect.ts"],
  zod: ["schemas/"],
  // The other layers run in browsers too.
  node: [
    "core/files/",
    ...["signature/", "keys/", "trusted-keys/", "rotation/", "watch/", "postgres/"],
    ...["testing/", "cli/"],
  ],
};

/** Providers know each other as little as rotation knows them: by the contract in providers/store.ts. */
const PROVIDERS = ["sendgrid", "keycard", "pandastack", "clerk", "google-workspace"];

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(SRC, file), "utf8");
  // Examples in comments import the package by its name.
  const code = text.replaceAll(/^\s*\*.*$/gm, "");
  const found = code.matchAll(
    /(?:^|\n)\s*(import|export)(\s+type)?\b[^;"']*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"/g,
  );
  return Array.from(found, ([, , type, from, dynamic]) => ({
    file,
    target: (from ?? dynamic) as string,
    typeOnly: type !== undefined,
  }));
});

const roomOf = (file: string): string => file.split("/")[0] as string;

describe("the layers", () => {
  test("every folder of src is a layer of the table, and the other way round", () => {
    const folders = new Set(files.filter((file) => file.includes("/")).map(roomOf));
    const known = new Set(Object.keys(LAYERS));
    expect([...folders].filter((folder) => !known.has(folder))).toEqual([]);
  });

  test("imports only point down", () => {
    const wrong = imports
      .filter(({ file, target }) => file.includes("/") && target.startsWith("."))
      .filter(({ file, target }) => {
        const room = roomOf(file);
        const other = roomOf(normalize(join(file, "..", target)));
        return other !== room && !LAYERS[room]?.includes(other);
      });
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  test("nothing but the command line, the schemas and the fakes imports a provider by name", () => {
    const wrong = imports.filter(({ file, target }) => {
      const to = normalize(join(file, "..", target)).split("/");
      const named = to[0] === "providers" && PROVIDERS.includes(to[1] as string);
      const own = file.startsWith(`providers/${to[1]}/`);
      return named && !own && !["cli", "schemas", "testing"].includes(roomOf(file));
    });
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  test("a package is imported only where the table says so", () => {
    const wrong = imports
      .filter(({ target }) => !target.startsWith("."))
      .filter(({ file, target, typeOnly }) => {
        const name = target.startsWith("node:")
          ? "node"
          : target
              .split("/")
              .slice(0, target.startsWith("@") ? 2 : 1)
              .join("/");
        const allowed = PACKAGES[name] ?? [];
        return !(name === "node" && typeOnly) && !allowed.some((place) => file.startsWith(place));
      });
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });
});
