import { describe, expect, it } from "vitest";
import type { Invocation } from "../../../src/cli/command.ts";
import { confirm } from "../../../src/cli/commands/provider/confirm.ts";
import * as schemas from "../../../src/cli/commands/provider/schema.ts";
import type { Io } from "../../../src/cli/io.ts";
import {
  createTestCertificate,
  startFakeKeycard,
  startFakePandaStack,
  startFakeSendGrid,
} from "../../../src/testing/index.ts";
import { runCommand } from "../../support/cli.ts";

describe("every --json output fits its schema", () => {
  async function output(argv: readonly string[], stdin = ""): Promise<unknown> {
    const env = { SENDGRID_API_KEY: "SG.key", KEYCARD_TOKEN: "token", PANDASTACK_TOKEN: "psk_1" };
    const { stdout, code, stderr } = await runCommand([...argv, "--json"], { env, stdin });
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout);
  }

  it("of SendGrid", async () => {
    await using fake = await startFakeSendGrid();
    const { pem } = await createTestCertificate();
    const { id } = fake.addIntegration({ name: "A" });
    const call = (line: string, stdin?: string) =>
      output(["sendgrid", ...line.split(" "), "--base-url", fake.url], stdin);
    const { sendGridCertificateOutputSchema: one, sendGridIntegrationOutputSchema: integration } =
      schemas;
    one.parse(await call(`certificates create ${id} -`, pem));
    const certificate = String([...fake.state.certificates.keys()][0]);
    schemas.sendGridCertificatesOutputSchema.parse(await call(`certificates list ${id}`));
    one.parse(await call(`certificates show ${certificate}`));
    one.parse(await call(`certificates update ${certificate} --enabled true`));
    schemas.sendGridDeletionOutputSchema.parse(
      await call(`certificates delete ${certificate} --yes`),
    );
    schemas.sendGridIntegrationsOutputSchema.parse(await call("integrations list"));
    integration.parse(await call(`integrations show ${id}`));
    schemas.sendGridIntegrationUpdateOutputSchema.parse(
      await call(`integrations update ${id} --name B`),
    );
    const names = "--first-name A --last-name B";
    schemas.sendGridTeammateOutputSchema.parse(
      await call(`teammates create a@example.com ${names}`),
    );
    schemas.sendGridTeammateOutputSchema.parse(
      await call(`teammates update a@example.com ${names}`),
    );
  });

  it("of Keycard and PandaStack", async () => {
    await using keycard = await startFakeKeycard({ token: "token" });
    await using pandastack = await startFakePandaStack();
    const connection = schemas.keycardSsoConnectionOutputSchema;
    const call = (line: string) =>
      output(["keycard", ...line.split(" "), "--base-url", keycard.url]);
    connection.parse(await call("show org"));
    connection.parse(await call("create org --identifier https://i --client-id c"));
    connection.parse(await call("update org --client-id d"));
    schemas.keycardDeletionOutputSchema.parse(await call("delete org --yes"));
    const argv = ["pandastack", "list", "1", "--base-url", pandastack.url];
    schemas.pandaStackOutputSchema.parse(await output(argv));
  });
});

describe("a question before what cannot be undone", () => {
  const invocation = { flag: () => false } as unknown as Invocation;

  async function asked(...chunks: string[]): Promise<{ asked: string; agreed: boolean }> {
    let text = "";
    const io = {
      stderr: { write: (more: string) => (text += more) },
      stdin: {
        isTTY: true,
        async *[Symbol.asyncIterator]() {
          for (const chunk of chunks) yield new TextEncoder().encode(chunk);
        },
      },
    } as unknown as Io;
    const agreed = await confirm(invocation, io, "Really?").then(
      () => true,
      () => false,
    );
    return { asked: text, agreed };
  }

  it.each([
    [["yes\n"], true],
    [["ye", "s\r\n"], true],
    [["YES\nno\n"], true],
    [["y\n"], false],
    [["no\n"], false],
    [["\n"], false],
    [[], false],
    [["x".repeat(5000)], false],
  ])("%j is an answer", async (chunks, agreed) => {
    expect(await asked(...chunks)).toEqual({ asked: "Really? Type yes to go on: ", agreed });
  });
});
