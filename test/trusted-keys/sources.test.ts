import { once } from "node:events";
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCertificate, type TestCertificate } from "../../src/testing/index.ts";
import {
  createMetadataSource,
  createTrustedKeys,
  fileCache,
  type MetadataSourceOptions,
  type TrustedKeys,
  type TrustedKeysEvent,
} from "../../src/trusted-keys/index.ts";
import { rejection } from "../providers/support.ts";
import { collectGarbage } from "../support/garbage.ts";
import { fingerprints, sha256, signedMetadata, start, temporaryFolder } from "./following.ts";
import { cleanUp, serve } from "./serving.ts";
import { IDP, idpMetadata } from "./sign-in.ts";

let a: TestCertificate;
let b: TestCertificate;
let signer: TestCertificate;
beforeAll(async () => {
  const make = () => createTestCertificate({ keyAlgorithm: "RSA-2048" });
  [a, b, signer] = [await make(), await make(), await make()];
});

function follow(source: MetadataSourceOptions, entityId = IDP) {
  const events: TrustedKeysEvent[] = [];
  const keys = createTrustedKeys({
    source,
    entityId,
    onEvent: (event) => void events.push(event),
  });
  cleanUp.push(() => keys[Symbol.asyncDispose]());
  return { keys, events };
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 3000 && !holds(); waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(holds()).toBe(true);
}

const has = (keys: TrustedKeys, ...wanted: readonly TestCertificate[]) => {
  return () => fingerprints(keys).join() === wanted.map(sha256).join();
};

