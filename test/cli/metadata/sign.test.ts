import { describe, expect, test } from "vitest";
import { EXIT } from "../../../src/cli/framework/exit.ts";
import { runCommand } from "../../support/cli.ts";

import { withFiles } from "./files.ts";

describe("samlcert metadata sign and verify", () => {
  test("verify accepts what sign wrote, but not with another certificate", async () => {
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
      expect([signed.code, signed.stderr]).toEqual([EXIT.ok, "Wrote: signed.xml\n"]);
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
});
