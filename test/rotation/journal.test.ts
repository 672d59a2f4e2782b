import { spawnSync } from "node:child_process";
import {
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileJournal } from "../../src/rotation/index.ts";
import type { JournalRecord } from "../../src/rotation/journal/types.ts";
import { requireProgram } from "../support/require.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "samlcert-journal-"));
  path = join(folder, "journal");
});
afterEach(() => rm(folder, { recursive: true }));

const records: JournalRecord[] = [
  { type: "started", at: 1, step: 0 },
  { type: "finished", at: 2, step: 0, id: "é\u2028" },
  { type: "completed", at: 3 },
];

async function write(items: readonly JournalRecord[]) {
  const journal = fileJournal(path);
  await journal.open();
  for (const item of items) await journal.append(item);
  await journal.close();
}

async function read(): Promise<readonly JournalRecord[]> {
  const journal = fileJournal(path);
  try {
    return await journal.open();
  } finally {
    await journal.close();
  }
}

const code = (code: string) => expect.objectContaining({ code });

describe("fileJournal", () => {
  it("returns what was written, as JSON lines that only the owner can read", async () => {
    await write(records);
    expect(await read()).toEqual(records);
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).type)).toEqual([
      "started",
      "finished",
      "completed",
    ]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(stat(`${path}.lock`)).rejects.toThrow();
  });

  it.each([
    ["a key in one line", "-----BEGIN PRIVATE KEY----- MC4CAQAw -----END PRIVATE KEY-----"],
    ["a picture", "\u0089PNG\u001a"],
    ["GeoJSON in one line", '{"type":"FeatureCollection","features":[]}'],
    ["GeoJSON with a line feed", '{"type":"FeatureCollection","features":[]}\n'],
    ["minified JSON", '{"type":"module","name":"x"}'],
    ["JSON lines of another program", '{"type":"started","at":1,"step":0}\n{"type":"completed"}'],
    [
      "half a first record",
      '{"type":"plan","at":1893499200,"plan":{"format":"samlcert.rotation-plan"',
    ],
    ["the first letters of a record", '{"ty'],
    ["zeros", "\0".repeat(4096)],
    ["a record too deep to walk", `${'{"type":'.repeat(100_000)}1${"}".repeat(100_000)}\n`],
  ])("refuses a file that is not a journal and does not change it: %s", async (_, text) => {
    await writeFile(path, text);
    await expect(read()).rejects.toThrow(code("journal.not_a_journal"));
    expect(await readFile(path, "utf8")).toBe(text);
  });

  it("takes an empty file for a new journal, also through a link", async () => {
    const target = join(folder, "target");
    await writeFile(target, "");
    await symlink(target, path);
    await write(records);
    expect(await read()).toEqual(records);
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
  });

  it("makes no file before the first record, and leaves no half of one", async () => {
    const journal = fileJournal(path);
    await journal.open();
    await journal.close();
    expect(await readdir(folder)).toEqual([]);
    await writeFile(`${path}.new`, "left by a crash");
    await write(records);
    expect(await readdir(folder)).toEqual(["journal"]);
  });

  it("refuses a journal of more than 64 MiB, and a record that would make it one", async () => {
    await write(records);
    await truncate(path, 64 * 1024 * 1024 + 1);
    await expect(read()).rejects.toThrow(code("journal.too_large"));
    await rm(path);
    const journal = fileJournal(path);
    await journal.open();
    await journal.append(records[0]!);
    const message = "x".repeat(64 * 1024 * 1024);
    const huge = { type: "failed", at: 1, step: 0, code: "a", message } as const;
    await expect(journal.append(huge)).rejects.toThrow(code("journal.too_large"));
    await journal.append(records[2]!);
    await journal.close();
    expect(await read()).toEqual([records[0], records[2]]);
  });

  it("continues after a line that a crash cut off, wherever it was cut", async () => {
    await write(records);
    const whole = await readFile(path);
    const first = whole.indexOf("\n") + 1;
    for (let end = first; end < whole.length; end += 1) {
      await writeFile(path, whole.subarray(0, end));
      const survived = await read();
      expect(survived).toEqual(records.slice(0, survived.length));
      await write([{ type: "completed", at: 9 }]);
      expect(await read()).toEqual([...survived, { type: "completed", at: 9 }]);
    }
  });

  it("notices a line that was edited, moved, removed or added by hand", async () => {
    await write(records);
    const [a, b, c] = (await readFile(path, "utf8")).trimEnd().split("\n");
    for (const lines of [
      [a, b?.replace('"step":0', '"step":1'), c],
      [a, c, b],
      [a, c],
      [b, c],
      [a, a, b, c],
      [a, b, c, '{"type":"completed","at":3}'],
      [a, "null", c],
      [a, "", b],
    ]) {
      await writeFile(path, `${lines.join("\n")}\n`);
      await expect(read()).rejects.toThrow(code("journal.corrupt"));
    }
  });

  it("belongs to one run at a time", async () => {
    const one = fileJournal(path);
    await one.open();
    await expect(fileJournal(path).open()).rejects.toThrow(code("journal.locked"));
    await one.close();
    await write(records);
  });

  it("takes over from a dead process, and from a process id that was reused", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const { hostname } = await import("node:os");
    const stale = { host: hostname(), pid, token: "x" };
    await writeFile(`${path}.lock`, JSON.stringify(stale));
    await write(records);
    if (process.platform !== "linux") return;
    const reused = { host: hostname(), pid: process.pid, started: "1", token: "x" };
    await writeFile(`${path}.lock`, JSON.stringify(reused));
    expect(await read()).toEqual(records);
    const stat = await readFile(`/proc/${process.pid}/stat`, "utf8");
    const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    await writeFile(`${path}.lock`, JSON.stringify({ ...reused, started }));
    await expect(read()).rejects.toThrow(code("journal.locked"));
  });

  it("does not take over from another machine, nor from a lock that it cannot read", async () => {
    for (const text of [JSON.stringify({ host: "elsewhere", pid: 1, token: "x" }), "?", "{}"]) {
      await writeFile(`${path}.lock`, text);
      await expect(read()).rejects.toThrow(code("journal.locked"));
    }
  });

  it("stops writing when another run has taken its lock", async () => {
    const journal = fileJournal(path);
    await journal.open();
    await writeFile(`${path}.lock`, "another");
    await expect(journal.append(records[0]!)).rejects.toThrow(code("journal.lock_lost"));
    await journal.close();
    expect(await readFile(`${path}.lock`, "utf8")).toBe("another");
  });

  it("lets exactly one of many take over a dead lock", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const { hostname } = await import("node:os");
    for (let round = 0; round < 10; round += 1) {
      await writeFile(`${path}.lock`, JSON.stringify({ host: hostname(), pid, token: "x" }));
      const journals = Array.from({ length: 8 }, () => fileJournal(path));
      const outcomes = await Promise.allSettled(journals.map((journal) => journal.open()));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      await Promise.all(journals.map((journal) => journal.close()));
    }
  });

  it("names the reason for a path that is not a file", async () => {
    await expect(fileJournal(folder).open()).rejects.toThrow(code("journal.unreadable"));
    const missing = fileJournal(join(folder, "none", "journal"));
    await expect(missing.open()).rejects.toThrow(code("journal.unreadable"));
  });

  const bash = requireProgram("bash");
  it.skipIf(bash.missing)(
    `loses no record if there is no room for the next${bash.note}`,
    async () => {
      const script = join(folder, "writer.mjs");
      const file = join(import.meta.dirname, "../../src/rotation/journal/file.ts");
      await build({
        stdin: {
          contents: `
          import { fileJournal } from ${JSON.stringify(file)};
          const journal = fileJournal(process.argv[2]);
          await journal.open();
          for (let at = 0; ; at += 1) {
            await journal.append({ type: "started", at, step: 0 }).catch(({ code, message }) => {
              console.log(JSON.stringify({ written: at, code, message }));
              process.exit();
            });
          }`,
          resolveDir: folder,
        },
        bundle: true,
        format: "esm",
        platform: "node",
        outfile: script,
        logLevel: "error",
      });
      // The kernel itself cuts the write off: no file of this process may grow beyond 4 KiB.
      const command = 'trap "" XFSZ; ulimit -f 4; exec "$0" "$@"';
      const { stdout } = spawnSync("bash", ["-c", command, process.execPath, script, path]);
      const { written, code, message } = JSON.parse(`${stdout}`);
      expect(code).toBe("journal.write_failed");
      // Deno gives this error no code.
      expect(message).toMatch(/^The journal could not be written \((EFBIG|unknown error)\)\.$/);
      expect(await read()).toHaveLength(written);
      expect((await readFile(path, "utf8")).endsWith("\n")).toBe(true);
    },
  );
});
