import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { chromiumNeeded, usePlayground } from "../support.ts";

const demo = (name: string): string =>
  readFileSync(join(import.meta.dirname, "../../../fixtures/demo", name), "utf8");
const DAY = 86_400;

async function savedBy(page: Page, name: string | RegExp): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name }).click(),
  ]);
  return readFileSync(await download.path(), "utf8");
}

describe.skipIf(chromiumNeeded.missing)(
  `the browser page, as people send it to each other${chromiumNeeded.note}`,
  () => {
    const playground = usePlayground();

    test.each([
      [399.5, /^Good until \d+ [A-Z][a-z]{2} \d{4} · 399 days$/, "good"],
      [5.5, /^Ends \d+ [A-Z][a-z]{2} \d{4} · 5 days$/, "fair"],
      [-1.5, /^Expired \d+ [A-Z][a-z]{2} \d{4} · 2 days ago$/, "bad"],
    ])(
      "the verdict of a certificate with %s days left is in large words",
      async (days, words, tone) => {
        const now = Math.floor(Date.now() / 1000);
        const notAfter = now + Math.round(days * DAY);
        const { pem } = await createTestCertificate({ notBefore: now - 100 * DAY, notAfter });
        const { page } = await playground().open();
        await page.locator("#certificate-input").fill(pem);
        const verdict = page.locator("#certificate .verdict");
        await verdict.waitFor();
        expect(await verdict.locator(".big").innerText()).toMatch(words);
        expect(await verdict.getAttribute("class")).toContain(tone);
      },
    );

    test("the fix button puts the repaired text back", async () => {
      const { page } = await playground().open();
      await page.getByRole("button", { name: "copied from an email" }).click();
      await page.getByRole("button", { name: "Put the repaired text back" }).click();
      const text = await page.locator("#certificate-input").inputValue();
      expect(text).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
      expect(await page.locator("#certificate .output").innerText()).not.toContain("Repairs");
      expect(await page.getByRole("button", { name: "Put the repaired text back" }).count()).toBe(
        0,
      );
    });

    test("the PEM is explained part by part, by pointer and by keyboard", async () => {
      const { page } = await playground().open();
      const { pem, certificate } = await createTestCertificate({ subject: { CN: "idp.example" } });
      await page.locator("#certificate-input").fill(pem);
      const about = page.locator("#certificate .about");
      await page.locator("[data-part=subject]").hover();
      expect(await about.innerText()).toContain("CN=idp.example");
      await page.getByRole("button", { name: "Public key" }).focus();
      expect(await about.innerText()).toContain("this is the part that SAML trusts");
      const marked = await page.locator("[data-part=key].on").textContent();
      const spki = new X509Certificate(pem).publicKey.export({ type: "spki", format: "der" });
      const start = Buffer.from(certificate.derBase64, "base64").indexOf(spki);
      const [from, to] = [start, start + spki.length].map((byte) => Math.floor((byte * 4) / 3));
      expect(marked?.replaceAll("\n", "")).toBe(certificate.derBase64.slice(from, to));
      expect(await page.locator("#certificate pre.text").first().textContent()).toBe(pem);
    });

    test("metadata is explained part by part", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#service-provider`);
      await page.getByRole("button", { name: "a SendGrid integration" }).click();
      await page.getByRole("button", { name: "<AssertionConsumerService>" }).click();
      expect(await page.locator("#service-provider .about").innerText()).toContain(
        "endpoint (ACS)",
      );
      expect(await page.locator("#service-provider .on").count()).toBeGreaterThan(0);
    });

    test("the choice of an identity provider sets the preset, the steps, the command and the code", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#service-provider`);
      await page.locator("#audience_url").fill("https://sp.example.com/saml");
      await page.locator("#single_signon_url").fill("https://sp.example.com/acs");
      const xml = page.locator("#service-provider pre").first();
      await xml.waitFor();
      const before = await xml.textContent();
      await page
        .getByLabel("My identity provider is")
        .selectOption({ label: "Microsoft Entra ID" });
      await page.getByText("Choose Upload metadata file").waitFor();
      expect(await xml.textContent()).not.toBe(before);
      await page.getByText("The same on the command line and in code").last().click();
      const same = await page.locator("#service-provider .equivalent").innerText();
      expect(same).toContain(
        "samlcert metadata sp --entity-id https://sp.example.com/saml --acs-url https://sp.example.com/acs --preset entra -o sp-metadata.xml",
      );
      expect(same).toContain("...serviceProviderPresets.entra,");
    });

    test("a link contains the state in its fragment, and nothing is sent", async () => {
      const { open, url } = playground();
      const context = { permissions: ["clipboard-read", "clipboard-write"] };
      const { page, requests } = await open(context);
      await page.locator("#certificate-input").fill(demo("next.pem"));
      await page.getByRole("button", { name: "Copy a link to this" }).click();
      await page.getByText("Link copied.").waitFor();
      const link = String(await page.evaluate("navigator.clipboard.readText()"));
      expect(link.startsWith(`${url}#certificate=z`)).toBe(true);
      const other = await open({}, link);
      await other.page.getByText("This certificate can be used").waitFor();
      expect(await other.page.locator("#certificate-input").inputValue()).toBe(demo("next.pem"));
      for (const request of [...requests, ...other.requests]) expect(request).not.toContain("z");
      expect(other.problems).toEqual([]);
    });

    test("a link restores the form and both panes", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#compare`);
      await page.getByRole("button", { name: "a key rotation" }).click();
      await page.locator("#compare").getByRole("button", { name: "Copy a link" }).click();
      await page.waitForFunction("location.hash.startsWith('#compare=')");
      const compared = await open({}, page.url());
      await compared.page.getByText("this is a key rotation").waitFor();

      await page.getByRole("tab", { name: "Write metadata" }).click();
      await page.getByRole("button", { name: "a SendGrid integration" }).click();
      await page.getByLabel("My identity provider is").selectOption("okta");
      await page.locator("#service-provider").getByRole("button", { name: "Copy a link" }).click();
      await page.waitForFunction("location.hash.startsWith('#service-provider=')");
      const written = await open({}, page.url());
      await written.page.getByText("The metadata is ready").waitFor();
      expect(await written.page.getByLabel("My identity provider is").inputValue()).toBe("okta");
    });

    test("no link is made of a private key, and a link with one is not opened", async () => {
      const { open, url } = playground();
      const { page } = await open();
      const key = demo("with-private-key.pem");
      await page.locator("#certificate-input").fill(key);
      await page.getByRole("button", { name: "Copy a link to this" }).click();
      await page.getByText("No link: the text contains a private key.").waitFor();
      expect(page.url()).toBe(url);
      const plain = Buffer.from(JSON.stringify([key])).toString("base64url");
      const opened = await open({}, `${url}#certificate=p${plain}`);
      await opened.page.locator("#certificate .empty").waitFor();
      expect(await opened.page.locator("#certificate-input").inputValue()).toBe("");
    });

    test.each([
      "certificate=",
      "certificate=z!!",
      "certificate=zAAAA",
      "certificate=pW10",
      "metadata=p",
    ])("a broken link opens the empty page: #%s", async (hash) => {
      const { open, url } = playground();
      const { page, problems } = await open({}, `${url}#${hash}`);
      await page.getByRole("tabpanel").locator(".empty").waitFor();
      expect(problems).toEqual([]);
    });

    test("the end of a certificate is saved as a calendar file with reminders", async () => {
      const now = Math.floor(Date.now() / 1000);
      const { pem, certificate } = await createTestCertificate({
        subject: { CN: "idp; of, a long name ".repeat(3) },
        notAfter: now + 40 * DAY,
      });
      const { page } = await playground().open();
      await page.locator("#certificate-input").fill(pem);
      const text = await savedBy(page, /calendar/);
      const lines = text.split("\r\n");
      expect(lines.slice(0, 2)).toEqual(["BEGIN:VCALENDAR", "VERSION:2.0"]);
      for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      const whole = text.replaceAll("\r\n ", "");
      const subject = certificate.subject.text.replaceAll(/[\\;,]/g, "\\$&");
      expect(whole).toContain(`SUMMARY:SAML certificate ends: ${subject}\r\n`);
      const start = certificate.notAfter.iso.replaceAll(/[-:]/g, "");
      expect(whole).toContain(`DTSTART:${start}\r\n`);
      expect(whole.match(/TRIGGER:.*/g)).toEqual(["TRIGGER:-P30D", "TRIGGER:-P7D"]);
    });

    test("Compare fills both panes with two files, and names the key of two certificates", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#compare`);
      const files = [demo("current.pem"), demo("next.pem")].map((text, place) => ({
        ...{ name: `${place}.pem`, mimeType: "text/plain", buffer: Buffer.from(text) },
      }));
      await page.locator("#compare-before-file").setInputFiles(files);
      await page.getByText("Another key").waitFor();
      await page.locator("#compare-after").fill(demo("current.pem"));
      await page.getByText("The same certificate", { exact: true }).waitFor();
    });

    test("no line of the timeline crosses a label", async () => {
      const { open, url } = playground();
      const { page } = await open({ viewport: { width: 360, height: 800 } }, `${url}#compare`);
      await page.getByRole("button", { name: "a key rotation" }).click();
      await page.locator("#compare .timeline svg").waitFor();
      const crossed = await page.evaluate(`(() => {
        const boxes = (of) => [...document.querySelectorAll("#compare .timeline " + of)].map((e) => e.getBoundingClientRect());
        const labels = boxes("text");
        return boxes("line").filter((line) => labels.some((label) =>
          line.left < label.right && label.left < line.right + 1 && line.top < label.bottom - 2 && label.top + 2 < line.bottom)).length;
      })()`);
      expect(crossed).toBe(0);
    });
  },
);
