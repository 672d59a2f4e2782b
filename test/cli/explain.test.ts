import { describe, expect, test } from "vitest";
import { EXIT } from "../../src/cli/framework/exit.ts";
import { codeTables } from "../../src/core/codes/all.ts";
import { words } from "../../src/core/codes/code.ts";
import { runCommand } from "../support/cli.ts";

const rows = Object.values(codeTables).flatMap((tables) => tables.flatMap(Object.entries));

/** One line, as the words stand in the table. */
function joined(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

describe("samlcert explain", () => {
  test("explain prints severity, message, hint, source and reference of every code", async () => {
    for (const [code, row] of rows) {
      const { code: exit, stdout, stderr } = await runCommand(["explain", code]);
      const { severity, message, hint } = words(row, {}, "terminal");
      expect([exit, stderr], code).toEqual([EXIT.ok, ""]);
      for (const part of [code, severity, message, hint, row[3], `docs/errors.md#${code}`]) {
        expect(joined(stdout), code).toContain(joined(part));
      }
    }
  });

  test("check --explain prints what explain prints", async () => {
    const explained = await runCommand(["explain", "key.rsa_lt_2048"]);
    expect(explained.stdout).toContain("Source: NIST SP 800-131A");
    expect(await runCommand(["check", "--explain", "key.rsa_lt_2048"])).toEqual(explained);
  });

  test("explain suggests the nearest code, in every layer", async () => {
    for (const [typed, meant] of [
      ["key.rsa_lt2048", "key.rsa_lt_2048"],
      ["signature.misssing", "signature.missing"],
      ["guard.store_change", "guard.store_changed"],
      ["cli.useage", "cli.usage"],
    ] as const) {
      const { code, stderr } = await runCommand(["explain", typed]);
      expect(code).toBe(EXIT.usage);
      expect(joined(stderr)).toContain(`There is no code "${typed}". Did you mean ${meant}?`);
    }
  });

  test("explain lists the codes of the group, each once, if no code is near", async () => {
    const { stderr } = await runCommand(["explain", "base64.nothing"]);
    const listed = /group are (.*)\./.exec(joined(stderr))?.[1]?.split(", ") ?? [];
    expect(listed).toContain("base64.illegal_char");
    expect(new Set(listed).size).toBe(listed.length);
  });

  test.each([
    "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7",
    "SG.s3cret-of-this-test.0123456789abcdefABCDEF",
    "-----BEGIN PRIVATE KEY-----",
    "0123456789abcdef0123456789abcdef",
    '{"kty":"RSA","d":"c2VjcmV0"}',
    "hunter2",
    "sk.live_0123456789abcdef0123456789abcdef0123456789abcdef",
  ])("explain does not repeat an argument that is not a code: %s", async (secret) => {
    for (const argv of [
      ["explain", "--", secret],
      ["check", `--explain=${secret}`],
      ["explain", "--json", secret],
    ]) {
      const { code, stdout, stderr } = await runCommand(argv);
      expect(code).toBe(EXIT.usage);
      expect(stdout + stderr).not.toContain(secret.slice(0, 20));
    }
  });
});

test("a hint for a terminal or a form has no placeholder, which only an error can fill in", () => {
  const open = rows.filter(([, [, , hint]]) =>
    typeof hint === "string" ? false : /\{\w+\}/.test(`${hint.terminal} ${hint.form}`),
  );
  expect(open.map(([code]) => code)).toEqual([]);
});

test("a hint for a form names no command or option, and one for a terminal does not say paste", () => {
  const wrong = rows.filter(([, [, , hint]]) => {
    if (typeof hint === "string") return false;
    return /samlcert |--\w|`\w+`/.test(hint.form ?? "") || /\bpaste\b/i.test(hint.terminal ?? "");
  });
  expect(wrong.map(([code]) => code)).toEqual([]);
});
