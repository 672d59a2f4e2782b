import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type ConnectionStatus, page as pageOf } from "../../src/watch/index.ts";
import { everyState, manyStatuses, NOW, statusOf } from "../watch/support/statuses.ts";
import { CHROMIUM, CHROMIUM_ARGUMENTS, chromiumNeeded } from "./support.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "samlcert-page-"));

const MANY = 10_000;

interface Opened {
  readonly page: Page;
  /** Addresses that the page asked for besides its own, and what went wrong in it. */
  readonly requests: readonly string[];
  readonly problems: readonly string[];
}

describe.skipIf(chromiumNeeded.missing)(`the status page${chromiumNeeded.note}`, () => {
  let browser: Browser;
  let many = "";
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_ARGUMENTS] });
    many = write("many.html", manyStatuses(MANY));
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Writes the page as a person gets it: a file. */
  function write(name: string, statuses: readonly ConnectionStatus[], now = NOW): string {
    const path = join(folder, name);
    writeFileSync(path, pageOf(statuses, { now }));
    return path;
  }

  async function open(path: string, options: BrowserContextOptions = {}, hash = "") {
    const page = await (await browser.newContext(options)).newPage();
    const requests: string[] = [];
    const problems: string[] = [];
    const address = `${pathToFileURL(path).href}${hash}`;
    page.on("request", (request) => requests.push(request.url()));
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => problems.push(message.text()));
    await page.goto(address);
    if (options.javaScriptEnabled !== false) await page.waitForSelector(".row, #count:not(:empty)");
    const opened: Opened = { page, requests: requests.slice(1), problems };
    return opened;
  }

  const openDetails = (page: Page) =>
    page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
  const states = () => write("states.html", everyState());
  const names = (page: Page) => page.locator(".row h2").allTextContents();

  test.each([
    ["light", undefined],
    ["dark", ["color-contrast"]],
  ] as const)("has nothing that axe finds, in %s", async (colorScheme, rules) => {
    const { page } = await open(states(), { colorScheme, bypassCSP: true });
    await openDetails(page);
    await page.addScriptTag({ content: axe });
    const violations = await page.evaluate(async (runOnly) => {
      const { axe: engine } = globalThis as unknown as {
        axe: {
          run(
            options: object,
          ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
        };
      };
      return (await engine.run(runOnly === undefined ? {} : { runOnly })).violations;
    }, rules);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });

  test("runs under its own content security policy, and asks no server for anything", async () => {
    const { page, requests, problems } = await open(states());
    await page.locator("summary").first().click();
    expect(await page.locator(".row").count()).toBe(everyState().length);
    expect(requests).toEqual([]);
    expect(problems).toEqual([]);
    const policy = await page
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .getAttribute("content");
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/unsafe|https?:|data:/);
  });

  test("shows the urgent first, with the names, the days and the next step", async () => {
    const { page } = await open(states());
    expect(await page.title()).toBe("SSO certificates: 12 of 15 connections need attention");
    const first = await page.locator(".row").first().innerText();
    expect(first).toContain("Acme Industrial Holdings");
    expect(first).toContain("2\ndays over");
    expect(first.toLowerCase()).toContain("the administrator of the identity provider");
    expect(await page.locator(".figures strong").allTextContents()).toEqual(["5", "7", "1", "2"]);
  });

  test("draws validity, today, the overlap and the planned switch", async () => {
    const { page } = await open(states());
    const row = page.locator(".row", { hasText: "Support desk" });
    for (const mark of ["bar.active", "today", "overlap", "plan", "mark"]) {
      expect(await row.locator(`.time .${mark}`).count(), mark).toBeGreaterThan(0);
    }
    expect(await row.locator(".time").getAttribute("aria-label")).toContain(
      "planned switch on 21 Dec 2026",
    );
  });

  test("draws text of others as text", async () => {
    const name = "<img src=x onerror=alert(1)>";
    const status = statusOf({ name, owner: name, state: "down", labels: { a: name } });
    const { page, problems } = await open(write("markup.html", [status]));
    expect(await page.locator("img").count()).toBe(0);
    expect(await names(page)).toEqual([name]);
    expect(problems).toEqual([]);
  });

  test("breaks no word and needs no scrolling at 360, 700 and 1440 pixels", async () => {
    const { page } = await open(states());
    await openDetails(page);
    for (const width of [360, 700, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await brokenWords(page), `${width}`).toEqual([]);
    }
  });

  test("filters by words, state, owner and urgency, and keeps the view in its address", async () => {
    const { page } = await open(states());
    await page.fill("#q", "exk1fcia okta");
    expect(await names(page)).toEqual(["Okta workforce"]);
    await page.fill("#q", "");
    await page.selectOption("#owner", "people-systems");
    expect(await names(page)).toEqual(["Payroll", "Benefits enrolment"]);
    await page.click(".figures .soon");
    expect(await names(page)).toEqual(["Benefits enrolment"]);
    const hash = new URL(page.url()).hash;
    const again = await open(states(), {}, hash);
    expect(await names(again.page)).toEqual(["Benefits enrolment"]);
    expect(await again.page.locator(".figures .soon").getAttribute("aria-pressed")).toBe("true");
    await again.page.selectOption("#owner", "");
    await again.page.click(".figures .soon");
    await again.page.selectOption("#state", "down");
    expect(await again.page.locator("#count").innerText()).toBe("Showing 1 connection.");
    await again.page.fill("#q", "nothing like this");
    expect(await again.page.locator("#count").innerText()).toBe("No connection matches.");
  });

  test("sorts by the end and by name", async () => {
    const { page } = await open(states());
    await page.selectOption("#sort", "ends");
    expect((await names(page)).slice(0, 3)).toEqual(["Benefits enrolment", "Payroll", "Learning"]);
    await page.selectOption("#sort", "name");
    expect((await names(page)).slice(-2)).toEqual(["vendor-portal.pem", "Wiki"]);
  });

  test("says that it is old", async () => {
    const { page } = await open(
      write("old.html", [statusOf()], Math.floor(Date.now() / 1000) - 432_000),
    );
    expect(await page.locator("#old").innerText()).toBe("This page is 5 days old.");
  });

  test("opens 10,000 connections from less than 5 MB in less than 2 s", async () => {
    expect(readFileSync(many).length).toBeLessThan(5_000_000);
    const page = await (await browser.newContext()).newPage();
    const session = await page.context().newCDPSession(page);
    // Time of the processor, so that a busy machine is not counted.
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(pathToFileURL(many).href);
    await page.waitForSelector(".row");
    const { metrics } = await session.send("Performance.getMetrics");
    expect(metrics.find(({ name }) => name === "TaskDuration")?.value).toBeLessThan(2);
    expect(await page.locator("#count").innerText()).toBe("Showing 100 of 10,000 connections.");
    await page.click("#more");
    expect(await page.locator(".row").count()).toBe(200);
    await page.fill("#q", "tenant-9999-new");
    expect(await names(page)).toEqual(["Tenant 9999 of the customer portal"]);
  });

  test("prints its rows without its controls", async () => {
    const { page } = await open(states());
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#controls").isVisible()).toBe(false);
    expect(await page.locator(".row").last().isVisible()).toBe(true);
  });

  test("lists what needs attention where no script runs", async () => {
    const { page } = await open(states(), { javaScriptEnabled: false });
    expect(await page.locator("#plain tbody tr").count()).toBe(12);
    expect(await page.locator("#plain").innerText()).toContain("need JavaScript");
    expect(await page.locator("#live").isVisible()).toBe(false);
  });
});

/** The words of the page that stand on more than one line. */
function brokenWords(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent?.checkVisibility() || parent.closest("svg, script, select")) continue;
      for (const { 0: word, index } of (node.textContent ?? "").matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top)));
        if (lines.size > 1) found.push(word);
      }
    }
    return found;
  });
}
