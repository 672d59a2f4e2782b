import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT, Interruption } from "../../../src/cli/exit.ts";
import {
  buildIdentityProviderMetadata,
  buildMetadata,
  parseMetadata,
} from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { inFolder, runCommand } from "../../support/cli.ts";

const entityId = "https://idp.example.com/saml";

/** A folder with a key, two certificates and metadata. */
async function withFiles(body: (cwd: string) => Promise<void>): Promise<void> {
  await inFolder(async (cwd) => {
    const signer = await createTestCertificate({ subject: { CN: "signer" } });
    const next = await createTestCertificate({ subject: { CN: "next" } });
    writeFileSync(join(cwd, "now.pem"), signer.certificate.pem);
    writeFileSync(join(cwd, "now.key"), signer.privateKeyPem);
    writeFileSync(join(cwd, "next.pem"), next.certificate.pem);
    const idp = (certificates: readonly string[]): string =>
      buildIdentityProviderMetadata({
        entityId,
        singleSignOnServices: ["https://idp.example.com/sso"],
        signingCertificates: certificates,
        validUntil: 4_000_000_000,
      });
    writeFileSync(join(cwd, "old.xml"), idp([signer.certificate.pem]));
    writeFileSync(join(cwd, "new.xml"), idp([signer.certificate.pem, next.certificate.pem]));
    const entities = [entityId, "https://other.example.com/saml"].map((name) => {
      const [entity] = parseMetadata(idp([signer.certificate.pem])).entities;
      return { ...entity!, entityId: name, validUntil: undefined };
    });
    const group = {
      type: "EntitiesDescriptor" as const,
      name: "urn:example:federation",
      validUntil: { unixSeconds: 4_000_000_000, iso: "2096-10-02T07:06:40Z" },
      members: entities,
    };
    writeFileSync(join(cwd, "aggregate.xml"), buildMetadata(group));
    await body(cwd);
  });
}

