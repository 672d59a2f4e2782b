import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { chromiumNeeded, usePlayground } from "../support.ts";

describe.skipIf(chromiumNeeded.missing)(
  `the browser page, where metadata is written${chromiumNeeded.note}`,
  () => {
    const playground = usePlayground();

    test("the SP panel writes metadata from three fields and shows their faults", async () => {
      const { page } = await playground().open();
      await page.getByRole("tab", { name: "Write metadata" }).click();
      const audience = page.getByLabel("Entity ID of your service");
      await audience.fill("https://sp.example.com/saml");
      await page.getByText("The metadata cannot be written yet").waitFor();
      const acs = page.getByLabel("ACS URL");
      expect(await acs.getAttribute("aria-invalid")).toBe("true");
      await acs.fill("https://sp.example.com/acs");
      await page.getByText("The metadata is ready").waitFor();
      expect(await acs.getAttribute("aria-invalid")).toBe("false");
      const downloading = page.waitForEvent("download");
      await page.getByRole("button", { name: "Save as sp-metadata.xml" }).click();
      const xml = readFileSync(await (await downloading).path(), "utf8");
      expect(xml).toContain('entityID="https://sp.example.com/saml"');
      expect(xml).toContain('Location="https://sp.example.com/acs"');
    });

    test("the SP panel reads an integration's JSON and a certificate", async () => {
      const { page } = await playground().open();
      await page.getByRole("tab", { name: "Write metadata" }).click();
      await page.getByText("Paste an integration's JSON instead").click();
      const field = page.getByLabel("Integration", { exact: true });
      await field.fill("{");
      await page.getByText("This is not JSON yet").waitFor();
      await field.fill(
        JSON.stringify({
          entity_id: "http://www.okta.com/exk1",
          single_signon_url: "https://sp.example.com/acs",
          audience_url: "https://sp.example.com/saml",
        }),
      );
      await page.getByText("The metadata is ready").waitFor();
      await page.getByText("Add keys of the service provider").click();
      const { pem, certificate } = await createTestCertificate({});
      await page.getByLabel("Signing certificate").fill(pem);
      await page.locator("pre", { hasText: "KeyDescriptor" }).waitFor();
      const xml = (await page.locator("#service-provider pre.text").innerText()).replaceAll(
        /\s/g,
        "",
      );
      expect(xml).toContain(certificate.derBase64);
    });

    test("the SP panel finds an integration at any depth of JSON, or says that there is none", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#service-provider`);
      await page.getByText("Paste an integration's JSON instead").click();
      const field = page.getByLabel("Integration", { exact: true });
      const about = page.locator("#service-provider details .said");
      const one = {
        single_signon_url: "https://sp.example.com/acs",
        audience_url: "https://sp.example.com/saml",
        entity_id: "http://www.okta.com/exk1",
      };
      for (const none of [{}, [], "text", { entity_id: 5, audience_url: null }]) {
        await field.fill(JSON.stringify(none));
        expect(await about.innerText()).toContain("It contains none of audience_url");
      }
      await field.fill(JSON.stringify({ connection: { saml: one } }));
      await page.getByText("The metadata is ready").waitFor();
      expect(await about.innerText()).toBe("");
      await field.fill(JSON.stringify({ result: [one, one] }));
      expect(await about.innerText()).toBe("The first of 2 integrations is used.");
      await field.fill(`${"[".repeat(20_000)}${"]".repeat(20_000)}`);
      expect(await about.innerText()).toContain("It contains none of audience_url");
    });

    test("the SP panel marks wrong fields visibly", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#service-provider`);
      const border = (id: string): Promise<unknown> =>
        page.evaluate(`getComputedStyle(document.querySelector('${id}')).borderTopColor`);
      const before = await border("#audience_url");
      await page.locator("#audience_url").fill("nonsense");
      await page.getByText("The metadata cannot be written yet").waitFor();
      expect(await border("#audience_url")).not.toBe(before);
      expect(await border("#entity_id")).toBe(before);
      await page.getByText("Add keys of the service provider").click();
      await page.locator("#encryption").fill("nonsense");
      expect(await page.locator("#encryption").getAttribute("aria-invalid")).toBe("true");
      expect(await page.locator("#signing").getAttribute("aria-invalid")).toBe("false");
    });

    test("the SP panel does not repeat its status at every keystroke", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#service-provider`);
      await page.locator("#audience_url").fill("h");
      await page.evaluate(`(() => {
      globalThis.spoken = 0;
      new MutationObserver((changes) => { globalThis.spoken += changes.length; })
        .observe(document.querySelector("#service-provider .output [role=status]"), { childList: true });
    })()`);
      await page.locator("#audience_url").pressSequentially("ttps");
      expect(await page.evaluate("globalThis.spoken")).toBe(0);
      await page.locator("#single_signon_url").fill("https://sp.example.com/acs");
      await page.waitForFunction("globalThis.spoken > 0");
    });
  },
);
