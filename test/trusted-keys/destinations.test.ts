import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createMetadataSource } from "../../src/trusted-keys/index.ts";
import { createAddressCheck } from "../../src/trusted-keys/source/addresses.ts";
import { rejection } from "../providers/support.ts";
import { fc } from "../support/property.ts";
import { requireProgram } from "../support/require.ts";
import { cleanUp, local, metadata, serve } from "./serving.ts";

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
    expect(await rejection(endless.read())).toMatchObject({ code: "provider.metadata_redirect" });
  });

  it.each([
    ["out of https", "http://198.51.100.7/metadata", "provider.metadata_url"],
    ["to a password", "https://user:pass@idp.example.com/", "provider.metadata_url"],
    ["to a file", "file:///etc/passwd", "provider.metadata_url"],
    ["nowhere", "https://[bad", "provider.metadata_redirect"],
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
      expect(error.code).toBe("provider.metadata_url");
    }
  });

  it.each([{}, { url: "https://a", file: "b" }])("not %j", (options) => {
    expect(() => createMetadataSource(options)).toThrow(
      new TypeError("options must be an object with url, file, folder or mdq."),
    );
  });

  it("not text that is no URL", () => {
    expect(() => createMetadataSource({ url: "not a URL" })).toThrow(
      expect.objectContaining({ code: "provider.metadata_url", provider: "metadata-url" }),
    );
  });

  it("with a host that no resolver knows says so", async () => {
    const lookup = async () => {
      throw new Error("ENOTFOUND");
    };
    const source = createMetadataSource({ url: "https://idp.example.com/", lookup });
    expect(await rejection(source.read())).toMatchObject({
      code: "provider.unreachable",
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
    expect(error).toMatchObject({ code: "provider.tls" });
    expect(error.message).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
  });
});
