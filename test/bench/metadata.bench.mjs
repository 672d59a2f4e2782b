/**
 * Metadata and signatures against their peers, in turns, so that a busy machine slows them alike; the
 * best round of each counts. Prints times, ratios, memory and sizes, and ends with 1 if a target is
 * missed. Peers that are not installed are left out and said to be.
 *
 * node test/bench/metadata.bench.mjs [--small] [--full] [--peers FOLDER]
 *
 * --small leaves out the largest aggregate. --full has what takes minutes and gigabytes: xml-crypto
 * and samlify on all of the largest aggregate, and a file of more than 536,870,888 characters, which
 * no JavaScript string can hold. FOLDER has samlify, @node-saml/node-saml, @boxyhq/saml20 and passport-saml-metadata installed.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { generateMetadata } from "./metadata-data.mjs";

const root = resolve(import.meta.dirname, "../..");
const isSmall = process.argv.includes("--small");
const isFull = process.argv.includes("--full");
const stingy = "--max-old-space-size=128";
const peers = process.argv.includes("--peers")
  ? process.argv[process.argv.indexOf("--peers") + 1]
  : root;
const data = mkdtempSync(join(tmpdir(), "metadata-bench-"));
const built = mkdtempSync(join(root, "node_modules/.metadata-bench-"));
process.on("exit", () => {
  for (const folder of [data, built]) rmSync(folder, { recursive: true, force: true });
});

const failures = [];
function target(name, value, limit, atLeast) {
  const isMet = atLeast ? value >= limit : value <= limit;
  if (!isMet) failures.push(name);
  console.log(
    `  ${isMet ? "ok  " : "MISS"} ${name}: ${value.toFixed(2)} (${atLeast ? "at least" : "at most"} ${limit})`,
  );
}

async function compile(contents, name, options = {}) {
  const outfile = join(built, `${name}.mjs`);
  const stdin = { contents, resolveDir: root, loader: "ts" };
  await build({
    stdin,
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    logLevel: "error",
    ...options,
  });
  return outfile;
}

function peer(name) {
  try {
    return createRequire(join(resolve(peers), "package.json"))(name);
  } catch {
    console.log(`  (${name} is not installed in ${peers})`);
    return undefined;
  }
}

/** Milliseconds a call, the best of the rounds. */
async function inTurns(cases, rounds = 15) {
  const best = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, times, run] of cases) {
      const start = performance.now();
      for (let i = 0; i < times; i++) await run();
      const each = (performance.now() - start) / times;
      best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, each);
    }
  }
  return best;
}

/** Seconds and megabytes of processes that print both, or whose time is taken from outside. */
function processes(cases, rounds) {
  const best = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, command, args, isTimedOutside] of cases) {
      process.stderr.write(`  (${name}, ${round + 1} of ${rounds})\n`);
      const start = performance.now();
      const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
      if (error !== undefined || (status !== 0 && best[name] === undefined)) {
        if (round === 0)
          console.log(`  (${name} cannot be run: ${(error?.message ?? stderr).slice(-200)})`);
        continue;
      }
      const [seconds, megabytes] = isTimedOutside
        ? [(performance.now() - start) / 1000, Number.NaN]
        : stdout.trim().split(" ").map(Number);
      const known = best[name];
      if (known === undefined || seconds < known.seconds) best[name] = { seconds, megabytes };
    }
  }
  for (const [name, { seconds, megabytes }] of Object.entries(best)) {
    const memory = Number.isNaN(megabytes) ? "" : `, ${megabytes.toFixed(0)} MB`;
    console.log(`  ${name}: ${seconds.toFixed(2)} s${memory}`);
  }
  return best;
}

const ratio = (a, b) => (a?.seconds ?? Number.NaN) / b.seconds;
function compare(name, value, limit, atLeast) {
  if (!Number.isNaN(value)) target(name, value, limit, atLeast);
}

console.log("generating");
const counts = isSmall ? [100, 1000] : [100, 1000, 10_000];
const HUGE = 53_000;
generateMetadata(data, isFull ? [...counts, HUGE] : counts);
const file = (name) => join(data, name);
const signer = file("signer.crt");
const entry = await compile(
  'export * from "./src/metadata/index.ts"; export * from "./src/signature/index.ts";',
  "entry",
);
const { parseMetadata, signMetadata, verifyMetadata } = await import(entry);
const extract = join(import.meta.dirname, "metadata-extract.py");
const python = "/usr/bin/python3";

