import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { signMetadata } from "../../src/signature/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";
import { createMetadataSource } from "../../src/trusted-keys/index.ts";
import { rejection } from "../providers/support.ts";
import { cleanUp, type Handler, local, metadata } from "./serving.ts";

describe("a URL", () => {
  it("is read, and asked again only for what has changed", async () => {
    const seen: (string | undefined)[] = [];
    let version = 1;
    const source = await local((request, response) => {
      seen.push(request.headers["if-none-match"]);
      const etag = `"v${version}"`;
      if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag }).end(metadata(`https://idp${version}.example.com`));
    });
    const first = await source.read();
    expect(first).toMatchObject({ changed: true });
    expect(first.metadata.entities[0]?.entityId).toBe("https://idp1.example.com");
    expect(await source.read()).toMatchObject({ changed: false, bytes: first.bytes });
    expect(await source.read()).toMatchObject({ changed: false });
    version = 2;
    expect((await source.read()).metadata.entities[0]?.entityId).toBe("https://idp2.example.com");
    expect(seen).toEqual([undefined, '"v1"', '"v1"', '"v1"']);
  });

  it("with Last-Modified alone, and with neither, tells a change by the bytes", async () => {
    const date = new Date(0).toUTCString();
    const dated = await local((request, response) => {
      const same = request.headers["if-modified-since"] === date;
      response.writeHead(same ? 304 : 200, { "last-modified": date }).end(same ? "" : metadata());
    });
    expect([(await dated.read()).changed, (await dated.read()).changed]).toEqual([true, false]);
    const plain = await local((_, response) => response.end(metadata()));
    expect([(await plain.read()).changed, (await plain.read()).changed]).toEqual([true, false]);
  });

  it("that failed once keeps what it had", async () => {
    let up = true;
    const source = await local((_, response) =>
      up ? response.end(metadata()) : response.writeHead(503).end(),
    );
    await source.read();
    up = false;
    expect(await rejection(source.read())).toMatchObject({
      status: 503,
      retryable: true,
      provider: "metadata-url",
    });
    up = true;
    expect((await source.read()).changed).toBe(false);
  });

  it("is read compressed, and limited by what it grows to", async () => {
    const zip =
      (text: string): Handler =>
      (_, response) => {
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(text));
      };
    expect((await (await local(zip(metadata()))).read()).metadata.entities).toHaveLength(1);
    const bomb = await local(zip(" ".repeat(5_000_000)), { maxBytes: 1_000_000 });
    expect(await rejection(bomb.read())).toMatchObject({ code: "provider.too_large" });
    const broken = await local((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip"),
    );
    expect(await rejection(broken.read())).toMatchObject({ code: "provider.network" });
  });

  it.each([
    [
      "too large",
      (_: IncomingMessage, r: ServerResponse) => r.end("x".repeat(70_000)),
      "provider.too_large",
    ],
    [
      "gone",
      (_: IncomingMessage, r: ServerResponse) => r.writeHead(404).end(),
      "provider.metadata_status",
    ],
    [
      "an error",
      (_: IncomingMessage, r: ServerResponse) => r.writeHead(500).end(),
      "provider.metadata_status",
    ],
    [
      "slow",
      (_: IncomingMessage, r: ServerResponse) => void r.writeHead(200).write("<"),
      "provider.timeout",
    ],
    [
      "cut",
      (_: IncomingMessage, r: ServerResponse) => void r.socket?.destroy(),
      "provider.network",
    ],
    [
      "unchanged at first",
      (_: IncomingMessage, r: ServerResponse) => r.writeHead(304).end(),
      "provider.metadata_status",
    ],
  ])("that is %s is an error", async (name, handler, code) => {
    const limits = name === "slow" ? { timeoutMs: 200 } : {};
    const source = await local(handler as Handler, { maxBytes: 65_536, ...limits });
    expect(await rejection(source.read())).toMatchObject({ code });
  });

  it.each([
    "HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n",
    "HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
    "HTTP/1.1 200 OK\r\netag: \u0001\r\ncontent-length: 0\r\n\r\n",
    "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n<",
    "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 30\r\n\r\nx",
    "nonsense",
    "",
  ])("whose server says %j is an error, and no end of the process", async (bytes) => {
    const server = createNetServer((socket) => socket.on("error", () => undefined).end(bytes));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanUp.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    const source = createMetadataSource({ url, allowPrivateAddresses: true, timeoutMs: 2000 });
    const error = await rejection(source.read());
    expect(["ProviderError", "MetadataError"]).toContain(error.name);
  });

  it("that is no metadata is a MetadataError", async () => {
    const source = await local((_, response) => response.end("<html></html>"));
    expect((await rejection(source.read())).name).toBe("MetadataError");
  });

  it("can be ended by its caller", async () => {
    const source = await local((_, response) => void response.writeHead(200).write("<"));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    expect(await rejection(source.read({ signal: controller.signal }))).toMatchObject({
      code: "provider.aborted",
    });
  });
});

