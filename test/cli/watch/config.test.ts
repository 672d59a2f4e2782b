import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { watchConfigJsonSchema } from "../../../src/schemas/watch-config.ts";
import { createTestCertificate, startFakeSendGrid } from "../../../src/testing/index.ts";
import type { ConnectionStatus } from "../../../src/watch/index.ts";
import { type Cast, cast, day } from "../../rotation/support/certificates.ts";
import { inFolder, runCommand } from "../../support/cli.ts";
import { changingServer, idpMetadata } from "../../watch/support/world.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

interface Run {
  readonly code: number;
  readonly stderr: string;
  readonly connections: readonly ConnectionStatus[];
}

/** Runs `samlcert watch --json` in a folder with a configuration. */
async function runWith(
  config: unknown,
  { env = {}, folder = "", argv = [] as readonly string[] } = {},
  prepare: (cwd: string) => void = () => undefined,
): Promise<Run> {
  return await inFolder(async (cwd) => {
    const text = typeof config === "string" ? config : JSON.stringify(config);
    writeFileSync(join(cwd, "samlcert.json"), text);
    mkdirSync(join(cwd, folder), { recursive: true });
    prepare(cwd);
    const now = new Date(day(0) * 1000);
    const place = { cwd: join(cwd, folder), env, now };
    const { code, stdout, stderr } = await runCommand(["watch", ...argv], place);
    const printed = await runCommand(["watch", "--json", ...argv], place);
    const { connections = [] } = JSON.parse(printed.stdout);
    return { code, stderr: `${stderr}${stdout}`, connections };
  });
}

