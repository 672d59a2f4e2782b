import { describe, expect, it } from "vitest";
import type { Invocation } from "../../../src/cli/command.ts";
import { confirm } from "../../../src/cli/commands/provider/confirm.ts";
import type { Io } from "../../../src/cli/io.ts";
import { outputSchemas } from "../../../src/schemas/index.ts";
import {
  createTestCertificate,
  startFakeKeycard,
  startFakePandaStack,
  startFakeSendGrid,
} from "../../../src/testing/index.ts";
import { runCommand } from "../../support/cli.ts";

describe("every --json output fits its schema", () => {
  async function fits(argv: readonly string[], stdin = ""): Promise<void> {
    const env = { SENDGRID_API_KEY: "SG.key", KEYCARD_TOKEN: "token", PANDASTACK_TOKEN: "psk_1" };
    const { stdout, code, stderr } = await runCommand([...argv, "--json"], { env, stdin });
    expect(code, stderr).toBe(0);
    const document = JSON.parse(stdout);
    const schema = outputSchemas[document.format];
    expect(schema, document.format).toBeDefined();
    schema?.parse(document);
  }

  it("of SendGrid", async () => {
    await using fake = await startFakeSendGrid();
    const { pem } = await createTestCertificate();
    const { id } = fake.addIntegration({ name: "A" });
    const call = (line: string, stdin?: string) =>
      fits(["sendgrid", ...line.split(" "), "--base-url", fake.url], stdin);
    await call(`certificates create ${id} -`, pem);
    const certificate = String([...fake.state.certificates.keys()][0]);
    const names = "--first-name A --last-name B";
    for (const line of [
      `certificates list ${id}`,
      `certificates show ${certificate}`,
      `certificates update ${certificate} --enabled true`,
      `certificates delete ${certificate} --yes`,
      "integrations list",
      `integrations show ${id}`,
      `integrations update ${id} --name B`,
      `integrations delete ${id} --yes`,
      `teammates create a@example.com ${names}`,
      `teammates update a@example.com ${names}`,
    ]) {
      await call(line);
    }
  });

  it("of Keycard and PandaStack", async () => {
    await using keycard = await startFakeKeycard({ token: "token" });
    await using pandastack = await startFakePandaStack();
    for (const line of [
      "show org",
      "create org --identifier https://i --client-id c",
      "update org --client-id d",
      "delete org --yes",
    ]) {
      await fits(["keycard", ...line.split(" "), "--base-url", keycard.url]);
    }
    for (const line of ["list 1", "show 1", "delete 1 --yes"]) {
      await fits(["pandastack", ...line.split(" "), "--base-url", pandastack.url]);
    }
  });
});

describe("a question before what cannot be undone", () => {
  const invocation = { flag: () => false } as unknown as Invocation;

  async function asked(...chunks: string[]): Promise<{ asked: string; agreed: boolean }> {
    let text = "";
    const io = {
      progress: { clear: () => {} },
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
