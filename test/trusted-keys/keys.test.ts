import { writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCertificate, type TestCertificate } from "../../src/testing/index.ts";
import { createTrustedKeys, fileCache } from "../../src/trusted-keys/index.ts";
import { rejection } from "../providers/support.ts";
import { fingerprints, sha256, signedMetadata, start, temporaryFolder } from "./following.ts";
import { cleanUp, serve } from "./serving.ts";
import { IDP, idpMetadata, serviceProvider } from "./sign-in.ts";

let a: TestCertificate;
let b: TestCertificate;
let c: TestCertificate;
beforeAll(async () => {
  const make = () => createTestCertificate({ keyAlgorithm: "RSA-2048" });
  [a, b, c] = [await make(), await make(), await make()];
});

function temporaryFile(): string {
  return join(temporaryFolder(), "idp.json");
}

describe("createTrustedKeys", () => {
  it("reads at once, and gives the keys from memory", async () => {
    const { keys, server } = await start(idpMetadata([a, b]));
    const report = await keys.refresh();
    expect(report).toMatchObject({ state: "fresh", entityId: IDP, signature: "unsigned" });
    expect(report.keys.map((key) => key.sha256)).toEqual([sha256(a), sha256(b)]);
    expect(fingerprints(keys)).toEqual([sha256(a), sha256(b)]);
    expect(server.requests).toBe(1);
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ cached: false });
  });

  it("has no key before the first read, and says what to do", async () => {
    const { keys } = await start(500);
    expect(() => keys.current()).toThrow(expect.objectContaining({ code: "trusted_keys.none" }));
    const error = await rejection(keys.refresh());
    expect(error).toMatchObject({ name: "TrustedKeysError", code: "trusted_keys.none" });
    expect(keys.report()).toMatchObject({
      state: "none",
      lastFailure: { code: "provider.metadata_status" },
    });
  });

  it("makes one download for 1,000 concurrent callers", async () => {
    const { keys, server } = await start(idpMetadata([a]));
    await Promise.all(Array.from({ length: 1000 }, () => keys.refresh()));
    expect(server.requests).toBe(1);
  });

  it("asks conditionally after the first read", async () => {
    const { keys, server } = await start(idpMetadata([a]));
    await keys.refresh();
    await keys.refresh();
    expect(server).toMatchObject({ requests: 2, conditional: 1 });
  });

  it("finds its entity in an aggregate", async () => {
    const [own, other] = [
      idpMetadata([a]),
      idpMetadata([b], { entityId: "https://other.example" }),
    ];
    const aggregate = `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${other}${own}</EntitiesDescriptor>`;
    const { keys } = await start(aggregate);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
  });

  it("reads again when the time has come, also if the timer is late", async () => {
    const { keys, server, time } = await start(idpMetadata([a]), {
      refresh: { minSeconds: 60, maxSeconds: 3600 },
    });
    await keys.refresh();
    server.answer = idpMetadata([a, b]);
    time.ms += 3000 * 1000;
    keys.current();
    expect(server.requests).toBe(1);
    time.ms += 700 * 1000;
    keys.current();
    await keys.keyUnknown();
    expect(fingerprints(keys)).toEqual([sha256(a), sha256(b)]);
    expect(server.requests).toBe(2);
  });

  it("reads by its timer", async () => {
    const refresh = { minSeconds: 0.02, maxSeconds: 0.02 };
    const { keys, server } = await start(idpMetadata([a]), { refresh, clock: undefined });
    await keys.refresh();
    for (let i = 0; i < 200 && server.requests < 3; i++)
      await new Promise((r) => setTimeout(r, 10));
    expect(server.requests).toBeGreaterThanOrEqual(3);
  });

  it("says when it reads next: by cacheDuration, validUntil and max-age", async () => {
    const seconds = async (attributes: string, headers?: Record<string, string>) => {
      const metadata = idpMetadata([a], { attributes });
      const { keys, time } = await start(metadata, {}, headers);
      const { nextReadAt } = await keys.refresh();
      return (Date.parse(nextReadAt ?? "") - time.ms) / 1000;
    };
    const until = new Date(Date.now() + 2000 * 1000).toISOString();
    for (const [wait, most] of [
      [await seconds(""), 14_400],
      [await seconds('cacheDuration="PT1H"'), 2700],
      [await seconds(`validUntil="${until}" cacheDuration="PT1H"`), 1500],
      [await seconds('cacheDuration="PT1H"', { "cache-control": "public, max-age=800" }), 600],
      [await seconds('cacheDuration="PT1S"'), 300],
      [await seconds("", { "cache-control": "no-store, max-age=0" }), 14_400],
    ] as const) {
      expect(wait).toBeLessThanOrEqual(most);
      expect(wait).toBeGreaterThanOrEqual(Math.max(298, most * 0.9 - 2));
    }
  });
});