describe("the signature", () => {
  const signed = async (validUntil: string) => {
    const made = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
    const xml = metadata().replace("entityID=", `ID="_1" validUntil="${validUntil}" entityID=`);
    return {
      made,
      xml: signMetadata(xml, { privateKey: made.privateKeyPem, certificate: made.pem }),
    };
  };

  it("is verified where trust is given, each time anew", async () => {
    const { made, xml } = await signed("2031-01-01T00:00:00Z");
    let present = new Date("2030-12-31T00:00:00Z");
    const trust = { certificates: [made.pem] };
    const source = await local((_, response) => response.end(xml), { trust, clock: () => present });
    expect(await source.read()).toMatchObject({ signature: "verified", changed: true });
    expect(await source.read()).toMatchObject({ signature: "verified", changed: false });
    present = new Date("2031-01-02T00:00:00Z");
    expect((await rejection(source.read())).name).toBe("SignatureError");
  });

  it("of another key, a broken one, or none is refused where trust is given", async () => {
    const { xml } = await signed("2131-01-01T00:00:00Z");
    const other = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
    const trust = { certificates: [other.pem] };
    for (const document of [
      xml,
      xml.replace("idp.example.com/sso", "idp.example.net/sso"),
      metadata(),
    ]) {
      const source = await local((_, response) => response.end(document), { trust });
      expect((await rejection(source.read())).name).toBe("SignatureError");
    }
  });

  it("is said to be unverified, or absent, where no trust is given", async () => {
    const { xml } = await signed("2131-01-01T00:00:00Z");
    const source = await local((_, response) => response.end(xml));
    expect((await source.read()).signature).toBe("unverified");
    const plain = await local((_, response) => response.end(metadata()));
    expect((await plain.read()).signature).toBe("unsigned");
  });
});

describe("a file", () => {
  it("is read, and its change is told", async () => {
    const folder = mkdtempSync(join(tmpdir(), "samlcert-file-"));
    cleanUp.push(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "idp.xml");
    writeFileSync(file, metadata());
    const source = createMetadataSource({ file });
    expect(await source.read()).toMatchObject({ from: file, changed: true });
    expect((await source.read()).changed).toBe(false);
    writeFileSync(file, metadata("https://other.example.com"));
    expect((await source.read()).metadata.entities[0]?.entityId).toBe("https://other.example.com");
    expect(await rejection(createMetadataSource({ file, maxBytes: 10 }).read())).toMatchObject({
      code: "provider.metadata_file",
    });
    // A device has no size.
    const endless = createMetadataSource({ file: "/dev/zero", maxBytes: 1000 });
    expect(await rejection(endless.read())).toMatchObject({ code: "provider.metadata_file" });
    expect(await rejection(createMetadataSource({ file: folder }).read())).toMatchObject({
      code: "provider.metadata_file",
    });
    expect(await rejection(createMetadataSource({ file: `${file}.no` }).read())).toMatchObject({
      code: "provider.metadata_file",
    });
  });
});
