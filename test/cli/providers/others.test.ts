import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXIT } from "../../../src/cli/framework/exit.ts";
import { startFakeKeycard, startFakePandaStack } from "../../../src/testing/index.ts";
import { inFolder, runCommand } from "../../support/cli.ts";

describe("samlcert keycard", () => {
  test("keycard creates, shows, updates and deletes", async () => {
    const serviceAccount = { clientId: "service", clientSecret: "cli-planted-secret" };
    await using fake = await startFakeKeycard({ serviceAccount });
    const env = { KEYCARD_CLIENT_ID: "service", KEYCARD_CLIENT_SECRET: "cli-planted-secret" };
    const keycard = async (line: string, more: Record<string, string> = {}) => {
      const result = await runCommand(["keycard", ...line.split(" "), "--base-url", fake.url], {
        env: { ...env, ...more },
      });
      expect(result.stdout + result.stderr).not.toContain("planted");
      return result;
    };
    expect((await keycard("show org")).stdout).toBe("SSO is not enabled.\n");
    const created = await keycard("create org --identifier https://idp.example.com --client-id c");
    expect(created.stdout).toMatch(/^enabled\n/);
    expect(
      (await keycard("create org --identifier https://idp.example.com --client-id c")).stdout,
    ).toMatch(/^unchanged\n/);
    const updated = await keycard("update org --client-id d --json", {
      KEYCARD_SSO_CLIENT_SECRET: "planted-too",
    });
    expect(JSON.parse(updated.stdout).connection).toMatchObject({
      client_id: "d",
      client_secret_set: true,
    });
    expect((await keycard("update org --remove client_secret")).code).toBe(EXIT.usage);
    expect((await keycard("update org --remove client_secret --yes")).stdout).toMatch(
      /client_secret_set +false/,
    );
    expect((await keycard("update org")).code).toBe(EXIT.usage);
    expect((await keycard("delete org")).code).toBe(EXIT.usage);
    expect((await keycard("delete org --yes")).stdout).toBe("Disabled.\n");
    expect((await keycard("delete org --yes")).stdout).toBe("SSO was not enabled.\n");
    expect((await keycard("show org", { KEYCARD_TOKEN: "unknown-token" })).code).toBe(EXIT.refused);
    expect((await keycard("show org", { KEYCARD_CLIENT_ID: "" })).code).toBe(EXIT.usage);
  });
});

describe("samlcert keycard's further options", () => {
  test("keycard sends protocols from a file, permissions and a request id", async () => {
    await using fake = await startFakeKeycard({ token: "token-1" });
    const id = "6f2c4d8e-0b1a-4c3d-9e5f-7a8b9c0d1e2f";
    await inFolder(async (cwd) => {
      const protocols = { openid: { userinfo_endpoint: "https://idp.example.com/me" } };
      writeFileSync(join(cwd, "protocols.json"), JSON.stringify(protocols));
      const keycard = async (line: string) =>
        await runCommand(
          ["keycard", ...line.split(" "), "--base-url", fake.url, "--request-id", id, "--json"],
          { env: { KEYCARD_TOKEN: "token-1" }, cwd },
        );
      const created = await keycard(
        "create org --identifier https://idp.example.com --client-id c --protocols protocols.json",
      );
      expect(JSON.parse(created.stdout).connection.protocols).toEqual(protocols);
      const shown = await keycard("show org --expand permissions");
      expect(JSON.parse(shown.stdout).connection.permissions).toEqual({
        organizations: { read: true, update: true },
      });
      expect((await keycard("update org --protocols protocols.json")).code).toBe(EXIT.ok);
      expect((await keycard("delete org --yes")).code).toBe(EXIT.ok);
      const ids = fake.requests.map(({ headers }) => headers["x-client-request-id"]);
      expect(ids.length).toBeGreaterThanOrEqual(5);
      expect(new Set(ids)).toEqual(new Set([id]));
      const wrong = await runCommand(
        ["keycard", "show", "org", "--base-url", fake.url, "--request-id", "x"],
        { env: { KEYCARD_TOKEN: "token-1" } },
      );
      expect([wrong.code, wrong.stderr.includes("--request-id")]).toEqual([EXIT.usage, true]);
    });
  });
});

