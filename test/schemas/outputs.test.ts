import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { outputSchemas } from "../../src/schemas/index.ts";
import {
  createTestCertificate,
  startFakeKeycard,
  startFakeSendGrid,
} from "../../src/testing/index.ts";
import { writeFiles } from "../docs/support/scenario.ts";
import { inFolder, runCommand } from "../support/cli.ts";

const seen = new Set<string>();

/** Runs a command with `--json` and holds what it prints against the schema of its format. */
async function outputOf(argv: readonly string[], cwd: string): Promise<Record<string, unknown>> {
  const env = { SENDGRID_API_KEY: "SG.test", KEYCARD_CLIENT_ID: "id", KEYCARD_CLIENT_SECRET: "s" };
  const { stdout, stderr } = await runCommand([...argv, "--json"], { cwd, env });
  let document: Record<string, unknown>;
  try {
    document = JSON.parse(stdout);
  } catch {
    throw new Error(`${argv.join(" ")} printed no JSON:\n${stdout}\n${stderr}`);
  }
  const format = String(document["format"]);
  seen.add(format);
  const result = outputSchemas[format]?.safeParse(document);
  expect(result?.error?.issues, `${argv.join(" ")}: ${format}`).toBeUndefined();
  expect(result?.success, `${argv.join(" ")}: no schema for ${format}`).toBe(true);
  return document;
}

describe("every --json output fits its schema", () => {
  test("of certificates and metadata", async () => {
    await inFolder(async (cwd) => {
      await writeFiles(cwd);
      writeFileSync(join(cwd, "bad.pem"), "nonsense");
      for (const line of [
        "check idp.pem bad.pem",
        "inspect idp.pem",
        "check missing.pem",
        "nonsense",
        "metadata validate idp.xml bad.pem",
        "metadata inspect idp.xml",
        "metadata diff idp-before.xml idp-after.xml",
        "metadata verify --trust signer.pem idp-signed.xml",
        "metadata verify --trust idp.pem idp-signed.xml",
      ]) {
        await outputOf(line.split(" "), cwd);
      }
    });
  });

  test("of SendGrid and rotations", async () => {
    const fake = await startFakeSendGrid();
    try {
      const { id } = fake.addIntegration();
      await inFolder(async (cwd) => {
        const { current } = await writeFiles(cwd);
        fake.addCertificate({ integration_id: id, public_certificate: current.pem });
        for (const line of [
          "sendgrid integrations list",
          `sendgrid integrations show ${id}`,
          `sendgrid certificates list ${id}`,
          `sendgrid certificates create ${id} next.pem --enabled true`,
          `rotate plan --integration ${id} --certificate next.pem`,
          `rotate apply --integration ${id} --certificate next.pem`,
          `rotate resume --integration ${id}`,
          "rotate status",
          "watch",
        ]) {
          await outputOf([...line.split(" "), "--base-url", fake.url], cwd);
        }
      });
    } finally {
      await fake.close();
    }
  });

  test("of Keycard", async () => {
    const fake = await startFakeKeycard();
    try {
      await inFolder(async (cwd) => {
        await outputOf(["keycard", "show", "organization", "--base-url", fake.url], cwd);
      });
    } finally {
      await fake.close();
    }
  });

  test("each command that has --json was asked, or prints a format that another has shown", () => {
    const groups = new Set(
      commands
        .filter(({ options }) => options?.some(({ name }) => name === "json"))
        .map(({ name }) => name.split(" ")[0]),
    );
    expect([...groups].sort()).toEqual(
      expect.arrayContaining(["check", "inspect", "metadata", "rotate", "sendgrid"]),
    );
    expect(seen.size).toBeGreaterThanOrEqual(12);
    expect(Object.keys(outputSchemas)).toEqual(expect.arrayContaining([...seen]));
  });

  test("a schema refuses another version", async () => {
    const { certificate } = await createTestCertificate({});
    const document = { format: "samlcert/inspect/v2", file: "x", certificates: [certificate] };
    expect(outputSchemas["samlcert/inspect/v1"]?.safeParse(document).success).toBe(false);
  });
});
