import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import {
  describePlan,
  desiredFromMetadata,
  executeRotation,
  fileJournal,
  memoryJournal,
  planRotation,
} from "../../src/rotation/index.ts";
import { plannedCertificate, withinValidity } from "../../src/rotation/plan/usable.ts";
import { type Cast, cast, day } from "./support/certificates.ts";
import { at, failure, planFor } from "./support/executing.ts";
import { likeSendGrid, memoryStore, stored } from "./support/memory-store.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

describe("the edges of a plan", () => {
  it("a certificate is valid in its first and its last second", () => {
    const planned = plannedCertificate(all.next);
    const { notBefore, notAfter } = planned;
    const valid = [notBefore - 1, notBefore, notAfter, notAfter + 1].map((now) =>
      withinValidity(planned, now),
    );
    expect(valid).toEqual([false, true, true, false]);
  });

  it("1000 desired certificates are not too many", () => {
    const desired = Array.from({ length: 1000 }, () => all.next);
    expect(planRotation({ desired, stored: [], now: day(0) }).desired).toHaveLength(1);
  });

  it("a plan without a connection assumes nothing that helps it", () => {
    const plan = planRotation({ desired: [all.next], stored: [], now: day(0) });
    expect(plan.capabilities).toEqual({
      overlap: true,
      enabledObservable: false,
      replaceInPlace: false,
      honoursExpiry: "unknown",
    });
    expect(plan).not.toHaveProperty("provider");
  });

  it("a runbook names the connection, if the plan has one", async () => {
    const plan = await planFor(memoryStore([all.current]), [all.next]);
    expect(describePlan(plan)).toContain(" of memory integration one, made ");
    const none = planRotation({ desired: [all.next], stored: [], now: day(0) });
    expect(describePlan(none)).toMatch(/^Rotation plan [0-9a-f]{16}, made /);
  });

  it("a spare copy goes where it is known to be one, and is not listed as kept", () => {
    const capabilities = { ...likeSendGrid, enabledObservable: true };
    const plan = planRotation({
      desired: [all.next],
      stored: [stored("1", all.next), stored("2", all.next)],
      target: memoryStore([], { capabilities }),
      now: day(0),
    });
    expect(plan.kept.map(({ id }) => id)).toEqual(["1"]);
  });

  it("a replacement is not made by a certificate that does not sign anybody in yet", () => {
    const replace = (desired: typeof all.next) =>
      planRotation({
        desired: [desired],
        stored: [stored("1", all.current)],
        policy: { replaceInPlace: true },
        target: memoryStore([], { capabilities: { ...likeSendGrid, honoursExpiry: "yes" } }),
        now: day(0),
      }).refusals.map(({ code }) => code);
    expect(replace(all.pending)).toEqual(["guard.last_usable_certificate"]);
    expect(replace(all.next)).toEqual([]);
  });
});

describe("desiredFromMetadata", () => {
  const document = (...names: readonly string[]): string => {
    const members = names.map((name) =>
      buildIdentityProviderMetadata({
        entityId: `https://${name}.example.com`,
        singleSignOnServices: [`https://${name}.example.com/sso`],
        signingCertificates: [all.next],
      }).replace(/^<\?xml[^>]*\?>/, ""),
    );
    return `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${members.join("")}</EntitiesDescriptor>`;
  };

  it.each([
    [["a"], '"https://a.example.com"'],
    [["a", "b"], "2 identity providers"],
    [["a", "b", "c"], "3 identity providers"],
  ])("says that it found %j instead of the wanted entity", async (names, found) => {
    const wanted = { entityId: "https://wanted.example.com", now: day(0) };
    const error = await failure(desiredFromMetadata(document(...names), wanted));
    expect(error.code).toBe("guard.other_entity");
    expect(error.message).toContain(found);
  });
});

describe("the message of a stopped run", () => {
  const run = (store: ReturnType<typeof memoryStore>) => ({
    store,
    journal: memoryJournal(),
    clock: at(0),
    rereadAfterMs: [],
  });

  it.each([
    [Object.assign(new Error("secret"), { code: "ECONNRESET" }), "Error ECONNRESET"],
    [new RangeError("secret"), "RangeError"],
    ["secret", "a non-Error value"],
  ])("names what the store threw: %s", async (thrown, name) => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    const broken = { ...store, list: () => Promise.reject(thrown) };
    const error = await failure(executeRotation(plan, run(broken)));
    expect(error.message).toContain(`The store threw ${name}.`);
    expect(error.message).not.toContain("secret");
  });

  it.each([
    [5, "is new."],
    [6, "is new and 1 more."],
    [9, "is new and 4 more."],
  ])("names at most five of %i changes", async (count, end) => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next]);
    for (let id = 0; id < count; id++) store.entries.push(stored(`w${id}`, all.pending));
    const error = await failure(executeRotation(plan, run(store)));
    expect(error.code).toBe("guard.store_changed");
    expect(error.message.match(/is new/g)).toHaveLength(5);
    expect(error.message).toContain(end);
  });
});

describe("fileJournal", () => {
  it("says why its file cannot be made", async () => {
    const folder = await mkdtemp(join(tmpdir(), "samlcert-journal-"));
    const path = join(folder, "journal");
    const journal = fileJournal(path);
    await journal.open();
    await mkdir(join(path, "occupied"), { recursive: true });
    await expect(journal.append({ type: "completed", at: 1 })).rejects.toMatchObject({
      code: "journal.write_failed",
    });
    await journal.close();
    await rm(folder, { recursive: true });
  });

  it("names the process that holds its lock, also the first of the system", async () => {
    const folder = await mkdtemp(join(tmpdir(), "samlcert-journal-"));
    const path = join(folder, "journal");
    await writeFile(`${path}.lock`, JSON.stringify({ host: hostname(), pid: 1, token: "x" }));
    await expect(fileJournal(path).open()).rejects.toThrow(`process 1 on ${hostname()}`);
    await rm(folder, { recursive: true });
  });
});
