import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordRead, rolloverFile, startRollover } from "../../../src/keys/index.ts";
import { inFolder } from "../../support/cli.ts";
import { quickKey } from "../support.ts";

const entityId = "https://idp.example";

async function started() {
  const { certificate } = await quickKey();
  return startRollover({
    signing: certificate,
    identityProviders: [{ entityId, metadata: "polls" }],
  });
}

/** Leaves the lock of a process behind. */
function leaveLock(path: string, pid: number): void {
  writeFileSync(`${path}.lock`, JSON.stringify({ host: hostname(), pid, token: "left" }));
}

describe("rolloverFile", () => {
  test("writes the state whole, for its owner alone, and tells each event", async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "rollover.json");
      const events: string[] = [];
      const file = rolloverFile(path, { onEvent: ({ type }) => events.push(type) });
      expect(await file.read()).toBeUndefined();
      const state = await started();
      await file.update(() => state);
      expect(await file.read()).toEqual(state);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(events).toEqual(["started"]);
      expect(readdirSync(folder)).toEqual(["rollover.json"]);
    });
  });

  test("loses no change of writers at the same time", async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "rollover.json");
      const state = await started();
      await rolloverFile(path).update(() => state);
      const writers = Array.from({ length: 12 }, (_, i) => {
        const read = { entityId, signing: [i.toString(16).padStart(64, "0")], encryption: [] };
        return rolloverFile(path).update((before) => recordRead(before ?? state, read));
      });
      await Promise.all(writers);
      expect((await rolloverFile(path).read())?.events).toHaveLength(13);
    });
  });

  test("loses no change of writers that find the lock of a dead process", async () => {
    const { pid } = spawnSync("true");
    const state = await started();
    for (let round = 0; round < 20; round++) {
      await inFolder(async (folder) => {
        const path = join(folder, "rollover.json");
        await rolloverFile(path).update(() => state);
        leaveLock(path, pid);
        const writers = Array.from({ length: 12 }, (_, i) => {
          const read = { entityId, signing: [i.toString(16).padStart(64, "0")], encryption: [] };
          return rolloverFile(path).update((before) => recordRead(before ?? state, read));
        });
        await Promise.all(writers);
        expect((await rolloverFile(path).read())?.events).toHaveLength(13);
      });
    }
  }, 60_000);

  test("keeps the file if the change throws, and releases the lock", async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "rollover.json");
      const state = await started();
      const file = rolloverFile(path);
      await file.update(() => state);
      const broken = file.update(() => {
        throw new Error("no");
      });
      await expect(broken).rejects.toThrow("no");
      expect(await file.read()).toEqual(state);
      expect(readdirSync(folder)).toEqual(["rollover.json"]);
    });
  });

  test("takes over the lock of a dead process", async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "rollover.json");
      const { pid } = spawnSync("true");
      leaveLock(path, pid);
      const state = await started();
      await rolloverFile(path).update(() => state);
      expect(readFileSync(path, "utf8")).toContain("samlcert.key-rollover");
    });
  });

  test("gives up after a while if another process has the lock: keys.rollover_locked", async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "rollover.json");
      leaveLock(path, process.pid);
      const state = await started();
      const call = rolloverFile(path).update(() => state);
      await expect(call).rejects.toMatchObject({ code: "keys.rollover_locked" });
    });
  }, 15_000);

  test("says why a file cannot be written: keys.rollover_file", async () => {
    await inFolder(async (folder) => {
      const state = await started();
      const call = rolloverFile(join(folder, "missing", "rollover.json")).update(() => state);
      await expect(call).rejects.toMatchObject({ code: "keys.rollover_file" });
    });
  });
});
