import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { buildIdentityProviderMetadata } from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { chromiumNeeded, usePlayground } from "../support.ts";

describe.skipIf(chromiumNeeded.missing)(`the browser page${chromiumNeeded.note}`, () => {
  const playground = usePlayground();
  const demo = (name: string): string =>
    readFileSync(join(import.meta.dirname, "../../../fixtures/demo", name), "utf8");

  test("the page loads only its own files, and its policy allows nothing else", async () => {
    const { url, open } = playground();
    const { page, requests, problems } = await open();
    expect(requests.map((request) => request.replace(url, "")).sort()).toEqual([
      "",
      "playground.js",
      "style.css",
    ]);
    const policy = await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
    for (const directive of ["default-src 'none'", "script-src 'self'", "connect-src 'none'"]) {
      expect(policy).toContain(directive);
    }
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    const blocked = await page.evaluate(() =>
      fetch("/style.css").then(
        () => "answered",
        () => "refused",
      ),
    );
    expect(blocked).toBe("refused");
    expect(await page.locator("script:not([src]), [style], [onclick]").count()).toBe(0);
    expect(problems.filter((problem) => !problem.includes("connect"))).toEqual([]);
  });

  test("the page opens no connection after it is loaded", async () => {
    const { open, url } = playground();
    const { page, requests, problems } = await open();
    const loaded = requests.length;
    await page.route("**", (route) => route.abort());
    await page.getByRole("button", { name: "copied from an email" }).click();
    await page.getByText("This certificate can be used").waitFor();
    await page.getByRole("tab", { name: "Write metadata" }).click();
    await page.getByRole("button", { name: "a SendGrid integration" }).click();
    await page.getByText("The metadata is ready").waitFor();
    await page.getByRole("tab", { name: "Read metadata" }).click();
    await page.getByRole("button", { name: "an identity provider" }).click();
    await page.getByRole("tab", { name: "Compare" }).click();
    await page.getByRole("button", { name: "a key rotation" }).click();
    await page.getByText("this is a key rotation").waitFor();
    await page.getByRole("tab", { name: "Explain a Response" }).click();
    await page.getByRole("button", { name: "a signed Response" }).click();
    await page.getByText("Signed by the second of your certificates").waitFor();
    const [downloading] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("tab", { name: "Write metadata" })
        .click()
        .then(() => page.getByRole("button", { name: "Save as sp-metadata.xml" }).click()),
    ]);
    expect(downloading.url().startsWith(`blob:${url.slice(0, -1)}`)).toBe(true);
    expect(requests.slice(loaded).filter((request) => !request.startsWith("blob:"))).toEqual([]);
    expect(problems).toEqual([]);
  });

  test("the page works from a file, without a server", async () => {
    const { folder, open } = playground();
    const address = pathToFileURL(join(folder, "index.html")).href;
    const { page, problems } = await open({}, address);
    await page.getByRole("textbox", { name: "Certificate" }).fill(demo("next.pem"));
    await page.getByText("This certificate can be used").waitFor();
    expect(problems).toEqual([]);
  });

  test("the certificate panel passes metadata to the metadata panel", async () => {
    const { page } = await playground().open();
    const { pem } = await createTestCertificate({});
    const xml = buildIdentityProviderMetadata({
      entityId: "https://idp.example.com/saml",
      singleSignOnServices: ["https://idp.example.com/sso"],
      signingCertificates: [pem],
    });
    await page.getByRole("textbox", { name: "Certificate" }).fill(xml);
    await page.getByRole("button", { name: "Read as metadata" }).click();
    await page.getByRole("heading", { name: "https://idp.example.com/saml" }).waitFor();
  });

  test("the page works with the keyboard alone", async () => {
    const { open, url } = playground();
    const { page } = await open();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement?.textContent")).toContain("Skip");
    await page.keyboard.press("Tab");
    const focused = (): Promise<unknown> => page.evaluate("document.activeElement?.id");
    expect(await focused()).toBe("tab-certificate");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("tab-service-provider");
    expect(page.url()).toBe(`${url}#service-provider`);
    await page.keyboard.press("End");
    expect(await focused()).toBe("tab-key");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("tab-certificate");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("certificate-input");
    await page.keyboard.type("no certificate");
    await page.getByText("This is not a usable certificate").waitFor();
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("certificate-input-file");
  });

  test("the page opens the tab of its URL without a focus ring", async () => {
    const { open, url } = playground();
    const { page } = await open({}, `${url}#metadata`);
    const panel = page.getByRole("tabpanel");
    expect(await panel.getAttribute("id")).toBe("metadata");
    await panel.focus();
    const ring = "getComputedStyle(document.querySelector('#metadata')).outlineStyle";
    expect(await page.evaluate(ring)).toBe("none");
  });

  test("the metadata panel passes a certificate to the certificate panel", async () => {
    const { open, url } = playground();
    const { page } = await open({}, `${url}#metadata`);
    const { certificate } = await createTestCertificate({});
    await page.locator("#metadata-input-file").setInputFiles({
      ...{ name: "idp.cer", mimeType: "application/pkix-cert" },
      buffer: Buffer.from(certificate.derBase64, "base64"),
    });
    await page.getByText("This is not readable SAML metadata").waitFor();
    expect(await page.locator("#metadata pre.source").count()).toBe(0);
    await page.getByRole("button", { name: "Check the certificate" }).click();
    await page.getByText("This certificate can be used").waitFor();
    expect(await page.locator("#certificate .output").innerText()).toContain(
      certificate.fingerprint.sha256,
    );
  });
});