await oneDocument();
await signatures();
aggregates();
if (isFull) full();
hostile();
await sizes();
if (failures.length > 0) {
  console.log(`missed: ${failures.join("; ")}`);
  process.exitCode = 1;
}

async function oneDocument() {
  const samlify = peer("samlify");
  const saml20 = peer("@boxyhq/saml20");
  const passport = peer("passport-saml-metadata");
  for (const [name, times] of [
    ["okta", 100],
    ["entra", 20],
  ]) {
    const xml = readFileSync(file(`${name}.xml`), "utf8");
    console.log(`one document to the full model: ${name}, ${(xml.length / 1000).toFixed(1)} KB`);
    const cases = [
      ["samlcert", times * 4, () => parseMetadata(xml)],
      ["samlcert, and every certificate", times * 4, () => certificatesOf(parseMetadata(xml))],
    ];
    if (samlify)
      cases.push(["samlify", times / 4, () => samlify.IdentityProvider({ metadata: xml })]);
    const parse = saml20?.parseMetadata ?? saml20?.default?.parseMetadata;
    if (parse) cases.push(["saml20", times / 4, () => parse(xml, {})]);
    if (passport) {
      cases.push([
        "passport-saml-metadata",
        times / 4,
        () => passport.toPassportConfig(new passport.MetadataReader(xml)),
      ]);
    }
    const best = await inTurns(cases, 60);
    for (const [peerName, each] of Object.entries(best))
      console.log(`  ${peerName}: ${each.toFixed(4)} ms`);
    if (best.samlify) {
      target("samlify / samlcert", best.samlify / best.samlcert, 10, true);
      const all = best["samlcert, and every certificate"];
      console.log(
        `  samlify / samlcert, and every certificate: ${(best.samlify / all).toFixed(2)}`,
      );
    }
    const others = Object.entries(best)
      .filter(([other]) => !other.startsWith("samlcert"))
      .map(([, each]) => each);
    if (others.length > 0)
      target("fastest npm peer / samlcert", Math.min(...others) / best.samlcert, 4, true);
    const lxml = processes([["lxml", python, [extract, "document", file(`${name}.xml`), "15"]]], 2);
    if (lxml.lxml) target("samlcert / lxml", best.samlcert / (lxml.lxml.seconds * 1000), 4, false);
  }
}

/** Samlify and the others keep the text of a certificate; its facts are read when they are asked for. */
function certificatesOf({ entities }) {
  return entities.flatMap(({ roles = [] }) =>
    roles.flatMap(({ keyDescriptors = [] }) =>
      keyDescriptors.flatMap(({ keyInfo }) => keyInfo.certificates ?? []),
    ),
  );
}

async function signatures() {
  const { SignedXml } = createRequire(join(root, "package.json"))("xml-crypto");
  const certificate = readFileSync(signer, "utf8");
  const privateKey = readFileSync(file("key0.pem"), "utf8");
  const trust = { certificates: [certificate] };
  const find = (xml) => /<ds:Signature[\s>][\s\S]*?<\/ds:Signature>/.exec(xml)[0];
  for (const [name, times, peerTimes] of [
    ["okta", 20, 20],
    ["entra", 5, 5],
    ["aggregate100", 5, 1],
  ]) {
    console.log(`signatures in memory: ${name}`);
    const signed = readFileSync(file(`${name}.signed.xml`), "utf8");
    const bare = readFileSync(file(`${name}.xml`), "utf8");
    const best = await inTurns(
      [
        ["verify", times, () => verifyMetadata(signed, { trust })],
        ["sign", times, () => signMetadata(bare, { privateKey, certificate })],
        [
          "xml-crypto verifies",
          peerTimes,
          () => {
            const check = new SignedXml({ publicCert: certificate });
            check.loadSignature(find(signed));
            if (!check.checkSignature(signed)) throw new Error("not verified");
          },
        ],
      ],
      name === "aggregate100" ? 4 : 8,
    );
    for (const [what, each] of Object.entries(best))
      console.log(`  ${what}: ${each.toFixed(3)} ms`);
    const share = best["xml-crypto verifies"] / best.verify;
    console.log(`  xml-crypto / samlcert: ${share.toFixed(2)}`);
  }
}

