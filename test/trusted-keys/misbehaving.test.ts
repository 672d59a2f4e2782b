import type { IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, createServer as createNetServer, type Socket } from "node:net";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCertificate, type TestCertificate } from "../../src/testing/index.ts";
import { createTrustedKeys, type TrustedKeysOptions } from "../../src/trusted-keys/index.ts";
import { fingerprints, sha256, start } from "./following.ts";
import { cleanUp, type Handler, serve } from "./serving.ts";
import { IDP, idpMetadata, serviceProvider } from "./sign-in.ts";

let a: TestCertificate;
let b: TestCertificate;
beforeAll(async () => {
  a = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
  b = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
});

/** Keys that have followed a sound server, whose answers are then another handler's. */
async function followed(options: Partial<TrustedKeysOptions> = {}) {
  let handler: Handler = (_, response) => void response.end(idpMetadata([a]));
  let requests = 0;
  const port = await serve((request, response) => {
    requests += 1;
    handler(request, response);
  });
  const url = `http://127.0.0.1:${port}/`;
  const limits = { timeoutMs: 400, maxBytes: 200_000 };
  const keys = createTrustedKeys({
    source: { url, allowPrivateAddresses: true, ...limits },
    entityId: IDP,
    ...options,
  });
  cleanUp.push(() => keys[Symbol.asyncDispose]());
  await keys.refresh();
  return {
    keys,
    url,
    requests: () => requests,
    turn(next: Handler): void {
      handler = next;
    },
  };
}

type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

/** The text of new keys, which none of these answers may bring in. */
const next = (): string => idpMetadata([b]);

/** Writes a byte at a time, each after a pause. */
function drip(response: ServerResponse, text: string): void {
  response.writeHead(200);
  let at = 0;
  const timer = setInterval(() => {
    if (at < text.length && !response.destroyed) response.write(text[at++]);
    else clearInterval(timer);
  }, 20);
}

