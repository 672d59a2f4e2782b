import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EXIT } from "../../../src/cli/framework/exit.ts";
import {
  createTestCertificate,
  type FakeSendGrid,
  startFakeSendGrid,
} from "../../../src/testing/index.ts";
import { type CommandOptions, inFolder, runCommand } from "../../support/cli.ts";

let fake: FakeSendGrid;
beforeEach(async () => {
  fake = await startFakeSendGrid({ apiKey: "SG.cli-planted-key" });
});
afterEach(() => fake.close());

const env = { SENDGRID_API_KEY: "SG.cli-planted-key" };

async function samlcert(line: string, options: CommandOptions = {}) {
  const argv = ["sendgrid", ...line.split(" "), "--base-url", fake.url];
  const result = await runCommand(argv, { env, ...options });
  expect(result.stdout + result.stderr).not.toContain("planted");
  return result;
}

const URLS = "--signin-url https://idp.example.com/sso --signout-url https://idp.example.com/out";

describe("samlcert sendgrid integrations", () => {
  test("integrations are created, listed, shown, updated and deleted", async () => {
    const created = await samlcert(
      `integrations create --name Okta --enabled true ${URLS} --entity-id https://idp.example.com --json`,
    );
    expect(created.code).toBe(EXIT.ok);
    const { format, integration } = JSON.parse(created.stdout);
    expect([format, integration.name]).toEqual(["samlcert/sendgrid-integration/v1", "Okta"]);
    const list = await samlcert("integrations list");
    expect(list.stdout).toMatch(/^ID +ENABLED +COMPLETED +NAME +ISSUER\n/);
    expect(list.stdout).toContain(integration.id);
    const shown = await samlcert(`integrations show ${integration.id}`);
    expect(shown.stdout).toContain("audience_url");
    const updated = await samlcert(`integrations update ${integration.id} --name Entra`);
    expect(updated.stdout).toBe("name: Okta -> Entra\n");
    expect((await samlcert(`integrations update ${integration.id} --name Entra`)).stdout).toBe(
      "Nothing to change.\n",
    );
    expect((await samlcert(`integrations delete ${integration.id} --yes`)).code).toBe(EXIT.ok);
    expect((await samlcert("integrations list")).stdout).toBe("None.\n");
    expect(JSON.parse((await samlcert("integrations list --json")).stdout)).toEqual({
      format: "samlcert/sendgrid-integrations/v1",
      integrations: [],
    });
  });

  test("integrations are deleted or disabled only after yes; a pipe needs --yes", async () => {
    const { id } = fake.addIntegration();
    for (const line of [`integrations delete ${id}`, `integrations update ${id} --enabled false`]) {
      const { code, stderr } = await samlcert(line);
      expect(code).toBe(EXIT.usage);
      expect(stderr).toContain("--yes");
    }
    expect(fake.requests).toEqual([]);
    expect((await samlcert(`integrations update ${id} --enabled false --yes`)).code).toBe(EXIT.ok);
    expect(fake.state.integrations.get(id)?.enabled).toBe(false);
  });

  test.each([
    ["integrations create --name x", EXIT.usage],
    ["integrations show", EXIT.usage],
    ["integrations update x", EXIT.usage],
    ["integrations update x --enabled maybe", EXIT.usage],
    ["integrations show nothing", EXIT.refused],
  ])("samlcert sendgrid %s exits with %i", async (line, code) => {
    expect((await samlcert(line)).code).toBe(code);
  });

  test("integrations list escapes control characters", async () => {
    fake.addIntegration({ name: "\u001b[2J\nevil" });
    const { stdout } = await samlcert("integrations list");
    expect(stdout).not.toContain("\u001b");
    expect(stdout.trim().split("\n")).toHaveLength(2);
  });
});

describe("samlcert sendgrid certificates", () => {
  test("certificates are created, found again, listed, shown, updated and deleted", async () => {
    await inFolder(async (cwd) => {
      const { pem, certificate } = await createTestCertificate();
      writeFileSync(join(cwd, "idp.pem"), pem);
      const { id } = fake.addIntegration();
      const added = await samlcert(`certificates create ${id} idp.pem --enabled true`, { cwd });
      expect(added.stdout).toMatch(/^Added\./);
      expect((await samlcert(`certificates create ${id} -`, { stdin: pem })).stdout).toMatch(
        /^It was stored/,
      );
      const { certificates } = JSON.parse(
        (await samlcert(`certificates list ${id} --json`)).stdout,
      );
      expect(certificates).toHaveLength(1);
      const list = await samlcert(`certificates list ${id}`);
      expect(list.stdout).toContain(certificate.fingerprint.sha256.slice(0, 16));
      expect(list.stdout).toContain("active");
      const shown = await samlcert(`certificates show ${certificates[0].id}`);
      expect(shown.stdout).toContain(certificate.fingerprint.sha256);
      const off = await samlcert(`certificates update ${certificates[0].id} --enabled false --yes`);
      expect(off.code).toBe(EXIT.ok);
      expect([...fake.state.certificates.values()][0]?.enabled).toBe(false);
      expect((await samlcert(`certificates delete ${certificates[0].id}`)).code).toBe(EXIT.usage);
      expect((await samlcert(`certificates delete ${certificates[0].id} --yes`)).code).toBe(
        EXIT.ok,
      );
      expect(fake.state.certificates.size).toBe(0);
    });
  });

  test("certificates create refuses an expired certificate unless the finding is accepted", async () => {
    const { pem } = await createTestCertificate({ notBefore: 1, notAfter: 2 });
    const { id } = fake.addIntegration();
    const refused = await samlcert(`certificates create ${id} -`, { stdin: pem });
    expect(refused.stderr).toContain("validity.expired");
    expect(refused.code).toBe(EXIT.findings);
    const accepted = await samlcert(`certificates create ${id} - --accept validity.expired`, {
      stdin: pem,
    });
    expect(accepted.code).toBe(EXIT.ok);
  });
});