/** What only patience and memory can measure. */
function full() {
  const count = counts.at(-1);
  console.log(`aggregate of ${count}, once: what takes long`);
  const [plain, signed] = [`aggregate${count}.xml`, `aggregate${count}.signed.xml`];
  const once = processes(
    [
      ["samlcert, every entity's model", process.execPath, [stingy, ...task("read", plain)]],
      ["samlify, each entity", process.execPath, task("samlify", plain)],
      ["samlcert, verified", process.execPath, [stingy, ...task("verify", signed)]],
      [
        "xml-crypto",
        process.execPath,
        ["--max-old-space-size=8000", ...task("xml-crypto", signed)],
      ],
    ],
    1,
  );
  const model = once["samlcert, every entity's model"];
  compare("samlify / every model", ratio(once["samlify, each entity"], model), 15, true);
  compare("xml-crypto / verified", ratio(once["xml-crypto"], once["samlcert, verified"]), 40, true);
  const huge = `aggregate${HUGE}.xml`;
  console.log(
    `a file of ${(statSync(file(huge)).size / 1e6).toFixed(0)} MB, with a heap of 128 MB`,
  );
  const cases = ["summary", "read", "pick", "verify"].map((name) => [
    name,
    process.execPath,
    [stingy, ...task(name, name === "verify" ? `aggregate${HUGE}.signed.xml` : huge)],
  ]);
  for (const [what, { megabytes }] of Object.entries(processes(cases, 1))) {
    target(`MB resident, ${what}`, megabytes, 120, false);
  }
}

function task(name, document) {
  return [join(import.meta.dirname, "metadata-task.mjs"), entry, name, file(document), signer];
}

function aggregates() {
  for (const count of counts) {
    console.log(`aggregate of ${count}`);
    const [plain, signed] = [`aggregate${count}.xml`, `aggregate${count}.signed.xml`];
    const isLargest = count === counts.at(-1);
    const own = processes(
      [
        ["read and decode", process.execPath, task("floor", plain)],
        ["samlcert, every entity summarised", process.execPath, task("summary", plain)],
        ["samlcert, every entity's model", process.execPath, task("read", plain)],
        ["samlcert, one entity", process.execPath, task("pick", plain)],
        ["samlcert, verified", process.execPath, [stingy, ...task("verify", signed)]],
        ["lxml, full", python, [extract, "full", file(plain)]],
        ["lxml, light", python, [extract, "light", file(plain)]],
        ["xmllint --stream", "xmllint", ["--stream", "--noout", file(plain)], true],
        [
          "xmlsec1",
          "xmlsec1",
          [
            "--verify",
            "--pubkey-cert-pem",
            signer,
            "--enabled-key-data",
            "raw-x509-cert",
            "--id-attr:ID",
            "urn:oasis:names:tc:SAML:2.0:metadata:EntitiesDescriptor",
            file(signed),
          ],
          true,
        ],
      ],
      isLargest ? 3 : 5,
    );
    const slow = processes([["pysaml2", python, [extract, "pysaml2", file(plain)]]], 1);
    if (!isLargest) continue;
    const named = (what) => own[`samlcert, ${what}`];
    const [summary, model] = [named("every entity summarised"), named("every entity's model")];
    const [pick, verified] = [named("one entity"), named("verified")];
    compare("pysaml2 / summarised", ratio(slow.pysaml2, summary), 15, true);
    compare("lxml doing the same / summarised", ratio(own["lxml, light"], summary), 1, true);
    compare(
      "summarised / xmllint --stream",
      1 / ratio(own["xmllint --stream"], summary),
      2.5,
      false,
    );
    compare("one entity / read and decode", 1 / ratio(own["read and decode"], pick), 1.5, false);
    compare("verified / xmlsec1", 1 / ratio(own.xmlsec1, verified), 0.8, false);
    console.log(`  lxml, full / every model: ${ratio(own["lxml, full"], model).toFixed(2)}`);
    for (const [what, { megabytes }] of Object.entries({ summary, model, pick, verified })) {
      target(`MB resident, ${what}`, megabytes, 120, false);
    }
  }
}

