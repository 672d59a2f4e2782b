import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXIT } from "../../../src/cli/framework/exit.ts";
import {
  nameIdFormats,
  parseMetadata,
  presetProducts,
  serviceProviderPresets,
} from "../../../src/metadata/index.ts";
import { inFolder, runCommand } from "../../support/cli.ts";
import { withFiles } from "./files.ts";

const ENTITY = "https://sp.example.com/saml";
const ACS = "https://sp.example.com/acs";
const named = ["metadata", "sp", "--entity-id", ENTITY, "--acs-url", ACS];
const sp = (...words: readonly string[]) => runCommand([...named, ...words]);

describe("samlcert metadata sp with general words", () => {
  test("writes the same text as from a SendGrid integration", async () => {
    const fields = ["--audience-url", ENTITY, "--single-signon-url", ACS];
    const integration = await runCommand(["metadata", "sp", ...fields]);
    const general = await sp();
    expect([general.code, general.stderr]).toEqual([EXIT.ok, ""]);
    expect(general.stdout).toBe(integration.stdout);
  });

  test("still takes --entity-id as SendGrid's field beside --audience-url", async () => {
    const fields = ["--audience-url", ENTITY, "--single-signon-url", ACS];
    const okta = ["--entity-id", "http://www.okta.com/exk1"];
    const { code, stdout, stderr } = await runCommand(["metadata", "sp", ...fields, ...okta]);
    expect([code, stderr]).toEqual([EXIT.ok, ""]);
    expect(parseMetadata(stdout).entities[0]?.entityId).toBe(ENTITY);
  });

  test("leaves nothing for metadata validate to warn about, with every preset", async () => {
    await withFiles(async (cwd) => {
      const keys = ["--signing-certificate", "now.pem", "--encryption-certificate", "next.pem"];
      const rest = ["--contact", "sso@example.com", "--valid-until", "90d", "-o", "sp.xml"];
      const extra = ["--slo-url", `${ACS}/slo`, "--sign-requests"];
      const organization = ["--organization", "Example Ltd, https://www.example.com/"];
      for (const preset of Object.keys(presetProducts)) {
        const argv = [...named, "--preset", preset, ...keys, ...rest, ...extra, ...organization];
        const written = await runCommand(argv, { cwd });
        expect(written.code, preset).toBe(EXIT.ok);
        expect(written.stderr, preset).toMatch(/^(Wrote|Replaced|Unchanged): sp\.xml\n$/);
        const checked = await runCommand(["metadata", "validate", "sp.xml"], { cwd });
        expect(checked.stdout, preset).toContain("no error, 0 warnings");
        const [entity] = parseMetadata(readFileSync(join(cwd, "sp.xml"), "utf8")).entities;
        const { nameIdFormats: formats } =
          serviceProviderPresets[preset as keyof typeof presetProducts];
        expect(entity?.roles?.[0]).toMatchObject({ nameIdFormats: formats });
      }
    });
  });

  test("says with -v which option adds each optional part", async () => {
    const { code, stderr } = await sp("-v");
    expect(code).toBe(EXIT.ok);
    for (const option of ["--valid-until", "--contact", "--encryption-certificate"]) {
      expect(stderr).toContain(option);
    }
    expect(stderr).not.toContain("warning");
  });

  test("writes what the options say", async () => {
    const { stdout } = await sp(
      ...["--acs-url", `${ACS}/2`, "--name-id-format", "persistent", "--name-id-format", "urn:x:y"],
      ...["--contact", "support:help@example.com", "--contact", "security:s@example.com"],
      ...["--valid-until", "2931-07-09", "--organization", "A, B and C, https://www.example.com/"],
    );
    const [entity] = parseMetadata(stdout).entities;
    expect(entity).toMatchObject({
      validUntil: { iso: "2931-07-09T00:00:00Z" },
      organization: {
        names: [{ value: "A, B and C" }],
        urls: [{ value: "https://www.example.com/" }],
      },
      contacts: [
        { contactType: "support", emailAddresses: ["mailto:help@example.com"] },
        { contactType: "other", emailAddresses: ["mailto:s@example.com"] },
      ],
    });
    expect(entity?.roles?.[0]).toMatchObject({
      nameIdFormats: [nameIdFormats.persistent, "urn:x:y"],
      assertionConsumerServices: [{ location: ACS }, { location: `${ACS}/2` }],
    });
  });

  test("counts the days of --valid-until from now", async () => {
    const now = new Date("2027-01-01T00:00:00Z");
    const { stdout } = await runCommand([...named, "--valid-until", "90d"], { now });
    expect(stdout).toContain('validUntil="2027-04-01T00:00:00Z"');
  });

  test("warns of an identity provider's name and of http", async () => {
    const names = [
      "--entity-id",
      "http://www.okta.com/exk1",
      "--acs-url",
      "http://sp.example.com/",
    ];
    const { code, stderr } = await runCommand(["metadata", "sp", ...names]);
    expect(code).toBe(EXIT.ok);
    expect(stderr).toContain("metadata.build.names_identity_provider");
    expect(stderr).toContain("(Okta)");
    expect(stderr).toContain("metadata.endpoint.insecure");
    const { code: past, stderr: why } = await sp("--valid-until", "2020-01-01");
    expect([past, why]).toEqual([EXIT.findings, expect.stringContaining("document.expired")]);
  });

  test.each([
    [["metadata", "sp"], "--entity-id"],
    [["metadata", "sp", "--entity-id", ENTITY], "--acs-url"],
    [[...named, "--audience-url", ENTITY], "--acs-url cannot be combined"],
    [["metadata", "sp", "--entity-id", ENTITY, "--acs-url", "javascript:1"], "--acs-url"],
    [[...named, "--slo-url", "slo"], "--slo-url"],
    [[...named, "--valid-until", "soon"], "--valid-until"],
    [[...named, "--contact", "boss:a@example.com"], "--contact"],
    [[...named, "--contact", "a"], "--contact"],
    [[...named, "--organization", "Example"], "--organization"],
    [[...named, "--name-id-format", "email"], "--name-id-format"],
    [[...named, "--preset", "onelogn"], "Did you mean onelogin?"],
    [[...named, "--sign-requests"], "--sign-requests needs"],
  ])("refuses %j", async (argv, says) => {
    await inFolder(async (cwd) => {
      const { code, stdout, stderr } = await runCommand(argv, { cwd });
      expect([code, stdout]).toEqual([EXIT.usage, ""]);
      expect(stderr.replace(/\s+/g, " ")).toContain(says);
    });
  });
});
