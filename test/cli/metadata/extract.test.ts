import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXIT, Interruption } from "../../../src/cli/framework/exit.ts";
import { parseMetadata } from "../../../src/metadata/index.ts";
import { runCommand } from "../../support/cli.ts";

import { entityId, withFiles } from "./files.ts";

describe("samlcert metadata extract", () => {
  test("extract writes one entity with its inherited validity", async () => {
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

  test("extract and inspect suggest entities with similar names", async () => {
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

  test("extract refuses two different entities of one name, and takes one of two equal ones", async () => {
    await withFiles(async (cwd) => {
      const aggregate = readFileSync(join(cwd, "aggregate.xml"), "utf8");
      const [entity = ""] =
        /<md:EntityDescriptor [\s\S]*?<\/md:EntityDescriptor>/.exec(aggregate) ?? [];
      const other = entity.replaceAll(
        "https://idp.example.com/sso",
        "https://evil.example.com/sso",
      );
      const argv = ["metadata", "extract", "--entity-id", entityId, "-"];
      for (const [twin, code] of [
        [entity, EXIT.ok],
        [other, EXIT.unreadable],
      ] as const) {
        for (const stdin of [
          aggregate.replace(entity, entity + twin),
          aggregate.replace(entity, twin + entity),
        ]) {
          const result = await runCommand(argv, { cwd, stdin });
          expect(result.code, result.stderr).toBe(code);
          if (code !== EXIT.ok) expect(result.stdout).toBe("");
          if (code !== EXIT.ok) expect(result.stderr).toContain("occurs more than once");
        }
      }
    });
  });

  test("extract refuses an invalid entity and suggests --json", async () => {
    const stdin =
      '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:e:1"/>';
    const argv = ["metadata", "extract", "--entity-id", "urn:e:1", "-"];
    const { code, stderr, stdout } = await runCommand(argv, { stdin });
    expect([code, stdout]).toEqual([EXIT.unreadable, ""]);
    expect(stderr.replace(/\s+/g, " ")).toContain("has no roles. The entity is not valid metadata");
    const json = await runCommand([...argv, "--json"], { stdin });
    expect(JSON.parse(json.stdout)).toMatchObject({ entityId: "urn:e:1" });
  });

  test.each(["inspect", "validate", "extract --entity-id x", "diff old.xml"])(
    "metadata %s reports a missing file",
    async (command) => {
      await withFiles(async (cwd) => {
        const { code, stderr, stdout } = await runCommand(
          ["metadata", ...command.split(" "), "missing.xml"],
          { cwd },
        );
        expect(code).toBe(EXIT.unreadable);
        expect(stderr).toContain("missing.xml cannot be read: it does not exist");
        expect(stdout + stderr).not.toMatch(/\n\s+at /);
      });
    },
  );

  test.each(["inspect -", "validate -", "extract --entity-id x -", "verify --trust now.pem -"])(
    "metadata %s reports Ctrl-C, not the document that it truncated",
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
});