describe("samlcert.json", () => {
  it("is found upwards, and gives names, owners, labels and thresholds", async () => {
    const server = await changingServer(idpMetadata([all.next]));
    const connections = [
      {
        ...{ name: "Okta", owner: "identity team", labels: { tier: "1" }, expiringDays: 2000 },
        ...{ metadata: server.url, allowPrivateAddresses: true },
      },
      { name: "Files", files: "certs/*.pem" },
      { environment: "IDP_CERT" },
    ];
    const found = await runWith(
      { expiringDays: 10, connections },
      { folder: "deep/er", env: { IDP_CERT: all.current.pem } },
      (cwd) => {
        mkdirSync(join(cwd, "certs"));
        writeFileSync(join(cwd, "certs/a.pem"), all.next.pem);
      },
    );
    expect(found.code).toBe(1);
    expect(found.connections).toMatchObject([
      { name: "Okta", owner: "identity team", labels: { tier: "1" }, state: "expiring" },
      { name: "Files", id: "file:certs/a.pem", state: "active", expiringDays: 10 },
      { name: "CN=current", id: "env:IDP_CERT", state: "active" },
    ]);
  });

  it("pairs a provider with the metadata whose keys it must have", async () => {
    await using fake = await startFakeSendGrid();
    const { id } = fake.addIntegration({ name: "Example" });
    fake.addCertificate({ integration_id: id, public_certificate: all.next.pem });
    const store = { provider: "sendgrid", integration: id, baseUrl: fake.url };
    const connections = [
      { ...{ name: "SendGrid", published: "idp.xml" }, store: { ...store, apiKey: { env: "K" } } },
      { name: "By file", store: { ...store, apiKey: { file: "key.txt" } } },
    ];
    const found = await runWith({ connections }, { env: { K: "SG.one" } }, (cwd) => {
      writeFileSync(join(cwd, "idp.xml"), idpMetadata([all.next, all.pending]));
      writeFileSync(join(cwd, "key.txt"), "SG.two\n");
    });
    expect(found.connections).toMatchObject([
      { name: "SendGrid", state: "next_missing", unstored: [{ state: "next" }] },
      { name: "By file", state: "active" },
    ]);
  });

  it("takes the stores of a module, whatever the provider", async () => {
    const module = `export default async () => ({
      provider: "intranet", integrationId: "7", capabilities: {},
      list: async () => [{ id: "1", public_certificate: "?" }],
    });`;
    const store = { provider: "module", module: "stores.mjs" };
    const broken = { provider: "module", module: "broken.mjs" };
    const found = await runWith({ connections: [{ store }, { store: broken }] }, {}, (cwd) => {
      writeFileSync(join(cwd, "stores.mjs"), module);
      writeFileSync(join(cwd, "broken.mjs"), 'throw new Error("secret");');
    });
    expect(found.connections).toMatchObject([
      { id: "intranet:7", state: "down" },
      { id: "config:connections[1]", state: "unreachable", errors: [{ code: "watch.module" }] },
    ]);
    expect(JSON.stringify(found)).not.toContain("secret");
  });

  it("shows a connection that cannot be set up beside the others", async () => {
    const connections = [
      { name: "No key", store: { provider: "sendgrid", apiKey: { env: "NONE" } } },
      { name: "No anchor", metadata: "https://idp.example.com", trust: "none.pem" },
      { files: "a.pem" },
    ];
    const found = await runWith({ connections }, {}, (cwd) =>
      writeFileSync(join(cwd, "a.pem"), all.next.pem),
    );
    expect(found.connections.map(({ id, state }) => [id, state])).toEqual([
      ["config:No key", "unreachable"],
      ["config:No anchor", "unreachable"],
      ["file:a.pem", "active"],
    ]);
  });

  const one = { files: "a.pem" };
  it.each<[string, unknown, string]>([
    ["no JSON", "{", "the document is no JSON"],
    ["no object", 7, "the document is invalid"],
    ["no connection", { connections: [] }, "connections is invalid"],
    ["an unknown property", { connections: [{ ...one, ownr: "a" }] }, 'unknown property "ownr"'],
    [
      "two places",
      { connections: [{ ...one, metadata: "b" }] },
      "connections[0] needs exactly one",
    ],
    ["no place", { connections: [{ name: "a" }] }, "connections[0] needs exactly one"],
    ["a wrong type", { connections: [one], concurrency: "8" }, "concurrency is invalid"],
    [
      "a negative limit",
      { connections: [{ ...one, expiringDays: -1 }] },
      "expiringDays is invalid",
    ],
    ["a pair without a store", { connections: [{ ...one, published: "b" }] }, "belongs to a store"],
    ["trust without metadata", { connections: [{ ...one, trust: "b" }] }, "without metadata"],
    [
      "an unknown provider",
      { connections: [{ store: { provider: "okta" } }] },
      "connections[0].store.provider is invalid",
    ],
    [
      "a key in two places",
      { connections: [{ store: { provider: "sendgrid", apiKey: { env: "A", file: "b" } } }] },
      "connections[0].store.apiKey needs exactly one",
    ],
    [
      "a module without a file",
      { connections: [{ store: { provider: "module" } }] },
      "connections[0].store needs module",
    ],
  ])("is refused with %s", async (_, config, words) => {
    const { code, stderr } = await runWith(config);
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("watch.config_invalid");
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(words);
  });

  it("is refused with a secret in it, wherever that is, and no output repeats it", async () => {
    const { privateKeyPem } = await createTestCertificate();
    const places: readonly (readonly [place: string, config: object, secret: string])[] = [
      [
        "connections[0].store.apiKey",
        { connections: [{ store: { provider: "sendgrid", apiKey: "SG.s3cret" } }] },
        "s3cret",
      ],
      ["connections[0].name", { connections: [{ ...one, name: "SG.s3cret" }] }, "s3cret"],
      ["connections[0].files", { connections: [{ files: privateKeyPem }] }, "PRIVATE KEY"],
      [
        "connections[0].metadata",
        { connections: [{ metadata: "https://me:s3cret@idp.example.com" }] },
        "s3cret",
      ],
    ];
    for (const [place, config, secret] of places) {
      const { code, stderr } = await runWith(config);
      expect(code, place).toBe(2);
      expect(stderr).toContain("watch.config_secret");
      expect(stderr.replaceAll(/\s+/g, " ")).toContain(place);
      expect(stderr).not.toContain(secret);
    }
  });

  it("can be named, and must exist then", async () => {
    const { code, stderr } = await runWith({}, { argv: ["--config", "none.json"] });
    expect(code).toBe(3);
    expect(stderr).toContain("watch.config_unreadable");
  });

  it("has a JSON Schema that says what each property is", () => {
    const schema = watchConfigJsonSchema();
    expect(schema).toMatchObject({ $id: "urn:samlcert:config:v1", required: ["connections"] });
    expect(JSON.stringify(schema)).toContain("The name of an environment variable.");
  });
});
