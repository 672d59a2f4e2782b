import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { createTestCertificate } from "../../src/testing/index.ts";
import { requireFile } from "../support/require.ts";
import { load, sectionBlock } from "./support/programs.ts";

const GUIDE = "docs/guides/check-an-upload.md";
const BAD = "not a certificate";
type Answer = (certificate: string) => Promise<{ status: number; body: unknown }>;

/** Every example gets the same uploads and must answer them in the same way. */
async function takesUploads(answer: Answer): Promise<void> {
  const { pem, certificate, privateKeyPem } = await createTestCertificate({});
  expect(await answer(pem)).toEqual({
    status: 200,
    body: {
      public_certificate: certificate.pem,
      not_before: certificate.notBefore.unixSeconds,
      not_after: certificate.notAfter.unixSeconds,
    },
  });
  const refused = await answer(BAD);
  expect(refused).toMatchObject({
    status: 422,
    body: { errors: { certificate: [{ severity: "error", text: expect.any(String) }] } },
  });
  const withKey = await answer(`${pem}${privateKeyPem}`);
  expect(withKey.status).toBe(422);
  expect(JSON.stringify(withKey.body)).not.toContain(privateKeyPem.split("\n")[1]);
}

/** Takes them from programs, as JSON, and from a plain form; and answers a request without any. */
async function takesPosts(url: string): Promise<void> {
  const post = async (init: RequestInit) => {
    const response = await fetch(`${url}/settings/certificate`, { ...init, method: "POST" });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const json = (value: unknown) => ({
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
  });
  await takesUploads((certificate) => post(json({ certificate })));
  await takesUploads((certificate) => post({ body: new URLSearchParams({ certificate }) }));
  for (const nothing of [{}, json({}), json({ certificate: 1 }), json([])]) {
    expect((await post(nothing)).status).toBe(422);
  }
}

describe("the upload examples of the guide", () => {
  const fastify = requireFile("node_modules/fastify/package.json");
  test.skipIf(fastify.missing)(`Fastify${fastify.note}`, async () => {
    interface App {
      listen(options: { port: number; host: string }): Promise<string>;
      close(): Promise<void>;
    }
    const module = await load<{ createApp(): App }>(sectionBlock(GUIDE, "Fastify"));
    const app = module.createApp();
    try {
      const url = await app.listen({ port: 0, host: "127.0.0.1" });
      await takesPosts(url);
    } finally {
      await app.close();
    }
  });

  const express = requireFile("node_modules/express/package.json");
  test.skipIf(express.missing)(`Express${express.note}`, async () => {
    interface Server {
      address(): AddressInfo;
      close(): void;
    }
    interface App {
      listen(port: number, host: string, done: () => void): Server;
    }
    const module = await load<{ createApp(): App }>(sectionBlock(GUIDE, "Express"));
    const server = await new Promise<Server>((done) => {
      const listening: Server = module.createApp().listen(0, "127.0.0.1", () => done(listening));
    });
    try {
      const url = `http://127.0.0.1:${server.address().port}`;
      await takesPosts(url);
    } finally {
      server.close();
    }
  });

  test("the Next.js route reads a text field and a file field", async () => {
    const { POST } = await load<{ POST(request: Request): Promise<Response> }>(
      sectionBlock(GUIDE, "A Next.js route"),
    );
    const send = async (value: string | Blob) => {
      const form = new FormData();
      if (typeof value === "string") form.set("certificate", value);
      else form.set("certificate", value, "idp.cer");
      const request = new Request("http://localhost/", { method: "POST", body: form });
      const response = await POST(request);
      return { status: response.status, body: (await response.json()) as unknown };
    };
    for (const body of [undefined, "{}", new URLSearchParams({ other: "field" })]) {
      const request = new Request("http://localhost/", { method: "POST", ...(body && { body }) });
      expect((await POST(request)).status).toBe(422);
    }
    await takesUploads(send);
    await takesUploads((certificate) => send(new Blob([certificate])));
  });
});
