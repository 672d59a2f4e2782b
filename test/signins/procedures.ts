import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type {
  FakeIdentityProvider,
  Misbehaviour,
  TestCertificate,
} from "../../src/testing/index.ts";
import type { CommandResult } from "../support/cli.ts";
import { type Certificates, type Stage, type StageOptions, told } from "./stage.ts";

/** The exit codes of a rotation. */
const DONE = 0;
const REFUSED = 1;
const WAITING = 6;
const DAY = 86_400;

/** A way to change the certificate, while people sign in. */
export interface Procedure {
  readonly name: string;
  /** The word by which a person accepts the danger. Without it nobody may be locked out. */
  readonly accepted?: string;
  /** The differences of its stage. */
  readonly stage?: (all: Certificates) => Partial<StageOptions>;
  /** The names of the certificates that are stored in the end. */
  readonly ends: readonly (keyof Certificates)[];
  readonly play: (stage: Stage, idp: FakeIdentityProvider) => Promise<void>;
}

const RETIRE = ["rotate", "retire", "--switched", "--yes"];

async function runs(stage: Stage, code: number, ...argv: string[]): Promise<CommandResult> {
  const result = await stage.samlcert(argv);
  expect(result.code, `${argv.join(" ")}\n${result.stderr}`).toBe(code);
  await stage.people();
  return result;
}

/** Adds the next certificate, and lets the service provider's cache run out. */
async function stages(stage: Stage, ...options: string[]): Promise<CommandResult> {
  const first = await runs(stage, WAITING, "rotate", "--certificate", "next.pem", ...options);
  stage.pass(15 * 60);
  await stage.people();
  return first;
}

async function switches(stage: Stage, certificate: TestCertificate): Promise<void> {
  await stage.switchTo(certificate);
  await stage.people();
}

async function observes(stage: Stage, certificate: TestCertificate): Promise<void> {
  const { sha256 } = certificate.certificate.fingerprint;
  await runs(stage, DONE, "rotate", "observe", "--fingerprint", sha256);
}

function withMetadata(stage: Stage, idp: FakeIdentityProvider): string[] {
  writeFileSync(join(stage.folder, "signer.pem"), idp.metadataSigner?.pem ?? "");
  return ["--metadata", idp.metadataUrl, "--allow-private-addresses", "--trust", "signer.pem"];
}

/** Runs the worker once a day until it is done, for at most a month. */
async function worksDaily(stage: Stage): Promise<void> {
  for (let days = 0; days < 30; days += 1) {
    stage.pass(DAY);
    const { code } = await stage.samlcert(["rotate", "resume"]);
    await stage.people();
    if (code === DONE) return;
  }
  throw new Error("The worker did not finish.");
}

const MISBEHAVIOURS: readonly Misbehaviour[] = [
  ...(["unavailable", "garbage", "other_entity", "wrong_signature"] as const),
  ...(["changed", "expired", "stale"] as const),
];

