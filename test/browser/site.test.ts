import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeTables } from "../../src/core/codes/all.ts";
import { docsOf } from "../../src/core/docs.ts";
import { requirement } from "../support/require.ts";
import { CHROMIUM, CHROMIUM_ARGUMENTS, chromiumNeeded } from "./support.ts";

const root = join(import.meta.dirname, "..", "..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const vitepress = requirement(
  existsSync(join(root, "site", "node_modules", "vitepress")),
  "vitepress (npm ci --prefix site)",
);

/** A path that the build cannot know: the site must work below any. */
const BELOW = "/some/where/";
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css",
  js: "text/javascript",
  json: "application/json",
  svg: "image/svg+xml",
  webp: "image/webp",
};

function serve(folder: string): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const name = pathname.slice(BELOW.length).replace(/(^|\/)$/, "$1index.html");
    try {
      if (!pathname.startsWith(BELOW)) throw new Error("outside");
      const body = readFileSync(join(folder, name.replaceAll("..", "")));
      const type = TYPES[name.split(".").at(-1) ?? ""] ?? "text/plain; charset=utf-8";
      response.writeHead(200, { "content-type": type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
}

describe.skipIf(chromiumNeeded.missing || vitepress.missing)(
  `the site${chromiumNeeded.note}${vitepress.note}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), "samlcert-site-"));
    const server = serve(folder);
    let browser: Browser;
    let address: string;
    let pages: ReadonlyMap<string, string>;

    beforeAll(async () => {
      const script = join(root, "scripts", "site.mjs");
      const built = spawnSync(process.execPath, [script, folder], { encoding: "utf8" });
      if (built.status !== 0) throw new Error(built.stderr);
      const names = readdirSync(folder, { recursive: true })
        .map((name) => String(name).replaceAll("\\", "/"))
        .filter((name) => name.endsWith(".html"));
      pages = new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${BELOW}`;
      browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_ARGUMENTS] });
    }, 300_000);

    afterAll(async () => {
      await browser?.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Opens a page, and keeps what it asked for and what went wrong in it. */
    async function open(path: string, options: Parameters<Browser["newContext"]>[0] = {}) {
      const page = await (await browser.newContext({ bypassCSP: true, ...options })).newPage();
      const problems: string[] = [];
      page.on("request", (request) => {
        const url = request.url();
        if (!/^(?:data|blob):/.test(url) && !url.startsWith(address)) problems.push(url);
      });
      page.on("pageerror", (error) => problems.push(String(error)));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) problems.push(message.text());
      });
      await page.goto(address + path);
      await page.waitForLoadState("networkidle");
      return { page, problems };
    }

    test("every link and every anchor has a target", () => {
      const anchors = new Map<string, ReadonlySet<string>>();
      const anchorsOf = (name: string): ReadonlySet<string> => {
        const known = anchors.get(name);
        if (known !== undefined) return known;
        const found = [...(pages.get(name) ?? "").matchAll(/\sid="([^"]+)"/g)];
        const ids = new Set(found.map(([, id = ""]) => id));
        anchors.set(name, ids);
        return ids;
      };
      const seen = new Set<string>();
      const dead: string[] = [];
      for (const [name, html] of pages) {
        if (name === "404.html") continue;
        for (const [, target = ""] of html.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
          if (/^(?:https?|data|mailto):/.test(target)) continue;
          const [path = "", anchor = ""] = target.replaceAll("&amp;", "&").split("#");
          const file = path === "" ? name : posix.join(dirname(name), path);
          const place = file.replace(/(^|\/|^\.)$/, "$1").replace(/^\.?\/?$/, "index.html");
          const whole = place.endsWith("/") ? `${place}index.html` : place;
          const key = `${whole}#${anchor}`;
          if (seen.has(key)) continue;
          seen.add(key);
          if (!existsSync(join(folder, whole))) dead.push(`${name}: ${target}`);
          else if (anchor !== "" && anchor !== "VPContent") {
            const id = decodeURIComponent(anchor);
            if (!anchorsOf(whole).has(id)) dead.push(`${name}: ${target}`);
          }
        }
      }
      expect(seen.size).toBeGreaterThan(1000);
      expect(dead).toEqual([]);
    });

    test("has a page for each code, where the errors will link to", () => {
      const codes = Object.values(codeTables).flatMap((tables) => tables.flatMap(Object.keys));
      const missing = codes.filter((code) => {
        const page = docsOf(code, "https://docs.example").slice("https://docs.example/".length);
        return !pages.get(page)?.includes(`>${code} <a`);
      });
      expect(missing).toEqual([]);
    });

    test("has the schemas, and lists of its pages for language models", () => {
      const schemas = readdirSync(join(root, "docs", "schemas"));
      expect(readdirSync(join(folder, "schemas"))).toEqual(expect.arrayContaining(schemas));
      const list = readFileSync(join(folder, "llms.txt"), "utf8");
      const named = [...list.matchAll(/\]\(\.\/([^)#]+)/g)].map(([, name = ""]) => name);
      expect(named.length).toBeGreaterThan(20);
      expect(named.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
    });

    test("finds a code, a function and a guide, and opens them without a new load", async () => {
      const { page, problems } = await open("index.html");
      for (const [words, path] of [
        ["validity expired", "errors/validity-expired.html"],
        ["explainResponse", "api/signature/explainresponse.html"],
        ["watch expiry", "guides/watch-expiry.html"],
      ] as const) {
        await page.keyboard.press("Control+k");
        await page.locator("#localsearch-input").fill(words);
        await page.locator(`.results a[href*="${path}"]`).first().click();
        await page.waitForURL(`**/${path}*`);
        await page.locator(".vp-doc h1").first().waitFor();
      }
      await page.locator(".vp-doc a[href^='./']").first().click();
      await page.locator(".vp-doc h1").first().waitFor();
      expect(problems).toEqual([]);
      await page.context().close();
    });

    test("the playground checks a certificate inside the site", async () => {
      const { page, problems } = await open("playground.html");
      const frame = page.frameLocator("iframe.playground");
      const pem = readFileSync(join(root, "fixtures/demo/current.pem"), "utf8");
      await frame.locator("textarea").first().fill(pem);
      await frame.locator("svg").first().waitFor();
      expect(problems).toEqual([]);
      await page.context().close();
    });

    test("can be read from the file system and without scripts", async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(pathToFileURL(join(folder, "errors", "validity-expired.html")).href);
      await page.locator(".VPNavBar a", { hasText: "Tasks" }).click();
      await page.locator(".vp-doc a", { hasText: "check-an-upload" }).first().click();
      expect(await page.locator(".vp-doc h1").textContent()).toContain("Check an upload");
      await context.close();
    });

    /** The findings of axe that are more than minor, and the elements that are wider than the screen. */
    async function faults(page: Page): Promise<string[]> {
      await page.addScriptTag({ content: axe });
      return page.evaluate(async () => {
        const { axe: engine, document } = globalThis as unknown as {
          axe: {
            run(options: object): Promise<{
              violations: { id: string; impact: string; nodes: { html: string }[] }[];
            }>;
          };
          document: { documentElement: { scrollWidth: number; clientWidth: number } };
        };
        const { scrollWidth, clientWidth } = document.documentElement;
        const { violations } = await engine.run({ iframes: false });
        return [
          ...(scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} pixels too wide`] : []),
          ...violations
            .filter(({ impact }) => impact !== "minor")
            .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        ];
      });
    }

    test.each([
      ["light", 360],
      ["dark", 1440],
    ] as const)(
      "is accessible and fits: %s, %i pixels",
      async (colorScheme, width) => {
        const found: string[] = [];
        for (const path of [
          "index.html",
          "guides/check-an-upload.html",
          "errors/validity-expired.html",
          "api/signature/explainresponse.html",
        ]) {
          const viewport = { width, height: 900 };
          const { page, problems } = await open(path, { colorScheme, viewport });
          found.push(...[...problems, ...(await faults(page))].map((one) => `${path}: ${one}`));
          await page.context().close();
        }
        expect(found).toEqual([]);
      },
      120_000,
    );
  },
);
