import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Certificate } from "../../src/certificates/index.ts";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import { type FakeSendGrid, startFakeSendGrid } from "../../src/testing/index.ts";
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
  ({ id } = fake.addIntegration());
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

function metadataOf(signingCertificates: readonly Certificate[]): string {
  return buildIdentityProviderMetadata({
    entityId: "https://idp.example.com/realms/main",
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

describe("samlcert rotate", () => {
  it("plans, applies the kept plan, waits, and resumes after the overlap", async () => {
    await inPlace(async (folder) => {
      const from = ["--integration", id, "--metadata", "idp.xml"];
      const runbook = await samlcert(folder, ["rotate", "plan", ...from]);
      expect(runbook.code).toBe(0);
      expect(runbook.stdout).toContain("Keycloak signs with the active key");
      expect(runbook.stderr).toContain("No signature of the metadata was verified");
      const kept = await samlcert(folder, ["rotate", "plan", ...from, "--json"]);
      writeFileSync(join(folder, "plan.json"), kept.stdout);
      const apply = await samlcert(folder, ["rotate", "apply", "plan.json", "--integration", id]);
      expect(apply.code).toBe(0);
      expect(apply.stderr).toContain(`samlcert rotate resume --integration ${id}`);
      expect(held()).toEqual([all.current.pem, all.next.pem]);
      now = day(5);
      writeFileSync(join(folder, "old.xml"), metadataOf([all.current, all.next]));
      const published = ["--integration", id, "--metadata", "old.xml"];
      const early = await samlcert(folder, ["rotate", "resume", ...published]);
      expect(early.code).toBe(1);
      expect(early.stderr).toContain("guard.still_published");
      const resume = await samlcert(folder, ["rotate", "resume", "--integration", id]);
      expect(resume.code).toBe(0);
      expect(held()).toEqual([all.next.pem]);
      const back = await samlcert(folder, ["rotate", "rollback", "--integration", id]);
      expect(back.code).toBe(0);
      expect(held()).toEqual([all.current.pem]);
    });
  });

  it("keeps one rotation in a journal, and says how to name another", async () => {
    await inPlace(async (folder) => {
      const other = fake.addIntegration();
      fake.addCertificate({ integration_id: other.id, public_certificate: all.current.pem });
      const to = ["rotate", "--overlap", "0", "--certificate", "next.pem", "--integration"];
      expect((await samlcert(folder, [...to, id])).code).toBe(0);
      const refused = await samlcert(folder, [...to, other.id]);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toMatch(/journal\.of_another_plan[\s\S]*--journal/);
      expect(held()).toEqual([all.current.pem, all.next.pem]);
      expect((await samlcert(folder, [...to, other.id, "--journal", "2.jsonl"])).code).toBe(0);
      expect(held()).toEqual([all.next.pem, all.next.pem]);
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

  it("says how to go on when it is interrupted, and goes on", async () => {
    await inPlace(async (folder) => {
      const controller = new AbortController();
      fake.inject({ delayMs: 50 }, { operation: "certificates.create" });
      const whole = ["--integration", id, "--certificate", "next.pem", "--overlap", "0"];
      const running = samlcert(folder, ["rotate", ...whole], { signal: controller.signal });
      await expect.poll(() => held().length).toBe(2);
      controller.abort();
      const stopped = await running;
      expect(stopped.code).toBe(130);
      expect(stopped.stderr).toContain("samlcert rotate resume");
      const resumed = await samlcert(folder, ["rotate", "resume", "--integration", id, "--json"]);
      expect(JSON.parse(resumed.stdout).result.status).toBe("completed");
      expect(held()).toEqual([all.next.pem]);
    });
  });

  it("ends with what the provider said: refused, or not to be reached", async () => {
    await inPlace(async (folder) => {
      const whole = ["rotate", "--integration", id, "--certificate", "next.pem"];
      fake.inject({ status: 403, body: '[{"message":"access forbidden"}]' }, { method: "POST" });
      const refused = await samlcert(folder, whole);
      expect(refused.code).toBe(4);
      expect(refused.stderr).toContain("Go on with:");
      expect(`${refused.stdout}${refused.stderr}`).not.toContain("SG.cli");
      fake.inject({ cut: "before" }, { method: "POST", times: 20 });
      const resume = ["rotate", "resume", "--integration", id];
      expect((await samlcert(folder, resume)).code).toBe(5);
    });
  });

  it.each([
    [["rotate", "plan", "--certificate", "next.pem"], "--integration"],
    [["rotate", "plan", "--integration", "x"], "--certificate"],
    [["rotate", "plan", "--integration", "x", "--certificate", "a", "--overlap", "1e9"], "overlap"],
    [["rotate", "plan", "--integration", "x", "--override", "all"], "override"],
    [["watch", "--metadata", "x"], "ID=FILE"],
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
      for (const text of [
        stdout.replace('"overlapSeconds": 432000', '"overlapSeconds": 1'),
        "{}",
        "?",
      ]) {
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
      expect(readFileSync(join(folder, "status.html"), "utf8")).toContain("CN=current");
      expect(readFileSync(join(folder, "status.prom"), "utf8")).toContain("_days_left");
    });
  });

  it("tells cron whether something must be done", async () => {
    await inPlace(async (folder) => {
      expect((await samlcert(folder, ["watch"])).code).toBe(1);
      store(all.next.pem);
      expect((await samlcert(folder, ["watch"])).code).toBe(0);
      const published = ["--metadata", `${id}=idp.xml`];
      const json = await samlcert(folder, ["watch", ...published, "--json"]);
      expect(json.code).toBe(0);
      expect(JSON.parse(json.stdout).integrations[0].certificates[0].publication).toBe("extra");
      const wrong = await samlcert(folder, ["watch", "--metadata", `${id}=none.xml`]);
      expect(wrong.code).toBe(1);
    });
  });
});
