import { spawnSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeOutput } from "../../src/cli/input/files.ts";
import { styleFor } from "../../src/cli/output/style.ts";
import { table } from "../../src/cli/output/table.ts";
import { displayWidth } from "../../src/core/width.ts";
import { type CommandOptions, type CommandResult, inFolder, runCommand } from "../support/cli.ts";
import { fc } from "../support/property.ts";

const BUILD = [
  ...["metadata", "idp", "--entity-id", "https://idp.example.com"],
  ...["--signin-url", "https://idp.example.com/sso", "-o"],
];
const person: CommandOptions = { isTTY: true, stdinIsTTY: true, env: { NO_COLOR: "1" } };

async function build(file: string, ...more: unknown[]): Promise<CommandResult> {
  const [options, ...flags] = more as [CommandOptions, ...string[]];
  return await runCommand([...BUILD, file, ...flags], options);
}

test("-o names the file that it wrote, replaced or left unchanged; --quiet and --json do not", () =>
  inFolder(async (cwd) => {
    const said = async (...flags: string[]): Promise<string> =>
      (await build("idp.xml", { cwd }, ...flags)).stderr;
    expect(await said()).toContain("Wrote: idp.xml\n");
    expect(await said()).toContain("Unchanged: idp.xml\n");
    writeFileSync(join(cwd, "idp.xml"), "mine");
    expect(await said()).toContain("Replaced: idp.xml\n");
    expect(readFileSync(join(cwd, "idp.xml"), "utf8")).toContain("EntityDescriptor");
    expect(await said("--quiet")).not.toContain("idp.xml");
    expect(await said("--json")).toBe("");
  }));

test("-o asks before it replaces a file at a terminal, and keeps the file for another answer", () =>
  inFolder(async (cwd) => {
    const file = join(cwd, "idp.xml");
    writeFileSync(file, "mine");
    const no = await build("idp.xml", { ...person, cwd, stdin: "n\n" });
    expect(no.stderr).toContain("idp.xml exists already. Replace it? Type yes to continue: ");
    expect(no.stderr).toContain("cli.output_kept");
    expect([no.code, readFileSync(file, "utf8")]).toEqual([2, "mine"]);
    const yes = await build("idp.xml", { ...person, cwd, stdin: "yes\n" });
    expect([yes.code, readFileSync(file, "utf8").length > 100]).toEqual([0, true]);
    writeFileSync(file, "mine");
    const unseen = await build("idp.xml", { ...person, isTTY: false, cwd, stdin: "" });
    expect([unseen.code, unseen.stderr.includes("Replace it?")]).toEqual([0, false]);
    writeFileSync(file, "mine");
    const forced = await build("idp.xml", { ...person, cwd, stdin: "" }, "--force");
    expect([forced.code, forced.stderr.includes("Replace it?")]).toEqual([0, false]);
  }));

test("-o writes to a device without a question", async () => {
  const { code, stderr } = await build("/dev/null", person);
  expect([code, stderr.includes("Replace it?")]).toEqual([0, false]);
});

test.each([
  ["no/such/idp.xml", "cli.output_folder_missing", "its folder does not exist"],
  ["/dev/full", "cli.output_disk_full", "the disk is full"],
  [".", "cli.output_unwritable", "it is a directory"],
])("an output to %s fails with %s", (file, code, says) =>
  inFolder(async (cwd) => {
    const result = await build(file, { cwd });
    expect(result.stderr).toContain(code);
    expect(result.stderr.replaceAll(/\s+/g, " ")).toContain(says);
    expect(result.code).toBe(3);
  }),
);

test("an output to a pipe whose reader ends fails with cli.output_closed", () =>
  inFolder(async (cwd) => {
    const pipe = join(cwd, "pipe");
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    expect(statSync(pipe).isFIFO()).toBe(true);
    // Opens the pipe and ends, while the write waits for room.
    const { spawn } = await import("node:child_process");
    const reader = spawn("sh", ["-c", "exec 3<pipe"], { cwd, stdio: "ignore" });
    const io = { cwd } as Parameters<typeof writeOutput>[2];
    const written = writeOutput("pipe", "x".repeat(4 * 1024 * 1024), io);
    await expect(written).rejects.toMatchObject({ code: "cli.output_closed" });
    reader.kill();
  }));

test("a table never shortens two different cells of a column to the same text", () => {
  const plain = styleFor({ write: () => {}, isTTY: false, columns: 80 }, { env: {} });
  const cell = fc.stringMatching(/^[ab]{1,30}$/);
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 2 }),
      fc.integer({ min: 20, max: 60 }),
      (names, width) => {
        const rows = names.map((name, row) => [`${row}`, `CN=${name}`]);
        const lines = table(["ID", "SUBJECT"], rows, plain, width).split("\n");
        if (!lines[0]?.startsWith("ID  ") || lines[0].includes("0")) return;
        const shown = lines.slice(1, -1).map((line) => line.replace(/^\d+ +/, ""));
        expect(new Set(shown).size).toBe(new Set(names).size);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
  const [near, far] = ["first", "other"].map((word) => `CN=a-company-${word}-of-its-two,O=Example`);
  const text = table(
    ["ID", "SUBJECT"],
    [
      ["1", near ?? ""],
      ["2", far ?? ""],
    ],
    plain,
    24,
  );
  expect(text).toContain(near);
  expect(text).toContain(far);
});