describe("samlcert pandastack", () => {
  test("pandastack sends further query parameters and the organization of its argument", async () => {
    await using fake = await startFakePandaStack({ token: "psk_1" });
    const run = async (...query: string[]) =>
      await runCommand(["pandastack", "list", "1", "--base-url", fake.url, ...query], {
        env: { PANDASTACK_TOKEN: "psk_1" },
      });
    expect((await run("--query", "page=2", "--query", "organization_id=9")).code).toBe(EXIT.ok);
    expect(fake.requests.at(-1)?.query).toEqual({ page: "2", organization_id: "1" });
    const wrong = await run("--query", "page");
    expect([wrong.code, wrong.stderr.includes("NAME=VALUE")]).toEqual([EXIT.usage, true]);
  });

  test("pandastack passes bodies through and asks before it deletes", async () => {
    await using fake = await startFakePandaStack({ token: "psk_planted" });
    const env = { PANDASTACK_TOKEN: "psk_planted" };
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, "sso.json"), JSON.stringify({ slug: "a" }));
      const pandastack = async (line: string) => {
        const result = await runCommand(
          ["pandastack", ...line.split(" "), "--base-url", fake.url],
          { env, cwd },
        );
        expect(result.stdout + result.stderr).not.toContain("planted");
        return result;
      };
      expect(JSON.parse((await pandastack("create 1 sso.json")).stdout)).toMatchObject({
        slug: "a",
      });
      expect(JSON.parse((await pandastack("update 1 sso.json --json")).stdout).format).toBe(
        "samlcert/pandastack-sso/v1",
      );
      expect((await pandastack("show 1")).stdout).toContain('"slug": "a"');
      expect((await pandastack("list 1")).code).toBe(EXIT.ok);
      expect((await pandastack("delete 1")).code).toBe(EXIT.usage);
      expect(fake.state.configurations.get("1")).toHaveLength(1);
      expect((await pandastack("delete 1 --yes")).code).toBe(EXIT.ok);
      expect(fake.state.configurations.get("1")).toEqual([]);
      writeFileSync(join(cwd, "sso.json"), "[");
      expect((await pandastack("create 1 sso.json")).code).toBe(EXIT.usage);
    });
  });
});

function outputTo(write: (text: string) => void) {
  return { write, isTTY: false, columns: 80 };
}

describe("samlcert fake", () => {
  test.each(["sendgrid", "keycard", "pandastack"])(
    "fake %s listens until it is interrupted",
    async (name) => {
      const controller = new AbortController();
      let url = "";
      const stop = (async () => {
        while (url === "") await new Promise((resolve) => setTimeout(resolve, 5));
        const { status } = await fetch(`${url}/v3/sso/integrations`);
        controller.abort();
        return status;
      })();
      const { run } = await import("../../../src/cli/run.ts");
      let log = "";
      const io = {
        stdin: { isTTY: false, async *[Symbol.asyncIterator]() {} },
        stdout: outputTo((text) => {
          url = text.trim();
        }),
        stderr: outputTo((text) => {
          log += text;
        }),
        env: {},
        cwd: ".",
        now: () => new Date(),
        fetch,
        signal: controller.signal,
      };
      expect(await run(["fake", name], io)).toBe(EXIT.interrupted);
      expect([401, 404]).toContain(await stop);
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(log).toContain("GET /v3/sso/integrations");
      await expect(fetch(url)).rejects.toThrow();
    },
  );

  test.each([
    ["--port many", "--port"],
    ["--port 99999", "--port"],
    ["--quirk times", "NAME=VALUE"],
    ["--quirk colour=red", "There are: certificateId"],
    ["--quirk times=red", "number, text"],
  ])("samlcert %s is refused with its reason", async (line, said) => {
    const { code, stderr } = await runCommand(["fake", "sendgrid", ...line.split(" ")]);
    expect(code).toBe(EXIT.usage);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(said);
  });

  test("fake reports a port that is in use", async () => {
    await using fake = await startFakePandaStack();
    const { code, stderr } = await runCommand(["fake", "pandastack", "--port", String(fake.port)]);
    expect([code, stderr.includes("EADDRINUSE")]).toEqual([EXIT.unreadable, true]);
  });
});
