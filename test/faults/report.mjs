// Runs the fault suite and writes its counts to docs/reliability.md.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "samlcert-tally-"));
const env = { ...process.env, SAMLCERT_FAULTS_TALLY: folder };
const vitest = join("node_modules", "vitest", "vitest.mjs");
const run = spawnSync(process.execPath, [vitest, "run", "test/faults"], { env, stdio: "inherit" });
const rows = ["faults", "kills", "properties"].flatMap((name) => {
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  } catch {
    return [];
  }
});
rmSync(folder, { recursive: true });

const sum = (list, key) => list.reduce((total, row) => total + row[key], 0);
const number = (value) => value.toLocaleString("en");
const by = (key) =>
  [...group(key)].map(
    ([name, list]) => `| ${name} | ${number(sum(list, "cases"))} | ${sum(list, "violations")} |`,
  );

function group(key) {
  const groups = new Map();
  for (const row of rows) groups.set(row[key], [...(groups.get(row[key]) ?? []), row]);
  return groups;
}

const cases = number(sum(rows, "cases"));
const violations = sum(rows, "violations");
const page = `# Reliability of rotations

Written by \`npm run faults\`, which runs \`test/faults/\`. Do not edit it by hand.

**${cases} cases, ${violations} broken promises.**

A case is one rotation in which something goes wrong, and which is then started again, by resuming it
or by executing its plan once more, until it is done. The provider is the fake SendGrid, over HTTP on
loopback; the killed processes are real ones, killed by SIGKILL at that very request or journal write.

After each request the fake checks that

- there is still a usable certificate, if there was one before,
- no certificate is stored twice that was not before,
- \`enabled\` was only sent where the policy sets it.

After each start the journal is read by other code: no finished step may have gone. At the end exactly
what is desired is stored. A rotation in which nothing fails needs as many requests as its plan says.

## By scenario

| Scenario | Cases | Broken promises |
|---|---:|---:|
${by("scenario").join("\n")}

## By fault

| Fault | Cases | Broken promises |
|---|---:|---:|
${by("fault").join("\n")}

Each fault of a request is played against a client that does not repeat requests, and those that have
an effect or ask for patience also against one that does.
"Disk full" is a journal write that fails with nothing, with half a line, or with the whole line on the
disk. The random schedules in memory draw stores, desired sets, policies, capabilities, pauses and faults.

## What cannot be promised

- **A second writer between the last look and a removal.** SendGrid has no conditional requests. Every
  removal directly follows a reading of what is stored, so the time in which another writer stays
  unnoticed is that of one request. If another writer removes the successor in just that time, nobody
  is left to notice it before the old certificate goes.
- **A request that takes effect after it was looked for.** An upload whose answer is lost is looked up
  before it is repeated, with pauses. A provider that lets it take effect later still ends up with two
  copies; the next plan finds them.
- **Whether a certificate is enabled**, at a provider that does not tell.
- **A journal that somebody forges.** Its digests find accidents and edits by hand, not an attacker.
`;
if (run.status === 0) writeFileSync(join("docs", "reliability.md"), page);
console.log(`${cases} cases, ${violations} broken promises`);
process.exitCode = run.status === 0 && violations === 0 ? 0 : 1;
