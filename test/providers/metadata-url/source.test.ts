import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { signMetadata } from "../../../src/metadata/signature/index.ts";
import { createAddressCheck } from "../../../src/providers/metadata-url/addresses.ts";
import {
  createMetadataSource,
  type MetadataSourceOptions,
} from "../../../src/providers/metadata-url/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { requireProgram } from "../../support/require.ts";
import { rejection } from "../support.ts";

function metadata(entityId = "https://idp.example.com"): string {
  return `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}">
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/>
  </IDPSSODescriptor>
</EntityDescriptor>`;
}

const cleanUp: (() => unknown)[] = [];
afterEach(() => {
  for (const one of cleanUp.splice(0)) one();
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(handler: Handler, tls?: { key: Buffer; cert: Buffer }): Promise<number> {
  const server = tls === undefined ? createServer(handler) : createTlsServer(tls, handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUp.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function local(handler: Handler, options: MetadataSourceOptions = {}) {
  const port = await serve(handler);
  const url = `http://127.0.0.1:${port}/metadata`;
  return createMetadataSource({ url, allowPrivateAddresses: true, ...options });
}

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
      "provider.not_found",
    ],
    [
      "an error",
      (_: IncomingMessage, r: ServerResponse) => r.writeHead(500).end(),
      "provider.unreadable",
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
      "provider.unreadable",
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

describe("redirects", () => {
  it("are followed so many times", async () => {
    let hops = 0;
    const source = await local((request, response) => {
      const step = Number(request.url?.split("/").at(-1) ?? 0) || 0;
      hops += 1;
      if (step === 3) response.end(metadata());
      else response.writeHead(302, { location: `/${step + 1}` }).end();
    });
    expect((await source.read()).from).toMatch(/\/3$/);
    expect(hops).toBe(4);
    const endless = await local((_, response) => response.writeHead(307, { location: "/x" }).end());
    expect(await rejection(endless.read())).toMatchObject({ code: "provider.redirected" });
  });

  it.each([
    ["out of https", "http://198.51.100.7/metadata", "provider.base_url"],
    ["to a password", "https://user:pass@idp.example.com/", "provider.base_url"],
    ["to a file", "file:///etc/passwd", "provider.base_url"],
    ["nowhere", "https://[bad", "provider.redirected"],
  ])("%s are refused", async (_, location, code) => {
    const source = await local((__, response) => response.writeHead(302, { location }).end());
    expect(await rejection(source.read())).toMatchObject({ code });
  });

  it("from a public address into this machine are refused", async () => {
    let reached = 0;
    const port = await serve((_, response) => {
      reached += 1;
      response.end(metadata());
    });
    const fetch: typeof globalThis.fetch = async (input) =>
      String(input).includes("idp.example.com")
        ? new Response(null, { status: 302, headers: { location: `https://127.0.0.1:${port}/` } })
        : await globalThis.fetch(input);
    const lookup = async () => [{ address: "93.184.216.34", family: 4 }];
    const source = createMetadataSource({ url: "https://idp.example.com/", fetch, lookup });
    expect(await rejection(source.read())).toMatchObject({ code: "provider.address_refused" });
    expect(reached).toBe(0);
  });
});

describe("addresses that are not public", () => {
  const isPublic = createAddressCheck();

  it.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:a00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
  ])("%s is refused", async (address) => {
    expect(isPublic(address)).toBe(false);
    const lookup = async () => [
      { address: "93.184.216.34", family: 4 },
      { address, family: address.includes(":") ? 6 : 4 },
    ];
    let asked = 0;
    const fetch = async () => {
      asked += 1;
      return new Response(metadata());
    };
    const source = createMetadataSource({ url: "https://idp.example.com/", lookup, fetch });
    expect(await rejection(source.read())).toMatchObject({
      code: "provider.address_refused",
      outcome: "not_applied",
    });
    expect(asked).toBe(0);
  });

  it.each([
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://017700000001/",
    "https://127.1/",
    "https://[::ffff:7f00:1]/",
    "https://localhost/",
    "https://169.254.169.254/latest/meta-data",
  ])("%s leads nowhere", async (url) => {
    const error = await rejection(createMetadataSource({ url, timeoutMs: 5000 }).read());
    expect(error.code).toBe("provider.address_refused");
  });

  it.each([
    "93.184.216.34",
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "2606:2800:220:1::1",
    "2a00:1450::1",
  ])("%s is public", (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it("cannot hide in an IPv6 spelling of themselves", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), ([a, b, c, d]) => {
        const v4 = `${a}.${b}.${c}.${d}`;
        for (const spelling of [`::ffff:${v4}`, `::${v4}`, `64:ff9b::${v4}`])
          expect(isPublic(spelling)).toBe(false);
      }),
    );
  });
});

