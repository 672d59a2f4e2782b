import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ConnectionStatus, page as pageOf, watch, watchStore } from "../../src/watch/index.ts";
import { type Cast, cast, day } from "../rotation/support/certificates.ts";
import { memoryStore } from "../rotation/support/memory-store.ts";
import { CHROMIUM, CHROMIUM_ARGUMENTS, chromiumNeeded } from "./support.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(chromiumNeeded.missing)(`the status page${chromiumNeeded.note}`, () => {
  let browser: Browser;
  let all: Cast;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_ARGUMENTS] });
    all = await cast();
  });
  afterAll(() => browser.close());

  async function statuses(): Promise<ConnectionStatus[]> {
    const stores = [memoryStore([all.current, all.pending]), memoryStore([])];
    const published = async () => [all.next];
    const found: ConnectionStatus[] = [];
    const sources = stores.map((store) => watchStore(store, { published }));
    for await (const one of watch(sources, { now: day(0) })) found.push(one);
    return found;
  }

  test.each(["light", "dark"] as const)(
    "axe finds only minor issues in the %s status page",
    async (colorScheme) => {
      const page = await browser.newPage({ colorScheme, bypassCSP: true });
      await page.setContent(pageOf(await statuses(), { now: day(0) }));
      await page.addScriptTag({ content: axe });
      const violations = await page.evaluate(async () => {
        const { axe: engine } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> };
        };
        return (await engine.run()).violations;
      });
      expect(violations.filter(({ impact }) => impact !== "minor").map(({ id }) => id)).toEqual([]);
      await page.close();
    },
  );
});
