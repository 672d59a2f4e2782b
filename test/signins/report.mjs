// Signs people in while certificates change, prints how many were let in, and writes the counts to
// docs/reliability.md.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putSection } from "../faults/page.mjs";

const folder = mkdtempSync(join(tmpdir(), "samlcert-signins-"));
const env = { ...process.env, SAMLCERT_SIGNINS: folder };
const vitest = join("node_modules", "vitest", "vitest.mjs");
const run = spawnSync(process.execPath, [vitest, "run", "test/signins"], { env, stdio: "inherit" });
const rows = JSON.parse(readFileSync(join(folder, "signins.json"), "utf8"));
rmSync(folder, { recursive: true });

const number = (value) => value.toLocaleString("en");
const sum = (list, key) =>
  list.flatMap(({ counts }) => counts).reduce((total, count) => total + count[key], 0);

function grouped(list, keyOf) {
  const groups = new Map();
  for (const row of list) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups];
}

const counts = (list) => `${number(sum(list, "ok"))} | ${number(sum(list, "failed"))}`;
const fake = rows.filter(({ idp }) => idp === "samlcert/testing");
const table = (list, head) => [
  `| ${head} | Signed in | Refused |`,
  "|---|---:|---:|",
  ...grouped(list, ({ procedure, accepted }) =>
    accepted === undefined ? procedure : `${procedure} (${accepted})`,
  ).map(([name, group]) => `| ${name} | ${counts(group)} |`),
];
const safe = rows.filter(({ accepted }) => accepted === undefined);
const pairs = grouped(
  rows
    .filter(({ accepted }) => accepted === undefined)
    .flatMap(({ idp, counts }) => counts.map((one) => ({ idp, sp: one.sp, counts: [one] }))),
  ({ idp, sp }) => `| ${idp} | ${sp}`,
);

const section = [
  "## People who sign in",
  "",
  "Counted by `npm run signins`, which runs `test/signins/`: a real Response of a real identity provider",
  "is checked by real service providers, with the certificates that the provider stores at that moment.",
  "Somebody signs in at each service provider after every request of a rotation, and a crowd after every",
  "command. The commands are those of the command line; days pass by an injected clock.",
  "",
  `**${number(sum(safe, "ok"))} people signed in, and ${number(sum(safe, "failed"))} were refused, in every procedure that samlcert lets through without a`,
  "person's explicit word.**",
  "",
  ...table(
    fake.filter(({ accepted }) => accepted === undefined),
    "Procedure",
  ),
  "",
  "The control: procedures in which a person accepts the danger by name. They show that the counter sees a",
  "lockout.",
  "",
  ...table(
    fake.filter(({ accepted }) => accepted !== undefined),
    "Procedure, and the word that accepts it",
  ),
  "",
  "By identity provider and service provider, without the control:",
  "",
  "| Identity provider | Service provider | Signed in | Refused |",
  "|---|---|---:|---:|",
  ...pairs.map(([name, group]) => `${name} | ${counts(group)} |`),
].join("\n");

console.log(section);
if (run.status === 0) putSection("signins", section);
process.exitCode = run.status ?? 1;
