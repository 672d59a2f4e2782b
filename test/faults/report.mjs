// Runs the fault suite and puts its counts into docs/reliability.md.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putSection } from "./page.mjs";

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
const section = `## Faults and kills

Counted by \`npm run faults\`, which runs \`test/faults/\`.

**${cases} cases, ${violations} broken promises.**

A case is one rotation with one or more faults. It is started again, by resuming it or by executing its
plan once more, until it completes. The provider is the fake SendGrid, over HTTP on loopback. The killed
processes are real processes, killed by SIGKILL at a request or a journal write.

After each request the fake checks that

- a usable certificate is still stored, if one was before,
- no certificate is stored twice, unless it was before,
- what is added is sent with \`enabled: true\`; of what was stored before, \`enabled\` is sent only if the policy sets it.

After each start, separate code reads the journal and checks that no finished step is missing. At the end
exactly the desired certificates are stored. A rotation without a fault takes as many requests as its plan
states.

### By scenario

| Scenario | Cases | Broken promises |
|---|---:|---:|
${by("scenario").join("\n")}

### By fault

| Fault | Cases | Broken promises |
|---|---:|---:|
${by("fault").join("\n")}

Each request fault runs against a client without retries. Faults after the effect and rate limits also run
against a client with retries. "Disk full" is a journal write that fails after none, half or all of the
line. The random schedules in memory vary stores, desired sets, policies, capabilities, pauses and faults.
`;
if (run.status === 0) putSection("faults", section);
console.log(`${cases} cases, ${violations} broken promises`);
process.exitCode = run.status === 0 && violations === 0 ? 0 : 1;