describe("trusted keys while the metadata is not as it was", () => {
  const oddities: readonly (readonly [string, () => string | number, string])[] = [
    ["an outage", () => 503, "provider.metadata_status"],
    ["garbage", () => "<<<", "xml.syntax"],
    ["an empty answer", () => "", "xml.syntax"],
    [
      "another entity",
      () => idpMetadata([b], { entityId: "https://evil.example" }),
      "trusted_keys.wrong_entity",
    ],
    ["a role without keys", () => idpMetadata([]), "trusted_keys.no_keys"],
    [
      "an expired document",
      () => idpMetadata([b], { attributes: 'validUntil="2020-01-01T00:00:00Z"' }),
      "trusted_keys.document_expired",
    ],
    [
      "a damaged key",
      () => idpMetadata([b]).replace(/<ds:X509Certificate>.{40}/, "<ds:X509Certificate>"),
      "metadata.no_usable_key",
    ],
  ];

  it.each(oddities)("stay the last good ones: %s", async (_, odd, code) => {
    const { keys, server, events } = await start(idpMetadata([a]));
    await keys.refresh();
    const signIn = serviceProvider(keys.idpCert);
    server.answer = odd();
    expect(await keys.refresh()).toMatchObject({ state: "stale" });
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    expect(await signIn(a)).toBe("ada@example.com");
    await expect(signIn(b)).rejects.toThrow("Invalid");
    const failed = events.at(-1);
    expect(failed?.type).toBe("failed");
    if (code !== "xml.syntax") expect(failed).toMatchObject({ code });
    server.answer = idpMetadata([a, b]);
    expect(await keys.refresh()).toMatchObject({ state: "fresh", lastFailure: undefined });
    expect(await signIn(b)).toBe("ada@example.com");
  });

  it("are those of verified documents only, if trust is given", async () => {
    const first = signedMetadata(idpMetadata([a]), c);
    const port = { answer: first };
    const number = await serve((_, response) => response.end(port.answer));
    const keys = createTrustedKeys({
      source: {
        url: `http://127.0.0.1:${number}/`,
        allowPrivateAddresses: true,
        trust: { certificates: [c.pem] },
      },
      entityId: IDP,
    });
    cleanUp.push(() => keys[Symbol.asyncDispose]());
    expect(await keys.refresh()).toMatchObject({ state: "fresh", signature: "verified" });
    for (const answer of [
      idpMetadata([b]),
      signedMetadata(idpMetadata([b]), b),
      first.replace(a.certificate.derBase64, b.certificate.derBase64),
    ]) {
      port.answer = answer;
      expect(await keys.refresh()).toMatchObject({ state: "stale" });
      expect(fingerprints(keys)).toEqual([sha256(a)]);
    }
  });

  it("are trusted no longer than validUntil says", async () => {
    const until = new Date(Date.now() + 3600 * 1000);
    const metadata = idpMetadata([a], { attributes: `validUntil="${until.toISOString()}"` });
    const { keys, server, time } = await start(metadata);
    await keys.refresh();
    server.answer = 503;
    time.ms = until.getTime() - 2000;
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    time.ms = until.getTime() + 1000;
    expect(() => keys.current()).toThrow(expect.objectContaining({ code: "trusted_keys.expired" }));
    expect(keys.report().state).toBe("expired");
    expect((await rejection(keys.refresh())).code).toBe("trusted_keys.expired");
  });

  it("are trusted no longer than maxStaleSeconds, without validUntil", async () => {
    const { keys, server, time } = await start(idpMetadata([a]), { maxStaleSeconds: 100 });
    await keys.refresh();
    server.answer = 503;
    time.ms += 90 * 1000;
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    time.ms += 20 * 1000;
    expect(() => keys.current()).toThrow(expect.objectContaining({ code: "trusted_keys.expired" }));
  });
});

