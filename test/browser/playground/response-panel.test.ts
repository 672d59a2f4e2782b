import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { base64, responseXml, signedResponse, testKeys } from "../../signature/response/support.ts";
import { inFolder } from "../../support/cli.ts";
import { idpMetadata } from "../../trusted-keys/sign-in.ts";
import { chromiumNeeded, usePlayground } from "../support.ts";

describe.skipIf(chromiumNeeded.missing)(
  `the browser page, where a Response is explained${chromiumNeeded.note}`,
  () => {
    const playground = usePlayground();

    test("the response panel names the certificate that signed, and no person", async () => {
      const { open, url } = playground();
      const { page, requests, problems } = await open({}, `${url}#response`);
      const loaded = requests.length;
      const { first, second } = await testKeys();
      await page
        .getByRole("textbox", { name: "Your certificates or metadata" })
        .fill(first.pem + second.pem);
      await page
        .getByRole("textbox", { name: "SAML Response" })
        .fill(base64(signedResponse(second)));
      await page.getByText("Signed by the second of your certificates (CN=second").waitFor();
      const said = await page.locator("#response").innerText();
      expect(said).toContain(second.certificate.fingerprint.sha256);
      expect(said).toContain("as it was signed");
      expect(said).toContain("response.expired");
      expect(said).not.toContain("ada@example.com");
      expect(requests.slice(loaded)).toEqual([]);
      expect(problems).toEqual([]);
    });

    test("the response panel takes metadata, and says that another certificate signed", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#response`);
      const { first, stranger } = await testKeys();
      await page
        .getByRole("textbox", { name: "Your certificates or metadata" })
        .fill(idpMetadata([first]));
      await page.getByRole("textbox", { name: "SAML Response" }).fill(signedResponse(stranger));
      await page
        .getByText("Signed not by your certificate, but by the one in the message")
        .waitFor();
      await page
        .getByRole("textbox", { name: "Your certificates or metadata" })
        .fill("-----BEGIN CERTIFICATE-----");
      await page.getByText("Your certificates cannot be read").waitFor();
    });

    test("the response panel reads a HAR file, and explains an attack", async () => {
      const { open, url } = playground();
      const { page } = await open({}, `${url}#response`);
      const evil = responseXml().replace("ada@", "ada@<!-- -->evil.");
      await inFolder(async (folder) => {
        const path = join(folder, "sign-in.har");
        const text = `SAMLResponse=${encodeURIComponent(base64(evil))}`;
        const request = { method: "POST", url: "https://sp.example.com/acs", postData: { text } };
        writeFileSync(path, JSON.stringify({ log: { entries: [{ request }] } }));
        await page.locator("#response-input-file").setInputFiles(path);
        await page.getByText("Do not use this message").waitFor();
      });
      expect(await page.locator("#response").innerText()).toContain("response.comment");
    });
  },
);
