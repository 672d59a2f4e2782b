import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createTestCertificate,
  type Misbehaviour,
  startFakeIdentityProvider,
  type TestCertificate,
} from "../../src/testing/index.ts";
import { createTrustedKeys, fileCache } from "../../src/trusted-keys/index.ts";
import { fc } from "../support/property.ts";
import { fingerprints, sha256, temporaryFolder } from "./following.ts";
import { cleanUp, serve } from "./serving.ts";
import { IDP, idpMetadata, serviceProvider } from "./sign-in.ts";

/** The keys of one identity provider, one after another, and one of a stranger. */
let keys: readonly TestCertificate[];
let stranger: TestCertificate;
beforeAll(async () => {
  const make = () => createTestCertificate({ keyAlgorithm: "RSA-2048" });
  keys = await Promise.all(Array.from({ length: 6 }, make));
  stranger = await make();
}, 60_000);

const FAILURES: readonly Misbehaviour[] = [
  "unavailable",
  "garbage",
  "stale",
  "other_entity",
  "wrong_signature",
  "changed",
  "expired",
];

type Step = "announce" | "withdraw" | "restart" | Misbehaviour;

/** A sequence of an identity provider's days, with a service that is restarted in between. */
async function live(steps: readonly Step[], isSigned: boolean): Promise<number> {
  const [first, second] = keys as [TestCertificate, TestCertificate];
  const idp = await startFakeIdentityProvider({
    entityId: IDP,
    certificates: [first, second],
    signMetadata: isSigned,
    ...(isSigned && { validForSeconds: 86_400 }),
  });
  const cache = fileCache(join(temporaryFolder(), "idp.json"));
  const trust = isSigned ? { certificates: [idp.metadataSigner?.pem ?? ""] } : undefined;
  const open = () =>
    createTrustedKeys({
      source: { url: idp.metadataUrl, allowPrivateAddresses: true, trust },
      entityId: IDP,
      cache,
    });
  let published: readonly TestCertificate[] = [first];
  idp.publish(published);
  let trusted = open();
  try {
    await trusted.refresh();
    let signIns = 0;
    for (const step of steps) {
      const newest = keys.indexOf(published.at(-1) as TestCertificate);
      idp.misbehave();
      if (step === "announce" && published.length === 1 && newest + 1 < keys.length) {
        published = [...published, keys[newest + 1] as TestCertificate];
        idp.publish(published);
      } else if (step === "withdraw" && published.length === 2) {
        published = published.slice(1);
        idp.publish(published);
      } else if (FAILURES.includes(step as Misbehaviour)) {
        idp.misbehave(step as Misbehaviour);
      }
      if (step === "restart") {
        await trusted[Symbol.asyncDispose]();
        idp.misbehave("unavailable");
        trusted = open();
      }
      await trusted.refresh();
      // A careful operator lets in whoever signs with a key of the last sound document, and nobody else.
      const signIn = serviceProvider(trusted.idpCert);
      for (const key of [...keys.slice(0, newest + 2), stranger]) {
        const isAllowed = published.includes(key);
        const user = await signIn(key).catch(() => undefined);
        expect(user, `${steps.join()}: ${step}`).toBe(isAllowed ? "ada@example.com" : undefined);
        signIns += 1;
      }
    }
    return signIns;
  } finally {
    await trusted[Symbol.asyncDispose]();
    await idp.close();
  }
}

describe("sign-ins through node-saml while the identity provider has its days", () => {
  const step = fc.constantFrom<Step>("announce", "withdraw", "restart", ...FAILURES);
  const steps = fc.array(step, { minLength: 4, maxLength: 8 });

  it("succeed exactly with the keys of the last sound document, signed metadata", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        await live(["announce", ...sequence], true);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);

  it("succeed exactly with the keys of the last sound document, unsigned metadata", async () => {
    // Without a signature nobody can tell a changed document.
    const isSeen = (one: Step) => one !== "wrong_signature" && one !== "changed";
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        await live(["announce", "withdraw", ...sequence.filter(isSeen)], false);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);
});

describe("a service that is killed while it writes its cache", () => {
  it("starts with the keys of a document that was published, while the server is down", async () => {
    const folder = temporaryFolder();
    const program = join(folder, "service.mjs");
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import { createTrustedKeys, fileCache } from "./index.ts";
          const [url, path] = process.argv.slice(2);
          const keys = createTrustedKeys({
            source: { url, allowPrivateAddresses: true },
            entityId: "${IDP}",
            cache: fileCache(path),
          });
          for (;;) {
            await keys.refresh();
            process.stdout.write(".");
          }`,
        resolveDir: join(import.meta.dirname, "../../src/trusted-keys"),
        loader: "ts",
      },
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      logLevel: "error",
    });
    writeFileSync(program, outputFiles[0]?.text ?? "");
    let isDown = false;
    let count = 0;
    const port = await serve((_, response) => {
      const pair = [keys[0], keys[1 + (count++ % 2)]] as TestCertificate[];
      if (isDown) response.writeHead(503).end();
      // The comment makes each copy another one.
      else response.end(`${idpMetadata(pair)}<!-- ${count} -->`);
    });
    const url = `http://127.0.0.1:${port}/`;
    const path = join(folder, "idp.json");
    for (const milliseconds of [0, 3, 9, 17]) {
      isDown = false;
      const child = spawn(process.execPath, [program, url, path], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = new Promise((resolve) => child.once("close", resolve));
      await new Promise((resolve) => child.stdout.once("data", resolve));
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      child.kill("SIGKILL");
      await ended;
      isDown = true;
      const trusted = createTrustedKeys({
        source: { url, allowPrivateAddresses: true },
        entityId: IDP,
        cache: fileCache(path),
      });
      cleanUp.push(() => trusted[Symbol.asyncDispose]());
      expect(await trusted.refresh()).toMatchObject({ state: "stale", cached: true });
      const known = keys.slice(0, 3).map(sha256);
      const found = fingerprints(trusted);
      expect(found).toContain(sha256(keys[0] as TestCertificate));
      expect(found.every((one) => known.includes(one))).toBe(true);
    }
  }, 60_000);
});
