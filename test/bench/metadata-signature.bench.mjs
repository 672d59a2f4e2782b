/**
 * Verifying and signing a small document, compared with parsing it and the bare RSA operation of node:crypto,
 * in turns; the best round of each counts. Ends with 1 if a target is missed.
 *
 * node test/bench/metadata-signature.bench.mjs
 */
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { generateMetadata } from "./metadata-data.mjs";

const root = resolve(import.meta.dirname, "../..");
const data = mkdtempSync(join(tmpdir(), "signature-bench-"));
process.on("exit", () => rmSync(data, { recursive: true, force: true }));
const read = (name) => readFileSync(join(data, name), "utf8");

generateMetadata(data, []);
const outfile = join(data, "entry.mjs");
const contents =
  'export * from "./src/metadata/index.ts"; export * from "./src/signature/index.ts";';
await build({
  stdin: { contents, resolveDir: root, loader: "ts" },
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  packages: "external",
});
const { parseMetadata, signMetadata, verifyMetadata } = await import(outfile);

const signed = read("okta.signed.xml");
const unsigned = read("okta.xml");
const certificate = read("signer.crt");
const privateKey = createPrivateKey(read("key0.pem"));
const publicKey = createPublicKey(certificate);
const signedInfo = Buffer.from(/<ds:SignedInfo>[\s\S]*<\/ds:SignedInfo>/.exec(signed)[0]);
const value = sign("sha256", signedInfo, privateKey);
const keys = { trust: { publicKeys: [publicKey] } };
const pem = { trust: { certificates: certificate } };

const CASES = {
  "parse, signed": [400, () => parseMetadata(signed)],
  "parse, unsigned": [400, () => parseMetadata(unsigned)],
  "bare RSA verification": [400, () => verify("sha256", signedInfo, publicKey, value)],
  "bare RSA signature": [50, () => sign("sha256", signedInfo, privateKey)],
  verify: [400, () => verifyMetadata(signed, keys)],
  "verify, certificate as PEM": [400, () => verifyMetadata(signed, pem)],
  sign: [50, () => signMetadata(unsigned, { privateKey, certificate })],
};

const best = {};
for (let round = 0; round < 30; round++) {
  for (const [name, [times, run]] of Object.entries(CASES)) {
    const start = performance.now();
    for (let i = 0; i < times; i++) run();
    const each = (performance.now() - start) / times;
    best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, each);
  }
}

console.log(`a document of ${(signed.length / 1000).toFixed(1)} KB`);
for (const [name, each] of Object.entries(best)) console.log(`  ${name}: ${each.toFixed(4)} ms`);
target("verify", best["parse, signed"] + best["bare RSA verification"]);
target("sign", best["parse, unsigned"] + best["bare RSA signature"]);

function target(name, floor) {
  const ratio = best[name] / floor;
  if (ratio > 3) process.exitCode = 1;
  const mark = ratio > 3 ? "MISS" : "ok  ";
  console.log(`  ${mark} ${name} / (parse + bare RSA): ${ratio.toFixed(2)} (at most 3)`);
}
