import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { validateCertificate } from "../../../src/certificates/index.ts";
import { keyMatches } from "../../../src/keys/index.ts";
import { leaksOf } from "../../keys/support.ts";
import { chromiumNeeded, usePlayground } from "../support.ts";

describe.skipIf(chromiumNeeded.missing)(`the panel that makes keys${chromiumNeeded.note}`, () => {
  const playground = usePlayground();

  test("makes a key that never leaves the browser, but as the file that is saved", async () => {
    const { page, requests, problems } = await playground().open();
    await page.getByRole("tab", { name: "Make a key" }).click();
    const loaded = requests.length;
    await page.getByLabel("Common name").fill("sp.example.com");
    await page.getByLabel("Kind of key").selectOption("p256");
    await page.getByLabel("Passphrase").fill("correct horse");
    await page.getByRole("button", { name: "Make the key" }).click();
    await page.getByText("The key is made.").waitFor();
    const saved = async (name: string): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: `Save as ${name}` }).click(),
      ]);
      return readFileSync(await download.path(), "utf8");
    };
    const [key, certificate] = [await saved("sp.key"), await saved("sp.crt")];
    expect(key).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    expect(keyMatches(certificate, key, { passphrase: "correct horse" })).toBe(true);
    expect(validateCertificate(certificate, { now: new Date() }).ok).toBe(true);
    // It is shown only where somebody asks for it.
    expect(leaksOf(await page.content(), [key])).toEqual([]);
    expect(requests.filter((request) => !request.startsWith("blob:")).length).toBe(loaded);
    expect(problems).toEqual([]);
  });

  test("says what is wrong with a name or a choice", async () => {
    const { page } = await playground().open();
    await page.getByRole("tab", { name: "Make a key" }).click();
    await page.getByRole("button", { name: "Make the key" }).click();
    await page.getByText("The subject cannot be written").waitFor();
    await page.getByLabel("Common name").fill("sp");
    await page.getByLabel("Kind of key").selectOption("p256");
    await page.getByLabel("Purpose").selectOption("encryption");
    await page.getByRole("button", { name: "Make the key" }).click();
    await page.getByText("cannot be used for encryption").waitFor();
  });
});
