import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { formatsOf } from "../../src/cli/framework/formats.ts";
import type { OutputName } from "../../src/schemas/documents.ts";
import { formatOf, schemaFile } from "../../src/schemas/format.ts";
import { outputSchemas } from "../../src/schemas/index.ts";
import { jsonSchemaOf } from "../../src/schemas/outputs.ts";
import { watchConfigJsonSchema } from "../../src/schemas/watch-config.ts";
import {
  createTestCertificate,
  startFakeKeycard,
  startFakePandaStack,
  startFakeSendGrid,
} from "../../src/testing/index.ts";
import { webhook } from "../../src/watch/index.ts";
import { writeFiles } from "../docs/support/scenario.ts";
import { base64, signedResponse } from "../signature/response/support.ts";
import { inFolder, runCommand } from "../support/cli.ts";
import { metadata, serve } from "../trusted-keys/serving.ts";
import { everyState, NOW } from "../watch/support/statuses.ts";

const folder = join(import.meta.dirname, "..", "..", "docs", "schemas");
const names: readonly OutputName[] = [...formatsOf(commands).keys()];
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });

/** As a program in another language reads it. */
function published(name: OutputName): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, schemaFile(name)), "utf8"));
}

/** The validator of each published schema, by `format`. */
const validators = new Map(
  names.map((name): [string, ValidateFunction] => [formatOf(name), ajv.compile(published(name))]),
);

const seen = new Set<string>();

/** Runs a command with `--json` and validates its output with both schemas of its format. */
async function outputOf(argv: readonly string[], cwd: string): Promise<Record<string, unknown>> {
  const env = {
    SENDGRID_API_KEY: "SG.test",
    KEYCARD_CLIENT_ID: "id",
    KEYCARD_CLIENT_SECRET: "s",
    PANDASTACK_TOKEN: "psk_1",
  };
  const { stdout, stderr } = await runCommand([...argv, "--json"], { cwd, env });
  let document: Record<string, unknown>;
  try {
    document = JSON.parse(stdout);
  } catch {
    throw new Error(`${argv.join(" ")} printed no JSON:\n${stdout}\n${stderr}`);
  }
  expectValid(document, argv.join(" "));
  return document;
}

/** Validates a document with both schemas of its format. */
function expectValid(document: Record<string, unknown>, origin: string): void {
  const format = String(document["format"]);
  seen.add(format);
  const result = outputSchemas[format]?.safeParse(document);
  expect(result?.error?.issues, `${origin}: ${format}`).toBeUndefined();
  expect(result?.success, `${origin}: no schema for ${format}`).toBe(true);
  const validate = validators.get(format);
  expect(validate?.(document), `${origin}: ${JSON.stringify(validate?.errors)}`).toBe(true);
}

