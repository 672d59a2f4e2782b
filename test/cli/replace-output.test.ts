import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Io } from "../../src/cli/framework/io.ts";
import { replaceOutput } from "../../src/cli/input/files.ts";
import { inFolder } from "../support/cli.ts";

/** The part of a host that an output file needs. */
const ioIn = (cwd: string) => ({ cwd }) as Io;

describe.skipIf(process.platform === "win32")("replaceOutput", () => {
  test("writes a new file that others may read, and leaves no draft", async () => {
    await inFolder(async (cwd) => {
      await replaceOutput("a.prom", "a\n", ioIn(cwd));
      expect(readFileSync(join(cwd, "a.prom"), "utf8")).toBe("a\n");
      expect(statSync(join(cwd, "a.prom")).mode & 0o777).toBe(0o666 & ~process.umask());
      expect(readdirSync(cwd)).toEqual(["a.prom"]);
    });
  });

  test("keeps the permissions of the file that it replaces, and follows a link", async () => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, "real"), "old");
      chmodSync(join(cwd, "real"), 0o600);
      symlinkSync("real", join(cwd, "link"));
      const before = statSync(join(cwd, "real")).ino;
      await replaceOutput("link", "new", ioIn(cwd));
      expect(readFileSync(join(cwd, "real"), "utf8")).toBe("new");
      expect(statSync(join(cwd, "real")).mode & 0o777).toBe(0o600);
      expect(statSync(join(cwd, "real")).ino).not.toBe(before);
      expect(readdirSync(cwd).sort()).toEqual(["link", "real"]);
    });
  });

  test("writes to a device or a pipe instead of replacing it", async () => {
    await inFolder(async (cwd) => {
      const pipe = join(cwd, "pipe");
      execFileSync("mkfifo", [pipe]);
      const reader = execFileAsync("cat", pipe);
      await replaceOutput("pipe", "through", ioIn(cwd));
      expect(await reader).toBe("through");
      expect(statSync(pipe).isFIFO()).toBe(true);
    });
  });

  test("names the file that it cannot write", async () => {
    await inFolder(async (cwd) => {
      await expect(replaceOutput("no/a.prom", "a", ioIn(cwd))).rejects.toMatchObject({
        code: "cli.output_folder_missing",
        message: expect.stringContaining("no/a.prom"),
      });
      await expect(replaceOutput(".", "a", ioIn(cwd))).rejects.toMatchObject({
        code: "cli.output_unwritable",
      });
    });
  });
});

function execFileAsync(program: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [path], (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
}