export const procedures: readonly Procedure[] = [
  {
    name: "as documented: add, switch, `rotate retire --switched`",
    ends: ["next"],
    async play(stage) {
      const first = await stages(stage);
      await switches(stage, stage.to);
      await runs(stage, DONE, ...told(first), "--yes");
    },
  },
  {
    name: "nobody switches; `rotate resume` every day for a week",
    ends: ["current", "next"],
    async play(stage) {
      await stages(stage);
      for (let days = 0; days < 7; days += 1) {
        stage.pass(DAY);
        await runs(stage, WAITING, "rotate", "resume");
      }
    },
  },
  {
    name: "planned with `--metadata`; the printed command before the switch, and after it",
    ends: ["next"],
    async play(stage, idp) {
      idp.publish([stage.to]);
      const first = await runs(stage, WAITING, "rotate", ...withMetadata(stage, idp));
      stage.pass(15 * 60);
      idp.publish([stage.from, stage.to]);
      const early = await runs(stage, REFUSED, ...told(first), "--yes");
      expect(early.stderr).toContain("guard.still_published");
      await switches(stage, stage.to);
      idp.withdraw(stage.from);
      await runs(stage, DONE, ...told(early));
    },
  },
  {
    name: "unattended, on the metadata's evidence (`--retire unpublished=2`)",
    ends: ["next"],
    async play(stage, idp) {
      idp.publish([stage.to]);
      const options = [...withMetadata(stage, idp), "--retire", "unpublished=2"];
      await runs(stage, WAITING, "rotate", ...options);
      stage.pass(15 * 60);
      await switches(stage, stage.to);
      await worksDaily(stage);
    },
  },
  {
    name: "the same, while the metadata misbehaves in every way and the old key is used",
    ends: ["next"],
    async play(stage, idp) {
      idp.publish([stage.to]);
      const options = [...withMetadata(stage, idp), "--retire", "unpublished=2"];
      await runs(stage, WAITING, "rotate", ...options);
      idp.publish([stage.from, stage.to]);
      for (const how of MISBEHAVIOURS) {
        idp.misbehave(how);
        stage.pass(DAY);
        expect((await stage.samlcert(["rotate", "resume"])).code).not.toBe(DONE);
        idp.misbehave();
        stage.pass(DAY / 2);
        await runs(stage, WAITING, "rotate", "resume");
      }
      expect(stage.stored()).toHaveLength(2);
      await switches(stage, stage.to);
      idp.withdraw(stage.from);
      await worksDaily(stage);
    },
  },
  {
    name: "unattended, on sign-ins (`--retire signed-in=3`)",
    ends: ["next"],
    async play(stage) {
      await stages(stage, "--retire", "signed-in=3");
      await observes(stage, stage.from);
      await runs(stage, WAITING, "rotate", "resume");
      await switches(stage, stage.to);
      stage.pass(60);
      for (let people = 0; people < 3; people += 1) await observes(stage, stage.to);
      await runs(stage, DONE, "rotate", "resume");
    },
  },
  {
    name: "the identity provider goes back to its old key; the worker looks at sign-ins",
    ends: ["current", "next"],
    async play(stage) {
      await stages(stage, "--retire", "signed-in=3");
      await switches(stage, stage.to);
      for (let people = 0; people < 3; people += 1) await observes(stage, stage.to);
      stage.pass(60);
      await switches(stage, stage.from);
      await observes(stage, stage.from);
      await runs(stage, REFUSED, "rotate", "resume");
      stage.pass(DAY);
      await runs(stage, REFUSED, "rotate", "resume");
    },
  },
  {
    name: "the identity provider goes back to its old key; the worker looks at the metadata",
    ends: ["current", "next"],
    async play(stage, idp) {
      idp.publish([stage.to]);
      const options = [...withMetadata(stage, idp), "--retire", "unpublished=2"];
      await runs(stage, WAITING, "rotate", ...options);
      stage.pass(DAY);
      await switches(stage, stage.to);
      idp.publish([stage.from]);
      await switches(stage, stage.from);
      for (let days = 0; days < 4; days += 1) {
        stage.pass(DAY);
        await runs(stage, WAITING, "rotate", "resume");
      }
    },
  },
  {
    name: "`rotate retire --switched` before the switch, with observed sign-ins",
    ends: ["current", "next"],
    async play(stage) {
      await stages(stage);
      await observes(stage, stage.from);
      const refused = await runs(stage, REFUSED, ...RETIRE);
      expect(refused.stderr).toContain("guard.old_key_still_used");
    },
  },
  {
    name: "`rotate retire --switched` before the switch, and nothing to check it by",
    accepted: "`--switched --yes`",
    ends: ["next"],
    async play(stage) {
      await stages(stage);
      await runs(stage, DONE, ...RETIRE);
    },
  },
  ...[["--overlap", "0"], ["--replace-in-place"]].flatMap((options): Procedure[] => [
    {
      name: `\`${options.join(" ")}\` without a person's answer`,
      ends: ["current"],
      async play(stage) {
        const rotate = ["rotate", "--certificate", "next.pem", ...options];
        const { stderr } = await runs(stage, REFUSED + 1, ...rotate);
        expect(stderr).toContain("cli.cannot_prompt");
      },
    },
    {
      name: `\`${options.join(" ")}\``,
      accepted: "`--yes`",
      ends: ["next"],
      async play(stage) {
        await runs(stage, DONE, "rotate", "--certificate", "next.pem", ...options, "--yes");
      },
    },
  ]),
  {
    name: "six days of overlap by the clock (`--overlap 6`), and nobody switches",
    accepted: "`--overlap 6`",
    ends: ["next"],
    async play(stage) {
      await stages(stage, "--overlap", "6");
      stage.pass(6 * DAY);
      await runs(stage, DONE, "rotate", "resume");
    },
  },
  {
    name: "the provider disables what is added unless it is told",
    stage: () => ({ quirks: { enabledByDefault: false } }),
    ends: ["next"],
    async play(stage) {
      await stages(stage);
      await switches(stage, stage.to);
      await runs(stage, DONE, ...RETIRE);
    },
  },
  {
    name: "the service provider caches for 15 minutes; switched at the printed time",
    stage: () => ({ cachedFor: 15 * 60 }),
    ends: ["next"],
    async play(stage) {
      const first = await stages(stage);
      await switches(stage, stage.to);
      await runs(stage, DONE, ...told(first), "--yes");
      stage.pass(3600);
      await stage.people();
    },
  },
  {
    name: "the same, switched before the printed time",
    accepted: "the printed time is ignored",
    stage: () => ({ cachedFor: 15 * 60 }),
    ends: ["current", "next"],
    async play(stage) {
      const first = await runs(stage, WAITING, "rotate", "--certificate", "next.pem");
      expect(first.stderr).toContain("not before");
      await switches(stage, stage.to);
    },
  },
  {
    name: "rolled back during the overlap",
    ends: ["current"],
    async play(stage) {
      await stages(stage);
      await switches(stage, stage.to);
      const first = await runs(stage, WAITING, "rotate", "rollback", "--yes");
      await switches(stage, stage.from);
      await runs(stage, DONE, ...told(first), "--yes");
    },
  },
  {
    name: "rolled back after the retirement",
    ends: ["current"],
    async play(stage) {
      await stages(stage);
      await switches(stage, stage.to);
      await runs(stage, DONE, ...RETIRE);
      const first = await runs(stage, WAITING, "rotate", "rollback", "--yes");
      stage.pass(15 * 60);
      await switches(stage, stage.from);
      await runs(stage, DONE, ...told(first), "--yes");
    },
  },
  {
    name: "an expired certificate that still signs, and room for only one",
    stage: ({ expired }) => ({ from: expired, quirks: { maxCertificates: 1 } }),
    ends: ["expired"],
    async play(stage) {
      const rotate = ["rotate", "--certificate", "next.pem", "--max-certificates", "1"];
      const refused = await runs(stage, REFUSED, ...rotate);
      expect(refused.stdout).toContain("guard.provider_full");
    },
  },
  {
    name: "an expired certificate that still signs, and room for two",
    stage: ({ expired }) => ({ from: expired, quirks: { maxCertificates: 2 } }),
    ends: ["next"],
    async play(stage) {
      await stages(stage, "--max-certificates", "2");
      await switches(stage, stage.to);
      await runs(stage, DONE, ...RETIRE);
    },
  },
  {
    name: "two machines at once, each with its own journal",
    ends: ["next"],
    async play(stage) {
      const journals = (machine: string): string[] => ["--journals", machine];
      const rotate = ["rotate", "--certificate", "next.pem"];
      const machines = ["one", "two"];
      await Promise.all(machines.map((one) => stage.samlcert([...rotate, ...journals(one)])));
      // What a person does after a refusal: once more.
      for (const one of machines) await stage.samlcert([...rotate, ...journals(one)]);
      expect(stage.stored()).toHaveLength(2);
      stage.pass(15 * 60);
      await switches(stage, stage.to);
      await Promise.all(machines.map((one) => stage.samlcert([...RETIRE, ...journals(one)])));
      for (const one of machines) await stage.samlcert([...RETIRE, ...journals(one)]);
      await stage.people();
    },
  },
];
