import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { buildIdentityProviderMetadata } from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { chromiumNeeded, usePlayground } from "../support.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

describe.skipIf(chromiumNeeded.missing)(`how the browser page looks${chromiumNeeded.note}`, () => {
  const playground = usePlayground();

  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [360, 768, 1440]) {
      test(`the page is accessible and fits: ${colorScheme}, ${width} pixels`, async () => {
        const { page } = await playground().open({
          colorScheme,
          viewport: { width, height: 800 },
          bypassCSP: true,
        });
        const { pem } = await createTestCertificate({ subject: { CN: "x".repeat(60) } });
        const xml = buildIdentityProviderMetadata({
          entityId: `https://idp.example.com/${"long/".repeat(20)}`,
          singleSignOnServices: ["https://idp.example.com/sso"],
          signingCertificates: [pem],
        });
        const states: readonly (() => Promise<void>)[] = [
          () => page.locator("#certificate .empty").waitFor(),
          async () => {
            await page.locator("#certificate-input").fill(pem);
            await page.locator("#certificate .timeline svg").waitFor();
            await page.locator("#certificate .chip").first().click();
          },
          async () => {
            const file = { mimeType: "text/plain", buffer: Buffer.from(pem) };
            const files = ["a.pem", "b.pem"].map((name) => ({ ...file, name }));
            await page.locator("#certificate-input-file").setInputFiles(files);
            await page.getByText("2 files were checked").waitFor();
          },
          async () => {
            await page.locator("#certificate-input").fill(pem.replace("MI", "M*"));
            await page.locator("#certificate .error").first().waitFor();
          },
          async () => {
            await page.getByRole("tab", { name: "Write metadata" }).click();
            await page.locator("#audience_url").fill("nonsense");
            await page.locator("#service-provider .error").first().waitFor();
          },
          async () => {
            await page.getByRole("button", { name: "a SendGrid integration" }).click();
            await page.getByLabel("My identity provider is").selectOption("entra");
            await page.getByText("The same on the command line").last().click();
            await page.locator("#service-provider .copyable").first().waitFor();
          },
          async () => {
            await page.getByRole("tab", { name: "Read metadata" }).click();
            await page.locator("#metadata-input").fill(xml);
            await page.locator("#metadata svg").first().waitFor();
          },
          async () => {
            await page.getByText("The document in colours, part by part").click();
            await page.locator("#metadata .chip").first().click();
          },
          async () => {
            await page.getByRole("tab", { name: "Compare" }).click();
            await page.locator("#compare-before").fill(xml);
            await page.locator("#compare-after").fill(xml.replace("/sso", "/other"));
            await page.locator("#compare .changes").waitFor();
          },
          async () => {
            await page.getByRole("button", { name: "two certificates" }).click();
            await page.locator("#compare .timeline svg").waitFor();
          },
          async () => {
            await page.getByRole("tab", { name: "Explain a Response" }).click();
            await page.getByRole("button", { name: "a signed Response" }).click();
            await page.locator("#response .error").first().waitFor();
          },
        ];
        await page.addScriptTag({ content: axe });
        for (const reach of states) {
          await reach();
          const violations = await page.evaluate(async () => {
            const { axe: engine } = globalThis as unknown as {
              axe: { run(): Promise<{ violations: Violation[] }> };
            };
            return (await engine.run()).violations;
          });
          expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual(
            [],
          );
          const wide = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
          );
          expect(wide).toBe(0);
          const primary = await page.evaluate(
            "[...document.querySelectorAll('.primary')].filter((one) => one.checkVisibility()).length",
          );
          expect(primary).toBeLessThanOrEqual(1);
        }
      }, 120_000);
    }
  }

  test("the page needs no horizontal scrolling at 400 %, except for tables and source lines", async () => {
    const { page } = await playground().open({ viewport: { width: 320, height: 256 } });
    await page.getByRole("tab", { name: "Compare" }).click();
    await page.getByRole("button", { name: "a key rotation" }).click();
    await page.locator("#compare .timeline svg").first().waitFor();
    const wide = await page.evaluate(
      "[document.documentElement, ...document.querySelectorAll('.timeline')].filter((e) => e.scrollWidth > e.clientWidth).length",
    );
    expect(wide).toBe(0);
  });

  test("the page shows the verdict without scrolling on a narrow screen", async () => {
    const { page } = await playground().open({ viewport: { width: 360, height: 800 } });
    await page.getByRole("button", { name: "copied from an email" }).click();
    const box = await page.locator("#certificate .verdict").boundingBox();
    expect((box?.y ?? 800) + (box?.height ?? 0)).toBeLessThan(800);
  });

  test("the page marks the chosen tab also in the user's own colours", async () => {
    const { page } = await playground().open({ forcedColors: "active" });
    const widths = await page.evaluate(
      "[...document.querySelectorAll('[role=tab]')].map((tab) => getComputedStyle(tab).borderBottomWidth)",
    );
    expect(widths).toEqual(["3px", "0px", "0px", "0px", "0px", "0px"]);
  });

  test("the page prints only the result, dark on white, at full width, without cutting it", async () => {
    const { page } = await playground().open({ colorScheme: "dark" });
    await page.getByRole("button", { name: "copied from an email" }).click();
    await page.locator("#certificate .timeline svg").waitFor();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const hidden of [".input", ".tabs", "#certificate .buttons"]) {
      expect(await page.locator(hidden).first().isVisible()).toBe(false);
    }
    expect(await page.locator("#certificate .verdict").isVisible()).toBe(true);
    const style = await page.evaluate(`(() => {
      const pre = getComputedStyle(document.querySelector("pre"));
      const { color } = getComputedStyle(document.body);
      const width = (selector) => document.querySelector(selector).getBoundingClientRect().width;
      const isWhole = width(".output") === width("[role=tabpanel]");
      return [color, pre.maxHeight, pre.whiteSpace, isWhole];
    })()`);
    expect(style).toEqual(["rgb(22, 25, 31)", "none", "pre-wrap", true]);
  });

  test("the page has no motion if the user prefers reduced motion", async () => {
    const { page } = await playground().open({ reducedMotion: "reduce" });
    const moving = await page.evaluate(
      "[...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).transitionDuration !== '0s' || getComputedStyle(e).animationName !== 'none').length",
    );
    expect(moving).toBe(0);
  });
});
