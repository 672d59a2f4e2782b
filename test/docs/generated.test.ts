import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder } from "../support/cli.ts";
import { root } from "./support/pages.ts";

test("npm run docs changes no page if the sources do not compile", () =>
  inFolder(async (folder) => {
    for (const name of ["scripts", "tsconfig.json"]) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "scripts", "entries.json"), '{ ".": "src/index.ts" }\n');
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "src", "index.ts"), 'export const count: number = "one";\n');
    const page = join(folder, "docs", "api", "README.md");
    mkdirSync(join(page, ".."), { recursive: true });
    writeFileSync(page, "as it was\n");

    const { status, stderr } = spawnSync(process.execPath, ["scripts/docs.mjs"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stderr).toContain("src/index.ts");
    expect(readFileSync(page, "utf8")).toBe("as it was\n");
  }));
