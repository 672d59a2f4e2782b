import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXIT } from "../../../src/cli/framework/exit.ts";
import { parseMetadata } from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { inFolder, runCommand } from "../../support/cli.ts";

import { entityId, withFiles } from "./files.ts";

describe("samlcert metadata sp and idp", () => {
  test("idp writes identity provider metadata", async () => {
    await withFiles(async (cwd) => {
      const { code, stdout } = await runCommand(
        [
          "metadata",
          "idp",
          "--entity-id",
          entityId,
          "--signin-url",
          "https://idp.example.com/sso",
          "--signing-certificate",
          "now.pem",
          "--signing-certificate",
          "next.pem",
        ],
        { cwd },
      );
      expect(code).toBe(EXIT.ok);
      const [entity] = parseMetadata(stdout).entities;
      expect(entity).toMatchObject({ entityId, roles: [{ type: "IDPSSODescriptor" }] });
      expect(entity?.roles?.[0]?.keyDescriptors).toHaveLength(2);
    });
  });

  test("idp refuses an identity provider without a name", async () => {
    const { code, stderr } = await runCommand([
      "metadata",
      "idp",
      "--signin-url",
      "https://e.com/",
    ]);
    expect(code).toBe(EXIT.findings);
    expect(stderr).toContain("integration.missing");
    expect((await runCommand(["metadata", "idp"])).code).toBe(EXIT.usage);
  });

  test("idp publishes the end entity of a chain, and names the issuer that it left aside", async () => {
    await inFolder(async (cwd) => {
      const authority = await createTestCertificate({ subject: { CN: "Example CA" } });
      const { certificate } = await createTestCertificate({ issuer: authority });
      writeFileSync(join(cwd, "fullchain.pem"), certificate.pem + authority.certificate.pem);
      const { stdout, stderr, code } = await runCommand(
        ["metadata", "idp", "--entity-id", "https://idp.example.com/", "--signin-url"].concat([
          "https://idp.example.com/sso",
          "--signing-certificate",
          "fullchain.pem",
        ]),
        { cwd },
      );
      expect(code).toBe(EXIT.ok);
      expect(stdout).toContain(certificate.derBase64);
      expect(stdout).not.toContain(authority.derBase64);
      expect(stderr).toContain("fullchain.pem: Left aside");
      expect(stderr.replace(/\s+/g, " ")).toContain("CN=Example CA");
    });
  });

  test("sp and idp warn of an expired and of a weak certificate that they write", async () => {
    await inFolder(async (cwd) => {
      const expired = await createTestCertificate({
        notBefore: "2020-01-01T00:00:00Z",
        notAfter: "2021-01-01T00:00:00Z",
      });
      const weak = await createTestCertificate({ keyAlgorithm: "RSA-1024" });
      writeFileSync(join(cwd, "expired.pem"), expired.pem);
      writeFileSync(join(cwd, "weak.pem"), weak.pem);
      const urls = {
        sp: [
          "--audience-url",
          "https://sp.example.com/",
          "--single-signon-url",
          "https://sp.example.com/acs",
        ],
        idp: [
          "--entity-id",
          "https://idp.example.com/",
          "--signin-url",
          "https://idp.example.com/sso",
        ],
      };
      for (const [command, fields] of Object.entries(urls)) {
        const files = ["expired", "weak"].flatMap((name) => [
          "--signing-certificate",
          `${name}.pem`,
        ]);
        const argv = ["metadata", command, ...fields, ...files];
        const { stdout, stderr, code } = await runCommand(argv, { cwd });
        expect(code, stderr).toBe(EXIT.ok);
        expect(stdout).toContain(expired.derBase64);
        expect(stderr).toMatch(/warning {2}validity\.expired\n {4}expired\.pem: /);
        expect(stderr).toMatch(/warning {2}key\.rsa_lt_2048\n {4}weak\.pem: /);
      }
    });
  });

  test("sp and idp report missing fields by their importance", async () => {
    const urls = ["https://sp.example.com/saml", "https://sp.example.com/acs"] as const;
    const typed = ["metadata", "sp", "--audience-url", urls[0], "--single-signon-url", urls[1]];
    const quiet = await runCommand(typed);
    expect([quiet.code, quiet.stderr]).toEqual([EXIT.ok, ""]);
    const integration = JSON.stringify({ audience_url: urls[0], single_signon_url: urls[1] });
    const file = await runCommand(["metadata", "sp", "--integration", "-"], { stdin: integration });
    expect(file.code).toBe(EXIT.ok);
    expect(file.stdout).toBe(quiet.stdout);
    expect(file.stderr).toMatch(
      /warning {2}integration\.incomplete[\s\S]*complete without it[\s\S]*issuer/,
    );
    const needed = await runCommand(["metadata", "sp", "--audience-url", urls[0]]);
    expect(needed.code).toBe(EXIT.findings);
    expect(needed.stderr).toContain("single_signon_url");
  });

  test("sp and idp read an integration from the API and from samlcert", async () => {
    const integration = {
      entity_id: "urn:e:1",
      signin_url: "https://idp.example.com/sso",
      audience_url: "https://sp.example.com/saml",
      single_signon_url: "https://sp.example.com/acs",
    };
    const printed = { format: "samlcert/sendgrid-integration/v1", integration };
    for (const command of ["sp", "idp"]) {
      const read = (stdin: object) =>
        runCommand(["metadata", command, "--integration", "-"], { stdin: JSON.stringify(stdin) });
      const [raw, told] = await Promise.all([read(integration), read(printed)]);
      expect([told.code, told.stderr]).toEqual([EXIT.ok, ""]);
      expect(told.stdout).toBe(raw.stdout);
    }
  });

  test("sp, idp and sign print one document with --json, and write the file", async () => {
    await withFiles(async (cwd) => {
      const sp =
        "--audience-url https://sp.example.com --single-signon-url https://sp.example.com/acs";
      const idp = "--entity-id urn:e:1 --signin-url https://idp.example.com/sso";
      for (const [name, line] of [
        ["metadata-sp", `sp ${sp}`],
        ["metadata-idp", `idp ${idp}`],
        ["metadata-sign", "sign --key now.key --certificate now.pem old.xml"],
      ] as const) {
        const argv = ["metadata", ...line.split(" "), "--json", "-o", `${name}.xml`];
        const { code, stdout, stderr } = await runCommand(argv, { cwd });
        const document = JSON.parse(stdout);
        expect([code, stderr, document.format]).toEqual([EXIT.ok, "", `samlcert/${name}/v1`]);
        expect(readFileSync(join(cwd, `${name}.xml`), "utf8")).toBe(document.metadata);
        expect(parseMetadata(document.metadata).entities).toHaveLength(1);
      }
      const bad = await runCommand(["metadata", "sp", "--audience-url", "x", "--json"], { cwd });
      expect(bad.code).toBe(EXIT.findings);
      expect(JSON.parse(bad.stdout)).not.toHaveProperty("metadata");
      expect(JSON.parse(bad.stdout).findings).not.toEqual([]);
    });
  });
});
