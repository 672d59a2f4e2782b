import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCertificate, type TestCertificate } from "../../src/testing/index.ts";
import { inFolder, runCommand } from "../support/cli.ts";

const now = new Date("2030-01-01T00:00:00Z");
const unix = now.getTime() / 1000;
const DAY = 86_400;

let good: TestCertificate;
let soon: TestCertificate;
beforeAll(async () => {
  good = await createTestCertificate({ notBefore: unix - DAY, notAfter: unix + 400 * DAY });
  soon = await createTestCertificate({ notBefore: unix - DAY, notAfter: unix + 9 * DAY });
});

function check(argv: readonly string[]) {
  return inFolder(async (cwd) => {
    writeFileSync(join(cwd, "good.pem"), good.pem);
    writeFileSync(join(cwd, "soon, 50%.pem"), soon.pem);
    writeFileSync(join(cwd, "bad.pem"), `subject\n${good.pem.replace(/\n[^-]{60}/, "\n*")}`);
    return await runCommand(["check", ...argv], { cwd, now });
  });
}

const FILES = ["good.pem", "soon, 50%.pem", "bad.pem", "gone.pem"];

describe("samlcert check --format", () => {
  it("github annotates the lines of the files", async () => {
    const { code, stdout, stderr } = await check(["--format", "github", ...FILES]);
    expect([code, stderr]).toEqual([3, ""]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toEqual([
      expect.stringMatching(
        /^::warning file=soon%2C 50%25\.pem,line=1,title=validity\.expires_soon::\S/,
      ),
      expect.stringMatching(/^::error file=bad\.pem,line=\d+,col=\d+,title=base64\.\w+::\S/),
      expect.stringMatching(/^::error file=gone\.pem,line=1,title=cli\.input_unreadable::\S/),
    ]);
    const quiet = await check(["--format", "github", "good.pem"]);
    expect([quiet.code, quiet.stdout]).toEqual([0, ""]);
  });

  it("sarif has a rule and a result for each finding", async () => {
    const { code, stdout } = await check(["--format", "sarif", ...FILES]);
    expect(code).toBe(3);
    const { version, runs } = JSON.parse(stdout);
    expect(version).toBe("2.1.0");
    const [{ tool, results }] = runs;
    const rules = tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(rules).toContain("validity.expires_soon");
    expect(results.map(({ level }: { level: string }) => level)).toEqual([
      "warning",
      "error",
      "error",
    ]);
    for (const { ruleId, message, locations, partialFingerprints } of results) {
      expect(rules).toContain(ruleId);
      expect(message.text).toMatch(/\.$/);
      expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
      expect(Object.values(partialFingerprints)[0]).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("soon,%2050%25.pem");
  });

  it("junit has a case for each file, which --fail-on makes fail", async () => {
    const { stdout } = await check(["--format", "junit", ...FILES]);
    expect(stdout).toContain('tests="4" failures="1" errors="1"');
    expect(stdout).toContain('<testcase classname="samlcert.check" name="good.pem"/>');
    expect(stdout).toMatch(/name="soon, 50%\.pem"><system-out>/);
    expect(stdout).toMatch(/name="gone\.pem"><error type="cli\.input_unreadable"/);
    const strict = await check(["--format", "junit", "--fail-on", "warning", ...FILES]);
    expect(strict.stdout).toContain('tests="4" failures="2" errors="1"');
  });

  it("json is the same as --json, and contradicts no other", async () => {
    const json = await check(["--format", "json", "good.pem"]);
    expect(json.stdout).toBe((await check(["--json", "good.pem"])).stdout);
    expect((await check(["--json", "--format", "junit", "good.pem"])).code).toBe(2);
  });
});
