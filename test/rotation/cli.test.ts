import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Certificate } from "../../src/certificates/index.ts";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import { outputSchemas } from "../../src/schemas/index.ts";
import {
  createTestCertificate,
  type FakeSendGrid,
  startFakeSendGrid,
} from "../../src/testing/index.ts";
import { type CommandOptions, inFolder, runCommand } from "../support/cli.ts";
import { type Cast, cast, day } from "./support/certificates.ts";

let all: Cast;
let fake: FakeSendGrid;
let id: string;
let now: number;
beforeEach(async () => {
  all = await cast();
  now = day(0);
  fake = await startFakeSendGrid({ now: () => now });
  ({ id } = fake.addIntegration({ entity_id }));
  store(all.current.pem);
});
afterEach(() => fake.close());

function store(pem: string): void {
  fake.addCertificate({ integration_id: id, public_certificate: pem });
}

function samlcert(cwd: string, argv: readonly string[], options: CommandOptions = {}) {
  const env = { SENDGRID_API_KEY: "SG.cli" };
  const place = ["--base-url", fake.url];
  return runCommand([...argv, ...place], { env, cwd, now: new Date(now * 1000), ...options });
}

const entity_id = "https://idp.example.com/realms/main";

function metadataOf(signingCertificates: readonly Certificate[], entityId = entity_id): string {
  return buildIdentityProviderMetadata({
    entityId,
    singleSignOnServices: ["https://idp.example.com/sso"],
    signingCertificates,
  });
}

/** Runs in a folder that holds `next.pem` and the identity provider's `idp.xml`. */
function inPlace(body: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    writeFileSync(join(folder, "next.pem"), all.next.pem);
    writeFileSync(join(folder, "idp.xml"), metadataOf([all.next]));
    await body(folder);
  });
}

const held = () =>
  [...fake.state.certificates.values()].map(({ public_certificate }) => public_certificate);

/** The command that an output tells to continue with, as arguments. */
function told(text: string): string[] {
  const line = /^ {2}samlcert (.*)$/m.exec(text)?.[1] ?? "";
  return line.split(" ").filter((word, index, words) => {
    // Every command of these tests is given the fake's address.
    return word !== "--base-url" && words[index - 1] !== "--base-url";
  });
}

const WAITING = 6;

describe("samlcert rotate plan with certificate files", () => {
  it("looks for a chain in each file: an authority in a file of its own signs too", async () => {
    const ca = await createTestCertificate({
      subject: { CN: "authority" },
      notBefore: day(-100),
      notAfter: day(4000),
    });
    const leaf = await createTestCertificate({ issuer: ca, notAfter: day(900) });
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "leaf.pem"), leaf.pem);
      writeFileSync(join(folder, "ca.pem"), ca.pem);
      writeFileSync(join(folder, "fullchain.pem"), `${leaf.pem}${ca.pem}`);
      const plan = (...files: string[]) => {
        const options = files.flatMap((file) => ["--certificate", file]);
        return samlcert(folder, ["rotate", "plan", "--integration", id, ...options]);
      };
      const separate = await plan("leaf.pem", "ca.pem");
      expect(separate.stdout.match(/^ {2}add /gm)).toHaveLength(2);
      expect(separate.stdout).not.toContain("skip");
      const together = await plan("fullchain.pem");
      expect(together.stdout.match(/^ {2}add /gm)).toHaveLength(1);
      expect(together.stdout).toMatch(/^ {2}skip .*only the end entity of a chain signs/m);
    });
  });
});

