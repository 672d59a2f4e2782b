import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { EXIT } from "../../src/cli/framework/exit.ts";
import { styleFor } from "../../src/cli/output/style.ts";
import { table } from "../../src/cli/output/table.ts";
import { jsonOutput, printable, reflow, wrap } from "../../src/cli/output/text.ts";
import { timeline } from "../../src/cli/output/timeline.ts";
import { closest } from "../../src/core/suggest.ts";
import { displayWidth, shorten } from "../../src/core/width.ts";
import { inFolder, runCommand } from "../support/cli.ts";
import { fc } from "../support/property.ts";

const plain = styleFor({ write: () => {}, isTTY: false, columns: 80 }, { env: {} });

describe("help", () => {
  test("samlcert without arguments starts with examples and lists every command or its group", async () => {
    const { code, stdout } = await runCommand([]);
    expect(code).toBe(EXIT.ok);
    expect(stdout.indexOf("Examples")).toBeLessThan(stdout.indexOf("Commands"));
    for (const { name } of commands) {
      const group = `${name.split(" ")[0]} ...`;
      expect(stdout.includes(name) || stdout.includes(group), name).toBe(true);
    }
  });

  test.each(commands.map((command) => [command.name, command] as const))(
    "samlcert %s --help shows examples and every option, within 80 columns",
    async (name, command) => {
      const { code, stdout } = await runCommand([...name.split(" "), "--help"]);
      expect(code).toBe(EXIT.ok);
      expect(stdout.indexOf("Examples")).toBeLessThan(stdout.indexOf("Usage"));
      const joined = stdout.replaceAll(/ \\\n +/g, " ");
      for (const example of command.examples) expect(joined).toContain(example.command);
      for (const option of command.options ?? []) expect(stdout).toContain(`--${option.name}`);
      for (const line of stdout.split("\n")) {
        expect(line.length, line).toBeLessThanOrEqual(80);
      }
    },
  );

  test("samlcert --version prints the version of package.json", async () => {
    const { code, stdout } = await runCommand(["--version"]);
    expect(code).toBe(EXIT.ok);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([[["version"]], [["--version"]], [["-V"]]])(
    "samlcert %j prints one version",
    async (argv) => {
      expect(await runCommand(argv)).toEqual(await runCommand(["--version"]));
    },
  );

  test.each(["", "check", "metadata", "metadata sp", "key rollover"])(
    "samlcert help %s prints what --help prints",
    async (name) => {
      const words = name === "" ? [] : name.split(" ");
      const help = await runCommand(["help", ...words]);
      expect(help.code).toBe(EXIT.ok);
      expect(help.stdout).toBe((await runCommand([...words, "--help"])).stdout);
    },
  );

  test("samlcert help suggests a command for a mistyped one", async () => {
    const { code, stderr } = await runCommand(["help", "metadata", "verfy"]);
    expect(code).toBe(EXIT.usage);
    expect(stderr.replaceAll("\n", " ")).toContain("Did you mean samlcert metadata verify?");
  });

  test("the command table has unique names, and each command has an example of itself", () => {
    const names = commands.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, examples } of commands) {
      expect(examples.length, name).toBeGreaterThan(0);
      for (const example of examples) expect(example.command).toContain(`samlcert ${name}`);
    }
  });
});

describe("an invalid command line exits with 2 and a suggestion", () => {
  test.each([
    [["chekc", "x.pem"], "Did you mean samlcert check?"],
    [["check", "--jsno", "x.pem"], "Did you mean --json?"],
    [["check"], "needs FILE"],
    [["--frobnicate"], "samlcert --help"],
    [["zzzzzzzzzzzzzz"], "samlcert --help"],
    [["watch", "--html"], "--html needs FILE: also write one page"],
    [["watch", "--html", "--quiet"], "If the value begins with a dash, write --html=FILE."],
    [["watch", "--json=yes"], "--json takes no value."],
    [["rotate", "--integration", "1", "--integration", "2"], "--integration is given more than"],
  ])("samlcert %j names the fault", async (argv, said) => {
    const { code, stderr, stdout } = await runCommand(argv);
    expect(code).toBe(EXIT.usage);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(said);
    expect(stdout).toBe("");
  });

  test("run returns a known exit code for any words, without throwing", async () => {
    const words = fc.array(
      fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.constantFrom("check", "metadata", "sp", "--json", "--", "-", "--help", "rotate", "-h"),
      ),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(words, async (argv) => {
        fc.pre(argv[0] !== "demo" && argv[0] !== "fake");
        const { code } = await runCommand(argv);
        expect(Object.values(EXIT)).toContain(code);
      }),
      { numRuns: 200 },
    );
  });

  test("--json prints an error as one JSON document", async () => {
    const { stdout, stderr } = await runCommand(["check", "--json", "no-such-file.pem"]);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      format: "samlcert/error/v1",
      error: {
        code: "cli.input_unreadable",
        message: expect.any(String),
        hint: expect.any(String),
      },
    });
  });
});

