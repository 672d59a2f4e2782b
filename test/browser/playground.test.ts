import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";
import { inFolder } from "../support/cli.ts";
import { chromiumNeeded, usePlayground } from "./support.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

describe.skipIf(chromiumNeeded.missing)(`the browser page${chromiumNeeded.note}`, () => {
  const playground = usePlayground();
  const demo = (name: string): string =>
    readFileSync(join(import.meta.dirname, "../../fixtures/demo", name), "utf8");

  test("asks for its own files and for nothing else, and allows nothing else", async () => {
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

  test("asks for nothing after it was loaded, whatever is done with it", async () => {
    const { open, url } = playground();
    const { page, requests, problems } = await open();
    const loaded = requests.length;
    await page.route("**", (route) => route.abort());
    await page.getByRole("button", { name: "out of a mail" }).click();
    await page.getByText("This certificate can be used").waitFor();
    await page.getByRole("tab", { name: "Write metadata" }).click();
    await page.getByRole("button", { name: "a SendGrid integration" }).click();
    await page.getByText("The metadata is ready").waitFor();
    await page.getByRole("tab", { name: "Read metadata" }).click();
    await page.getByRole("button", { name: "its key rotation" }).click();
    await page.getByText("this is a key rotation").waitFor();
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

  test("works from a file, without any server", async () => {
    const { folder, open } = playground();
    const address = pathToFileURL(join(folder, "index.html")).href;
    const { page, problems } = await open({}, address);
    await page.getByRole("textbox", { name: "Certificate" }).fill(demo("next.pem"));
    await page.getByText("This certificate can be used").waitFor();
    expect(problems).toEqual([]);
  });

  test("says what a certificate is, and gives its PEM to copy and to save", async () => {
    const { page } = await playground().open({
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const { pem, certificate } = await createTestCertificate({
      subject: { CN: "idp.example.com" },
    });
    await page.getByRole("textbox", { name: "Certificate" }).fill(pem);
    await page.getByText("This certificate can be used").waitFor();
    const panel = page.locator("#certificate");
    const said = await panel.innerText();
    for (const fact of [
      certificate.subject.text,
      certificate.notBefore.iso,
      String(certificate.notAfter.unixSeconds),
      certificate.fingerprint.sha256,
    ]) {
      expect(said).toContain(fact);
    }
    await panel.getByRole("button", { name: "Copy" }).click();
    await panel.getByText("Copied.").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(pem);
    const downloading = page.waitForEvent("download");
    await panel.getByRole("button", { name: "Save as certificate.pem" }).click();
    expect(readFileSync(await (await downloading).path(), "utf8")).toBe(pem);
  });

  test("marks the fault in the text", async () => {
    const { page } = await playground().open();
    const { pem } = await createTestCertificate({});
    const lines = pem.split("\n");
    lines[3] = `${lines[3]?.slice(0, 10)}*${lines[3]?.slice(11)}`;
    await page.getByRole("textbox", { name: "Certificate" }).fill(lines.join("\n"));
    await page.getByText("This cannot be used").waitFor();
    const fault = page.locator(".line.fault").first();
    expect(await fault.innerText()).toContain("4 ");
    expect(await fault.locator("mark").innerText()).toContain("*");
  });

  test("reads a dropped file, binary too", async () => {
    const { page } = await playground().open();
    const { certificate } = await createTestCertificate({ subject: { CN: "from a file" } });
    await inFolder(async (folder) => {
      const path = join(folder, "idp.cer");
      writeFileSync(path, Buffer.from(certificate.derBase64, "base64"));
      await page.locator("#certificate-input-file").setInputFiles(path);
      await page.getByText("This certificate can be used").waitFor();
    });
    expect(await page.locator("#certificate").innerText()).toContain("CN=from a file");
    expect(await page.locator("#certificate .paste .said").innerText()).toContain("not text");
  });

  test("says of other files what they are, and that of several it reads one", async () => {
    const { page } = await playground().open();
    const { certificate } = await createTestCertificate({});
    const der = Buffer.from(certificate.derBase64, "base64");
    const drop = async (target: string, ...files: readonly (readonly [string, Buffer])[]) => {
      const given = files.map(([name, bytes]) => [name, bytes.toString("base64")]);
      const transfer = await page.evaluateHandle(`(() => {
        const made = new DataTransfer();
        for (const [name, base64] of ${JSON.stringify(given)}) {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          made.items.add(new File([bytes], name));
        }
        return made;
      })()`);
      await page.dispatchEvent(target, "drop", { dataTransfer: transfer });
    };
    const field = "#certificate .paste";
    const said = page.locator(`${field} .said`);
    await drop(field, ["a.cer", der], ["b.cer", der]);
    await page.getByText("This certificate can be used").waitFor();
    expect(await said.innerText()).toContain("The first of 2 files: a.cer");
    await drop(field, ["huge.bin", Buffer.alloc(300 * 1024)]);
    await page.getByText("huge.bin is larger than 256 KiB").waitFor();
    expect(await page.locator("#certificate .verdict").count()).toBe(0);
    await drop(field, ["picture.png", Buffer.from("89504e470d0a1a0a0000000d", "hex")]);
    await page.getByText("This cannot be used").waitFor();
    await drop(field, ["nothing.pem", Buffer.alloc(0)]);
    await page.getByText("nothing.pem, which is empty").waitFor();
    // The browser would open it in place of the page.
    await drop("h1", ["missed.cer", der]);
    expect(await page.locator("h1").innerText()).toBe("samlcert");
  });

  test("refuses a paste of megabytes before the field has to hold it", async () => {
    const { page } = await playground().open();
    const field = page.getByRole("textbox", { name: "Certificate" });
    await page.evaluate(`(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text", "MIIC".repeat(2_621_440));
      const pasted = new ClipboardEvent("paste", { clipboardData, cancelable: true });
      document.querySelector("#certificate-input").dispatchEvent(pasted);
    })()`);
    await page.getByText("What you pasted is larger than 256 KiB").waitFor();
    expect(await field.inputValue()).toBe("");
    await page.getByRole("tab", { name: "Read metadata" }).click();
    await page.evaluate(`(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text", "<EntitiesDescriptor>" + " ".repeat(2_000_000));
      const pasted = new ClipboardEvent("paste", { clipboardData, cancelable: true });
      document.querySelector("#metadata-input").dispatchEvent(pasted);
    })()`);
    await page.getByText("too long to be shown here").waitFor();
    await page.getByText("This cannot be read as SAML metadata").waitFor();
  });

  test("hands metadata over to where it is read", async () => {
    const { page } = await playground().open();
    const { pem } = await createTestCertificate({});
    const xml = buildIdentityProviderMetadata({
      entityId: "https://idp.example.com/saml",
      singleSignOnServices: ["https://idp.example.com/sso"],
      signingCertificates: [pem],
    });
    await page.getByRole("textbox", { name: "Certificate" }).fill(xml);
    await page.getByRole("button", { name: "Read it as metadata" }).click();
    await page.getByRole("heading", { name: "https://idp.example.com/saml" }).waitFor();
  });

  test("never shows a private key again", async () => {
    const { page } = await playground().open();
    const text = demo("with-private-key.pem");
    const secret = /PRIVATE KEY-----\n(.{40})/.exec(text)?.[1] ?? "no key in the fixture";
    await page.getByRole("button", { name: "with its private key" }).click();
    await page.getByText("This cannot be used").waitFor();
    expect(await page.locator("#certificate .output").innerHTML()).not.toContain(secret);
  });

  test("shows hostile text as text", async () => {
    const { page, problems } = await playground().open();
    const { pem } = await createTestCertificate({
      subject: { CN: "<img src=x onerror=alert(1)><script>alert(1)</script>" },
    });
    await page.getByRole("textbox", { name: "Certificate" }).fill(pem);
    await page.getByRole("heading", { name: "What it is" }).waitFor();
    expect(await page.locator("#certificate .output").innerText()).toContain("\\<script\\>");
    expect(await page.locator("#certificate .output img, #certificate script").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test("writes SP metadata from three fields, and says what is wrong with them", async () => {
    const { page } = await playground().open();
    await page.getByRole("tab", { name: "Write metadata" }).click();
    const audience = page.getByLabel("Audience URL (SP Entity ID)");
    await audience.fill("https://sp.example.com/saml");
    await page.getByText("The metadata cannot be written yet").waitFor();
    const acs = page.getByLabel("Single Sign-On URL");
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

  test("takes an integration's JSON, and the key that is to be written", async () => {
    const { page } = await playground().open();
    await page.getByRole("tab", { name: "Write metadata" }).click();
    await page.getByText("Paste an integration's JSON instead").click();
    const field = page.getByLabel("Integration", { exact: true });
    await field.fill("{");
    await page.getByText("This is not a JSON object yet").waitFor();
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

  test("reads metadata: entities, endpoints, keys on a timeline", async () => {
    const { page } = await playground().open();
    await page.getByRole("tab", { name: "Read metadata" }).click();
    const keys = await Promise.all([createTestCertificate({}), createTestCertificate({})]);
    const xml = buildIdentityProviderMetadata({
      entityId: "https://idp.example.com/saml",
      singleSignOnServices: ["https://idp.example.com/sso"],
      signingCertificates: keys.map(({ pem }) => pem),
    });
    await page.getByRole("textbox", { name: "Metadata" }).fill(xml);
    await page.getByRole("heading", { name: "https://idp.example.com/saml" }).waitFor();
    const said = await page.locator("#metadata .output").innerText();
    expect(said).toContain("identity provider");
    expect(said).toContain("https://idp.example.com/sso");
    for (const { certificate } of keys) {
      expect(said).toContain(certificate.fingerprint.sha256.slice(0, 16));
    }
    expect(await page.locator("#metadata svg rect.bar").count()).toBe(2);
    await page
      .getByLabel("Metadata", { exact: true })
      .fill(xml.replace("</md:IDPSSO", "</md:IDPSS"));
    await page.getByText("This cannot be read as SAML metadata").waitFor();
    expect(await page.locator("#metadata .line.fault mark").count()).toBe(1);
  });

  test("folds the entities of an aggregate, and finds one", async () => {
    const { page } = await playground().open({}, `${playground().url}#metadata`);
    const { pem } = await createTestCertificate({});
    const entity = (place: number): string =>
      buildIdentityProviderMetadata({
        entityId: `https://idp${place}.example.com`,
        singleSignOnServices: [`https://idp${place}.example.com/sso`],
        signingCertificates: [pem],
      }).replace(/<\?xml[^>]*>/, "");
    const members = Array.from({ length: 60 }, (_, place) => entity(place)).join("");
    const xml = `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${members}</EntitiesDescriptor>`;
    await page.locator("#metadata-input-file").setInputFiles({
      ...{ name: "federation.xml", mimeType: "text/xml", buffer: Buffer.from(xml) },
    });
    await page.getByText("The first 50 of 60 are shown.").waitFor();
    expect(await page.locator("#metadata rect.bar").count()).toBe(0);
    await page.getByLabel("Find by entityID").fill("IDP59");
    await page.getByText("1 of 60").waitFor();
    await page.getByText("https://idp59.example.com/sso").first().waitFor();
    await page.locator("#metadata rect.bar").waitFor({ state: "attached" });
  });

  test("judges metadata by a profile, and compares it with a second document", async () => {
    const { page } = await playground().open();
    await page.getByRole("tab", { name: "Read metadata" }).click();
    const [old, next] = await Promise.all([createTestCertificate({}), createTestCertificate({})]);
    const withKeys = (...keys: readonly { readonly pem: string }[]): string =>
      buildIdentityProviderMetadata({
        entityId: "https://idp.example.com/saml",
        singleSignOnServices: ["https://idp.example.com/sso"],
        signingCertificates: keys.map(({ pem }) => pem),
      });
    const panel = page.locator("#metadata");
    await page.getByRole("textbox", { name: "Metadata" }).fill(withKeys(old));
    await panel.locator(".verdict").waitFor();
    const before = await panel.locator(".findings li").count();
    await page.getByLabel("Judge as metadata").selectOption("edugain");
    expect(await panel.locator(".findings li").count()).toBeGreaterThan(before);
    await page.getByText("Compare with a second document").click();
    const second = page.getByRole("textbox", { name: "Second document" });
    await second.fill(withKeys(old));
    await page.getByText("Nothing changed in meaning").waitFor();
    await second.fill(withKeys(old, next));
    await page.getByText("this is a key rotation").waitFor();
    const changes = await panel.locator(".changes").innerText();
    expect(changes).toContain("the next key stands beside the old one");
    expect(changes).toContain(`added ${next.certificate.fingerprint.sha256}`);
    await second.fill("<nothing/>");
    await page.getByText("The two cannot be compared").waitFor();
  });

  test("can be used with the keyboard alone", async () => {
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
    expect(await focused()).toBe("tab-metadata");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("tab-certificate");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("certificate-input");
    await page.keyboard.type("no certificate");
    await page.getByText("This cannot be used").waitFor();
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("certificate-input-file");
  });

  test("opens the tab that the address names", async () => {
    const { open, url } = playground();
    const { page } = await open({}, `${url}#metadata`);
    expect(await page.getByRole("tabpanel").getAttribute("id")).toBe("metadata");
  });

  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [360, 768, 1440]) {
      test(`is accessible and fits, ${colorScheme}, ${width} pixels`, async () => {
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
            await page.locator("#service-provider pre").waitFor();
          },
          async () => {
            await page.getByRole("tab", { name: "Read metadata" }).click();
            await page.locator("#metadata-input").fill(xml);
            await page.locator("#metadata svg").first().waitFor();
          },
          async () => {
            await page.getByText("Compare with a second document").click();
            await page.locator("#metadata-after").fill(xml.replace("/sso", "/other"));
            await page.locator("#metadata .changes").waitFor();
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
          const serious = violations.filter(({ impact }) => impact !== "minor");
          expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
          const wide = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
          );
          expect(wide).toBe(0);
        }
      });
    }
  }
});
