import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXIT } from "../../../src/cli/framework/exit.ts";
import { runCommand } from "../../support/cli.ts";

import { entityId, withFiles } from "./files.ts";

describe("samlcert metadata validate, inspect and diff", () => {
  test("validate exits with 1 if there are errors", async () => {
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

  test("validate reports readable files and names unreadable ones", async () => {
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

  test("inspect shows entities, endpoints and keys", async () => {
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

  test("inspect names an unreadable validUntil", async () => {
    const stdin =
      '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:e:1" validUntil="soon"/>';
    const { code, stdout } = await runCommand(["metadata", "inspect", "-"], { stdin });
    expect(code).toBe(EXIT.ok);
    expect(stdout).toContain('expired: validUntil is not a time: "soon"');
  });

  test("diff names the stage of a rotation", async () => {
    await withFiles(async (cwd) => {
      const same = await runCommand(["metadata", "diff", "old.xml", "old.xml"], { cwd });
      expect([same.code, same.stdout]).toEqual([EXIT.ok, "No change in meaning.\n"]);
      const introduced = await runCommand(["metadata", "diff", "old.xml", "new.xml"], { cwd });
      expect(introduced.code).toBe(EXIT.findings);
      expect(introduced.stdout).toContain("the next key is published together with the old one");
      const json = await runCommand(["metadata", "diff", "--json", "new.xml", "old.xml"], { cwd });
      expect(JSON.parse(json.stdout)).toMatchObject({
        isRotation: true,
        keys: [{ stage: "retired" }],
      });
    });
  });

  test("sign suggests what to do with a URL as a key, and validate with a document over its limit", async () => {
    await withFiles(async (cwd) => {
      const url = "https://idp.example.com/metadata?client=1";
      const keys = ["--key", url, "--certificate", "sp.crt"];
      const signed = await runCommand(["metadata", "sign", ...keys, "sp.xml"], { cwd });
      expect(signed.code).toBe(EXIT.unreadable);
      expect(signed.stderr.replace(/\s+/g, " ")).toContain(
        "is a URL, and this command reads files. Download it",
      );
      writeFileSync(join(cwd, "large.xml"), "");
      truncateSync(join(cwd, "large.xml"), 33 * 1024 * 1024);
      const { code, stderr } = await runCommand(["metadata", "validate", "large.xml"], { cwd });
      expect(code).toBe(EXIT.unreadable);
      expect(stderr.replace(/\s+/g, " ")).toContain("larger than 32 MiB");
      expect(stderr).toContain("samlcert metadata extract");
    });
  });
});