describe("samlcert rotate", () => {
  it("plans, applies the kept plan, and retires on a person's word", async () => {
    await inPlace(async (folder) => {
      const from = ["--integration", id, "--metadata", "idp.xml"];
      const text = await samlcert(folder, ["rotate", "plan", ...from]);
      expect(text.code).toBe(0);
      expect(text.stdout).toContain("Keycloak signs with the active key");
      expect(text.stdout.trimEnd().split("\n").length).toBeLessThanOrEqual(12);
      expect(text.stderr).toContain("No signature of the metadata was verified");
      const long = await samlcert(folder, ["rotate", "plan", ...from, "--explain"]);
      expect(long.stdout).toContain("Risk:");
      const kept = await samlcert(folder, ["rotate", "plan", ...from, "--json"]);
      writeFileSync(join(folder, "plan.json"), kept.stdout);
      const apply = await samlcert(folder, ["rotate", "apply", "plan.json", "--integration", id]);
      expect(apply.code).toBe(WAITING);
      expect(apply.stderr).toContain("not before 1 Jan 2030, 12:15 UTC (2030-01-01T12:15:00Z)");
      expect(held()).toEqual([all.current.pem, all.next.pem]);
      now = day(6);
      const resumed = await samlcert(folder, ["rotate", "resume", "--integration", id]);
      expect(resumed.code).toBe(WAITING);
      expect(held()).toEqual([all.current.pem, all.next.pem]);
      const retire = await samlcert(folder, [...told(resumed.stderr), "--yes"]);
      expect(retire.code).toBe(0);
      expect(held()).toEqual([all.next.pem]);
    });
  });

  it("reads the metadata of the plan again before it retires, from any folder", async () => {
    await inPlace(async (folder) => {
      const from = ["--integration", id, "--metadata", "idp.xml"];
      const applied = await samlcert(folder, ["rotate", ...from]);
      writeFileSync(join(folder, "idp.xml"), metadataOf([all.current, all.next]));
      const journals = ["--journals", join(folder, ".samlcert")];
      await inFolder(async (other) => {
        const retire = [...told(applied.stderr), ...journals, "--yes"];
        const early = await samlcert(other, retire);
        expect(early.code).toBe(1);
        expect(early.stderr).toContain("guard.still_published");
        expect(told(early.stderr).join(" ")).toContain(`--journals ${join(folder, ".samlcert")}`);
      });
      expect(held()).toEqual([all.current.pem, all.next.pem]);
      writeFileSync(join(folder, "idp.xml"), metadataOf([all.next]));
      expect((await samlcert(folder, ["rotate", "resume", "--integration", id])).code).toBe(0);
      expect(held()).toEqual([all.next.pem]);
    });
  });

  it("reads metadata that only the later command names", async () => {
    await inPlace(async (folder) => {
      await samlcert(folder, ["rotate", "--integration", id, "--certificate", "next.pem"]);
      writeFileSync(join(folder, "old.xml"), metadataOf([all.current, all.next]));
      const retire = ["rotate", "retire", "--integration", id, "--switched", "--yes"];
      const early = await samlcert(folder, [...retire, "--metadata", "old.xml"]);
      expect(early.code).toBe(1);
      expect(early.stderr).toContain("guard.still_published");
      expect(told(early.stderr)).toContain("--metadata");
      expect((await samlcert(folder, told(early.stderr))).code).toBe(1);
      expect(held()).toEqual([all.current.pem, all.next.pem]);
    });
  });

  it("refuses metadata of another identity provider than the integration's", async () => {
    await inPlace(async (folder) => {
      writeFileSync(join(folder, "idp.xml"), metadataOf([all.next], "https://other.example.com"));
      const from = ["rotate", "--integration", id, "--metadata", "idp.xml"];
      const refused = await samlcert(folder, from);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain("guard.other_entity");
      const accepted = await samlcert(folder, [...from, "--override", "accept_other_entity"]);
      expect(accepted.code).toBe(WAITING);
    });
  });

  it("retires nothing without --switched, and asks before it does", async () => {
    await inPlace(async (folder) => {
      await samlcert(folder, ["rotate", "--integration", id, "--certificate", "next.pem"]);
      const retire = ["rotate", "retire", "--integration", id];
      expect((await samlcert(folder, [...retire, "--yes"])).code).toBe(2);
      const piped = await samlcert(folder, [...retire, "--switched"]);
      expect(piped.stderr).toContain("cli.cannot_prompt");
      const tty = { stdinIsTTY: true, stdin: "no\n" };
      const declined = await samlcert(folder, [...retire, "--switched"], tty);
      expect(declined.stderr).toContain("CN=current");
      expect(declined.code).not.toBe(0);
      expect(held()).toEqual([all.current.pem, all.next.pem]);
      const yes = await samlcert(folder, [...retire, "--switched"], { ...tty, stdin: "yes\n" });
      expect(yes.code).toBe(0);
      expect(held()).toEqual([all.next.pem]);
    });
  });

  it.each([[["--overlap", "0"]], [["--replace-in-place"]]])(
    "asks before a rotation without an overlap: %j",
    async (options) => {
      await inPlace(async (folder) => {
        const rotate = ["rotate", "--integration", id, "--certificate", "next.pem", ...options];
        const refused = await samlcert(folder, rotate);
        expect(refused.stderr).toContain("cli.cannot_prompt");
        expect(held()).toEqual([all.current.pem]);
        expect((await samlcert(folder, [...rotate, "--yes"])).code).toBe(0);
        expect(held()).toEqual([all.next.pem]);
      });
    },
  );

  it("rolls back in two phases, and asks before the first", async () => {
    await inPlace(async (folder) => {
      const here = ["--integration", id];
      await samlcert(folder, ["rotate", ...here, "--certificate", "next.pem"]);
      await samlcert(folder, ["rotate", "retire", ...here, "--switched", "--yes"]);
      const rollback = ["rotate", "rollback", ...here];
      expect((await samlcert(folder, rollback)).stderr).toContain("cli.cannot_prompt");
      const first = await samlcert(folder, [...rollback, "--yes"]);
      expect(first.code).toBe(WAITING);
      expect(first.stderr).toContain("Switch the identity provider back, not before");
      expect(held()).toEqual([all.next.pem, all.current.pem]);
      expect((await samlcert(folder, [...told(first.stderr), "--yes"])).code).toBe(0);
      expect(held()).toEqual([all.current.pem]);
    });
  });

  it("prints a command that works after a rollback that cannot finish", async () => {
    await inPlace(async (folder) => {
      fake.state.certificates.clear();
      const here = ["--integration", id, "--journal", "j.jsonl"];
      const whole = ["rotate", ...here, "--certificate", "next.pem"];
      expect((await samlcert(folder, whole)).code).toBe(0);
      const waiting = await samlcert(folder, ["rotate", "rollback", ...here, "--yes"]);
      expect(waiting.code).toBe(WAITING);
      const stopped = await samlcert(folder, [...told(waiting.stderr), "--yes"]);
      expect(stopped.code).toBe(1);
      expect(stopped.stderr).toContain("Not everything could be undone.");
      const again = await samlcert(folder, [...told(stopped.stderr), "--yes"]);
      expect([again.code, told(again.stderr)]).toEqual([1, told(stopped.stderr)]);
      expect(held()).toEqual([all.next.pem]);
      store(all.current.pem);
      const changed = await samlcert(folder, [...told(again.stderr), "--yes"]);
      expect(changed.stderr).toContain("guard.store_changed");
      expect((await samlcert(folder, told(changed.stderr))).stdout).toContain("Rotation plan");
    });
  });

  it("prints a command that finishes a rollback that the provider interrupted", async () => {
    await inPlace(async (folder) => {
      const here = ["--integration", id];
      await samlcert(folder, ["rotate", ...here, "--certificate", "next.pem"]);
      await samlcert(folder, ["rotate", "retire", ...here, "--switched", "--yes"]);
      fake.inject({ status: 403 }, { method: "POST" });
      const refused = await samlcert(folder, ["rotate", "rollback", ...here, "--yes"]);
      expect([refused.code, held()]).toEqual([1, [all.next.pem]]);
      const first = await samlcert(folder, [...told(refused.stderr), "--yes"]);
      expect([first.code, held()]).toEqual([WAITING, [all.next.pem, all.current.pem]]);
      fake.inject({ status: 403 }, { method: "DELETE" });
      const kept = await samlcert(folder, [...told(first.stderr), "--yes"]);
      expect([kept.code, held().length]).toEqual([1, 2]);
      expect((await samlcert(folder, [...told(kept.stderr), "--yes"])).code).toBe(0);
      expect(held()).toEqual([all.current.pem]);
    });
  });

  it("keeps a journal for each rotation, lists them, and needs no names for the next", async () => {
    await inPlace(async (folder) => {
      const other = fake.addIntegration({ entity_id });
      fake.addCertificate({ integration_id: other.id, public_certificate: all.current.pem });
      const to = ["rotate", "--certificate", "next.pem", "--integration"];
      expect((await samlcert(folder, [...to, id])).code).toBe(WAITING);
      expect((await samlcert(folder, [...to, other.id])).code).toBe(WAITING);
      now = day(1);
      const again = await samlcert(folder, [...to, id]);
      expect(again.code).toBe(WAITING);
      expect(again.stderr).toContain("Continuing the rotation");
      const retire = ["rotate", "retire", "--switched", "--yes", "--integration", id];
      expect((await samlcert(folder, retire)).code).toBe(0);
      writeFileSync(join(folder, "later.pem"), all.pending.pem);
      const later = ["rotate", "--integration", id, "--certificate", "later.pem"];
      expect((await samlcert(folder, later)).code).toBe(WAITING);
      const list = await runCommand(["rotate", "list"], { cwd: folder });
      expect(list.stdout.match(/awaiting_switch/g)).toHaveLength(2);
      expect(list.stdout).toContain("completed");
      const listed = await runCommand(["rotate", "list", "--json"], { cwd: folder });
      const json = JSON.parse(listed.stdout);
      expect(json.rotations).toHaveLength(3);
      expect(outputSchemas["samlcert/rotations/v1"]?.parse(json)).toEqual(json);
    });
  });

  it("works with a journal file that --journal names", async () => {
    await inPlace(async (folder) => {
      const here = ["--integration", id, "--journal", "one.jsonl"];
      const applied = await samlcert(folder, ["rotate", "--certificate", "next.pem", ...here]);
      expect(told(applied.stderr)).toEqual(["rotate", "retire", "--switched", ...here]);
      expect((await samlcert(folder, [...told(applied.stderr), "--yes"])).code).toBe(0);
      const empty = ["rotate", "resume", "--integration", id, "--journal", "two.jsonl"];
      const none = await samlcert(folder, empty);
      expect(none.stderr).toMatch(/journal\.empty[\s\S]*start a rotation/);
    });
  });

  it("says that nothing was changed if the journal cannot be written at the start", async () => {
    await inPlace(async (folder) => {
      writeFileSync(join(folder, "file"), "");
      const rotate = ["rotate", "--integration", id, "--certificate", "next.pem"];
      const wrong = await samlcert(folder, [...rotate, "--journals", "file"]);
      expect(wrong.code).toBe(1);
      expect(wrong.stderr).toMatch(/journal\.unreadable[\s\S]*Check the journal's path/);
      mkdirSync(join(folder, "one.jsonl.new"));
      const full = await samlcert(folder, [...rotate, "--journal", "one.jsonl"]);
      expect(full.code).toBe(1);
      expect(full.stderr).toContain("Nothing was changed.");
      expect(full.stderr).not.toContain("rotate resume");
      expect(held()).toEqual([all.current.pem]);
      rmSync(join(folder, "one.jsonl.new"), { recursive: true });
      expect((await samlcert(folder, [...rotate, "--journal", "one.jsonl"])).code).toBe(WAITING);
    });
  });

  it("retires on the evidence that --retire names", async () => {
    await inPlace(async (folder) => {
      const rotate = ["rotate", "--integration", id, "--metadata", "idp.xml"];
      const staged = await samlcert(folder, [...rotate, "--retire", "unpublished=2"]);
      expect(staged.code).toBe(WAITING);
      expect(staged.stderr).toContain("On or after 3 Jan 2030, 12:00 UTC (2030-01-03T12:00:00Z)");
      now = day(2);
      expect((await samlcert(folder, told(staged.stderr))).code).toBe(0);
      expect(held()).toEqual([all.next.pem]);
      const wrong = await samlcert(folder, [...rotate, "--retire", "later"]);
      expect(wrong.code).toBe(2);
      expect(wrong.stderr).toContain("unpublished=DAYS");
    });
  });

  it("names the integration's identity provider, whatever the plan is made from", async () => {
    await inPlace(async (folder) => {
      const plan = ["rotate", "plan", "--integration", id, "--certificate", "next.pem"];
      expect((await samlcert(folder, plan)).stdout).toContain("At Keycloak:");
    });
  });

  it("changes nothing with --dry-run, and when a guard refuses", async () => {
    await inPlace(async (folder) => {
      const from = ["rotate", "--integration", id, "--certificate"];
      const dry = await samlcert(folder, [...from, "next.pem", "--dry-run"]);
      expect(dry.code).toBe(0);
      writeFileSync(join(folder, "old.pem"), all.expired.pem);
      const refused = await samlcert(folder, [...from, "old.pem"]);
      expect(refused.code).toBe(1);
      expect(refused.stdout).toContain("guard.expired_successor");
      expect(held()).toEqual([all.current.pem]);
    });
  });

  it("says how to continue after an interruption, and continues", async () => {
    await inPlace(async (folder) => {
      const controller = new AbortController();
      fake.inject({ delayMs: 50 }, { operation: "certificates.create" });
      const whole = ["--integration", id, "--certificate", "next.pem"];
      const running = samlcert(folder, ["rotate", ...whole], { signal: controller.signal });
      await expect.poll(() => held().length).toBe(2);
      controller.abort();
      const stopped = await running;
      expect(stopped.code).toBe(130);
      const resumed = await samlcert(folder, [...told(stopped.stderr), "--json"]);
      expect(JSON.parse(resumed.stdout).result.status).toBe("awaiting_switch");
      expect(held()).toEqual([all.current.pem, all.next.pem]);
    });
  });

  it("ends with the provider's answer: refused, or unreachable", async () => {
    await inPlace(async (folder) => {
      const whole = ["rotate", "--integration", id, "--certificate", "next.pem"];
      fake.inject({ status: 403, body: '[{"message":"access forbidden"}]' }, { method: "POST" });
      const refused = await samlcert(folder, whole);
      expect(refused.code).toBe(4);
      expect(refused.stderr).toContain("Continue with:");
      expect(`${refused.stdout}${refused.stderr}`).not.toContain("SG.cli");
      fake.inject({ cut: "before" }, { method: "POST", times: 20 });
      const resume = ["rotate", "resume", "--integration", id];
      expect((await samlcert(folder, resume)).code).toBe(5);
    });
  });

  it("shows a new plan as the next step after another writer's change", async () => {
    await inPlace(async (folder) => {
      const json = ["rotate", "plan", "--integration", id, "--certificate", "next.pem", "--json"];
      writeFileSync(join(folder, "plan.json"), (await samlcert(folder, json)).stdout);
      store(all.earlier.pem);
      const apply = await samlcert(folder, ["rotate", "apply", "plan.json", "--integration", id]);
      expect(apply.code).toBe(1);
      expect(apply.stderr).toContain("guard.store_changed");
      const again = await samlcert(folder, told(apply.stderr));
      expect(again.code).toBe(0);
      expect(again.stdout).toMatch(/ add .*CN=next[\s\S]* retire .*CN=earlier/);
      const { code } = await samlcert(folder, ["rotate", "--again", "--integration", id]);
      expect(code).toBe(WAITING);
      expect(held()).toEqual([all.current.pem, all.earlier.pem, all.next.pem]);
    });
  });

  it.each([
    [["rotate", "plan", "--certificate", "next.pem"], "--integration"],
    [["rotate", "plan", "--integration", "x"], "--certificate"],
    [["rotate", "plan", "--integration", "x", "--certificate", "a", "--overlap", "1e9"], "overlap"],
    [["rotate", "plan", "--integration", "x", "--override", "all"], "override"],
    [["watch", "sendgrid", "--metadata", "x"], "ID=FILE"],
  ])("refuses the command line %j", async (argv, said) => {
    await inPlace(async (folder) => {
      const { code, stderr } = await samlcert(folder, argv);
      expect(code).toBe(2);
      expect(stderr).toContain(said);
    });
  });

  it("refuses a plan that was edited, or is none", async () => {
    await inPlace(async (folder) => {
      const argv = ["rotate", "plan", "--integration", id, "--certificate", "next.pem", "--json"];
      const { stdout } = await samlcert(folder, argv);
      for (const text of [stdout.replace('"cacheSeconds": 900', '"cacheSeconds": 1'), "{}", "?"]) {
        writeFileSync(join(folder, "plan.json"), text);
        const apply = await samlcert(folder, ["rotate", "apply", "plan.json", "--integration", id]);
        expect(apply.code).toBeGreaterThan(0);
        expect(held()).toEqual([all.current.pem]);
      }
    });
  });
});

describe("samlcert rotate status and watch", () => {
  it("shows every integration, and writes its files", async () => {
    await inPlace(async (folder) => {
      const files = ["--html", "status.html", "--prometheus", "status.prom"];
      const status = await samlcert(folder, ["rotate", "status", ...files]);
      expect(status.code).toBe(0);
      expect(status.stdout).toContain("expiring");
      expect(readFileSync(join(folder, "status.html"), "utf8")).toContain("1 of 1 connection");
      expect(readFileSync(join(folder, "status.prom"), "utf8")).toContain("samlcert_");
    });
  });

  it("shows a rotation that awaits its switch, and one whose time has come", async () => {
    await inPlace(async (folder) => {
      const rotate = ["rotate", "--integration", id, "--certificate", "next.pem"];
      await samlcert(folder, [...rotate, "--overlap", "5"]);
      const state = async () =>
        JSON.parse((await samlcert(folder, ["rotate", "status", "--json"])).stdout).connections[0]
          .state;
      expect(await state()).toBe("awaiting_switch");
      now = day(5);
      expect(await state()).toBe("retirement_due");
    });
  });

  it("tells cron by its exit code if action is needed", async () => {
    await inPlace(async (folder) => {
      expect((await samlcert(folder, ["watch", "sendgrid"])).code).toBe(1);
      store(all.next.pem);
      expect((await samlcert(folder, ["watch", "sendgrid"])).code).toBe(0);
      const published = ["--metadata", `${id}=idp.xml`];
      const json = await samlcert(folder, ["watch", "sendgrid", ...published, "--json"]);
      expect(json.code).toBe(1);
      const [status] = JSON.parse(json.stdout).connections;
      expect(status).toMatchObject({
        state: "switched",
        certificates: [{ publication: "extra" }, {}],
      });
      const wrong = await samlcert(folder, ["watch", "sendgrid", "--metadata", `${id}=none.xml`]);
      expect(wrong.code).toBe(1);
    });
  });
});