// In this order, because a later test checks the outputs of earlier ones.
describe("every --json output matches its schema", { shuffle: false }, () => {
  test("the documents of certificates and metadata match their schemas", async () => {
    await inFolder(async (cwd) => {
      await writeFiles(cwd);
      writeFileSync(join(cwd, "bad.pem"), "nonsense");
      const own = await createTestCertificate();
      writeFileSync(join(cwd, "own.pem"), own.certificate.pem);
      writeFileSync(join(cwd, "own.key"), own.privateKeyPem);
      const rsa = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
      writeFileSync(join(cwd, "response.txt"), base64(signedResponse(rsa)));
      for (const line of [
        "explain-response --certificate own.pem --show nameId --show attributes response.txt",
        "explain-response bad.pem",
        "check idp.pem bad.pem",
        "inspect idp.pem",
        "check missing.pem",
        "nonsense",
        "metadata validate idp.xml bad.pem",
        "metadata inspect idp.xml",
        "metadata diff idp-before.xml idp-after.xml",
        "metadata extract --entity-id http://www.okta.com/exk1fcia6d6EMsf331d8 idp.xml",
        "metadata sp --audience-url https://sp.example.com/saml --single-signon-url https://sp.example.com/acs",
        "metadata sp --audience-url javascript:alert(1) --single-signon-url https://sp.example.com/acs",
        "metadata idp --entity-id https://idp.example.com --signin-url https://idp.example.com/sso",
        "metadata sign --key own.key --certificate own.pem idp.xml",
        "metadata verify --trust signer.pem idp-signed.xml",
        "metadata verify --trust idp.pem idp-signed.xml",
      ]) {
        await outputOf(line.split(" "), cwd);
      }
    });
  });

  test("the documents of keys match their schemas", async () => {
    await inFolder(async (cwd) => {
      const create = "key create --common-name sp.example.com --algorithm p256";
      for (const line of [
        create,
        `${create} --key next.key --certificate next.crt`,
        "key request --key sp.key --common-name sp.example.com",
        "key renew --key sp.key --certificate sp.crt -o renewed.crt",
        "key inspect sp.key",
        "key match sp.crt sp.key",
        "key match sp.crt next.key",
        "key rollover next --current sp.crt --certificate next.crt --identity-provider https://idp.example.com",
        "key rollover next",
        "key rollover plan",
        "key rollover status",
      ]) {
        await outputOf(line.split(" "), cwd);
      }
      expect(readFileSync(join(cwd, "renewed.crt"), "utf8")).toContain("BEGIN CERTIFICATE");
      const mixed = await outputOf([...create.split(" "), "--key", "-"], cwd);
      expect(mixed).toMatchObject({ error: { code: "cli.usage" } });
    });
  });

  test("the document of a download matches its schema", async () => {
    const port = await serve((_, response) => response.end(metadata()));
    const url = `http://127.0.0.1:${port}/`;
    await inFolder(async (cwd) => {
      const argv = ["metadata", "fetch", url, "--allow-private-addresses", "-o", "idp.xml"];
      expect(await outputOf(argv, cwd)).toMatchObject({ url, entities: 1 });
    });
  });

  test("the documents of SendGrid and rotations match their schemas", async () => {
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
          `rotate retire --integration ${id} --switched --yes`,
          "rotate status",
          "watch sendgrid",
          `sendgrid integrations update ${id} --name B`,
          "sendgrid teammates create a@example.com --first-name A --last-name B",
          "sendgrid teammates update a@example.com --first-name A --last-name B",
        ]) {
          await outputOf([...line.split(" "), "--base-url", fake.url], cwd);
        }
        await outputOf(["rotate", "list"], cwd);
        const [stored = ""] = fake.state.certificates.keys();
        for (const line of [
          `certificates show ${stored}`,
          `certificates update ${stored} --enabled true`,
          `certificates delete ${stored} --yes`,
          `integrations delete ${id} --yes`,
          `integrations show ${id}`,
        ]) {
          await outputOf(["sendgrid", ...line.split(" "), "--base-url", fake.url], cwd);
        }
      });
    } finally {
      await fake.close();
    }
  });

  test("the documents of Keycard match their schemas", async () => {
    const fake = await startFakeKeycard();
    try {
      await inFolder(async (cwd) => {
        for (const line of [
          "show org",
          "create org --identifier https://i --client-id c",
          "show org",
          "update org --client-id d",
          "delete org --yes",
        ]) {
          await outputOf(["keycard", ...line.split(" "), "--base-url", fake.url], cwd);
        }
      });
    } finally {
      await fake.close();
    }
  });

  test("the documents of PandaStack match their schemas", async () => {
    await using fake = await startFakePandaStack();
    await inFolder(async (cwd) => {
      for (const line of ["list 1", "show 1", "delete 1 --yes"]) {
        await outputOf(["pandastack", ...line.split(" "), "--base-url", fake.url], cwd);
      }
    });
  });

  test("the body of a webhook matches its schema, with a card and without", () => {
    for (const card of [true, false]) {
      const messages = webhook(everyState(), { now: NOW, card });
      expect(messages).not.toEqual([]);
      for (const { body } of messages) expectValid(JSON.parse(JSON.stringify(body)), "webhook");
    }
  });

  test("every format was printed and has a schema", () => {
    // test/postgres/cli.test.ts runs the commands of a fleet, which need a database.
    const own = names.filter((name) => !name.startsWith("fleet-"));
    expect([...seen].sort()).toEqual(own.map(formatOf).sort());
    expect(Object.keys(outputSchemas).sort()).toEqual(names.map(formatOf).sort());
  });

  test("exactly the commands with formats have --json", () => {
    for (const { name, options = [], formats = [] } of commands) {
      const hasJson = options.some((option) => option.name === "json");
      expect(formats.length > 0, name).toBe(hasJson);
    }
  });

  test("a schema refuses an unknown field", async () => {
    const document = { format: "samlcert/keycard-deletion/v1", disabled: true, more: 1 };
    expect(validators.get(document.format)?.(document)).toBe(false);
    expect(outputSchemas[document.format]?.safeParse(document).success).toBe(false);
  });

  test("a schema refuses another version", async () => {
    const { certificate } = await createTestCertificate({});
    const document = { format: "samlcert/inspect/v2", file: "x", certificates: [certificate] };
    expect(outputSchemas["samlcert/inspect/v1"]?.safeParse(document).success).toBe(false);
  });
});

describe("the published JSON Schemas", () => {
  test("the published schemas equal those of the sources and have an id and a title", () => {
    expect(readdirSync(folder).sort()).toEqual([...names.map(schemaFile), "config.v1.json"].sort());
    const config = JSON.parse(readFileSync(join(folder, "config.v1.json"), "utf8"));
    expect(config, "config: run npm run docs").toEqual(watchConfigJsonSchema());
    for (const name of names) {
      expect(published(name), `${name}: run npm run docs`).toEqual(jsonSchemaOf(name));
      expect(published(name)).toMatchObject({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        $id: `urn:samlcert:${name}:v1`,
        title: formatOf(name),
      });
    }
  });

  test("samlcert schema prints a schema by document name and by command", async () => {
    const byName = await runCommand(["schema", "rotation-plan"]);
    const byCommand = await runCommand(["schema", "rotate", "plan"]);
    expect(JSON.parse(byName.stdout)).toEqual(published("rotation-plan"));
    expect(byCommand.stdout).toBe(byName.stdout);
    const either = JSON.parse((await runCommand(["schema", "rotate"])).stdout);
    expect(either).toEqual({ anyOf: [published("rotation"), published("rotation-plan")] });
    const { stdout } = await runCommand(["schema"]);
    for (const name of names) expect(stdout).toContain(`  ${name} `);
    const { code, stderr } = await runCommand(["schema", "chek"]);
    expect(code).toBe(2);
    expect(stderr).toContain("Did you mean check?");
  });
});
