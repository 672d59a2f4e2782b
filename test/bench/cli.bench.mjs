/**
 * The wall time of `samlcert check FILE` and of other commands that need no network, compared with bare Node,
 * in turns. Ends with 1 if a target is missed. Run: node test/bench/cli.bench.mjs
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createTestCertificate } from "../../dist/testing/index.js";

const RUNS = 31;
const AT_MOST = 1.8;
const bin = resolve(import.meta.dirname, "../../dist/cli/bin.js");
const folder = mkdtempSync(join(tmpdir(), "samlcert-bench-"));
const empty = join(folder, "empty.mjs");
const file = join(folder, "idp.pem");
writeFileSync(empty, "");
writeFileSync(file, (await createTestCertificate()).pem);

const COMMANDS = {
  "bare Node": [empty],
  "check FILE": [bin, "check", file],
  "inspect FILE": [bin, "inspect", file],
  "--help": [bin, "--help"],
};

function wall(args) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

const times = Object.fromEntries(Object.keys(COMMANDS).map((name) => [name, []]));
for (let run = 0; run < RUNS; run += 1) {
  for (const [name, args] of Object.entries(COMMANDS)) times[name].push(wall(args));
}
rmSync(folder, { recursive: true });

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const bare = median(times["bare Node"]);
for (const [name, values] of Object.entries(times)) {
  const each = median(values);
  const isTarget = name === "check FILE";
  const ratio = each / bare;
  if (isTarget && ratio > AT_MOST) process.exitCode = 1;
  const verdict = isTarget ? ` (at most ${AT_MOST})${ratio > AT_MOST ? " MISS" : ""}` : "";
  console.log(`${name}: ${each.toFixed(0)} ms, ${ratio.toFixed(2)} of bare Node${verdict}`);
}