describe("unreadable inputs", () => {
  test("check exits with 3 and one sentence for a missing file, a directory and a file that is too large", async () => {
    await inFolder(async (cwd) => {
      mkdirSync(join(cwd, "folder"));
      writeFileSync(join(cwd, "large.pem"), "");
      truncateSync(join(cwd, "large.pem"), 100 * 1024 * 1024);
      for (const [file, said] of [
        ["missing.pem", "does not exist"],
        ["folder", "is a directory"],
        ["large.pem", "larger than"],
        ["x".repeat(5000), "is too long for"],
      ] as const) {
        const { code, stderr } = await runCommand(["check", file], { cwd });
        expect(code, file).toBe(EXIT.unreadable);
        expect(stderr).toContain(said);
        expect(stderr).not.toMatch(/\n\s+at /);
      }
    });
  });
});

describe("output", () => {
  test("wrap keeps every word and the width", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,10}$/)),
        fc.integer({ min: 10, max: 80 }),
        (words, width) => {
          const lines = wrap(words.join(" "), width);
          expect(lines.join(" ")).toBe(words.join(" "));
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  test("printable escapes control characters, bidirectional overrides and line breaks", () => {
    expect(printable("a\u001b[2Jb\u202ec\nd")).toBe("a\\u{1b}[2Jb\\u{202e}c\\u{a}d");
  });

  test.each(["\u009b", "\u00ad", "\u061c", "\u180e", "\u2060", "\u206f", "\ufff9", "\u{e0041}"])(
    "printable and jsonOutput escape the invisible character %j",
    (character) => {
      expect(printable(character)).toBe(`\\u{${character.codePointAt(0)?.toString(16)}}`);
      const json = jsonOutput({ name: character });
      expect(json).toMatch(/^[\n\x20-\x7e]+$/);
      expect(JSON.parse(json)).toEqual({ name: character });
    },
  );

  test("shorten keeps both ends of a text", () => {
    expect(shorten("abcdefghij", 5)).toBe("ab…ij");
    expect(shorten("abc", 5)).toBe("abc");
  });

  test("a table aligns its columns, also with wide characters", () => {
    const lines = table(
      ["name", "n"],
      [
        ["日本", "1"],
        ["ab", "22"],
      ],
      plain,
    )
      .trimEnd()
      .split("\n");
    expect(lines.map(displayWidth)).toEqual([7, 7, 8]);
  });

  test("a table fits a terminal: it shortens the widest columns, then prints rows as blocks", () => {
    const head = ["ID", "NAME", "SUBJECT"];
    const rows = [["0123456789", "a name", "CN=somebody,O=an organization of a long name,C=US"]];
    const fits = table(head, rows, plain, 60).trimEnd().split("\n");
    for (const line of fits) expect(displayWidth(line)).toBeLessThanOrEqual(60);
    expect(fits[1]).toMatch(/^0123456789 {2}a name {2}CN=.*….*,C=US$/);
    expect(table(head, rows, plain, 25)).toBe(
      "ID       0123456789\nNAME     a name\nSUBJECT  CN=somebody,O=an organization of a long name,C=US\n",
    );
    expect(table(head, rows, plain)).toContain(rows[0]?.[2]);
  });

  test("reflow keeps every word and every indentation", () => {
    expect(reflow("a\n  one two three four five six\n", 20)).toBe(
      "a\n  one two three four\n    five six\n",
    );
  });

  test("a timeline draws each period over one scale and marks now", () => {
    const day = 86_400;
    const now = Date.UTC(2026, 5, 1) / 1000;
    const text = timeline(
      [
        { label: "old", notBefore: now - 700 * day, notAfter: now + 30 * day, state: "expiring" },
        { label: "next", notBefore: now - 5 * day, notAfter: now + 1000 * day, state: "active" },
      ],
      now,
      plain,
      80,
    );
    const lines = text.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/2025.*2026.*2027.*2028/);
    expect(lines[1]).toMatch(/^old +━+│━*$/);
    expect(lines[2]).toMatch(/^next +━*│━+$/);
    expect(lines[3]?.trim()).toBe("now");
    expect(lines[3]?.indexOf("now")).toBe(lines[1]?.indexOf("│"));
  });

  test("a timeline leaves room for others next to a certificate without expiry", () => {
    const now = Date.UTC(2026, 5, 1) / 1000;
    const never = 253_402_300_799;
    const text = timeline(
      [
        { label: "a", notBefore: now - 1000, notAfter: never, state: "active" },
        { label: "b", notBefore: now - 1000, notAfter: now + 86_400 * 3650, state: "active" },
      ],
      now,
      plain,
      80,
    );
    expect(text.split("\n")[2]?.match(/━/g)?.length).toBeGreaterThan(10);
  });

  test("styleFor follows FORCE_COLOR, NO_COLOR, TERM and the terminal", () => {
    const terminal = { write: () => {}, isTTY: true, columns: 80 };
    expect(styleFor(terminal, { env: {} }).enabled).toBe(true);
    expect(styleFor(terminal, { env: { NO_COLOR: "1" } }).enabled).toBe(false);
    expect(styleFor(terminal, { env: { TERM: "dumb" } }).enabled).toBe(false);
    expect(styleFor(terminal, { env: {} }, ["--no-color"]).enabled).toBe(false);
    expect(styleFor({ ...terminal, isTTY: false }, { env: { FORCE_COLOR: "1" } }).enabled).toBe(
      true,
    );
  });

  test("closest suggests a name for a typing mistake, not for another word", () => {
    const names = ["check", "inspect", "metadata"];
    expect(closest("chekc", names)).toBe("check");
    expect(closest("meta", names)).toBe("metadata");
    expect(closest("frobnicate", names)).toBeUndefined();
  });
});
