import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { createTestCertificate, startFakeSendGrid } from "../../src/testing/index.ts";
import { root } from "./support/pages.ts";

/**
 * docs/questions.md promises for edge runtimes: these entries import no `node:` module, use only web
 * globals, and generate no code from strings.
 */

const WEB = [
  ...["TextEncoder", "TextDecoder", "URL", "URLSearchParams", "fetch", "Headers", "Request"],
  ...["Response", "AbortController", "AbortSignal", "DOMException", "Event", "EventTarget"],
  ...["ReadableStream", "atob", "btoa", "crypto", "structuredClone", "queueMicrotask"],
  ...["setTimeout", "clearTimeout", "performance", "console"],
];

async function runAtEdge(program: string, given: object): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: join(root, "src"), loader: "ts" },
    ...{ bundle: true, write: false, format: "iife", globalName: "answer", platform: "browser" },
    logLevel: "error",
  });
  const globals = Object.fromEntries(
    WEB.map((name) => [name, (globalThis as unknown as Record<string, unknown>)[name]]),
  );
  const context = createContext(
    { ...globals, given },
    { codeGeneration: { strings: false, wasm: false } },
  );
  runInContext(outputFiles[0]?.text ?? "", context);
  return await runInContext("answer.result", context);
}

test("certificates, metadata and schemas run without Node", async () => {
  const { pem } = await createTestCertificate({});
  const program = `
    import { validateCertificate } from "./certificates/index.ts";
    import { buildIdentityProviderMetadata, parseMetadata, validateMetadata } from "./metadata/index.ts";
    import { certificateUpload } from "./schemas/index.ts";
    const { ok } = validateCertificate(given.pem, { now: new Date() });
    const xml = buildIdentityProviderMetadata({
      entityId: "https://idp.example.com",
      singleSignOnServices: ["https://idp.example.com/sso"],
      signingCertificates: [given.pem],
    });
    const upload = certificateUpload().safeParse(given.pem).success;
    const report = validateMetadata(xml, { now: new Date() }).ok;
    export const result = [ok, parseMetadata(xml).entities.length, report, upload].join();`;
  expect(await runAtEdge(program, { pem })).toBe("true,1,true,true");
});

test("the SendGrid client runs without Node", async () => {
  const fake = await startFakeSendGrid();
  try {
    const { id } = fake.addIntegration();
    const { certificate } = await createTestCertificate({});
    const program = `
      import { createSendGridClient } from "./providers/sendgrid/index.ts";
      const client = createSendGridClient({ apiKey: "SG.test", baseUrl: given.url });
      export const result = client.certificates
        .ensure(given.id, given.certificate)
        .then(() => client.certificates.list(given.id))
        .then((list) => list.length);`;
    expect(await runAtEdge(program, { url: fake.url, id, certificate })).toBe(1);
  } finally {
    await fake.close();
  }
});
