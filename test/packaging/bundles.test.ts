import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** One program that a user may write, and what may come with it before anything is called. */
interface Budget {
  readonly uses: string;
  readonly source: string;
  /** Packages that may be in what is loaded at once. */
  readonly packages: readonly string[];
  /** Layers of this package that may be in it. */
  readonly layers: readonly string[];
  /**
   * Kilobytes, minified and compressed: where it stands, so that it cannot grow unseen.
   * docs/performance.md has the goals, which are of brotli.
   */
  readonly gzip: number;
  readonly brotli: number;
  readonly platform: "browser" | "node";
}

const BUDGETS: readonly Budget[] = [
  {
    uses: "samlcert/certificates, parseCertificate alone",
    source: 'export { parseCertificate } from "./src/certificates/index.ts";',
    packages: [],
    layers: ["certificates", "core"],
    gzip: 28.4,
    brotli: 25.4,
    platform: "browser",
  },
  {
    uses: "samlcert/certificates, whole",
    source: 'export * from "./src/certificates/index.ts";',
    packages: [],
    layers: ["certificates", "core"],
    gzip: 39.1,
    brotli: 34.5,
    platform: "browser",
  },
  {
    uses: "samlcert/metadata, parseMetadata alone",
    source: 'export { parseMetadata } from "./src/metadata/index.ts";',
    packages: [],
    layers: ["certificates", "core", "metadata"],
    gzip: 22.4,
    brotli: 20.1,
    platform: "browser",
  },
  {
    uses: "samlcert/metadata and samlcert/signature, parse and verify",
    source:
      'export { parseMetadata } from "./src/metadata/index.ts";' +
      'export { verifyMetadata } from "./src/metadata/signature/index.ts";',
    packages: [],
    layers: ["certificates", "core", "metadata"],
    gzip: 28.2,
    brotli: 25.4,
    platform: "node",
  },
  {
    uses: "samlcert/rotation, whole",
    source: 'export * from "./src/rotation/index.ts";',
    packages: [],
    layers: ["certificates", "core", "metadata", "providers", "rotation"],
    gzip: 57.9,
    brotli: 51.4,
    platform: "node",
  },
];

interface Bundle {
  readonly inputs: readonly string[];
  readonly gzip: number;
  readonly brotli: number;
}

/** What is loaded at once: the entry's chunk and those that it imports statically. */
async function bundleOf({ source, platform }: Budget): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: source, resolveDir: root, loader: "ts" },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform,
    outdir: join(root, "out"),
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const outputs: Metafile["outputs"] = metafile.outputs;
  const start = Object.keys(outputs).find((name) => outputs[name]?.entryPoint !== undefined);
  const waiting = start === undefined ? [] : [start];
  const seen = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const { path, kind } of outputs[name]?.imports ?? []) {
      if (kind === "import-statement" && outputs[path] !== undefined) waiting.push(path);
    }
  }
  const inputs = [...seen].flatMap((name) => Object.keys(outputs[name]?.inputs ?? {}));
  const loaded = outputFiles.filter(({ path }) => seen.has(path.slice(root.length + 1)));
  const size = (compress: (contents: Uint8Array) => Buffer): number =>
    loaded.reduce((sum, { contents }) => sum + compress(contents).byteLength, 0) / 1024;
  return {
    inputs,
    gzip: size((contents) => gzipSync(contents, { level: 9 })),
    brotli: size((contents) => brotliCompressSync(contents)),
  };
}

describe("each entry brings only what it needs", () => {
  test.each(BUDGETS.map((budget) => [budget.uses, budget] as const))("%s", async (_, budget) => {
    const { inputs, gzip, brotli } = await bundleOf(budget);
    const packages = inputs.flatMap(
      (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    );
    expect([...new Set(packages)].sort()).toEqual(budget.packages);
    const layers = inputs.flatMap((path) => /^src\/([^/]+)\//.exec(path)?.[1] ?? []);
    expect(budget.layers).toEqual(expect.arrayContaining([...new Set(layers)]));
    expect(gzip).toBeLessThanOrEqual(budget.gzip);
    expect(brotli).toBeLessThanOrEqual(budget.brotli);
  });
});
