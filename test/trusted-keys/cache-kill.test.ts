import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileCache } from "../../src/trusted-keys/cache.ts";
import { decodeCopy } from "../../src/trusted-keys/copy.ts";
import { fc } from "../support/property.ts";

const folder = mkdtempSync(join(tmpdir(), "samlcert-kill-"));
const program = join(folder, "writer.mjs");
const path = join(folder, "idp.json");

/** Writes one large copy after the other, until it is killed. */
beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { fileCache } from "./cache.ts";
        import { encodeCopy } from "./copy.ts";
        const cache = fileCache(process.argv[2]);
        for (let readAt = 1; ; readAt++) {
          const document = new Uint8Array(400_000 + readAt).fill(readAt % 251);
          const version = { sha256: "00" };
          const decisions = { staged: [], approved: [], earlier: [] };
          const from = "https://idp.example.com";
          await cache.set(encodeCopy({ from, readAt, version, document, ...decisions }));
          process.stdout.write(".");
        }`,
      resolveDir: join(import.meta.dirname, "../../src/trusted-keys"),
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "error",
  });
  writeFileSync(program, outputFiles[0]?.text ?? "");
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Kills the writer this long after its first complete write. */
async function killAfter(milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [program, path], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill("SIGKILL");
  await ended;
}

describe("fileCache", () => {
  it("leaves a whole copy, wherever its process is killed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 40 }), async (milliseconds) => {
        await killAfter(milliseconds);
        const text = await fileCache(path).get();
        const { readAt, document } = decodeCopy(text ?? "");
        expect(document.byteLength).toBe(400_000 + readAt);
        expect(document.every((byte) => byte === readAt % 251)).toBe(true);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it("gives nothing for a file that does not exist, and what was set last", async () => {
    const cache = fileCache(join(folder, "other.json"));
    expect(await cache.get()).toBeUndefined();
    await cache.set("a");
    await cache.set("b");
    expect(await cache.get()).toBe("b");
  });
});
