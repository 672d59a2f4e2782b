import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { inFolder } from "../../support/cli.ts";
import { chromiumNeeded, usePlayground } from "../support.ts";

describe.skipIf(chromiumNeeded.missing)(
  `the browser page, where a certificate is checked${chromiumNeeded.note}`,
  () => {
    const playground = usePlayground();
    const demo = (name: string): string =>
      readFileSync(join(import.meta.dirname, "../../../fixtures/demo", name), "utf8");

    test("the certificate panel shows a certificate and its PEM to copy and save", async () => {
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
      await panel.getByRole("button", { name: "Copy", exact: true }).click();
      await panel.getByText("Copied.").waitFor();
      expect(await page.evaluate("navigator.clipboard.readText()")).toBe(pem);
      const downloading = page.waitForEvent("download");
      await panel.getByRole("button", { name: "Save as certificate.pem" }).click();
      expect(readFileSync(await (await downloading).path(), "utf8")).toBe(pem);
    });

    test("the certificate panel marks the fault in the text", async () => {
      const { page } = await playground().open();
      const { pem } = await createTestCertificate({});
      const lines = pem.split("\n");
      lines[3] = `${lines[3]?.slice(0, 10)}*${lines[3]?.slice(11)}`;
      await page.getByRole("textbox", { name: "Certificate" }).fill(lines.join("\n"));
      await page.getByText("This is not a usable certificate").waitFor();
      const fault = page.locator(".line.fault").first();
      expect(await fault.innerText()).toContain("4 ");
      expect(await fault.locator("mark").innerText()).toContain("*");
    });

    test("the certificate panel reads a dropped file, also a binary one", async () => {
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

    test("the certificate panel names other kinds of files and lists several", async () => {
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
      await drop(field, ["a.cer", der], ["b.cer", der]);
      await page.getByText("2 files were checked.").waitFor();
      await page.getByRole("button", { name: "b.cer" }).click();
      await page.getByText("This certificate can be used").waitFor();
      await drop(field, ["huge.bin", Buffer.alloc(300 * 1024)]);
      await page.getByText("huge.bin is larger than 256 KiB").waitFor();
      expect(await page.locator("#certificate .verdict").count()).toBe(0);
      await drop(field, ["picture.png", Buffer.from("89504e470d0a1a0a0000000d", "hex")]);
      await page.getByText("This is not a usable certificate").waitFor();
      await drop(field, ["nothing.pem", Buffer.alloc(0)]);
      await page.getByText("nothing.pem, empty").waitFor();
      // The browser would replace the page with it.
      await drop("h1", ["missed.cer", der]);
      expect(await page.locator("h1").innerText()).toBe("samlcert");
    });

    test("the certificate panel refuses a paste of megabytes before it is in the field", async () => {
      const { page } = await playground().open();
      const field = page.getByRole("textbox", { name: "Certificate" });
      await page.evaluate(`(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text", "MIIC".repeat(2_621_440));
      const pasted = new ClipboardEvent("paste", { clipboardData, cancelable: true });
      document.querySelector("#certificate-input").dispatchEvent(pasted);
    })()`);
      await page.getByText("The pasted text is larger than 256 KiB").waitFor();
      expect(await field.inputValue()).toBe("");
      await page.getByRole("tab", { name: "Read metadata" }).click();
      await page.evaluate(`(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text", "<EntitiesDescriptor>" + " ".repeat(2_000_000));
      const pasted = new ClipboardEvent("paste", { clipboardData, cancelable: true });
      document.querySelector("#metadata-input").dispatchEvent(pasted);
    })()`);
      await page.getByText("too long to display").waitFor();
      await page.getByText("This is not readable SAML metadata").waitFor();
    });

    test("the certificate panel never displays a pasted private key", async () => {
      const { page } = await playground().open();
      const text = demo("with-private-key.pem");
      const secret = /PRIVATE KEY-----\n(.{40})/.exec(text)?.[1] ?? "no key in the fixture";
      await page.getByRole("button", { name: "with its private key" }).click();
      await page.getByText("This is not a usable certificate").waitFor();
      expect(await page.locator("#certificate .output").innerHTML()).not.toContain(secret);
    });

    test("the certificate panel shows hostile text as text", async () => {
      const { page, problems } = await playground().open();
      const { pem } = await createTestCertificate({
        subject: { CN: "<img src=x onerror=alert(1)><script>alert(1)</script>" },
      });
      await page.getByRole("textbox", { name: "Certificate" }).fill(pem);
      await page.getByRole("heading", { name: "Certificate", exact: true }).waitFor();
      expect(await page.locator("#certificate .output").innerText()).toContain("\\<script\\>");
      expect(await page.locator("#certificate .output img, #certificate script").count()).toBe(0);
      expect(problems).toEqual([]);
    });

    test("the certificate panel escapes characters that reorder a name and separates its parts", async () => {
      const { page } = await playground().open();
      const { pem } = await createTestCertificate({
        subject: {
          CN: "\u05e9\u05dc\u05d5\u05dd",
          O: "\u0645\u0631\u062d\u0628\u0627 \u202egnp.exe",
        },
      });
      await page.getByRole("textbox", { name: "Certificate" }).fill(pem);
      await page.getByRole("heading", { name: "Certificate", exact: true }).waitFor();
      const subject = page.locator("#certificate dd").first();
      expect(await subject.innerText()).toContain("\\u{202e}gnp.exe");
      expect(await subject.locator("bdi").allInnerTexts()).toEqual([
        expect.stringMatching(/^O=/),
        "CN=\u05e9\u05dc\u05d5\u05dd",
      ]);
      expect(await page.locator("#certificate pre.text").textContent()).toBe(pem);
    });

    test("the certificate panel refuses a folder and uses the last input", async () => {
      const { page, problems } = await playground().open();
      const said = page.locator("#certificate .paste .said");
      const drop = (read: string): Promise<unknown> =>
        page.evaluate(`(() => {
        const file = { name: "certs", size: 4096, arrayBuffer: () => ${read} };
        const event = new Event("drop", { bubbles: true, cancelable: true });
        event.dataTransfer = { files: [file], types: ["Files"] };
        document.querySelector("#certificate .paste").dispatchEvent(event);
      })()`);
      // Chromium passes a folder like this.
      await drop('Promise.reject(new DOMException("", "NotFoundError"))');
      await page
        .getByText("certs cannot be read. Check that it is a file, not a folder.")
        .waitFor();
      await drop("new Promise((resolve) => { globalThis.late = resolve; })");
      await page.getByRole("button", { name: "copied from an email" }).click();
      await page.getByText("This certificate can be used").waitFor();
      await page.evaluate("globalThis.late(new ArrayBuffer(8))");
      await page.waitForTimeout(50);
      expect(await said.innerText()).toBe("");
      await page.getByText("This certificate can be used").waitFor();
      expect(problems).toEqual([]);
    });
  },
);
