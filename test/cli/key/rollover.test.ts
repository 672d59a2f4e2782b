import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { keysFor, parseRollover } from "../../../src/keys/index.ts";
import { leaksOf, quickKey } from "../../keys/support.ts";
import { inFolder, runCommand } from "../../support/cli.ts";

const START = Date.parse("2027-01-15T08:00:00Z");
const OKTA = "https://okta.example";
const SHIBBOLETH = "https://shibboleth.example";

/** A folder with two keys, and the commands of a rollover in it, after some hours. */
async function inRollover(
  body: (
    run: (line: string, hours?: number) => ReturnType<typeof runCommand>,
    folder: string,
  ) => Promise<void>,
): Promise<void> {
  await inFolder(async (cwd) => {
    const outputs: string[] = [];
    const keys = [await quickKey(), await quickKey()] as const;
    for (const [i, name] of ["sp", "sp-next"].entries()) {
      writeFileSync(join(cwd, `${name}.key`), keys[i]?.privateKey ?? "");
      writeFileSync(join(cwd, `${name}.crt`), keys[i]?.certificate.pem ?? "");
    }
    await body(async (line, hours = 0) => {
      const now = new Date(START + hours * 3_600_000);
      const result = await runCommand(`key rollover ${line}`.split(" "), { cwd, now });
      outputs.push(result.stdout, result.stderr);
      return result;
    }, cwd);
    const secrets = keys.map(({ privateKey }) => privateKey);
    const state = readFileSync(join(cwd, "rollover.json"), "utf8");
    expect(leaksOf(outputs.join("") + state, secrets)).toEqual([]);
  });
}

const FIRST = `next --current sp.crt --certificate sp-next.crt --identity-provider ${SHIBBOLETH} --by-hand ${OKTA}`;

describe("samlcert key rollover", () => {
  test("goes from the announcement to the retirement, on evidence", async () => {
    await inRollover(async (run, folder) => {
      const first = await run(FIRST);
      expect(first.code).toBe(0);
      expect(first.stdout).toContain(`waits for ${SHIBBOLETH}, ${OKTA}`);
      expect(first.stderr).toMatch(/Z started\n.*Z announced\n/);
      expect(statSync(join(folder, "rollover.json")).mode & 0o777).toBe(0o600);
      expect((await run("status")).code).toBe(6);

      const waiting = await run(`next --read ${SHIBBOLETH}`, 1);
      expect(waiting.code).toBe(6);
      expect(waiting.stderr).toContain(OKTA);
      expect(waiting.stderr).not.toContain(`yet: ${SHIBBOLETH}`);

      expect((await run(`next --read ${OKTA}`, 2)).code).toBe(0);
      expect((await run("next", 2)).code).toBe(6);
      expect((await run("status", 3)).code).toBe(1);
      expect((await run("next", 3)).code).toBe(0);
      const status = await run("status", 4);
      expect(status.code).toBe(0);
      expect(status.stdout).toMatch(/signing +idle/);
      const plan = await run("plan", 4);
      expect(plan.stdout).toMatch(/due +announce the next key/);

      const state = parseRollover(readFileSync(join(folder, "rollover.json"), "utf8"));
      const { signWith } = keysFor(state, START / 1000 + 4 * 3600);
      expect(signWith?.certificate).toBe(readFileSync(join(folder, "sp-next.crt"), "utf8"));
    });
  });

  test("takes a person's word, and retires a leaked key at once", async () => {
    await inRollover(async (run) => {
      await run(FIRST);
      expect((await run("next --confirmed")).code).toBe(0);
      expect((await run("next --compromised")).code).toBe(0);
      expect((await run("status")).code).toBe(0);
    });
  });

  test.each([
    ["plan", 2, "No rollover has been started"],
    ["next", 2, "No rollover has been started"],
    ["next --current sp.crt", 2, "needs the identity providers"],
    [`next --current sp.key --identity-provider ${OKTA}`, 3, "private key"],
    ["next --use both", 2, "Unknown value"],
  ])("refuses %s", async (line, code, message) => {
    await inRollover(async (run, folder) => {
      const result = await run(line);
      expect(result.code).toBe(code);
      expect(result.stderr).toContain(message);
      writeFileSync(join(folder, "rollover.json"), "");
    });
  });

  test.each([
    [FIRST, 2, "started already"],
    ["next --certificate sp-next.crt", 1, "running already"],
    ["next --read https://other.example", 1, "is no identity provider of this rollover"],
    ["next --use encryption", 2, "no encryption key"],
  ])("refuses %s after the start", async (line, code, message) => {
    await inRollover(async (run) => {
      await run(FIRST);
      const result = await run(line);
      expect(result.code).toBe(code);
      expect(result.stderr).toContain(message);
    });
  });
});
