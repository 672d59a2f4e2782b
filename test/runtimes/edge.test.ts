import { join } from "node:path";
import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createTestCertificate,
  type FakeSendGrid,
  startFakeSendGrid,
} from "../../src/testing/index.ts";

/**
 * A route as it runs at the edge: it checks a certificate, writes, reads and validates metadata, and
 * asks SendGrid. The request's body says which certificate and where SendGrid is.
 */
const ROUTE = `
  import { validateCertificate } from "./certificates/index.ts";
  import { buildIdentityProviderMetadata, parseMetadata, validateMetadata } from "./metadata/index.ts";
  import { createSendGridClient } from "./providers/sendgrid/index.ts";
  import { createKeycardClient } from "./providers/keycard/index.ts";
  import { createPandaStackClient } from "./providers/pandastack/index.ts";
  import { certificateUpload } from "./schemas/index.ts";

  export async function answer(request) {
    const { pem, baseUrl, integrationId } = await request.json();
    const { ok, certificate } = validateCertificate(pem, { now: new Date() });
    const xml = buildIdentityProviderMetadata({
      entityId: "https://idp.example.com",
      singleSignOnServices: ["https://idp.example.com/sso"],
      signingCertificates: [pem],
    });
    const client = createSendGridClient({ apiKey: "SG.test", baseUrl });
    await client.certificates.ensure(integrationId, certificate);
    createKeycardClient({ credentials: { token: "t" } });
    createPandaStackClient({ token: "psk_t" });
    return Response.json({
      ok,
      sha256: certificate.fingerprint.sha256,
      entities: parseMetadata(xml).entities.length,
      valid: validateMetadata(xml, { now: new Date() }).ok,
      upload: certificateUpload().safeParse(pem).success,
      stored: (await client.certificates.list(integrationId)).length,
    });
  }`;

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `${ROUTE}\n${entry}`,
      resolveDir: join(import.meta.dirname, "../../src"),
      loader: "js",
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}

/** The `process` of Next.js at the edge: its environment, and methods that throw. */
function nextProcess(): object {
  const unsupported = (name: string) => () => {
    throw new Error(`A Node.js API is used (process.${name}) which is not supported.`);
  };
  const methods = Object.entries(process).filter(([, value]) => typeof value === "function");
  return {
    ...Object.fromEntries(methods.map(([name]) => [name, unsupported(name)])),
    getBuiltinModule: unsupported("getBuiltinModule"),
    env: {},
  };
}

let fake: FakeSendGrid;
let body: string;
let sha256: string;

beforeAll(async () => {
  fake = await startFakeSendGrid();
  const { pem, certificate } = await createTestCertificate();
  sha256 = certificate.fingerprint.sha256;
  body = JSON.stringify({ pem, baseUrl: fake.url, integrationId: fake.addIntegration().id });
});

afterAll(async () => {
  await fake.close();
});

function expected() {
  return { ok: true, sha256, entities: 1, valid: true, upload: true, stored: 1 };
}

const LISTENER = "addEventListener('fetch', (event) => event.respondWith(answer(event.request)));";

describe("a route at the edge", () => {
  test.each([
    ["without process", undefined],
    ["with the process of Next.js", nextProcess()],
  ])("works in Vercel's edge-runtime %s", async (_, edgeProcess) => {
    const code = (await bundle(LISTENER)).replace(/^export \{[^}]*\};?$/m, "");
    const runtime = new EdgeRuntime({
      extend: (context) => Object.assign(context, { process: edgeProcess }),
      initialCode: code,
    });
    const response = await runtime.dispatchFetch("https://app.example.com/check", {
      method: "POST",
      body,
    });
    expect(await response.json()).toEqual(expected());
  });

  test("works in workerd, the runtime of Cloudflare Workers", async () => {
    const script = await bundle("export default { fetch: answer };");
    const worker = new Miniflare({
      modules: true,
      script,
      compatibilityDate: "2025-10-01",
    });
    try {
      const response = await worker.dispatchFetch("https://app.example.com/check", {
        method: "POST",
        body,
      });
      expect(await response.json()).toEqual(expected());
    } finally {
      await worker.dispose();
    }
  });
});