/** Shapes on which the time of other programs grows with the square, or more. */
function hostile() {
  console.log("hostile documents, refused or answered");
  const md = 'xmlns="urn:oasis:names:tc:SAML:2.0:metadata"';
  const signed = readFileSync(file("okta.signed.xml"), "utf8");
  const reference = /<ds:Reference[\s\S]*<\/ds:Reference>/.exec(signed)[0];
  const signature = /<ds:Signature [\s\S]*<\/ds:Signature>/.exec(signed)[0];
  const at = signed.indexOf("<md:IDPSSODescriptor");
  const within = (content) => signed.slice(0, at) + content + signed.slice(at);
  const shapes = {
    "40,000 siblings": within("<md:e/>".repeat(40_000)),
    "400 KB of comments": within("<!-- c -->".repeat(40_000)),
    "160 references": signed.replace(reference, reference.repeat(160)),
    "80 signatures": within(signature.repeat(80)),
    "4,000 levels": within(`${"<e>".repeat(4000)}${"</e>".repeat(4000)}`),
    "100,000 attributes": `<EntityDescriptor ${md} ${Array.from({ length: 100_000 }, (_, i) => `a${i}=""`).join(" ")}/>`,
    "20,000 prefixes": within(
      Array.from({ length: 20_000 }, (_, i) => `<e xmlns:p${i}="urn:${i}"/>`).join(""),
    ),
    "40,000 names of attributes": within(
      Array.from({ length: 40_000 }, (_, i) => `<e a${i}=""/>`).join(""),
    ),
    "40,000 names of elements": within(
      Array.from({ length: 40_000 }, (_, i) => `<e${i}/>`).join(""),
    ),
    "20,000 namespaces of a prefix": within(
      Array.from({ length: 20_000 }, (_, i) => `<p:e xmlns:p="urn:${i}"/>`).join(""),
    ),
    "one quote": within(`<e a='${"<e>".repeat(100_000)}`),
    "400 KB of >": within(`<e>${">".repeat(400_000)}</e>`),
    "400 KB of ]": within(`<e>${"]".repeat(400_000)}</e>`),
    "100,000 references to a character": within(`<e>${"&#65;".repeat(100_000)}</e>`),
  };
  const trust = { certificates: [readFileSync(signer, "utf8")] };
  for (const [name, xml] of Object.entries(shapes)) {
    let best = Number.POSITIVE_INFINITY;
    let answer = "verified";
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      try {
        verifyMetadata(xml, { trust });
      } catch (error) {
        answer = error.code ?? String(error);
      }
      best = Math.min(best, performance.now() - start);
    }
    target(`ms for ${name} (${answer})`, best, 100, false);
  }
}

async function sizes() {
  console.log("size and loading");
  const contents =
    'export { parseMetadata } from "./src/metadata/index.ts"; export { verifyMetadata } from "./src/signature/index.ts";';
  const outfile = await compile(contents, "slim", { minify: true });
  target(
    "parseMetadata and verifyMetadata, brotli KB",
    brotliCompressSync(readFileSync(outfile)).length / 1024,
    25,
    false,
  );
  const metadata = await compile('export * from "./src/metadata/index.ts"', "metadata", {
    minify: true,
  });
  const load = (name) =>
    `const t=performance.now();await import(${JSON.stringify(name)});console.log(performance.now()-t)`;
  const loading = (name) =>
    Number(
      execFileSync(process.execPath, ["--input-type=module", "-e", load(name)], {
        cwd: peers,
        encoding: "utf8",
      }),
    );
  const best = { own: Number.POSITIVE_INFINITY, samlify: Number.POSITIVE_INFINITY };
  writeFileSync(join(built, "empty.mjs"), "");
  for (let i = 0; i < 9; i++) {
    best.own = Math.min(best.own, loading(metadata));
    if (peer("samlify")) best.samlify = Math.min(best.samlify, loading("samlify"));
  }
  console.log(
    `  import of samlcert/metadata ${best.own.toFixed(1)} ms, of samlify ${best.samlify.toFixed(1)} ms`,
  );
  if (Number.isFinite(best.samlify))
    target("import, samlcert/metadata / samlify", best.own / best.samlify, 0.5, false);
}
