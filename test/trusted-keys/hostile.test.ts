import { type AddressInfo, createServer, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createMetadataSource } from "../../src/trusted-keys/index.ts";
import { rejection } from "../providers/support.ts";
import { cleanUp, local, metadata } from "./serving.ts";

const HEAD = "content-type: application/samlmetadata+xml\r\n";
const gzip = gzipSync(metadata());

/** Answers of servers that never close a connection by themselves. */
const HELD: readonly (readonly [string, string | Uint8Array])[] = [
  ["204", "HTTP/1.1 204 No Content\r\n\r\n"],
  ["204 with a length", "HTTP/1.1 204 No Content\r\ncontent-length: 10\r\n\r\n"],
  ["205", "HTTP/1.1 205 Reset Content\r\n\r\n"],
  ["205 in chunks", "HTTP/1.1 205 Reset Content\r\ntransfer-encoding: chunked\r\n\r\n"],
  ["304", "HTTP/1.1 304 Not Modified\r\n\r\n"],
  [
    "a redirect with an endless body",
    `HTTP/1.1 302 Found\r\nlocation: /x\r\n\r\n${"x".repeat(99)}`,
  ],
  ["404 with an endless body", `HTTP/1.1 404 Not Found\r\n\r\n${"x".repeat(99)}`],
  ["500 without a body", "HTTP/1.1 500 Oops\r\n\r\n"],
  ["an invalid status", "HTTP/1.1 999 Odd\r\n\r\n"],
  ["an upgrade", "HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"],
  ["no end", `HTTP/1.1 200 OK\r\n${HEAD}\r\n<`],
  ["fewer bytes than stated", `HTTP/1.1 200 OK\r\n${HEAD}content-length: 999\r\n\r\n<`],
  ["more bytes than the limit", `HTTP/1.1 200 OK\r\n${HEAD}\r\n${"x".repeat(200_000)}`],
  ["a stated length above the limit", `HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n`],
  ["gzip that is none", "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\nno gzip, no gzip"],
  [
    "gzip without an end",
    Buffer.concat([
      Buffer.from("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n"),
      gzip.subarray(0, 40),
    ]),
  ],
  ["headers without an end", "HTTP/1.1 200 OK\r\nx: "],
  ["nothing", ""],
  [
    "a whole document",
    `HTTP/1.1 200 OK\r\ncontent-length: ${metadata().length}\r\n\r\n${metadata()}`,
  ],
];

/** A server that answers this and then holds each connection for as long as its client does. */
async function hold(answer: string | Uint8Array) {
  const open = new Set<Socket>();
  let accepted = 0;
  const server = createServer((socket) => {
    accepted += 1;
    open.add(socket);
    socket.on("error", () => undefined).on("close", () => open.delete(socket));
    socket.once("data", () => socket.write(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUp.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, open, accepted: () => accepted };
}

async function until(holds: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < 2000 && !holds(); waited += 10) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return holds();
}

function clientSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
}

describe("createMetadataSource lets go of its connection to a server that holds it after", () => {
  it.each(HELD)("%s", async (_, answer) => {
    const before = clientSockets();
    const { url, open, accepted } = await hold(answer);
    const limits = { timeoutMs: 150, maxBytes: 100_000, maxRedirects: 1 };
    const source = createMetadataSource({ url, allowPrivateAddresses: true, ...limits });
    const started = performance.now();
    await source.read().catch((error: Error) => {
      expect(error).toMatchObject({ name: "ProviderError" });
    });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(accepted()).toBeGreaterThan(0);
    expect(await until(() => open.size === 0)).toBe(true);
    expect(await until(() => clientSockets() <= before)).toBe(true);
  });
});

describe("content codings", () => {
  it.each(["gzip", "GZIP", "x-gzip", " X-GZip "])("%j is read as gzip", async (coding) => {
    const source = await local((_, response) =>
      response.writeHead(200, { "content-encoding": coding }).end(gzip),
    );
    expect((await source.read()).metadata.entities).toHaveLength(1);
  });
});

describe("the body of an answer without a document", () => {
  it("is not read", async () => {
    const source = await local((_, response) => {
      response.writeHead(404, { "content-length": "99999999999" }).write("x");
    });
    expect(await rejection(source.read())).toMatchObject({
      code: "provider.metadata_status",
      status: 404,
    });
  });
});