describe("samlcert metadata", () => {
  it("idp writes what identity providers publish", async () => {
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

  it("idp refuses what has no name", async () => {
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

  it("sp and idp say what is missing only where it is, and how it matters", async () => {
    const urls = ["https://sp.example.com/saml", "https://sp.example.com/acs"] as const;
    const typed = ["metadata", "sp", "--audience-url", urls[0], "--single-signon-url", urls[1]];
    const quiet = await runCommand(typed);
    expect([quiet.code, quiet.stderr]).toEqual([EXIT.ok, ""]);
    const integration = JSON.stringify({ audience_url: urls[0], single_signon_url: urls[1] });
    const file = await runCommand(["metadata", "sp", "--integration", "-"], { stdin: integration });
    expect(file.code).toBe(EXIT.ok);
    expect(file.stdout).toBe(quiet.stdout);
    expect(file.stderr).toMatch(
      /warning {2}integration\.missing[\s\S]*complete without it[\s\S]*issuer/,
    );
    const needed = await runCommand(["metadata", "sp", "--audience-url", urls[0]]);
    expect(needed.code).toBe(EXIT.findings);
    expect(needed.stderr).toContain("single_signon_url");
  });

  it("sp and idp take an integration as the API answers it, and as samlcert prints it", async () => {
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

  it("sp, idp and sign print one document with --json, and the file beside it", async () => {
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

  it("validate tells errors by its exit code", async () => {
    await withFiles(async (cwd) => {
      expect((await runCommand(["metadata", "validate", "old.xml"], { cwd })).code).toBe(EXIT.ok);
      const sp = await runCommand(["metadata", "validate", "--profile", "sp", "old.xml"], { cwd });
      expect(sp.code).toBe(EXIT.findings);
      expect(sp.stdout).toContain("metadata.entity.not_service_provider");
      writeFileSync(join(cwd, "broken.xml"), "<a>");
      const broken = await runCommand(["metadata", "validate", "--json", "broken.xml"], { cwd });
      expect(broken.code).toBe(EXIT.unreadable);
      expect(JSON.parse(broken.stdout).reports[0].report.findings[0].code).toBe("xml.truncated");
      const all = await runCommand(["metadata", "validate", "*.xml"], { cwd });
      expect(all.stdout).toMatch(/aggregate\.xml: [\s\S]*broken\.xml: [\s\S]*old\.xml: /);
    });
  });

  it("validate reports the files that it can read, and says which it cannot", async () => {
    await withFiles(async (cwd) => {
      const files = ["metadata", "validate", "missing.xml", "old.xml"];
      const said = await runCommand(files, { cwd });
      expect(said.code).toBe(EXIT.unreadable);
      expect(said.stdout).toMatch(/missing\.xml: cannot be read\n[\s\S]*old\.xml: no error/);
      expect(said.stderr).toContain("missing.xml");
      const printed = await runCommand([...files, "--json"], { cwd });
      const { reports } = JSON.parse(printed.stdout);
      expect(reports[0]).toEqual({ file: "missing.xml", error: expect.anything() });
      expect(reports[1].report.ok).toBe(true);
    });
  });

  it("inspect shows entities, endpoints and keys", async () => {
    await withFiles(async (cwd) => {
      const { code, stdout } = await runCommand(["metadata", "inspect", "aggregate.xml"], { cwd });
      expect(code).toBe(EXIT.ok);
      expect(stdout).toContain("https://idp.example.com/sso");
      expect(stdout).toContain("valid until 2096-10-02T07:06:40Z");
      expect(stdout).toContain("2 entities");
      const list = await runCommand(["metadata", "inspect", "--list", "aggregate.xml"], { cwd });
      expect(list.stdout).toBe(`${entityId}\nhttps://other.example.com/saml\n`);
      const json = await runCommand(["metadata", "inspect", "--json", "old.xml"], { cwd });
      expect(JSON.parse(json.stdout).entities).toMatchObject([{ entityId }]);
      const none = await runCommand(["metadata", "inspect", "--entity-id", "x", "old.xml"], {
        cwd,
      });
      expect(none.code).toBe(EXIT.unreadable);
    });
  });

  it("inspect tells a validUntil that is no time", async () => {
    const stdin =
      '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:e:1" validUntil="soon"/>';
    const { code, stdout } = await runCommand(["metadata", "inspect", "-"], { stdin });
    expect(code).toBe(EXIT.ok);
    expect(stdout).toContain('counts as expired: "soon"');
  });

  it("sign and verify fit, and a stranger's key does not", async () => {
    await withFiles(async (cwd) => {
      const signed = await runCommand(
        [
          "metadata",
          "sign",
          "--key",
          "now.key",
          "--certificate",
          "now.pem",
          "old.xml",
          "-o",
          "signed.xml",
        ],
        { cwd },
      );
      expect([signed.code, signed.stderr]).toEqual([EXIT.ok, ""]);
      const good = await runCommand(
        ["metadata", "verify", "--trust", "next.pem", "--trust", "now.pem", "signed.xml"],
        { cwd },
      );
      expect(good.code).toBe(EXIT.ok);
      const stranger = await runCommand(
        ["metadata", "verify", "--trust", "next.pem", "signed.xml"],
        { cwd },
      );
      expect(stranger.code).toBe(EXIT.findings);
      const unsigned = await runCommand(["metadata", "verify", "--trust", "now.pem", "old.xml"], {
        cwd,
      });
      expect(unsigned.code).toBe(EXIT.findings);
      expect(unsigned.stderr).toContain("signature.missing");
      const far = await runCommand(
        ["metadata", "verify", "--trust", "now.pem", "--max-validity-days", "28", "signed.xml"],
        { cwd },
      );
      expect(far.code).toBe(EXIT.findings);
      const wrong = await runCommand(
        ["metadata", "verify", "--trust", "now.pem", "--max-validity-days", "x", "signed.xml"],
        { cwd },
      );
      expect(wrong.code).toBe(EXIT.usage);
      const mismatch = await runCommand(
        ["metadata", "sign", "--key", "now.key", "--certificate", "next.pem", "old.xml"],
        { cwd },
      );
      expect(mismatch.code).toBe(EXIT.findings);
      expect(mismatch.stderr).not.toContain("PRIVATE KEY");
    });
  });

  it("diff names the stage of a rotation", async () => {
    await withFiles(async (cwd) => {
      const same = await runCommand(["metadata", "diff", "old.xml", "old.xml"], { cwd });
      expect([same.code, same.stdout]).toEqual([EXIT.ok, "Nothing changed in meaning.\n"]);
      const introduced = await runCommand(["metadata", "diff", "old.xml", "new.xml"], { cwd });
      expect(introduced.code).toBe(EXIT.findings);
      expect(introduced.stdout).toContain("the next key is published beside the old one");
      const json = await runCommand(["metadata", "diff", "--json", "new.xml", "old.xml"], { cwd });
      expect(JSON.parse(json.stdout)).toMatchObject({
        isRotation: true,
        keys: [{ stage: "retired" }],
      });
    });
  });

  it("extract takes one entity, with the validity that it inherits", async () => {
    await withFiles(async (cwd) => {
      const stdin = readFileSync(join(cwd, "aggregate.xml"), "utf8");
      const { code, stdout } = await runCommand(
        ["metadata", "extract", "--entity-id", entityId, "-"],
        { cwd, stdin },
      );
      expect(code).toBe(EXIT.ok);
      expect(parseMetadata(stdout).root).toMatchObject({
        entityId,
        validUntil: { iso: "2096-10-02T07:06:40Z" },
      });
      const none = await runCommand(["metadata", "extract", "--entity-id", "x", "aggregate.xml"], {
        cwd,
      });
      expect(none.code).toBe(EXIT.unreadable);
      const unsigned = await runCommand(
        ["metadata", "extract", "--entity-id", entityId, "--trust", "now.pem", "aggregate.xml"],
        { cwd },
      );
      expect([unsigned.code, unsigned.stdout]).toEqual([EXIT.findings, ""]);
    });
  });

  it("extract and inspect name the entities that may have been meant", async () => {
    await withFiles(async (cwd) => {
      for (const [typed, meant] of [
        ["HTTPS://idp.example.com/saml", entityId],
        ["http://idp.example.com:80/saml/", entityId],
        ["https://idp.example.com/other", entityId],
      ] as const) {
        const argv = ["--entity-id", typed, "aggregate.xml"];
        const extracted = await runCommand(["metadata", "extract", ...argv], { cwd });
        expect(extracted.code).toBe(EXIT.unreadable);
        expect(extracted.stderr.replace(/\s+/g, " ")).toContain(`Did you mean "${meant}"?`);
        const { stdout } = await runCommand(["metadata", "inspect", "--json", ...argv], { cwd });
        expect(JSON.parse(stdout).error.hint).toContain(meant);
      }
      const stranger = ["metadata", "extract", "--entity-id", "urn:x", "aggregate.xml"];
      expect((await runCommand(stranger, { cwd })).stderr).not.toContain("Did you mean");
    });
  });

  it("extract says what to do with an entity that is not valid", async () => {
    const stdin =
      '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:e:1"/>';
    const argv = ["metadata", "extract", "--entity-id", "urn:e:1", "-"];
    const { code, stderr, stdout } = await runCommand(argv, { stdin });
    expect([code, stdout]).toEqual([EXIT.unreadable, ""]);
    expect(stderr.replace(/\s+/g, " ")).toContain("has no roles. The entity is not valid");
    const json = await runCommand([...argv, "--json"], { stdin });
    expect(JSON.parse(json.stdout)).toMatchObject({ entityId: "urn:e:1" });
  });

  it.each(["inspect", "validate", "extract --entity-id x", "diff old.xml"])(
    "%s says clearly that a file is not there",
    async (command) => {
      await withFiles(async (cwd) => {
        const { code, stderr, stdout } = await runCommand(
          ["metadata", ...command.split(" "), "missing.xml"],
          { cwd },
        );
        expect(code).toBe(EXIT.unreadable);
        expect(stderr).toContain("missing.xml does not exist");
        expect(stdout + stderr).not.toMatch(/\n\s+at /);
      });
    },
  );

  it.each(["inspect -", "validate -", "extract --entity-id x -", "verify --trust now.pem -"])(
    "%s does not call a document cut off that Ctrl-C has cut off",
    async (command) => {
      await withFiles(async (cwd) => {
        const controller = new AbortController();
        // The program before it in the pipe is ended first, and the signal is heard of later.
        async function* cutOff(): AsyncGenerator<Uint8Array> {
          yield readFileSync(join(cwd, "aggregate.xml")).subarray(0, 2000);
          setImmediate(() =>
            setImmediate(() => controller.abort(new Interruption(EXIT.interrupted))),
          );
        }
        const { code, stderr } = await runCommand(["metadata", ...command.split(" ")], {
          cwd,
          stdin: cutOff(),
          signal: controller.signal,
        });
        expect(stderr).toMatch(/^Interrupted/);
        expect(stderr).not.toContain("xml.truncated");
        expect(code).toBe(EXIT.interrupted);
      });
    },
  );

  it("says what to do with a URL, and with more than it reads at once", async () => {
    await withFiles(async (cwd) => {
      const url = "https://idp.example.com/metadata?client=1";
      for (const command of ["inspect", "validate", "diff old.xml"]) {
        const { code, stderr } = await runCommand(["metadata", ...command.split(" "), url], {
          cwd,
        });
        expect(code).toBe(EXIT.unreadable);
        expect(stderr.replace(/\s+/g, " ")).toContain(
          "is a URL, and only files are read. Fetch it",
        );
      }
      writeFileSync(join(cwd, "large.xml"), "");
      truncateSync(join(cwd, "large.xml"), 33 * 1024 * 1024);
      const { code, stderr } = await runCommand(["metadata", "validate", "large.xml"], { cwd });
      expect(code).toBe(EXIT.unreadable);
      expect(stderr.replace(/\s+/g, " ")).toContain("larger than 32 MiB");
      expect(stderr).toContain("samlcert metadata extract");
    });
  });
});
