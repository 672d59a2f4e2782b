import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { type Requirement, requireFile } from "../support/require.ts";

export const CHROMIUM = "/usr/bin/chromium";
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];
const root = join(import.meta.dirname, "..", "..");

/** Debian's Chromium; the tests drive the real thing or nothing. */
export const chromiumNeeded: Requirement = requireFile(CHROMIUM);

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css",
  js: "text/javascript",
  svg: "image/svg+xml",
};

/** The page for a test; `open` loads it in its own context. */
export interface Playground {
  /** The folder that `npm run playground` built. */
  readonly folder: string;
  readonly url: string;
  open(options?: BrowserContextOptions, address?: string): Promise<OpenedPage>;
}

export interface OpenedPage {
  readonly page: Page;
  /** Everything that the page asked a server for, and everything that went wrong in it. */
  readonly requests: readonly string[];
  readonly problems: readonly string[];
}

/** Builds the page, serves it, and starts a browser for the tests of one file. */
export function usePlayground(): () => Playground {
  const folder = mkdtempSync(join(tmpdir(), "samlcert-playground-"));
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? "/", "http://localhost").pathname.slice(1) || "index.html";
    try {
      const body = readFileSync(join(folder, name.replaceAll("..", "")));
      const type = TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  let browser: Browser | undefined;
  let url = "";

  beforeAll(async () => {
    const script = join(root, "scripts", "playground.mjs");
    const built = spawnSync(process.execPath, [script, folder], { encoding: "utf8" });
    if (built.status !== 0) throw new Error(built.stderr);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...CHROMIUM_ARGUMENTS],
    });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return () => ({
    folder,
    url,
    open: async (options = {}, address = url) => {
      if (browser === undefined) throw new Error("The browser is not running.");
      const page = await (await browser.newContext(options)).newPage();
      const requests: string[] = [];
      const problems: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      page.on("pageerror", (error) => problems.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning")
          problems.push(message.text());
      });
      await page.goto(address);
      return { page, requests, problems };
    },
  });
}