describe("samlcert sendgrid teammates", () => {
  test("teammates are created and updated, and dropped fields are named", async () => {
    await fake.close();
    fake = await startFakeSendGrid({ quirks: { unacceptableScopes: ["bad"] } });
    const names = "--first-name Ada --last-name Lovelace";
    expect(
      (await samlcert(`teammates create ada@example.com ${names} --persona developer`)).code,
    ).toBe(EXIT.ok);
    await inFolder(async (cwd) => {
      const rights = {
        has_restricted_subuser_access: true,
        subuser_access: [{ id: 7, permission_type: "restricted", scopes: ["bad"] }],
      };
      writeFileSync(join(cwd, "rights.json"), JSON.stringify(rights));
      const updated = await samlcert(
        `teammates update ada@example.com ${names} --rights rights.json`,
        { cwd },
      );
      expect(updated.stdout).toContain("SendGrid dropped: subuser_access 7");
      expect(updated.code).toBe(EXIT.findings);
    });
    const wrong = await samlcert(
      `teammates update ada@example.com ${names} --admin true --scope a`,
    );
    expect(wrong.code).toBe(EXIT.usage);
  });
});

describe("samlcert sendgrid's further options", () => {
  test("sendgrid commands act for a subuser and pass on si and completed_integration", async () => {
    const { id } = fake.addIntegration();
    const behalf = (): unknown => fake.requests.at(-1)?.headers["on-behalf-of"];
    await samlcert("integrations list --on-behalf-of subuser --si false");
    expect(behalf()).toBe("subuser");
    expect(fake.requests.at(-1)?.query).toEqual({ si: "false" });
    await samlcert(`integrations show ${id} --si false`);
    expect(fake.requests.at(-1)?.query).toEqual({ si: "false" });
    expect(behalf()).toBeUndefined();
    const updated = await samlcert(`integrations update ${id} --completed-integration true`);
    expect(updated.stdout).toBe("completed_integration: false -> true\n");
    expect(fake.state.integrations.get(id)?.completed_integration).toBe(true);
    const created = await samlcert(
      `integrations create --name A --enabled false ${URLS} --entity-id https://a.example.com --completed-integration false`,
    );
    expect(created.code).toBe(EXIT.ok);
    expect(fake.requests.find(({ method }) => method === "POST")?.body).toMatchObject({
      completed_integration: false,
    });
  });

  test("certificates update moves a certificate to another integration after a question", async () => {
    const [from, to] = [fake.addIntegration(), fake.addIntegration()];
    const { pem } = await createTestCertificate();
    const { id } = fake.addCertificate({ integration_id: from.id, public_certificate: pem });
    const line = `certificates update ${id} --integration ${to.id}`;
    expect((await samlcert(line)).code).toBe(EXIT.usage);
    expect((await samlcert(`${line} --yes`)).code).toBe(EXIT.ok);
    expect(fake.requests.at(-1)?.body).toEqual({ integration_id: to.id });
    expect(fake.state.certificates.get(id)?.integration_id).toBe(to.id);
  });
});

describe("the API key", () => {
  test("the API key comes from the environment or a file, not from a flag", async () => {
    expect((await samlcert("integrations list", { env: {} })).code).toBe(EXIT.usage);
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, "key"), "SG.cli-planted-key\n");
      expect((await samlcert("integrations list --api-key-file key", { env: {}, cwd })).code).toBe(
        EXIT.ok,
      );
    });
    expect((await samlcert("integrations list --api-key x")).code).toBe(EXIT.usage);
    const wrong = await samlcert("integrations list", {
      env: { SENDGRID_API_KEY: "SG.wrong-planted" },
    });
    expect(wrong.code).toBe(EXIT.refused);
  });

  test("the API key is neither sent to another host nor printed", async () => {
    const insecure = await runCommand(
      ["sendgrid", "integrations", "list", "--base-url", "http://example.com"],
      { env },
    );
    expect(insecure.code).toBe(EXIT.usage);
    await fake.close();
    const fetch = () =>
      Promise.reject(
        Object.assign(new Error(), { cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" } }),
      );
    const { code, stderr } = await samlcert("integrations list", { fetch });
    expect([code, stderr.includes("provider.tls")]).toEqual([EXIT.network, true]);
  });
});
