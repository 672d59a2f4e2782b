import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";
import { type CommandResult, inFolder, runCommand } from "../support/cli.ts";

describe("errors in a file", () => {
  /** Files of every kind, and a command line over them. */
  async function given(
    files: Readonly<Record<string, string>>,
    ...argv: readonly string[]
  ): Promise<CommandResult> {
    return await inFolder(async (folder) => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      return await runCommand(argv, { cwd: folder, env: { SENDGRID_API_KEY: "SG.unused" } });
    });
  }

  test("an error names the file and the line if there are several files", async () => {
    const { pem, privateKeyPem } = await createTestCertificate({});
    const lines = pem.split("\n");
    lines[2] = `${lines[2]?.slice(0, 4)}*${lines[2]?.slice(5)}`;
    const files = { "good.pem": pem, "bad.pem": lines.join("\n"), "key.pem": privateKeyPem };
    const sp = ["--audience-url", "https://sp.example.com", "--single-signon-url"];
    for (const argv of [
      ["metadata", "sp", ...sp, "https://sp.example.com/acs", "--signing-certificate"],
      ["rotate", "plan", "--integration", "ID", "--certificate"],
    ]) {
      const { code, stderr } = await given(
        files,
        ...argv,
        "good.pem",
        argv.at(-1) ?? "",
        "bad.pem",
      );
      expect(stderr).toContain("base64.illegal_char  (line 3:5)\nbad.pem: The base64 contains");
      expect(code).toBe(3);
    }
    const sign = ["metadata", "sign", "good.pem", "--key", "key.pem", "--certificate", "key.pem"];
    expect((await given(files, ...sign)).stderr).toContain(
      "key.pem: The input contains a private key",
    );
  });

  test("metadata diff names the unreadable document of the two", async () => {
    const { pem } = await createTestCertificate({});
    const good = buildIdentityProviderMetadata({
      entityId: "https://idp.example.com",
      singleSignOnServices: ["https://idp.example.com/sso"],
      signingCertificates: [pem],
    });
    const files = { "good.xml": good, "bad.xml": good.replace("</md:IDPSSO", "</md:IDPSS") };
    for (const names of [
      ["good.xml", "bad.xml"],
      ["bad.xml", "good.xml"],
    ]) {
      const { code, stdout } = await given(files, "metadata", "diff", ...names, "--json");
      expect(JSON.parse(stdout).error).toMatchObject({
        name: "MetadataError",
        code: "xml.end_tag",
        message: expect.stringMatching(/^bad\.xml: An end tag/),
        at: { line: 13 },
      });
      expect(code).toBe(3);
    }
  });
});

describe("a mistyped command", () => {
  const hints: readonly (readonly [string, string])[] = [
    ["chek", "Did you mean samlcert check?"],
    ["metadata verfy", "Did you mean samlcert metadata verify?"],
    ["rotate statsu", "Did you mean samlcert rotate status?"],
    ["sendgrid certificates lst", "Did you mean samlcert sendgrid certificates list?"],
    // Nothing is near: "sp" has three letters of "show" less, and nothing else in common.
    ["metadata show", "See: samlcert metadata --help"],
    ["metadata lint", "See: samlcert metadata --help"],
    ["frobnicate", "See: samlcert --help"],
  ];
  test.each(hints)("samlcert %s: %s", async (typed, hint) => {
    const { code, stderr } = await runCommand(typed.split(" "));
    expect(stderr.replaceAll("\n", " ")).toContain(hint);
    expect(code).toBe(2);
  });
});

test("metadata inspect and diff wrap lines for a terminal and keep them whole for programs", async () => {
  const [old, next] = await Promise.all([createTestCertificate({}), createTestCertificate({})]);
  const document = (...keys: readonly { readonly pem: string }[]): string =>
    buildIdentityProviderMetadata({
      entityId: "https://idp.example.com",
      singleSignOnServices: ["https://idp.example.com/sso"],
      signingCertificates: keys.map(({ pem }) => pem),
    });
  await inFolder(async (cwd) => {
    writeFileSync(join(cwd, "old.xml"), document(old));
    writeFileSync(join(cwd, "new.xml"), document(old, next));
    for (const argv of [
      ["metadata", "inspect", "new.xml"],
      ["metadata", "diff", "old.xml", "new.xml"],
    ]) {
      const env = { NO_COLOR: "1" };
      const terminal = await runCommand(argv, { cwd, env, isTTY: true, columns: 72 });
      expect(terminal.stdout.split("\n").filter((line) => line.length > 72)).toEqual([]);
      const piped = await runCommand(argv, { cwd, env });
      expect(piped.stdout.split(/\s+/)).toEqual(terminal.stdout.split(/\s+/));
      expect(piped.stdout.split("\n").some((line) => line.length > 72)).toBe(true);
    }
  });
});