describe("what a URL may be", () => {
  it.each([
    "http://idp.example.com/",
    "ftp://idp.example.com/",
    "https://a:b@idp.example.com/",
    "file:///etc/passwd",
  ])("not %s", async (url) => {
    for (const allowPrivateAddresses of [true, false]) {
      const error = await rejection(createMetadataSource({ url, allowPrivateAddresses }).read());
      expect(error.code).toBe("provider.base_url");
    }
  });

  it.each([{}, { url: "https://a", file: "b" }, { url: "not a URL" }])("not %j", (options) => {
    expect(() => createMetadataSource(options)).toThrowError(
      expect.objectContaining({ provider: "metadata-url" }),
    );
  });

  it("with a host that no resolver knows says so", async () => {
    const lookup = async () => {
      throw new Error("ENOTFOUND");
    };
    const source = createMetadataSource({ url: "https://idp.example.com/", lookup });
    expect(await rejection(source.read())).toMatchObject({
      code: "provider.network",
      retryable: true,
    });
    const slow = createMetadataSource({
      url: "https://idp.example.com/",
      lookup: () => new Promise(() => undefined),
      timeoutMs: 50,
    });
    expect(await rejection(slow.read())).toMatchObject({ code: "provider.timeout" });
  });
});

const openssl = requireProgram("openssl", ["version"]);

describe.skipIf(openssl.missing)(`over TLS${openssl.note}`, () => {
  it("connects to the address that was checked, under the name of the URL, asked once", async () => {
    const folder = mkdtempSync(join(tmpdir(), "samlcert-tls-"));
    cleanUp.push(() => rmSync(folder, { recursive: true }));
    const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const made = spawnSync("openssl", [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=idp.example.com",
      "-addext",
      "subjectAltName=DNS:idp.example.com",
      "-keyout",
      keyFile,
      "-out",
      certFile,
    ]);
    expect(made.status).toBe(0);
    const [key, cert] = [readFileSync(keyFile), readFileSync(certFile)];
    const port = await serve(
      (request, response) => response.end(metadata(`https://${request.headers.host}`)),
      { key, cert },
    );
    let asked = 0;
    const lookup = async () => {
      asked += 1;
      return [{ address: "127.0.0.1", family: 4 }];
    };
    const url = `https://idp.example.com:${port}/`;
    const source = createMetadataSource({
      url,
      lookup,
      ca: String(cert),
      allowPrivateAddresses: true,
    });
    expect((await source.read()).metadata.entities[0]?.entityId).toBe(
      `https://idp.example.com:${port}`,
    );
    expect(asked).toBe(1);
    const untrusting = createMetadataSource({ url, lookup, allowPrivateAddresses: true });
    const error = await rejection(untrusting.read());
    expect(error).toMatchObject({ code: "provider.network" });
    expect(error.message).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
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
    const source = await local((_, response) => response.end(xml), { trust, now: () => present });
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
      code: "provider.too_large",
    });
    // A device has no size.
    const endless = createMetadataSource({ file: "/dev/zero", maxBytes: 1000 });
    expect(await rejection(endless.read())).toMatchObject({ code: "provider.too_large" });
    expect(await rejection(createMetadataSource({ file: folder }).read())).toMatchObject({
      code: "provider.unreadable",
    });
    expect(await rejection(createMetadataSource({ file: `${file}.no` }).read())).toMatchObject({
      code: "provider.unreadable",
    });
  });
});
