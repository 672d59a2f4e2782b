import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import express from "express";
import fastify from "fastify";
import { beforeAll, describe, expect, test, vi } from "vitest";
import {
  announceKey,
  fastifyHandler,
  type MetadataHandler,
  type MetadataHandlerOptions,
  type MetadataReading,
  metadataHandler,
  nodeHandler,
  type RolloverState,
  recordRead,
  type SigningKey,
  startRollover,
} from "../../src/keys/index.ts";
import { parseMetadata, validateMetadata } from "../../src/metadata/index.ts";
import { signMetadata, verifyMetadata } from "../../src/signature/index.ts";
import { leaksOf, quickKey } from "./support.ts";

const T = 1_800_000_000;
const url = "https://sp.example.com/saml/metadata";
const metadata = {
  entityId: "https://sp.example.com/saml",
  assertionConsumerServices: ["https://sp.example.com/saml/acs"],
};

let A: SigningKey;
let B: SigningKey;
let state: RolloverState;

beforeAll(async () => {
  [A, B] = [await quickKey(), await quickKey()];
  state = startRollover({
    ...{ signing: A.certificate, now: T },
    identityProviders: [{ entityId: "https://idp.example", metadata: "polls" }],
  });
});

/** A handler with a clock that can be set. */
function serve(options: Partial<MetadataHandlerOptions> = {}) {
  const time = { now: T };
  const clock = () => new Date(time.now * 1000);
  const handler = metadataHandler({ metadata, keys: () => state, clock, ...options });
  const get = async (headers: Record<string, string> = {}, method = "GET") =>
    await handler(new Request(url, { method, headers }));
  return { time, get, handler };
}

async function factsOf(response: Response) {
  const xml = await response.text();
  const [entity] = parseMetadata(xml).entities;
  const { validUntil } = parseMetadata(xml).root;
  return { xml, entity, until: validUntil?.unixSeconds ?? 0 };
}

describe("metadataHandler", () => {
  test("serves valid metadata with its media type, cache hints and keys", async () => {
    const response = await serve().get();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/samlmetadata+xml");
    expect(response.headers.get("cache-control")).toBe("max-age=86400");
    const { xml } = await factsOf(response);
    expect(validateMetadata(xml, { now: T }).ok).toBe(true);
    expect(xml).toContain(A.certificate.derBase64.slice(0, 60));
    expect(xml).toMatch(/cacheDuration="P(?:1D|T24H|T86400S)"/);
  });

  test("answers 304 to the tag of its document, in every form of If-None-Match", async () => {
    const { get } = serve();
    const etag = (await get()).headers.get("etag") ?? "";
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const response = await get({ "If-None-Match": header });
      expect(response.status, header).toBe(304);
      expect(response.headers.get("etag")).toBe(etag);
      expect(await response.text()).toBe("");
    }
    expect((await get({ "If-None-Match": '"other"' })).status).toBe(200);
  });

  test("renews validUntil long before it ends, also for readers that get 304", async () => {
    const { get, time } = serve({ validitySeconds: 86_400 });
    let held = await factsOf(await get());
    let etag = (await get()).headers.get("etag") ?? "";
    for (; time.now < T + 5 * 86_400; time.now += 1800) {
      const response = await get({ "If-None-Match": etag });
      if (response.status === 200) {
        etag = response.headers.get("etag") ?? "";
        held = await factsOf(response);
      }
      expect(held.until - time.now).toBeGreaterThan(86_400 * 0.9);
      expect(held.until - time.now).toBeLessThanOrEqual(86_400);
    }
  });

  test("changes the document and its tag with the rollover, and shortens the cache hints", async () => {
    const { get, time } = serve({ keys: () => current });
    let current = state;
    const before = (await get()).headers.get("etag") ?? "";
    current = announceKey(state, { use: "signing", certificate: B.certificate, now: T + 1 });
    time.now += 1;
    const response = await get({ "If-None-Match": before });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("max-age=3600");
    const { xml } = await factsOf(response);
    expect(xml.match(/<ds:X509Certificate>/g)).toHaveLength(2);
  });

  test("answers HEAD as GET without a body", async () => {
    const { get } = serve();
    const [head, full] = [await get({}, "HEAD"), await get()];
    expect(await head.text()).toBe("");
    expect([...head.headers]).toEqual([...full.headers]);
    expect(head.headers.get("content-length")).toBe(String((await full.text()).length));
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS"])("refuses %s", async (method) => {
    const response = await serve().get({}, method);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  });

  test("signs once for each document, so that the tag of ECDSA stays", async () => {
    const sign = vi.fn((xml: string) =>
      signMetadata(xml, { privateKey: A.privateKey, certificate: A.certificate }),
    );
    const { get } = serve({ sign });
    const first = await get();
    const trust = { certificates: [A.certificate] };
    expect(() => verifyMetadata("<a/>", { trust, now: T })).toThrow();
    verifyMetadata(await first.text(), { trust, now: T });
    const again = await get({ "If-None-Match": first.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
    expect(sign).toHaveBeenCalledTimes(1);
  });

  test("tells who has read which keys, as evidence for the rollover", async () => {
    const readings: MetadataReading[] = [];
    const { get } = serve({
      readerOf: (request) => new URL(request.url).searchParams.get("idp") ?? undefined,
      onRead: (reading) => readings.push(reading),
    });
    await get();
    const { handler } = serve({
      readerOf: () => "https://idp.example",
      onRead: (one) => readings.push(one),
    });
    await handler(new Request(url));
    const [unknown, known] = readings;
    expect(unknown?.entityId).toBeUndefined();
    const { entityId = "", signing, encryption, at } = known as MetadataReading;
    const after = recordRead(state, { entityId, signing, encryption, by: "request", now: at });
    expect(after.events.at(-1)).toMatchObject({
      type: "read",
      signing: [A.certificate.publicKey.spkiSha256],
    });
  });

  test("answers 503 without the reason if the document cannot be made", async () => {
    const onError = vi.fn();
    const secret = A.privateKey;
    const { get } = serve({
      onError,
      sign: () => {
        throw new Error(`cannot read ${secret}`);
      },
    });
    const response = await get();
    expect(response.status).toBe(503);
    const shown = JSON.stringify([...response.headers]) + (await response.text());
    expect(leaksOf(shown, [secret])).toEqual([]);
    expect(onError).toHaveBeenCalledTimes(1);
  });
});

/** The answer of a server, byte by byte, because clients such as fetch change the case of names. */
async function raw(port: number, request: string): Promise<string> {
  return await new Promise((done, fail) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", () => done(Buffer.concat(chunks).toString()));
    socket.on("error", fail);
  });
}

