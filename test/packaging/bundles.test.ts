import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
/** The folder of a user who has installed the package. */
const user = realpathSync(mkdtempSync(join(tmpdir(), "samlcert-user-")));

/** One program of a user, and the most that it may load at once. */
interface Budget {
  readonly uses: string;
  readonly source: string;
  /** KiB of the user's bundle, minified, with brotli. */
  readonly brotli: number;
  readonly platform: "browser" | "node";
}

const BUDGETS: readonly Budget[] = [
  {
    uses: "parseCertificate of samlcert/certificates",
    source: 'export { parseCertificate } from "samlcert/certificates";',
    brotli: 12,
    platform: "browser",
  },
  {
    // The goal is 32: see docs/performance.md.
    uses: "everything of samlcert/certificates",
    source: 'export * from "samlcert/certificates";',
    brotli: 38.2,
    platform: "browser",
  },
  {
    uses: "parseMetadata of samlcert/metadata",
    source: 'export { parseMetadata } from "samlcert/metadata";',
    brotli: 25,
    platform: "browser",
  },
  {
    // The goal is 25: see docs/performance.md.
    uses: "parseMetadata of samlcert/metadata and verifyMetadata of samlcert/signature",
    source:
      'export { parseMetadata } from "samlcert/metadata";' +
      'export { verifyMetadata } from "samlcert/signature";',
    brotli: 31.6,
    platform: "node",
  },
];

/** Installs the package as it is packed, but for declarations and source maps. */
beforeAll(() => {
  const installed = join(user, "node_modules", "samlcert");
  mkdirSync(installed, { recursive: true });
  copyFileSync(join(root, "package.json"), join(installed, "package.json"));
  const tsup = join(root, "node_modules", "tsup", "dist", "cli-default.js");
  const options = ["--no-dts", "--no-sourcemap", "--silent", "--out-dir", join(installed, "dist")];
  execFileSync(process.execPath, [tsup, ...options], { cwd: root });
}, 300_000);

afterAll(() => rmSync(user, { recursive: true, force: true }));

/** A program as a user's bundler packs it. Other packages stay outside: they are loaded on demand. */
async function bundleOf({ source, platform }: Budget): Promise<{ text: string; brotli: number }> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: user, loader: "js" },
    absWorkingDir: user,
    external: ["@peculiar/x509", "reflect-metadata", "xml-crypto"],
    bundle: true,
    minify: true,
    format: "esm",
    platform,
    write: false,
    logLevel: "silent",
  });
  const [{ contents, text }] = outputFiles as [(typeof outputFiles)[number]];
  return { text, brotli: brotliCompressSync(contents).length / 1024 };
}

describe("a user's bundle of the packed package stays small", () => {
  test.each(BUDGETS.map((budget) => [budget.uses, budget] as const))(
    "%s",
    async (_, budget) => {
      const { text, brotli } = await bundleOf(budget);
      const imports = Array.from(
        text.matchAll(/(?:^|;)import[^;"]*"([^"]+)"/g),
        ([, name]) => name,
      );
      expect(imports.filter((name) => !isBuiltin(name ?? ""))).toEqual([]);
      expect(brotli).toBeGreaterThan(5);
      expect(brotli).toBeLessThanOrEqual(budget.brotli);
    },
    60_000,
  );

  test("parseCertificate brings nothing of the reading of pastes", async () => {
    const { text } = await bundleOf(BUDGETS[0] as Budget);
    expect(text).not.toContain("pem.smart_quotes");
    expect(text).not.toContain("key.rsa_fermat");
  });

  // A top-level statement that a bundler must keep brings along what it uses, such as a table of codes.
  test("verifyMetadata brings nothing of signing and of explaining Responses", async () => {
    const { text } = await bundleOf(BUDGETS[3] as Budget);
    expect(text).not.toContain("response.attribute_pollution");
    expect(text).not.toContain("signature.signed_already");
    expect(text).not.toContain("metadata.query.");
  });
});
