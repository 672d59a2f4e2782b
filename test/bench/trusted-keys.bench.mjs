/**
 * The keys of 10,000 tenants, each with its own metadata on loopback, against the bare requests for
 * them, at the same concurrency and in turns; the memory of all of them; and the time of `current`.
 * The metadata server and the reader are processes of their own. Ends with 1 if a target is missed.
 * Run: node test/bench/trusted-keys.bench.mjs
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";

const COUNT = 10_000;
const CONCURRENCY = 16;
const PIECE = 1000;
const root = resolve(import.meta.dirname, "../..");

async function serve(testingModule) {
  const { createTestCertificate } = await import(testingModule);
  const make = () => createTestCertificate({ keyAlgorithm: "RSA-2048" });
  const certificates = await Promise.all(Array.from({ length: 20 }, make));
  const key = ({ derBase64 }) =>
    `<KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${derBase64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`;
  const server = createServer(({ url }, response) => {
    const index = Number(url.slice(1));
    // Two keys each: the present and the next one.
    const pair = [0, 1].map((offset) => certificates[(index + offset) % certificates.length]);
    response.writeHead(200, { "content-type": "application/samlmetadata+xml", etag: `"${index}"` });
    response.end(
      `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://idp${index}.example"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${pair.map(key).join("")}<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp${index}.example/sso"/></IDPSSODescriptor></EntityDescriptor>`,
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
}

async function bare(url, indexes) {
  let next = 0;
  const worker = async () => {
    while (next < indexes.length) {
      const answer = await fetch(`${url}/${indexes[next++]}`);
      if ((await answer.text()).length < 100) throw new Error("no metadata");
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

function tenantsOf({ createTenantKeys }, url) {
  return createTenantKeys({
    concurrency: CONCURRENCY,
    sourceOf: (tenant) => ({
      source: { url: `${url}/${tenant}`, allowPrivateAddresses: true },
      entityId: `https://idp${tenant}.example`,
    }),
  });
}

/** Twice as many callers as reads at once, so that the queue is never empty. */
async function readAll(tenants, indexes) {
  let next = 0;
  const worker = async () => {
    while (next < indexes.length) {
      const { keys, state } = await (await tenants.ready(String(indexes[next++]))).refresh();
      if (keys.length !== 2 || state !== "fresh") throw new Error("a tenant has no keys");
    }
  };
  await Promise.all(Array.from({ length: 2 * CONCURRENCY }, worker));
}

/** Nanoseconds of one call, the best of five rounds over all tenants. */
function currentTime(tenants, names) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now();
    for (const name of names) tenants.current(name);
    best = Math.min(best, ((performance.now() - start) * 1e6) / names.length);
  }
  return best;
}

async function read(libraryModule, url, mode) {
  const library = await import(libraryModule);
  const all = Array.from({ length: COUNT }, (_, index) => index);
  if (mode === "memory") {
    const tenants = tenantsOf(library, url);
    await readAll(tenants, all);
    const nanoseconds = currentTime(tenants, all.map(String));
    console.log(JSON.stringify({ rss: process.resourceUsage().maxRSS / 1024, nanoseconds }));
    process.exit();
  }
  const sums = { bare: 0, ours: 0 };
  const runs = {
    bare: (indexes) => bare(url, indexes),
    ours: (indexes) => readAll(tenantsOf(library, url), indexes),
  };
  for (const run of Object.values(runs)) await run(all.slice(0, PIECE));
  // In turns, piece by piece: what else the machine does slows both alike.
  for (let from = 0; from < COUNT; from += PIECE) {
    const piece = all.slice(from, from + PIECE);
    const best = { bare: Number.POSITIVE_INFINITY, ours: Number.POSITIVE_INFINITY };
    for (let round = 0; round < 2; round += 1) {
      for (const [name, run] of Object.entries(runs)) {
        const start = performance.now();
        await run(piece);
        best[name] = Math.min(best[name], performance.now() - start);
      }
    }
    sums.bare += best.bare;
    sums.ours += best.ours;
  }
  console.log(JSON.stringify(sums));
  process.exit();
}

async function compile(folder, name, contents) {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outfile,
    logLevel: "error",
  });
  return outfile;
}

function child(...args) {
  return spawn(process.execPath, [import.meta.filename, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function answerOf({ stdout }) {
  const [line] = await once(createInterface({ input: stdout }), "line");
  return JSON.parse(line);
}

async function main() {
  const folder = mkdtempSync(join(root, "node_modules/.trusted-keys-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const library = await compile(folder, "library", 'export * from "./src/trusted-keys/index.ts";');
  const testing = await compile(folder, "testing", 'export * from "./src/testing/certificate.ts";');
  const server = child("serve", testing);
  const { url } = await answerOf(server);
  // When the collector runs depends on what else the machine does: the better of two.
  const first = await answerOf(child("read", library, url, "memory"));
  const second = await answerOf(child("read", library, url, "memory"));
  const { bare: bareTime, ours } = await answerOf(child("read", library, url, "time"));
  server.kill();
  const targets = [
    ["10,000 tenants, resident megabytes", Math.min(first.rss, second.rss), 150],
    [
      `10,000 tenants against bare requests (${Math.round(ours)} and ${Math.round(bareTime)} ms), ratio`,
      ours / bareTime,
      3,
    ],
    ["current(), microseconds", Math.min(first.nanoseconds, second.nanoseconds) / 1000, 2],
  ];
  for (const [name, value, limit] of targets) {
    const met = value <= limit;
    if (!met) process.exitCode = 1;
    console.log(`${met ? "ok  " : "MISS"} ${name}: ${value.toFixed(2)} (at most ${limit})`);
  }
}

const [mode, module, url, what] = process.argv.slice(2);
if (mode === "serve") await serve(module);
else if (mode === "read") await read(module, url, what);
else await main();