type Listen = (handler: MetadataHandler) => Promise<{ port: number; close: () => unknown }>;

const listening = async (server: Server) => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
};

const SERVERS: readonly (readonly [string, Listen])[] = [
  ["http.createServer", (handler) => listening(createServer(nodeHandler(handler)))],
  ["Express", (handler) => listening(createServer(express().all("/saml", nodeHandler(handler))))],
  [
    "Fastify",
    async (handler) => {
      const app = fastify();
      app.all("/saml", fastifyHandler(handler));
      await app.listen({ port: 0, host: "127.0.0.1" });
      return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
    },
  ],
];

describe.each(SERVERS)("the adapter for %s", (_, listen) => {
  test("spells ETag as Shibboleth SP wants it, and answers GET, HEAD, 304 and 405", async () => {
    const { port, close } = await listen(serve().handler);
    const ask = (method: string, more = "") =>
      raw(port, `${method} /saml HTTP/1.1\r\nHost: sp\r\nConnection: close\r\n${more}\r\n`);
    try {
      const full = await ask("GET");
      expect(full).toMatch(/^HTTP\/1\.1 200 /);
      expect(full).toContain("\r\nContent-Type: application/samlmetadata+xml\r\n");
      const [, etag = ""] = /\r\nETag: ("[^"]+")\r\n/.exec(full) ?? [];
      expect(etag).not.toBe("");
      expect(full).toContain("</md:EntityDescriptor>");
      const head = await ask("HEAD");
      expect(head).toMatch(/^HTTP\/1\.1 200 /);
      expect(head).not.toContain("<md:");
      const known = await ask("GET", `If-None-Match: ${etag}\r\n`);
      expect(known).toMatch(/^HTTP\/1\.1 304 /);
      expect(known).toContain(`\r\nETag: ${etag}\r\n`);
      expect(await ask("DELETE")).toMatch(/^HTTP\/1\.1 405 /);
      expect(await ask("GET", "If-None-Match: a\u0000b\r\n")).toMatch(/^HTTP\/1\.1 (?:200|400) /);
    } finally {
      await close();
    }
  });
});