const BLANK = Buffer.alloc(5_000_000, " ");
const BOMBS = {
  gzip: gzipSync(BLANK),
  deflate: deflateSync(BLANK),
  br: brotliCompressSync(BLANK, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
};

const REFUSED: readonly (readonly [string, Answer, string])[] = [
  ["a body that drips", (r) => drip(r, next()), "provider.timeout"],
  ["chunks without an end", (r) => endless(r), "provider.too_large"],
  ["a longer length than the body", (r) => cut(r), "provider.network"],
  ["half of the document", (r) => r.end(next().slice(0, 900)), "xml.truncated"],
  ["a gzip bomb", (r) => coded(r, "gzip", BOMBS.gzip), "provider.too_large"],
  ["a deflate bomb", (r) => coded(r, "deflate", BOMBS.deflate), "provider.too_large"],
  ["a brotli bomb", (r) => coded(r, "br", BOMBS.br), "provider.too_large"],
  [
    "gzip that is cut",
    (r) => coded(r, "gzip", gzipSync(next()).subarray(0, 200)),
    "provider.network",
  ],
  ["an unknown coding", (r) => coded(r, "zstd", Buffer.from([40, 181, 47, 253, 0])), ""],
  [
    "a redirect to itself",
    (r) => r.writeHead(302, { location: "/" }).end(),
    "provider.metadata_redirect",
  ],
  [
    "redirects in a circle",
    (r, q) => r.writeHead(307, { location: q.url === "/x" ? "/y" : "/x" }).end(),
    "provider.metadata_redirect",
  ],
  [
    "a redirect to http elsewhere",
    (r) => r.writeHead(301, { location: "http://idp.example.org/" }).end(),
    "provider.metadata_url",
  ],
  [
    "a redirect to a file",
    (r) => r.writeHead(302, { location: "file:///etc/passwd" }).end(),
    "provider.metadata_url",
  ],
  [
    "a redirect to data",
    (r) => r.writeHead(302, { location: `data:text/xml,${encodeURIComponent(next())}` }).end(),
    "provider.metadata_url",
  ],
  ["a redirect without a place", (r) => r.writeHead(302).end(next()), "provider.metadata_redirect"],
  ["300 with choices", (r) => r.writeHead(300).end(next()), "provider.metadata_status"],
  [
    "206, a part",
    (r) => r.writeHead(206, { "content-range": "bytes 0-99/999" }).end(next()),
    "provider.metadata_status",
  ],
  ["203, changed on the way", (r) => r.writeHead(203).end(next()), "provider.metadata_status"],
  ["201", (r) => r.writeHead(201).end(next()), "provider.metadata_status"],
  ["204", (r) => r.writeHead(204).end(), "provider.metadata_status"],
  ["304 to an unconditional request", (r) => r.writeHead(304).end(), "provider.metadata_status"],
  ["an empty body", (r) => r.end(), ""],
  ["white space", (r) => r.end("\n \n"), ""],
  [
    "a login page",
    (r) =>
      r
        .writeHead(200, { "content-type": "text/html" })
        .end("<!DOCTYPE html><html><form action=login></form></html>"),
    "xml.not_xml",
  ],
  [
    "a login page in XHTML",
    (r) => r.end('<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'),
    "",
  ],
  ["JSON", (r) => r.end('{"error":"moved"}'), ""],
  ["metadata after a banner of PHP", (r) => r.end(`Warning: x\n${next()}`), ""],
  ["two documents", (r) => r.end(next() + next()), ""],
  ["a document with more after it", (r) => r.end(`${next()}<script/>`), ""],
  [
    "UTF-16 that says UTF-8",
    (r) => r.end(Buffer.from(`<?xml version="1.0" encoding="utf-8"?>${next()}`, "utf16le")),
    "",
  ],
  ["a NUL inside", (r) => r.end(next().replace("<IDP", "\0<IDP")), ""],
  ["an entity bomb", (r) => r.end(`<!DOCTYPE a [<!ENTITY x "y">]>${next()}`), "xml.doctype"],
  [
    "keys of another role",
    (r) => r.end(next().replaceAll("IDPSSODescriptor", "AttributeAuthorityDescriptor")),
    "trusted_keys.no_keys",
  ],
  [
    "keys for encryption",
    (r) => r.end(next().replaceAll('use="signing"', 'use="encryption"')),
    "trusted_keys.no_keys",
  ],
  [
    "a key without a certificate",
    (r) => r.end(next().replace(/<ds:X509Data>.*<\/ds:X509Data>/, "<ds:KeyName>b</ds:KeyName>")),
    "trusted_keys.no_keys",
  ],
  [
    "an entity ID with a blank",
    (r) => r.end(next().replace(`"${IDP}"`, `"${IDP} "`)),
    "trusted_keys.wrong_entity",
  ],
  [
    "an entity ID in capitals",
    (r) => r.end(next().replace(`"${IDP}"`, `"${IDP.toUpperCase()}"`)),
    "trusted_keys.wrong_entity",
  ],
  [
    "a validUntil in the past",
    (r) => r.end(idpMetadata([b], { attributes: 'validUntil="2001-01-01T00:00:00Z"' })),
    "trusted_keys.document_expired",
  ],
  [
    "a validUntil that is no time",
    (r) => r.end(idpMetadata([b], { attributes: 'validUntil="tomorrow"' })),
    "trusted_keys.document_expired",
  ],
  [
    "too many headers",
    (r) =>
      r
        .writeHead(200, Object.fromEntries(Array.from({ length: 4000 }, (_, i) => [`x-${i}`, "1"])))
        .end(next()),
    "provider.network",
  ],
  [
    "503 with Retry-After",
    (r) => r.writeHead(503, { "retry-after": "7200" }).end(),
    "provider.metadata_status",
  ],
  ["429", (r) => r.writeHead(429, { "retry-after": "garbage" }).end(), "provider.metadata_status"],
  [
    "401",
    (r) => r.writeHead(401, { "www-authenticate": "Basic" }).end(next()),
    "provider.metadata_status",
  ],
];

function endless(response: ServerResponse): void {
  response.writeHead(200);
  const more = (): void => {
    while (!response.destroyed && response.write(" ".repeat(10_000)));
  };
  response.on("drain", more);
  more();
}

function cut(response: ServerResponse): void {
  response.writeHead(200, { "content-length": next().length + 10 });
  response.write(next());
  setTimeout(() => response.destroy(), 20);
}

function coded(response: ServerResponse, coding: string, body: Uint8Array): void {
  response.writeHead(200, { "content-encoding": coding }).end(body);
}

describe("keys stay, and nobody else signs in, when the server answers with", () => {
  it.each(REFUSED)("%s", async (_, answer, code) => {
    const { keys, turn } = await followed();
    turn((request, response) => void answer(response, request));
    const { state, lastFailure } = await keys.refresh();
    expect(state).toBe("stale");
    if (code === "") expect(lastFailure?.code).toMatch(/^(?:xml|metadata|provider)\./);
    else expect(lastFailure?.code).toBe(code);
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    const signIn = serviceProvider(keys.idpCert);
    expect(await signIn(a)).toBe("ada@example.com");
    await expect(signIn(b)).rejects.toThrow("Invalid");
    turn((_request, response) => void response.end(idpMetadata([a, b])));
    expect(await keys.refresh()).toMatchObject({ state: "fresh" });
    expect(await signIn(b)).toBe("ada@example.com");
  });

  it("bytes that are no HTTP, or a connection that is refused", async () => {
    const sockets = new Set<Socket>();
    let say = `HTTP/1.1 200 OK\r\ncontent-length: ${idpMetadata([a]).length}\r\n\r\n${idpMetadata([a])}`;
    const server = createNetServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("data", () => socket.end(say));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const source = {
      url: `http://127.0.0.1:${port}/`,
      allowPrivateAddresses: true,
      timeoutMs: 500,
    };
    const keys = createTrustedKeys({ source, entityId: IDP });
    cleanUp.push(() => keys[Symbol.asyncDispose]());
    await keys.refresh();
    say = "\u0016\u0003\u0001 this is TLS";
    expect(await keys.refresh()).toMatchObject({
      state: "stale",
      lastFailure: { code: "provider.network" },
    });
    await new Promise((resolve) => server.close(resolve));
    expect(await keys.refresh()).toMatchObject({ lastFailure: { code: "provider.unreachable" } });
    const tls = createTrustedKeys({
      source: { ...source, url: `https://127.0.0.1:${port}/` },
      entityId: IDP,
    });
    cleanUp.push(() => tls[Symbol.asyncDispose]());
    await expect(tls.refresh()).rejects.toThrow("No key");
    expect(fingerprints(keys)).toEqual([sha256(a)]);
  });
});

describe("hints of a server about time", () => {
  const wait = async (headers: Record<string, string>): Promise<number> => {
    const { keys, time } = await start(idpMetadata([a]), {}, headers);
    const { nextReadAt } = await keys.refresh();
    return (Date.parse(nextReadAt ?? "") - time.ms) / 1000;
  };
  const date = new Date().toUTCString();
  const later = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();

  it.each([
    ["max-age", { "cache-control": "max-age=4000" }, 3000],
    ["max-age that has aged on the way", { "cache-control": "max-age=4000", age: "2000" }, 1500],
    [
      "max-age before Expires",
      { "cache-control": "max-age=4000", date, expires: later(800) },
      3000,
    ],
    ["Expires", { date, expires: later(4000) }, 3000],
    [
      "Expires by a clock of another year",
      {
        date: new Date("2041-01-01T00:00:00Z").toUTCString(),
        expires: new Date("2041-01-01T01:00:00Z").toUTCString(),
      },
      2700,
    ],
    ["Expires in the past", { date, expires: later(-99) }, 14_400],
    ["Expires that is no date", { date, expires: "0" }, 14_400],
    ["a max-age of 30 years", { "cache-control": "max-age=999999999" }, 14_400],
    ["a negative Age", { "cache-control": "max-age=4000", age: "-5" }, 3000],
  ])("are followed within the limits: %s", async (_, headers, most) => {
    const seconds = await wait(headers);
    expect(seconds).toBeLessThanOrEqual(most);
    expect(seconds).toBeGreaterThanOrEqual(most * 0.9 - 3);
  });

  it("in Retry-After are followed up to the longest wait", async () => {
    const { keys, turn } = await followed();
    const next = async (value: string): Promise<number> => {
      turn((_, response) => void response.writeHead(503, { "retry-after": value }).end());
      const before = Date.now();
      const { nextReadAt } = await keys.refresh();
      return Math.round((Date.parse(nextReadAt ?? "") - before) / 1000);
    };
    expect(await next("3600")).toBeGreaterThanOrEqual(3599);
    expect(await next("99999999")).toBeLessThanOrEqual(14_400);
    expect(await next("0")).toBeLessThanOrEqual(1200);
  });
});

describe("conditional requests", () => {
  it("survive an ETag that changes with the same body, and one that stays with another", async () => {
    let etag = 0;
    let body = idpMetadata([a]);
    const { keys, turn } = await followed();
    turn((_, response) => void response.writeHead(200, { etag: `"${etag++}"` }).end(body));
    for (let count = 0; count < 3; count++) {
      expect(await keys.refresh()).toMatchObject({ state: "fresh" });
    }
    body = idpMetadata([a, b]);
    turn((_, response) => void response.writeHead(200, { etag: '"2"' }).end(body));
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a), sha256(b)]);
  });

  it("do not carry the ETag of a document that was refused", async () => {
    const seen: (string | undefined)[] = [];
    const { keys, turn } = await followed();
    turn((request, response) => {
      seen.push(request.headers["if-none-match"]);
      response.writeHead(200, { etag: '"bad"' }).end("<html/>");
    });
    await keys.refresh();
    await keys.refresh();
    expect(seen).toEqual([undefined, undefined]);
  });

  it("expire a document that the server calls unchanged for too long", async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const { keys, time, server } = await start(
      idpMetadata([a], { attributes: `validUntil="${until}"` }),
    );
    await keys.refresh();
    time.ms += 3_000_000;
    expect(await keys.refresh()).toMatchObject({ state: "fresh" });
    expect(server.conditional).toBe(1);
    time.ms += 700_000;
    await expect(keys.refresh()).rejects.toThrow("were trusted until");
    expect(keys.report().lastFailure?.code).toBe("trusted_keys.document_expired");
  });
});

describe("a clock that jumps", () => {
  it("backwards neither stops the reads nor the answer to an unknown key", async () => {
    const { keys, time, server } = await start(idpMetadata([a]));
    await keys.refresh();
    time.ms -= 30 * 86_400_000;
    server.answer = idpMetadata([a, b]);
    expect(await keys.keyUnknown()).toBe(true);
    time.ms -= 30 * 86_400_000;
    server.answer = idpMetadata([b]);
    keys.current();
    await keys.keyUnknown();
    expect(fingerprints(keys)).toEqual([sha256(b)]);
    const { requests } = server;
    for (let count = 0; count < 20; count++) keys.current();
    expect(server.requests).toBe(requests);
  });

  it("forwards beyond validUntil ends the trust, and back again restores it", async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const { keys, time, server } = await start(
      idpMetadata([a], { attributes: `validUntil="${until}"` }),
    );
    await keys.refresh();
    server.answer = 503;
    time.ms += 86_400_000;
    expect(() => keys.current()).toThrow("were trusted until");
    time.ms -= 86_400_000;
    expect(fingerprints(keys)).toEqual([sha256(a)]);
  });
});
