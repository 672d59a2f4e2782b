import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXIT } from "../../src/cli/framework/exit.ts";
import { createTestCertificate, startFakeSendGrid } from "../../src/testing/index.ts";
import { type BuiltCli, buildCli, type ProcessResult } from "../support/built-cli.ts";
import { inFolder } from "../support/cli.ts";

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

/** Every failure has the right code, a message on standard error, and no stack trace. */
function expectClear(result: ProcessResult, code: number, said: RegExp): void {
  expect(result.stderr.replaceAll(/\s+/g, " ")).toMatch(said);
  expect(result.stdout + result.stderr).not.toMatch(/\n\s+at .*:\d+:\d+/);
  expect(result.code).toBe(code);
}

describe("unusable inputs", () => {
  test("check reports a missing, empty, large or random file, a directory and a closed standard input", async () => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, "empty.pem"), "");
      mkdirSync(join(cwd, "folder"));
      writeFileSync(join(cwd, "large.pem"), "");
      truncateSync(join(cwd, "large.pem"), 100 * 1024 * 1024);
      const noise = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919 + 13) % 256);
      writeFileSync(join(cwd, "noise.pem"), noise);

      expectClear(await cli.run(["check", "missing.pem"], { cwd }), EXIT.unreadable, /not exist/);
      expectClear(await cli.run(["check", "folder"], { cwd }), EXIT.unreadable, /is a directory/);
      expectClear(await cli.run(["check", "large.pem"], { cwd }), EXIT.unreadable, /larger than/);
      for (const options of [{ closedStdin: true }, { stdin: "" }]) {
        const closed = await cli.run(["check", "-"], { cwd, ...options });
        expect(closed.stdout + closed.stderr).toContain("input.empty");
        expect(closed.stdout + closed.stderr).not.toMatch(/\n\s+at /);
        expect([EXIT.findings, EXIT.unreadable]).toContain(closed.code);
      }
      for (const file of ["empty.pem", "noise.pem"]) {
        const result = await cli.run(["check", file], { cwd });
        expect(result.code, file).not.toBe(EXIT.ok);
        expect(result.stdout + result.stderr).not.toMatch(/\n\s+at /);
      }
    });
  });

  // On Linux this file opens, and fails with EIO when it is read, also for root.
  const failing = "/proc/self/mem";
  test
    .skipIf(!existsSync(failing))
    .each([
      `check ${failing}`,
      `inspect ${failing}`,
      `metadata inspect ${failing}`,
      `metadata validate ${failing}`,
      `metadata extract --entity-id a ${failing}`,
      `sendgrid integrations list --api-key-file ${failing}`,
    ])("samlcert %s reports a file that fails during reading", async (line) => {
    const result = await cli.run(line.split(" "));
    expectClear(result, EXIT.unreadable, /cannot be read: EIO/);
  });

  test.skipIf(!existsSync("/dev/full"))(
    "samlcert reports a full disk at standard output",
    async () => {
      const script = `"${process.execPath}" "${cli.bin}" --help > /dev/full`;
      const { spawnSync } = await import("node:child_process");
      const { stderr, status } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
      expect(stderr).toBe(
        "error  cli.output_disk_full\nStandard output cannot be written: the disk is full, or your quota is used up. Free some space, then run the command again; what it has written so far is incomplete.\n",
      );
      expect(status).toBe(EXIT.unreadable);
    },
  );

  test("a closed pipe ends the command without a message", async () => {
    const script = `"${process.execPath}" "${cli.bin}" --help | head -1`;
    const { spawnSync } = await import("node:child_process");
    const { stderr, status } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });
});

describe("unusable providers", () => {
  async function rotateAgainst(baseUrl: string, apiKey = "SG.test"): Promise<ProcessResult> {
    const { pem } = await createTestCertificate();
    return await inFolder(async (cwd) => {
      writeFileSync(join(cwd, "next.pem"), pem);
      const argv = ["rotate", "--integration", "1", "--certificate", "next.pem", "--dry-run"];
      return await cli.run([...argv, "--base-url", baseUrl], {
        cwd,
        env: { SENDGRID_API_KEY: apiKey },
      });
    });
  }

  async function withServer<T>(status: number, body: (url: string) => Promise<T>): Promise<T> {
    const server: Server = createServer((_, response) => response.writeHead(status).end("<html>"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      return await body(`http://127.0.0.1:${port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test("rotate exits with 5 for an unreachable server", async () => {
    const result = await rotateAgainst("http://127.0.0.1:9");
    expectClear(result, EXIT.network, /127\.0\.0\.1:9|reached|connect/i);
  });

  test("rotate exits with 4 for a 500", async () => {
    await withServer(500, async (url) => {
      expectClear(await rotateAgainst(url), EXIT.refused, /500/);
    });
  });

  test("rotate exits with 4 for a wrong API key and does not repeat it", async () => {
    const fake = await startFakeSendGrid({ apiKey: "SG.right" });
    try {
      const result = await rotateAgainst(fake.url, "SG.wrong-key-for-this-test");
      expectClear(result, EXIT.refused, /key/i);
      expect(result.stdout + result.stderr).not.toContain("wrong-key-for-this-test");
    } finally {
      await fake.close();
    }
  });

  test("rotate without a key exits with 2 and names the variable", async () => {
    const result = await cli.run(["rotate", "--integration", "1", "--certificate", "x.pem"]);
    expectClear(result, EXIT.usage, /SENDGRID_API_KEY/);
  });
});

describe("samlcert demo", () => {
  test("demo runs a rotation while people sign in, and leaves only the metadata file", async () => {
    await inFolder(async (cwd) => {
      const started = readdirSync(cwd);
      expect(started).toEqual([]);
      const { code, stdout, stderr } = await cli.run(["demo"], { cwd });
      expect(stderr).toBe("");
      expect(code).toBe(EXIT.ok);
      for (const said of [
        "CN=Example Identity Provider",
        "not before",
        "not after",
        "days left",
        "RSA 2048 bits",
        "SHA-256",
        "secret.",
        "samlcert-demo/sp-metadata.xml",
        "Rotation plan",
        "✓",
        " signed in, 0 refused  the old certificate is gone",
        "25 of 25 refused",
        "ID ",
        "now",
      ]) {
        expect(stdout).toContain(said);
      }
      expect(stdout).not.toContain("PRIVATE KEY-----");
      expect(stdout).not.toMatch(/MII[A-Za-z0-9+/]{20}/);
      expect(readdirSync(cwd)).toEqual(["samlcert-demo"]);
      expect(readdirSync(join(cwd, "samlcert-demo"))).toEqual(["sp-metadata.xml"]);
    });
  });
});
