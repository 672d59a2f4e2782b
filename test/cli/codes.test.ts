import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Host } from "../../src/cli/framework/io.ts";
import { run } from "../../src/cli/run.ts";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import { inFolder, runCommand } from "../support/cli.ts";

const ENTITY_ID = "https://idp.example.com";

const idp = buildIdentityProviderMetadata({
  entityId: ENTITY_ID,
  singleSignOnServices: ["https://idp.example.com/sso"],
});

interface Case {
  readonly code: string;
  readonly argv: readonly string[];
  /** Files that the command finds: their text, or their size. */
  readonly files?: Readonly<Record<string, string | number>>;
  readonly exit: number;
  /** A part of the message: the file, the limit or the reason. */
  readonly says: string;
}

const remove = ["sendgrid", "certificates", "delete", "1"];

const cases: readonly Case[] = [
  {
    code: "cli.usage",
    argv: ["metadata", "sp", "--no-such-option"],
    exit: 2,
    says: "--no-such-option",
  },
  {
    code: "cli.cannot_prompt",
    argv: remove,
    exit: 2,
    says: "stdin is not a terminal",
  },
  { code: "cli.input_unreadable", argv: ["check", "no.pem"], exit: 3, says: "no.pem" },
  {
    code: "cli.input_is_url",
    argv: ["inspect", "https://idp.example.com/idp.pem"],
    exit: 3,
    says: "https://idp.example.com/idp.pem is a URL",
  },
  {
    code: "cli.input_name_too_long",
    argv: ["check", "x".repeat(300)],
    exit: 3,
    says: "too long for a file name",
  },
  {
    code: "cli.input_too_large",
    argv: ["rotate", "plan", "--integration", "ID", "--certificate", "large.pem"],
    files: { "large.pem": 64 * 1024 * 1024 },
    exit: 3,
    says: "large.pem is larger than",
  },
  {
    code: "cli.document_too_large",
    argv: ["metadata", "validate", "large.xml"],
    files: { "large.xml": 32 * 1024 * 1024 + 1 },
    exit: 3,
    says: "large.xml is larger than 32 MiB",
  },
  {
    code: "cli.input_empty",
    argv: ["sendgrid", "integrations", "list", "--api-key-file", "key"],
    files: { key: " \n" },
    exit: 3,
    says: "The file of --api-key-file is empty",
  },
  {
    code: "cli.input_invalid",
    argv: ["rotate", "apply", "plan.json", "--integration", "ID"],
    files: { "plan.json": "{" },
    exit: 3,
    says: "plan.json is not JSON",
  },
  {
    code: "cli.input_invalid",
    argv: ["metadata", "sp", "--integration", "list.json"],
    files: { "list.json": "[]" },
    exit: 3,
    says: "list.json is not a JSON object",
  },
  {
    code: "cli.entity_not_found",
    argv: ["metadata", "extract", "idp.xml", "--entity-id", "https://idp.example.org"],
    files: { "idp.xml": idp },
    exit: 3,
    says: "https://idp.example.org",
  },
  {
    code: "cli.output_unwritable",
    argv: ["metadata", "extract", "idp.xml", "--entity-id", ENTITY_ID, "--output", "idp.xml/a.xml"],
    files: { "idp.xml": idp },
    exit: 3,
    says: "idp.xml/a.xml",
  },
];

function write(folder: string, files: Case["files"] = {}): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    writeFileSync(path, typeof content === "string" ? content : "");
    if (typeof content === "number") truncateSync(path, content);
  }
}

describe("the codes of the command line", () => {
  test.each(cases)("$code: samlcert $argv", async ({ code, argv, files, exit, says }) => {
    await inFolder(async (cwd) => {
      write(cwd, files);
      const env = { SENDGRID_API_KEY: "SG.unused" };
      const result = await runCommand(argv, { cwd, env });
      expect(result.stderr).toContain(code);
      expect(result.stderr.replace(/\s+/g, " ")).toContain(says);
      expect(result.code).toBe(exit);
    });
  });

  test("cli.declined: nothing is sent after another answer than yes", async () => {
    let text = "";
    const output = {
      isTTY: true,
      columns: 80,
      write: (more: string) => {
        text += more;
      },
    };
    const host: Host = {
      stdin: {
        isTTY: true,
        async *[Symbol.asyncIterator]() {
          yield Buffer.from("no\n");
        },
      },
      stdout: output,
      stderr: output,
      env: { SENDGRID_API_KEY: "SG.unused" },
      cwd: process.cwd(),
      now: () => new Date(),
      fetch: () => Promise.reject(new Error("A request was sent.")),
      signal: new AbortController().signal,
    };
    expect(await run(remove, host)).not.toBe(0);
    expect(text).toContain("cli.declined");
  });

  test("cli.too_many_files: a pattern has a limit", () =>
    inFolder(async (cwd) => {
      mkdirSync(join(cwd, "many"));
      for (let file = 0; file <= 10_000; file++)
        writeFileSync(join(cwd, "many", `${file}.pem`), "");
      const { code, stderr } = await runCommand(["check", "many/*"], { cwd });
      expect(stderr).toContain("cli.too_many_files");
      expect(stderr).toContain("many/* matches more than 10000 files");
      expect(code).toBe(3);
    }));

  test("cli.port_unavailable: the port is named", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await runCommand(["fake", "sendgrid", "--port", `${port}`]);
    server.close();
    expect(stderr).toContain("cli.port_unavailable");
    expect(stderr).toContain(`port ${port}: EADDRINUSE`);
    expect(code).not.toBe(0);
  });
});