/** Replaces a file as a deployment does. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

describe("a file", () => {
  it("is followed when it is replaced, or written in place", async () => {
    const file = join(temporaryFolder(), "idp.xml");
    writeFileSync(file, idpMetadata([a]));
    const { keys } = follow({ file });
    await keys.refresh();
    replace(file, idpMetadata([a, b]));
    await until(has(keys, a, b));
    writeFileSync(file, idpMetadata([b]));
    await until(has(keys, b));
  });

  it("is followed through the symbolic links of a Kubernetes volume", async () => {
    const folder = temporaryFolder();
    const version = (name: string, text: string): void => {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "idp.xml"), text);
      symlinkSync(name, join(folder, "..data.new"));
      renameSync(join(folder, "..data.new"), join(folder, "..data"));
    };
    version("..1", idpMetadata([a]));
    symlinkSync(join("..data", "idp.xml"), join(folder, "idp.xml"));
    const { keys } = follow({ file: join(folder, "idp.xml") });
    await keys.refresh();
    version("..2", idpMetadata([a, b]));
    await until(has(keys, a, b));
  });

  it("that is half-written, empty or gone changes nothing", async () => {
    const file = join(temporaryFolder(), "idp.xml");
    writeFileSync(file, idpMetadata([a]));
    const { keys, events } = follow({ file });
    await keys.refresh();
    const failures = () => events.filter(({ type }) => type === "failed").length;
    const next = idpMetadata([a, b]);
    for (const break_ of [
      () => writeFileSync(file, next.slice(0, next.length - 30)),
      () => writeFileSync(file, ""),
      () => rmSync(file),
    ]) {
      const before = failures();
      break_();
      await until(() => failures() > before);
      expect(fingerprints(keys)).toEqual([sha256(a)]);
    }
    writeFileSync(file, next);
    await until(has(keys, a, b));
  });

  it("is not believed while it is being written", async () => {
    const file = join(temporaryFolder(), "idp.xml");
    const source = createMetadataSource({ file });
    const text = idpMetadata([a]).padEnd(idpMetadata([b]).length);
    writeFileSync(file, text);
    const handle = await open(file, "r+");
    let isWriting = true;
    // Rewrites the same length with other content: no half of it is malformed.
    const other = idpMetadata([b]).padEnd(text.length);
    const writing = (async () => {
      while (isWriting) {
        for (const version of [other, text]) {
          await handle.write(version.slice(0, 900), 0);
          await new Promise((resolve) => setTimeout(resolve, 5));
          await handle.write(version.slice(900), 900);
        }
      }
    })();
    setTimeout(() => {
      isWriting = false;
    }, 600);
    const { bytes } = await source.read();
    expect([text, other]).toContain(new TextDecoder().decode(bytes));
    await writing;
    await handle.close();
  });
});

describe("a folder", () => {
  const metadata = (name: string, key: TestCertificate): string =>
    idpMetadata([key], { entityId: `https://${name}.example` });

  it("gives each entity its file, and follows it", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "one.xml"), metadata("one", a));
    writeFileSync(join(folder, "two.xml"), metadata("two", b));
    writeFileSync(join(folder, "broken.xml"), "<Entity");
    writeFileSync(join(folder, "README.txt"), "no metadata");
    const { keys: one } = follow({ folder }, "https://one.example");
    const { keys: two } = follow({ folder }, "https://two.example");
    await Promise.all([one.refresh(), two.refresh()]);
    expect([fingerprints(one), fingerprints(two)]).toEqual([[sha256(a)], [sha256(b)]]);
    replace(join(folder, "two.xml"), metadata("two", a));
    await until(has(two, a));
    expect(fingerprints(one)).toEqual([sha256(a)]);
    rmSync(join(folder, "one.xml"));
    await one.refresh();
    expect(one.report()).toMatchObject({ state: "stale" });
    expect(fingerprints(one)).toEqual([sha256(a)]);
  });

  it("refuses an entity that is in two files, or in none", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "1.xml"), metadata("one", a));
    writeFileSync(join(folder, "2.xml"), metadata("one", b));
    for (const [entityId, count] of [
      ["https://one.example", 2],
      ["https://two.example", 0],
    ] as const) {
      const error = await rejection(createMetadataSource({ folder, entityId }).read());
      expect(error).toMatchObject({
        code: "provider.metadata_folder",
        message: `The metadata folder has ${count} files with ${entityId} instead of one.`,
      });
    }
  });

  it("is read as a whole document by read", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "one.xml"), metadata("one", a));
    const source = createMetadataSource({ folder, entityId: "https://one.example" });
    expect(await source.read()).toMatchObject({ from: join(folder, "one.xml"), changed: true });
  });
});

describe("a metadata query service", () => {
  const SHA1 = /^\/entities\/%7Bsha1%7D[0-9a-f]{40}$/;

  async function service(answer: () => string, options: Partial<MetadataSourceOptions> = {}) {
    const seen: string[] = [];
    const port = await serve((request, response) => {
      seen.push(request.url ?? "");
      response.end(answer());
    });
    const mdq = { baseUrl: `http://127.0.0.1:${port}/` };
    const trust = { certificates: [signer.pem] };
    const { keys } = follow({ mdq, allowPrivateAddresses: true, trust, ...options });
    return { keys, seen, baseUrl: mdq.baseUrl };
  }

  it("is asked for the SHA-1 of the entity ID, and must sign its answer", async () => {
    let answer = signedMetadata(idpMetadata([a]), signer);
    const { keys, seen } = await service(() => answer);
    expect(await keys.refresh()).toMatchObject({ signature: "verified", state: "fresh" });
    expect(seen[0]).toMatch(SHA1);
    for (const odd of [
      idpMetadata([b]),
      signedMetadata(idpMetadata([b]), b),
      signedMetadata(idpMetadata([b], { entityId: "https://other.example" }), signer),
      signedMetadata(
        `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${idpMetadata([b])}${idpMetadata([b], { entityId: "https://other.example" })}</EntitiesDescriptor>`.replace(
          "<EntitiesDescriptor ",
          '<EntitiesDescriptor ID="_a" validUntil="2999-01-01T00:00:00Z" ',
        ),
        signer,
      ),
      signedMetadata(idpMetadata([b]), signer, "2020-01-01T00:00:00Z"),
    ]) {
      answer = odd;
      expect(await keys.refresh()).toMatchObject({ state: "stale" });
      expect(fingerprints(keys)).toEqual([sha256(a)]);
    }
  });

  it("is asked for the plain entity ID, and may leave out the signature, if so told", async () => {
    const port = await serve((request, response) => {
      expect(request.url).toBe("/mdq/entities/https%3A%2F%2Fidp.example.com");
      response.end(idpMetadata([a]));
    });
    const baseUrl = `http://127.0.0.1:${port}/mdq`;
    const mdq = { baseUrl, transform: "plain", allowUnsigned: true } as const;
    const { keys } = follow({ mdq, allowPrivateAddresses: true });
    expect(await keys.refresh()).toMatchObject({ signature: "unsigned" });
  });

  it.each([
    [{ mdq: { baseUrl: "https://mdq.example" } }, "trust must be given for mdq"],
    [{ mdq: { baseUrl: "https://mdq.example", sha1: true } }, "mdq has no option"],
    [{ mdq: {}, trust: {} }, "mdq.baseUrl must be the URL"],
  ])("is refused without its rules: %j", (options, message) => {
    expect(() => Reflect.apply(createMetadataSource, undefined, [options])).toThrow(message);
  });

  it("is asked over https only", async () => {
    const trust = { certificates: [signer.pem] };
    const source = createMetadataSource({
      mdq: { baseUrl: "http://mdq.example.org" },
      trust,
      entityId: IDP,
    });
    expect((await rejection(source.read())).code).toBe("provider.metadata_url");
  });
});

describe("an aggregate", () => {
  /** Entities before and after the wanted one. */
  const aggregate = (count: number, wanted: string, attributes = ""): string => {
    const others = (from: number) =>
      Array.from({ length: count }, (_, index) =>
        idpMetadata([b], { entityId: `https://idp${from + index}.example` }),
      ).join("");
    return `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" ${attributes}>${others(0)}${wanted}${others(count)}</EntitiesDescriptor>`;
  };

  it("of 100 MB takes a fraction of that in memory", async () => {
    const others = idpMetadata([b], { entityId: "https://other.example" }).repeat(1000);
    let sent = 0;
    const port = await serve(async (_, response) => {
      const write = async (text: string): Promise<void> => {
        sent += text.length;
        if (!response.write(text)) await once(response, "drain");
      };
      await write(aggregate(0, "").replace("</EntitiesDescriptor>", ""));
      for (let count = 0; count < 40; count++) await write(others);
      await write(idpMetadata([a]));
      for (let count = 0; count < 40; count++) await write(others);
      response.end("</EntitiesDescriptor>");
    });
    const url = `http://127.0.0.1:${port}/`;
    const limits = { maxBytes: 200_000_000, timeoutMs: 60_000 };
    const used = (): number => {
      collectGarbage();
      return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    };
    const before = used();
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, used());
    }, 250);
    const { keys } = follow({ url, allowPrivateAddresses: true, ...limits });
    await keys.refresh();
    clearInterval(watch);
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    expect(sent).toBeGreaterThan(100_000_000);
    expect(most - before).toBeLessThan(60_000_000);
  }, 60_000);

  it("is verified as a whole, and its copy again when it is read from the cache", async () => {
    const file = join(temporaryFolder(), "idp.json");
    const dated = 'ID="_g" validUntil="2999-01-01T00:00:00Z"';
    const { signMetadata } = await import("../../src/signature/index.ts");
    const key = { privateKey: signer.privateKeyPem, certificate: signer.pem };
    const text = signMetadata(aggregate(50, idpMetadata([a]), dated), key);
    const from = { trust: { certificates: [signer.pem] } };
    const before = await start(text, { cache: fileCache(file) }, {}, from);
    expect(await before.keys.refresh()).toMatchObject({ signature: "verified" });
    before.server.answer = text.replace("https://idp3.example", "https://idp4.example");
    expect(await before.keys.refresh()).toMatchObject({ state: "stale" });
    await before.keys[Symbol.asyncDispose]();
    const { keys } = await start(503, { cache: fileCache(file) }, {}, from);
    expect(await keys.refresh()).toMatchObject({ signature: "verified", cached: true });
    const stranger = { trust: { certificates: [b.pem] } };
    const other = await start(503, { cache: fileCache(file) }, {}, stranger);
    expect((await rejection(other.keys.refresh())).code).toBe("trusted_keys.none");
  });

  it("refuses an entity that it contains twice", async () => {
    const twice = aggregate(2, idpMetadata([a]) + idpMetadata([b]));
    const { keys } = await start(twice);
    await rejection(keys.refresh());
    expect(keys.report().lastFailure?.code).toBe("trusted_keys.wrong_entity");
  });
});