describe("sign-ins through node-saml", () => {
  it("follow a rotation without a restart", async () => {
    const { keys, server } = await start(idpMetadata([a]));
    const signIn = serviceProvider(keys.idpCert);
    expect(await signIn(a)).toBe("ada@example.com");
    await expect(signIn(b)).rejects.toThrow();
    server.answer = idpMetadata([a, b]);
    await keys.refresh();
    expect([await signIn(a), await signIn(b)]).toEqual(["ada@example.com", "ada@example.com"]);
    server.answer = idpMetadata([b]);
    await keys.refresh();
    expect(await signIn(b)).toBe("ada@example.com");
    await expect(signIn(a)).rejects.toThrow();
  });

  it("wait for the first read, and fail alone while there is no key", async () => {
    const { keys, server, time } = await start(503);
    const signIn = serviceProvider(keys.idpCert);
    await expect(signIn(a)).rejects.toThrow("No key of https://idp.example.com is trusted yet.");
    const { requests } = server;
    await Promise.allSettled(Array.from({ length: 20 }, () => signIn(a)));
    expect(server.requests).toBe(requests);
    server.answer = idpMetadata([a]);
    time.ms += 11_000;
    expect(await signIn(a)).toBe("ada@example.com");
  });

  it("read at once for an unknown key, and a stranger cannot make them read again", async () => {
    const { keys, server, time } = await start(idpMetadata([a]));
    await keys.refresh();
    server.answer = idpMetadata([a, b]);
    expect(await keys.keyUnknown()).toBe(false);
    time.ms += 11_000;
    const answers = await Promise.all(Array.from({ length: 50 }, () => keys.keyUnknown()));
    expect(answers.every(Boolean)).toBe(true);
    expect(server.requests).toBe(2);
    expect(await serviceProvider(keys.idpCert)(b)).toBe("ada@example.com");
    for (let i = 0; i < 50; i++) expect(await keys.keyUnknown()).toBe(false);
    expect(server.requests).toBe(2);
    time.ms += 11_000;
    expect(await keys.keyUnknown()).toBe(false);
    expect(server.requests).toBe(3);
  });
});

