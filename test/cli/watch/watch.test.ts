import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { outputSchemas } from "../../../src/schemas/index.ts";
import { startFakeSendGrid } from "../../../src/testing/index.ts";
import type { ConnectionStatus } from "../../../src/watch/index.ts";
import { type Cast, cast, day } from "../../rotation/support/certificates.ts";
import { type CommandOptions, inFolder, runCommand } from "../../support/cli.ts";
import { changingServer, idpMetadata } from "../../watch/support/world.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

function watch(cwd: string, argv: readonly string[], options: CommandOptions = {}) {
  return runCommand(["watch", ...argv], { cwd, now: new Date(day(0) * 1000), ...options });
}

const open = "--allow-private-addresses";

describe("samlcert watch SOURCE", () => {
  it("looks at URLs, files, globs, folders and variables, and ends with 1 if somebody must act", async () => {
    const server = await changingServer(idpMetadata([all.next], { name: "Example IdP" }));
    await inFolder(async (cwd) => {
      mkdirSync(join(cwd, "more"));
      writeFileSync(join(cwd, "next.pem"), all.next.pem);
      writeFileSync(join(cwd, "more/current.pem"), all.current.pem);
      const env = { IDP_CERT: all.next.pem };
      const words = [server.url, "*.pem", "more", "env:IDP_CERT", open, "--all"];
      const { code, stdout } = await watch(cwd, words, { env });
      expect(code).toBe(1);
      expect(stdout).toMatch(/^1 of 4 connections needs attention/);
      expect(stdout).toMatch(/expiring +20 +CN=current\n +file:more\/current\.pem/);
      expect(stdout).toMatch(/active +1000 +Example IdP\n/);
      expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
      const fine = await watch(cwd, ["next.pem"]);
      expect(fine.code).toBe(0);
      expect(fine.stdout).toContain("1 in order: CN=next. The first ends in 1000 days.");
    });
  });

  it("tells a change once, with the state that it keeps", async () => {
    const server = await changingServer(idpMetadata([all.next]));
    await inFolder(async (cwd) => {
      const run = async (...argv: string[]) =>
        (await watch(cwd, [server.url, open, ...argv])).stdout;
      await run();
      expect(existsSync(join(cwd, ".samlcert/watch.json"))).toBe(true);
      server.answer = idpMetadata([all.next, all.pending]);
      expect(await run("--no-state")).not.toContain("Changes");
      expect(await run()).toContain("A new key was published: CN=pending, valid until");
      expect(await run()).not.toContain("Changes");
      await run("--state", "other.json");
      expect(existsSync(join(cwd, "other.json"))).toBe(true);
    });
  });

  it("prints JSON that its schema accepts, and the forms for pipelines", async () => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, "current.pem"), all.current.pem);
      const { stdout } = await watch(cwd, ["current.pem", "none.pem", "--json"]);
      const document = JSON.parse(stdout);
      expect(outputSchemas["samlcert/status/v1"]?.safeParse(document).error).toBeUndefined();
      const connections: readonly ConnectionStatus[] = document.connections;
      expect(connections.map(({ state }) => state)).toEqual(["expiring", "unreachable"]);
      const inForm = async (name: string) =>
        (await watch(cwd, ["current.pem", "--format", name])).stdout;
      expect(JSON.parse(await inForm("json")).format).toBe("samlcert/status/v1");
      expect(await inForm("junit")).toContain("<testsuite");
      expect(JSON.parse(await inForm("sarif")).version).toBe("2.1.0");
      expect(await inForm("github")).toMatch(/^::(?:warning|error) /m);
      const wrong = await watch(cwd, ["current.pem", "--format", "xml"]);
      expect(wrong.code).toBe(2);
    });
  });

  it("writes the page, the metrics and the calendar, and leaves no draft", async () => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, "current.pem"), all.current.pem);
      const files = ["--html", "a.html", "--prometheus", "a.prom", "--ics", "a.ics"];
      await watch(cwd, ["current.pem", ...files]);
      const read = (name: string) => readFileSync(join(cwd, name), "utf8");
      expect(read("a.html")).toContain("<!doctype html>");
      expect(read("a.prom")).toContain("x509_cert_not_after");
      expect(read("a.ics")).toContain("BEGIN:VEVENT");
      const printed = await watch(cwd, ["current.pem", "--prometheus", "-"]);
      expect(printed.stdout).toMatch(/^# HELP/);
      const none = await watch(cwd, ["current.pem", "--html", "no/such/a.html"]);
      expect(none.code).toBe(3);
    });
  });

  it("tells the webhook, and tells it again in the next run if it did not answer", async () => {
    const idp = await changingServer(idpMetadata([all.next]));
    const hook = await changingServer(400);
    await inFolder(async (cwd) => {
      const argv = [idp.url, open, "--webhook", hook.url];
      await watch(cwd, argv);
      idp.answer = idpMetadata([all.next, all.pending]);
      const failed = await watch(cwd, argv);
      expect(failed.code).toBe(4);
      hook.answer = "ok";
      hook.requests = 0;
      const second = await watch(cwd, argv);
      expect(second.code).toBe(0);
      expect(second.stdout).toContain("A new key was published");
      expect(hook.requests).toBe(1);
      await watch(cwd, argv);
      expect(hook.requests).toBe(1);
    });
  });

  it("looks at the integrations of SendGrid by name, beside their metadata", async () => {
    await using fake = await startFakeSendGrid();
    const { id } = fake.addIntegration({ name: "Example" });
    fake.addCertificate({ integration_id: id, public_certificate: all.current.pem });
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, "idp.xml"), idpMetadata([all.current, all.next]));
      const place = ["--base-url", fake.url];
      const env = { SENDGRID_API_KEY: "SG.cli" };
      const argv = ["sendgrid", ...place, "--metadata", `${id}=idp.xml`];
      const { code, stdout } = await watch(cwd, argv, { env });
      expect(code).toBe(1);
      expect(stdout).toMatch(new RegExp(`expiring +20 +Example\\n +sendgrid:${id}`));
      const one = await watch(cwd, [`sendgrid:${id}`, ...place], { env });
      expect(one.stdout).toContain("1 of 1");
      const none = await watch(cwd, ["sendgrid", ...place]);
      expect(none.stderr).toContain("SENDGRID_API_KEY is not set.");
    });
  });

  it("says what to name if nothing is named", async () => {
    await inFolder(async (cwd) => {
      const { code, stderr } = await watch(cwd, []);
      expect(code).toBe(2);
      expect(stderr).toContain("There is nothing to watch.");
      expect((await watch(cwd, ["env:"])).code).toBe(2);
      expect((await watch(cwd, ["a.pem", "--concurrency", "many"])).code).toBe(2);
    });
  });
});
