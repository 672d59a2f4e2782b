import { describe, expect, test } from "vitest";
import { createTestCertificate } from "../../src/testing/index.ts";
import { bundle, sectionBlock } from "../docs/support/programs.ts";
import { chromiumNeeded, usePlayground } from "./support.ts";

const GUIDE = "docs/guides/check-an-upload.md";

describe.skipIf(chromiumNeeded.missing)(`the guide's plain form${chromiumNeeded.note}`, () => {
  const playground = usePlayground();

  test("the form shows the messages of the backend while typing", async () => {
    const { page, problems } = await playground().open({ bypassCSP: true });
    await page.setContent(sectionBlock(GUIDE, "A plain form", "html"));
    const script = await bundle(sectionBlock(GUIDE, "A plain form"), "browser");
    await page.addScriptTag({ content: script, type: "module" });
    const field = page.getByLabel("Signing certificate of the identity provider");
    const valid = () => page.evaluate("document.querySelector('form').checkValidity()");

    const { pem } = await createTestCertificate({});
    await field.fill(pem);
    expect(await valid()).toBe(true);
    await field.fill(pem.replace("MI", "M*"));
    await page.locator("#certificate-messages .error").first().waitFor();
    expect(await valid()).toBe(false);
    expect(problems).toEqual([]);
  });
});
