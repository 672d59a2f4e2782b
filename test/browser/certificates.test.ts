import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { describe, expect, test } from "vitest";
import { CHROMIUM, CHROMIUM_ARGUMENTS, chromiumNeeded } from "./support.ts";

const root = join(import.meta.dirname, "..", "..");

/** The vectors that every runtime runs, told where the entry is and given what they need of a process. */
const SHELL = `
globalThis.process = { argv: ["", "", new URL("/certificates.js", location.href).href],
  exit: (code) => { throw new Error("exit " + code); } };
globalThis.said = [];
for (const level of ["log", "error"]) {
  console[level] = (...words) => globalThis.said.push(words.join(" "));
}`;

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "src/certificates/index.ts")],
    bundle: true,
    format: "esm",
    platform: "browser",
    external: ["@peculiar/x509", "reflect-metadata/lite", "reflect-metadata"],
    write: false,
  });
  return (outputFiles[0] as { text: string }).text;
}

describe.skipIf(chromiumNeeded.missing)(`samlcert/certificates${chromiumNeeded.note}`, () => {
  test("the library gives the same results in a browser as in every other runtime", async () => {
    const files: Readonly<Record<string, string>> = {
      "/": "<!doctype html><title>vectors</title>",
      "/certificates.js": await bundle(),
      "/vectors.js": readFileSync(join(root, "test/runtimes/certificates.mjs"), "utf8"),
    };
    const server = createServer(({ url = "" }, response) => {
      const type = url.endsWith(".js") ? "text/javascript" : "text/html";
      response.writeHead(url in files ? 200 : 404, { "content-type": type }).end(files[url]);
    }).listen(0, "127.0.0.1");
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...CHROMIUM_ARGUMENTS],
    });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.evaluate(SHELL);
      const outcome = await page.evaluate(
        "import('/vectors.js').then(() => 'done', (error) => String(error))",
      );
      expect([outcome, await page.evaluate("said")]).toEqual([
        "done",
        ["certificates: all vectors agree"],
      ]);
    } finally {
      await browser.close();
      server.close();
    }
  }, 60_000);
});
