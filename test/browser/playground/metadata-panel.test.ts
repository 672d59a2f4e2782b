import { describe, expect, test } from "vitest";
import { buildIdentityProviderMetadata } from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { chromiumNeeded, usePlayground } from "../support.ts";

/** Metadata of an identity provider with these keys. */
function withKeys(...keys: readonly { readonly pem: string }[]): string {
  return buildIdentityProviderMetadata({
    entityId: "https://idp.example.com/saml",
    singleSignOnServices: ["https://idp.example.com/sso"],
    signingCertificates: keys.map(({ pem }) => pem),
  });
}

describe.skipIf(chromiumNeeded.missing)(
  `the browser page, where metadata is read${chromiumNeeded.note}`,
  () => {
    const playground = usePlayground();

    test("the metadata panel shows entities, endpoints and keys on a timeline", async () => {
      const { page } = await playground().open();
      await page.getByRole("tab", { name: "Read metadata" }).click();
      const keys = await Promise.all([createTestCertificate({}), createTestCertificate({})]);
      const xml = withKeys(...keys);
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
      await page.getByText("This is not readable SAML metadata").waitFor();
      expect(await page.locator("#metadata .line.fault mark").count()).toBe(1);
    });

    test("the metadata panel folds the entities of an aggregate and finds one", async () => {
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
      await page.getByText("Showing the first 50 of 60.").waitFor();
      expect(await page.locator("#metadata rect.bar").count()).toBe(0);
      await page.getByLabel("Find by entityID").fill("IDP59");
      await page.getByText("1 of 60").waitFor();
      await page.getByText("https://idp59.example.com/sso").first().waitFor();
      await page.locator("#metadata rect.bar").waitFor({ state: "attached" });
    });

    test("the metadata panel checks a profile and compares a second document", async () => {
      const { page } = await playground().open();
      await page.getByRole("tab", { name: "Read metadata" }).click();
      const [old, next] = await Promise.all([createTestCertificate({}), createTestCertificate({})]);
      const panel = page.locator("#metadata");
      await page.getByRole("textbox", { name: "Metadata" }).fill(withKeys(old));
      await panel.locator(".verdict").waitFor();
      const before = await panel.locator(".findings li").count();
      await page.getByLabel("Check against:").selectOption("edugain");
      expect(await panel.locator(".findings li").count()).toBeGreaterThan(before);
      await page.getByRole("tab", { name: "Compare" }).click();
      await page.getByRole("textbox", { name: "Before" }).fill(withKeys(old));
      const second = page.getByRole("textbox", { name: "After" });
      await second.fill(withKeys(old));
      await page.getByText("No change in meaning").waitFor();
      // A screen reader hears it.
      const compared = page.locator("#compare");
      expect(await compared.locator(".output > [role=status]").innerText()).toContain("No change");
      await second.fill(withKeys(old, next));
      await page.getByText("this is a key rotation").waitFor();
      const changes = await compared.locator(".changes").innerText();
      expect(changes).toContain("the next key is published together with the old one");
      expect(changes).toContain(`added ${next.certificate.fingerprint.sha256}`);
      await second.fill("<nothing/>");
      await page.getByText("The second document is not readable SAML metadata").waitFor();
    });

    test("the metadata panel never displays a pasted private key", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#metadata`);
      const key = await createTestCertificate({});
      const secret = key.privateKeyPem.split("\n")[1] ?? "no key";
      const output = page.locator("#metadata .output");
      const field = page.getByRole("textbox", { name: "Metadata" });
      await field.fill(key.privateKeyPem);
      await output
        .getByText(/private key/)
        .first()
        .waitFor();
      expect(await output.innerHTML()).not.toContain(secret);
      await field.fill(
        withKeys(key).replace("</md:IDPSSO", `<!--\n${key.privateKeyPem}--></md:IDPSS`),
      );
      await page.getByText("This is not readable SAML metadata").waitFor();
      expect(await output.innerHTML()).not.toContain(secret);
      await page.getByRole("tab", { name: "Compare" }).click();
      await page.locator("#compare-before").fill(withKeys(key));
      await page.locator("#compare-after").fill(key.privateKeyPem);
      await page.getByText("The second document is not readable SAML metadata").waitFor();
      expect(await page.locator("#compare .output").innerHTML()).not.toContain(secret);
    });

    test("the metadata panel marks the fault of the second document, or names the first", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#compare`);
      const xml = withKeys(await createTestCertificate({}));
      const broken = xml.replace("</md:IDPSSO", "</md:IDPSS");
      const [first, second] = [page.locator("#compare-before"), page.locator("#compare-after")];
      await first.fill(xml);
      await second.fill(broken);
      await page.getByText("The second document is not readable SAML metadata").waitFor();
      expect(await page.locator("#compare .line.fault mark").first().innerText()).toContain(
        "IDPSS",
      );
      await first.fill(broken);
      await page.getByText("The first document is not readable SAML metadata").waitFor();
    });

    test("the metadata panel folds the changes of an aggregate and names their entities", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#compare`);
      const [old, next] = await Promise.all([createTestCertificate({}), createTestCertificate({})]);
      const aggregate = (size: number, key: { readonly pem: string }): string => {
        const entity = withKeys(key).replace(/<\?xml[^>]*>/, "");
        const members = Array.from({ length: size }, (_, place) =>
          entity.replaceAll("idp.example.com", `idp${place}.example.com`),
        );
        return `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${members.join("")}</EntitiesDescriptor>`;
      };
      await page.locator("#compare-before").fill(aggregate(2, old));
      await page.locator("#compare-after").fill(aggregate(2, next));
      await page.getByText("https://idp1.example.com/saml, signing keys of the").waitFor();
      await page.locator("#compare-after").fill(aggregate(60, old));
      await page.getByText("38 more changes").click();
      await page.getByText("new entity: https://idp59.example.com/saml").waitFor();
    });

    test("the metadata panel shows an entity before its warnings", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#metadata`);
      const xml = withKeys(await createTestCertificate({}));
      const headings = page.locator("#metadata .output h3");
      await page.locator("#metadata-input").fill(xml);
      await page.getByRole("heading", { name: "Findings" }).waitFor();
      expect(await headings.allInnerTexts()).toEqual(["https://idp.example.com/saml", "Findings"]);
      await page.locator("#metadata-input").fill(xml.replace("<md:IDPSSODescriptor ", "$&bad='' "));
      await page.locator("#metadata .findings .error").first().waitFor();
      expect((await headings.allInnerTexts())[0]).toBe("Findings");
    });

    test("the metadata panel names its size limit and announces a long reading", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#metadata`);
      const choose = (name: string, size: number): Promise<void> =>
        page.locator("#metadata-input-file").setInputFiles({
          ...{ name, mimeType: "text/xml", buffer: Buffer.alloc(size, " ") },
        });
      await choose("huge.xml", 8 * 1024 * 1024 + 1);
      await page.getByText("huge.xml is larger than 8 MiB: extract the entity first").waitFor();
      await page.evaluate(`(() => {
      globalThis.said = [];
      const place = document.querySelector("#metadata .paste .said");
      new MutationObserver(() => globalThis.said.push(place.textContent)).observe(place, { childList: true });
    })()`);
      await choose("large.xml", 1024 * 1024);
      await page.getByText("This is not readable SAML metadata").waitFor();
      expect(await page.evaluate("globalThis.said")).toContainEqual(
        expect.stringMatching(/^large\.xml, .*: reading …$/),
      );
    });
  },
);
