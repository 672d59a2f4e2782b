import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestCertificate } from "../../src/testing/index.ts";
import { root } from "../docs/support/pages.ts";
import { aliases, load, sectionBlock } from "../docs/support/programs.ts";
import { CHROMIUM, CHROMIUM_ARGUMENTS, chromiumNeeded } from "./support.ts";

const GUIDE = "docs/guides/settings-page.md";
const DAY = 86_400;

interface Route {
  POST(request: Request): Promise<Response>;
}

/** The form of the guide as a page of its own. */
async function formScript(): Promise<string> {
  const mount = `
    import { createElement } from "react";
    import { createRoot } from "react-dom/client";
    createRoot(document.querySelector("main")).render(createElement(CertificateForm));`;
  const { outputFiles } = await build({
    stdin: {
      contents: `${sectionBlock(GUIDE, "The form", "tsx")}\n${mount}`,
      resolveDir: root,
      loader: "tsx",
    },
    ...{ bundle: true, write: false, format: "iife", platform: "browser", target: "es2022" },
    ...{ jsx: "automatic", alias: aliases, logLevel: "error" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles[0]?.text ?? "";
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe.skipIf(chromiumNeeded.missing)(`the guide's settings page${chromiumNeeded.note}`, () => {
  const bodies: string[] = [];
  let server: Server;
  let browser: Browser;
  let answer: Route["POST"];

  beforeAll(async () => {
    const script = await formScript();
    const route = await load<Route>(sectionBlock(GUIDE, "The route"));
    answer = route.POST;
    server = createServer(async (request, response) => {
      if (request.method === "POST" && request.url === "/api/settings/certificate") {
        const body = await textOf(request);
        bodies.push(body);
        const told = await answer(new Request("http://localhost/", { method: "POST", body }));
        response.writeHead(told.status, { "content-type": "application/json" });
        response.end(await told.text());
        return;
      }
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(`<!doctype html><title>Settings</title><main></main><script>${script}</script>`);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_ARGUMENTS] });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function open(): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.getByLabel("Name of the connection").fill("Example");
    return { page, problems };
  }

  const field = (page: Page) => page.getByLabel("Signing certificate of the identity provider");

  test("shows an error while a person types, and sends nothing", async () => {
    const { page, problems } = await open();
    const { pem, privateKeyPem } = await createTestCertificate({});
    for (const pasted of ["nonsense", `${pem}${privateKeyPem}`]) {
      await field(page).fill(pasted);
      await page.locator("#upload-messages .error").waitFor();
      expect(await field(page).getAttribute("aria-invalid")).toBe("true");
      await page.getByRole("button").click();
    }
    expect(bodies).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  test("shows that a certificate ends in five days, and saves it all the same", async () => {
    const { page, problems } = await open();
    const soon = Math.floor(Date.now() / 1000) + 5 * DAY;
    const { pem } = await createTestCertificate({ notAfter: soon });
    await field(page).fill(`From: administrator\n\n${pem}`);
    const warning = page.locator("#upload-messages .warning").first();
    await warning.waitFor();
    expect(await warning.textContent()).toContain("The certificate expires in");
    await page.getByRole("button", { name: "Save anyway" }).click();
    await page.getByText("Saved.").waitFor();
    expect(bodies.map((body) => JSON.parse(body))).toEqual([{ name: "Example", upload: pem }]);
    expect(problems).toEqual([]);
    await page.close();
  });

  test("saves a certificate without a fault, and shows what the route refuses", async () => {
    const { page, problems } = await open();
    const { pem } = await createTestCertificate({});
    await field(page).fill(pem);
    const kept = answer;
    answer = () =>
      kept(new Request("http://localhost/", { method: "POST", body: '{"name":"a","upload":"b"}' }));
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator("#upload-messages .error").waitFor();
    expect(await page.getByText("Saved.").count()).toBe(0);
    answer = kept;
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  test("the route refuses a request without a body, and answers with the stored fields", async () => {
    const refused = await answer(new Request("http://localhost/", { method: "POST" }));
    expect(refused.status).toBe(422);
    const { pem, certificate } = await createTestCertificate({});
    const body = JSON.stringify({ name: "Example", upload: pem });
    const saved = await answer(new Request("http://localhost/", { method: "POST", body }));
    expect(await saved.json()).toEqual({
      name: "Example",
      public_certificate: pem,
      not_before: certificate.notBefore.unixSeconds,
      not_after: certificate.notAfter.unixSeconds,
    });
  });
});