describe("the cache", () => {
  it("lets a service start while the identity provider is down", async () => {
    const path = temporaryFile();
    const before = await start(idpMetadata([a, b]), { cache: fileCache(path) });
    await before.keys.refresh();
    await before.keys[Symbol.asyncDispose]();
    const { keys, server } = await start(503, { cache: fileCache(path) });
    const signIn = serviceProvider(keys.idpCert);
    expect(await signIn(b)).toBe("ada@example.com");
    expect(await keys.refresh()).toMatchObject({ state: "stale", cached: true });
    server.answer = idpMetadata([b]);
    expect(await keys.refresh()).toMatchObject({ state: "fresh", cached: false });
    await expect(signIn(a)).rejects.toThrow();
    expect(await readdir(join(path, ".."))).toEqual(["idp.json"]);
  });

  it.each([
    ["cut", (text: string) => text.slice(0, -20)],
    ["changed", (text: string) => text.replace(/"document":"..../, '"document":"AAAA')],
    ["of another format", () => '{"type":"FeatureCollection"}'],
    ["empty", () => ""],
    ["of another entity", (text: string) => text],
  ])("is not believed if it is %s", async (what, damage) => {
    const path = temporaryFile();
    const entityId = what === "of another entity" ? "https://other.example" : IDP;
    const metadata = idpMetadata([a], { entityId });
    const before = await start(metadata, { entityId, cache: fileCache(path) });
    await before.keys.refresh();
    await before.keys[Symbol.asyncDispose]();
    writeFileSync(path, damage(await readFile(path, "utf8")));
    const { keys, events } = await start(503, { cache: fileCache(path) });
    expect((await rejection(keys.refresh())).code).toBe("trusted_keys.none");
    expect(events[0]).toMatchObject({ type: "cache_failed", code: "trusted_keys.cache" });
  });

  it("that cannot be written is reported, and stops nothing", async () => {
    const { keys, events } = await start(idpMetadata([a]), {
      cache: fileCache("/no/such/folder/idp.json"),
    });
    expect(await keys.refresh()).toMatchObject({ state: "fresh" });
    expect(events.at(-1)).toMatchObject({ type: "cache_failed", code: "trusted_keys.cache" });
    expect(fingerprints(keys)).toEqual([sha256(a)]);
  });
});

describe("the end of trusted keys", () => {
  it("leaves no read, no timer and no listener", async () => {
    const stop = new AbortController();
    const { keys, server } = await start(idpMetadata([a]), {
      signal: stop.signal,
      refresh: { minSeconds: 0.01, maxSeconds: 0.01 },
      clock: undefined,
    });
    await keys.refresh();
    stop.abort();
    await keys[Symbol.asyncDispose]();
    const { requests } = server;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.requests).toBe(requests);
    expect(await keys.keyUnknown()).toBe(false);
    expect(fingerprints(keys)).toEqual([sha256(a)]);
  });

  it("aborts a read in progress", async () => {
    const port = await serve(() => undefined);
    const keys = createTrustedKeys({
      source: { url: `http://127.0.0.1:${port}/`, allowPrivateAddresses: true },
      entityId: IDP,
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const started = performance.now();
    await keys[Symbol.asyncDispose]();
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("is not needed for the process to exit: its timer does not count", async () => {
    const { keys } = await start(idpMetadata([a]));
    await keys.refresh();
    const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout");
    await keys[Symbol.asyncDispose]();
    const after = process.getActiveResourcesInfo().filter((name) => name === "Timeout");
    expect(timers.length).toBe(after.length);
  });
});

describe("options of createTrustedKeys", () => {
  const source = { file: "idp.xml" };

  it.each([
    [
      { source, entityID: IDP },
      'createTrustedKeys has no option "entityID". Did you mean "entityId"?',
    ],
    [{ source }, "entityId must be an entity ID."],
    [{ entityId: IDP }, "source must be a source or its options."],
    [{ source: { ...source, Url: 1 }, entityId: IDP }, "createMetadataSource has no option"],
    [{ source, entityId: IDP, refresh: { min: 1 } }, "createTrustedKeys.refresh has no option"],
    [{ source, entityId: IDP, refresh: { factor: 2 } }, "factor must be between 0 and 1."],
    [{ source, entityId: IDP, maxStaleSeconds: "1" }, "maxStaleSeconds must be a number"],
    [{ source, entityId: IDP, drift: { replaced: "ask" } }, 'replaced must be one of "accept"'],
    [{ source, entityId: IDP, drift: { replace: "stage" } }, 'Did you mean "replaced"?'],
    [{ source, entityId: IDP, confirmAfterSignIns: 0 }, "confirmAfterSignIns must be a whole"],
  ])("%j are refused", (options, message) => {
    expect(() => Reflect.apply(createTrustedKeys, undefined, [options])).toThrow(message);
  });
});
