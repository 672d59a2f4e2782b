/**
 * Watching 10,000 metadata URLs on loopback, with a kept state, against the bare requests for them, at
 * the same concurrency and in turns. Each request has a connection of its own, as with 10,000 hosts. The
 * server and the reader are processes of their own, so that the memory is the reader's. Ends with 1 if a
 * target is missed.
 * Run: node test/bench/watch.bench.mjs
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, get } from "node:http";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";

const COUNT = 10_000;
const CONCURRENCY = 16;
const PIECE = 1000;
const root = resolve(import.meta.dirname, "../..");

async function serve(libraryModule) {
  const { buildIdentityProviderMetadata, createTestCertificate } = await import(libraryModule);
  const pairs = await Promise.all(
    Array.from({ length: 20 }, async () => [
      (await createTestCertificate()).certificate,
      (await createTestCertificate()).certificate,
    ]),
  );
  const documents = pairs.map((signingCertificates) =>
    buildIdentityProviderMetadata({
      entityId: "https://idp.example.com/0",
      singleSignOnServices: ["https://idp.example.com/sso"],
      signingCertificates,
    }),
  );
  const server = createServer((request, response) => {
    const index = Number(request.url.slice(1));
    response.end(documents[index % documents.length]);
  });
  server.listen(0, "127.0.0.1", () => {
    console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
  });
}

function fetched(url) {
  return new Promise((done, failed) => {
    get(url, { agent: false }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => done(Buffer.concat(parts)));
    }).on("error", failed);
  });
}

async function bare(urls) {
  let next = 0;
  const worker = async () => {
    while (next < urls.length) await fetched(urls[next++]);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

async function read(libraryModule, url, mode, folder) {
  const { openWatchState, watch, watchMetadata } = await import(libraryModule);
  const urls = Array.from({ length: COUNT }, (_, index) => `${url}/${index}`);
  let run = 0;
  const ours = async (wanted, path = join(folder, `${run++}.json`)) => {
    const sources = function* () {
      for (const one of wanted) yield watchMetadata(one, { allowPrivateAddresses: true });
    };
    const state = await openWatchState(path);
    let active = 0;
    const options = { now: new Date(), concurrency: CONCURRENCY, state };
    for await (const one of watch(sources(), options)) if (one.state === "active") active += 1;
    await state.told();
    await state[Symbol.asyncDispose]();
    if (active !== wanted.length) throw new Error(`${active} of ${wanted.length} are active`);
  };
  if (mode !== "time") {
    await ours(urls, join(folder, "memory.json"));
    console.log(JSON.stringify({ rss: process.resourceUsage().maxRSS / 1024 }));
    return;
  }
  const sums = { bare: 0, ours: 0 };
  const runs = Object.entries({ bare, ours: (wanted) => ours(wanted) });
  for (const [, one] of runs) await one(urls.slice(0, PIECE));
  for (let start = 0; start < COUNT; start += PIECE) {
    const piece = urls.slice(start, start + PIECE);
    const best = { bare: Number.POSITIVE_INFINITY, ours: Number.POSITIVE_INFINITY };
    for (let round = 0; round < 2; round += 1) {
      for (const [name, one] of runs) {
        const began = performance.now();
        await one(piece);
        best[name] = Math.min(best[name], performance.now() - began);
      }
    }
    sums.bare += best.bare;
    sums.ours += best.ours;
  }
  console.log(JSON.stringify(sums));
}

async function compile(folder) {
  const outfile = join(folder, "library.mjs");
  await build({
    stdin: {
      contents: `export * from "./src/watch/index.ts";
        export { buildIdentityProviderMetadata } from "./src/metadata/index.ts";
        export { createTestCertificate } from "./src/testing/certificate.ts";`,
      resolveDir: root,
      loader: "ts",
    },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outdir: folder,
    entryNames: "library",
    outExtension: { ".js": ".mjs" },
    logLevel: "error",
  });
  return outfile;
}

const child = (...args) =>
  spawn(process.execPath, [import.meta.filename, ...args], { stdio: ["pipe", "pipe", "inherit"] });

async function answerOf(process) {
  const [line] = await once(createInterface({ input: process.stdout }), "line");
  return JSON.parse(line);
}

async function main() {
  const folder = mkdtempSync(join(root, "node_modules/.watch-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const library = await compile(folder);
  const server = child("serve", library);
  const { url } = await answerOf(server);
  const measure = (mode) => answerOf(child("read", library, url, mode, folder));
  // The second run reads the state of the first one.
  const first = await measure("memory");
  const second = await measure("memory");
  const sums = await measure("time");
  server.kill();
  const targets = [
    ["the first look at 10,000 sources, resident megabytes", first.rss, 120],
    ["a later look, with the kept state, resident megabytes", second.rss, 120],
    [
      `watching against bare requests (${Math.round(sums.ours)} and ${Math.round(sums.bare)} ms), ratio`,
      sums.ours / sums.bare,
      1.5,
    ],
  ];
  for (const [name, value, limit] of targets) {
    const met = value <= limit;
    if (!met) process.exitCode = 1;
    console.log(`${met ? "ok  " : "MISS"} ${name}: ${value.toFixed(2)} (at most ${limit})`);
  }
}

const [mode, module, url, what, folder] = process.argv.slice(2);
if (mode === "serve") await serve(module);
else if (mode === "read") await read(module, url, what, folder);
else await main();
