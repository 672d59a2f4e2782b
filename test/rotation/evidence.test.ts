import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Certificate } from "../../src/certificates/index.ts";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import {
  executeRotation,
  memoryJournal,
  observeSignIn,
  planRotation,
  type RotationPolicy,
  resumeRotation,
  retireSuperseded,
  rollbackRotation,
} from "../../src/rotation/index.ts";
import { type Cast, cast, certificate, day } from "./support/certificates.ts";
import { at, failure, held, planFor } from "./support/executing.ts";
import { type MemoryStore, memoryStore, stored } from "./support/memory-store.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

const entityId = "https://idp.example.com/saml";

function metadataOf(keys: readonly Certificate[], id = entityId): string {
  return buildIdentityProviderMetadata({
    entityId: id,
    singleSignOnServices: ["https://idp.example.com/sso"],
    signingCertificates: keys,
  });
}

/** A rotation from `current` to `next` whose first part has been run. */
async function staged(policy: RotationPolicy = {}, store = memoryStore([all.current])) {
  const journal = memoryJournal();
  const plan = await planFor(store, [all.next], policy);
  const options = (days: number) => ({ store, journal, clock: at(days), rereadAfterMs: [] });
  const result = await executeRotation(plan, options(0));
  return { store, journal, plan, options, result };
}

const both = ["CN=current", "CN=next"];

describe("the policy confirmed", () => {
  it("is the default: both certificates stay until a person says that the switch is done", async () => {
    const { store, plan, options, result, journal } = await staged();
    expect(result).toMatchObject({ status: "awaiting_switch", switchAfter: day(0) + 15 * 60 });
    expect(result.until).toBe(undefined);
    expect(result.next).toContain("retireSuperseded");
    const records = journal.records.length;
    for (const days of [1, 6, 400]) {
      expect(await resumeRotation(options(days))).toMatchObject({
        status: "awaiting_switch",
        requests: 0,
      });
      await executeRotation(plan, options(days));
    }
    expect(journal.records).toHaveLength(records);
    expect(held(store)).toEqual(both);
    const done = await retireSuperseded(options(401));
    expect(done.status).toBe("completed");
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("survives a kill after the confirmation was recorded", async () => {
    const { store, options, journal } = await staged();
    const refusing = { ...store, list: () => Promise.reject(new Error("killed")) };
    await failure(retireSuperseded({ ...options(1), store: refusing }));
    expect(journal.records.at(-2)?.type).toBe("confirmed");
    expect(await resumeRotation(options(2))).toMatchObject({ status: "completed" });
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("is refused before the new certificate is stored", async () => {
    const store = memoryStore([all.current], {
      fault: (_, method) => ({ kind: method === "add" ? "before" : "none" }),
    });
    const journal = memoryJournal();
    const options = { store, journal, clock: at(0), rereadAfterMs: [] };
    await failure(executeRotation(await planFor(store, [all.next], {}), options));
    const error = await failure(retireSuperseded(options));
    expect(error.code).toBe("rotation.not_staged");
    expect(held(store)).toEqual(["CN=current"]);
  });
});

describe("the policy never", () => {
  it("adds, and keeps the superseded certificates", async () => {
    const { store, result, plan } = await staged({ retire: "never" });
    expect(result.status).toBe("completed");
    expect(held(store)).toEqual(both);
    expect(plan.kept).toMatchObject([{ id: "1", reason: "the policy retires nothing" }]);
  });
});

describe("the policy signedWithNew", () => {
  const policy: RotationPolicy = { retire: { signedWithNew: 3, oldUnusedFor: 2 * 86_400 } };

  it("waits for sign-ins with the new key, and for silence of the old one", async () => {
    const { store, journal, options, result } = await staged(policy);
    expect(result.status).toBe("awaiting_switch");
    await observeSignIn(journal, { certificate: all.next, at: day(1), count: 2 });
    await observeSignIn(journal, { certificate: all.current, at: day(2) });
    expect(await resumeRotation(options(2))).toMatchObject({ status: "awaiting_switch" });
    const fingerprint = all.next.fingerprint.sha256.toUpperCase().replace(/..(?=.)/g, "$&:");
    await observeSignIn(journal, { fingerprint, at: day(3) });
    expect(await resumeRotation(options(3))).toMatchObject({ status: "waiting", until: day(4) });
    expect(held(store)).toEqual(both);
    expect(await resumeRotation(options(4))).toMatchObject({ status: "completed" });
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("starts the silence again at each sign-in with the old key", async () => {
    const { journal, options, store } = await staged(policy);
    await observeSignIn(journal, { certificate: all.next, at: day(1), count: 3 });
    await observeSignIn(journal, { certificate: all.current, at: day(2) });
    await observeSignIn(journal, { certificate: all.next, at: day(2) + 1 });
    expect(await resumeRotation(options(2))).toMatchObject({ status: "waiting", until: day(4) });
    await observeSignIn(journal, { certificate: all.current, at: day(3) });
    expect(await resumeRotation(options(4))).toMatchObject({ status: "waiting", until: day(5) });
    expect(held(store)).toEqual(both);
  });
});

describe("observeSignIn", () => {
  it("ignores certificates that the rotation does not know, and keeps the journal small", async () => {
    const { journal } = await staged();
    expect(await observeSignIn(journal, { certificate: all.pending, at: day(1) })).toBe(false);
    const before = journal.records.length;
    for (let second = 0; second < 600; second += 1) {
      await observeSignIn(journal, { certificate: all.next, at: day(1) + second });
    }
    expect(journal.records.length - before).toBe(10);
  });

  it("records each change between the two keys at once", async () => {
    const { journal } = await staged();
    const seen = [all.current, all.next, all.current, all.next];
    for (const [second, one] of seen.entries()) {
      expect(await observeSignIn(journal, { certificate: one, at: day(1) + second })).toBe(true);
    }
  });

  it("refuses a fingerprint that is none, and a journal without a plan", async () => {
    const { journal } = await staged();
    await expect(observeSignIn(journal, { fingerprint: "ab", at: day(1) })).rejects.toThrow(
      TypeError,
    );
    const empty = observeSignIn(memoryJournal(), { certificate: all.next, at: day(1) });
    await expect(empty).rejects.toThrow(expect.objectContaining({ code: "journal.empty" }));
  });
});

describe("guard.old_key_still_used", () => {
  it("stops a retirement after a sign-in with the old key, until one with the new key", async () => {
    const { store, journal, options } = await staged();
    await observeSignIn(journal, { certificate: all.next, at: day(1) });
    await observeSignIn(journal, { certificate: all.current, at: day(1) + 1 });
    const error = await failure(retireSuperseded(options(2)));
    expect(error.code).toBe("guard.old_key_still_used");
    expect(held(store)).toEqual(both);
    await observeSignIn(journal, { certificate: all.next, at: day(3) });
    expect(await resumeRotation(options(3))).toMatchObject({ status: "completed" });
  });

  it("stops a retirement after time alone as well, and can be skipped by name", async () => {
    const retire = { afterSeconds: 86_400 };
    for (const overrides of [[], ["retire_what_is_still_used"]] as const) {
      const { store, journal, options } = await staged({ retire, overrides });
      await observeSignIn(journal, { certificate: all.current, at: day(1) });
      const run = resumeRotation(options(2));
      if (overrides.length > 0) await run;
      else expect((await failure(run)).code).toBe("guard.old_key_still_used");
      expect(held(store)).toEqual(overrides.length > 0 ? ["CN=next"] : both);
    }
  });
});

describe("metadata as evidence", () => {
  let folder: string;
  let file: string;
  let server: Server;
  let url: string;
  let answer: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "samlcert-evidence-"));
    file = join(folder, "idp.xml");
    answer = metadataOf([all.next]);
    server = createServer((_, response) => response.end(answer));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metadata`;
  });
  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  async function planned(
    store: MemoryStore,
    source: { readonly url?: string; readonly file?: string },
    policy: RotationPolicy = {},
  ) {
    const plan = planRotation({
      desired: [all.next],
      stored: [...store.entries],
      policy,
      source: { ...source, entityId, ...(source.url && { allowPrivateAddresses: true }) },
      target: store,
      now: day(0),
    });
    const journal = memoryJournal();
    const options = (days: number) => ({ store, journal, clock: at(days), rereadAfterMs: [] });
    expect(await executeRotation(plan, options(0))).toMatchObject({ status: "awaiting_switch" });
    return options;
  }

  it.each(["url", "file"] as const)(
    "of a plan is read from its %s right before the removal, whoever resumes",
    async (kind) => {
      const store = memoryStore([all.current]);
      const publish = async (keys: readonly Certificate[]) => {
        answer = metadataOf(keys);
        await writeFile(file, answer);
      };
      const options = await planned(store, kind === "url" ? { url } : { file });
      await publish([all.current, all.next]);
      expect((await failure(retireSuperseded(options(6)))).code).toBe("guard.still_published");
      expect((await failure(resumeRotation(options(7)))).code).toBe("guard.still_published");
      expect(held(store)).toEqual(both);
      await publish([all.next]);
      expect(await resumeRotation(options(8))).toMatchObject({ status: "completed" });
      expect(held(store)).toEqual(["CN=next"]);
    },
  );

  it("stops the removal if it cannot be read, or describes another identity provider", async () => {
    const store = memoryStore([all.current]);
    const options = await planned(store, { file });
    for (const text of [
      undefined,
      "<html/>",
      metadataOf([all.next], "https://other.example.com"),
    ]) {
      if (text !== undefined) await writeFile(file, text);
      const error = await failure(retireSuperseded(options(6)));
      expect(error.code).toBe("rotation.evidence_unreadable");
      expect(held(store)).toEqual(both);
    }
  });

  it("does not let go a certificate whose key is published in another certificate", async () => {
    const store = memoryStore([all.current]);
    const options = await planned(store, { file });
    await writeFile(file, metadataOf([all.renewed, all.next]));
    expect((await failure(retireSuperseded(options(6)))).code).toBe("guard.still_published");
    store.entries.push(stored("9", all.renewed));
    expect(held(store)).toContain("CN=current");
  });

  it("lets the second copy of a published certificate go", async () => {
    const store = memoryStore([all.next, all.next]);
    await writeFile(file, metadataOf([all.next]));
    const plan = planRotation({
      desired: [all.next],
      stored: [...store.entries],
      policy: { enabled: true },
      source: { file, entityId },
      target: store,
      now: day(0),
    });
    const options = { store, journal: memoryJournal(), clock: at(0), rereadAfterMs: [] };
    expect(await executeRotation(plan, options)).toMatchObject({ status: "completed" });
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("is the evidence of unpublishedFor, which starts again whenever the old key comes back", async () => {
    const store = memoryStore([all.current]);
    await writeFile(file, metadataOf([all.current, all.next]));
    const options = await planned(store, { file }, { retire: { unpublishedFor: 2 * 86_400 } });
    expect(await resumeRotation(options(1))).toMatchObject({ status: "awaiting_switch" });
    await writeFile(file, metadataOf([all.next]));
    expect(await resumeRotation(options(2))).toMatchObject({ status: "waiting", until: day(4) });
    await writeFile(file, metadataOf([all.current]));
    expect(await resumeRotation(options(4))).toMatchObject({ status: "awaiting_switch" });
    await writeFile(file, metadataOf([all.next]));
    expect(await resumeRotation(options(5))).toMatchObject({ status: "waiting", until: day(7) });
    expect(held(store)).toEqual(both);
    expect(await resumeRotation(options(7))).toMatchObject({ status: "completed" });
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("is needed by unpublishedFor", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next], { retire: { unpublishedFor: 1 } });
    const options = { store, journal: memoryJournal(), clock: at(0), rereadAfterMs: [] };
    expect((await failure(executeRotation(plan, options))).code).toBe("rotation.no_evidence");
    const published = async () => [all.next];
    expect(await resumeRotation({ ...options, published })).toMatchObject({ status: "waiting" });
  });

  it("keeps the new certificate in a rollback while the identity provider signs with it", async () => {
    const store = memoryStore([all.current]);
    await writeFile(file, metadataOf([all.next]));
    const options = await planned(store, { file });
    await retireSuperseded(options(1));
    expect(held(store)).toEqual(["CN=next"]);
    expect(await rollbackRotation(options(2))).toMatchObject({ status: "awaiting_switch" });
    const stopped = await retireSuperseded(options(3));
    expect(stopped).toMatchObject({ status: "stopped" });
    expect(stopped.notRolledBack[0]).toContain("still publishes");
    expect(held(store)).toEqual(["CN=next", "CN=current"]);
    await writeFile(file, metadataOf([all.current]));
    expect(await retireSuperseded(options(4))).toMatchObject({ status: "rolled_back" });
    expect(held(store)).toEqual(["CN=current"]);
  });
});

describe("a certificate that is replaced in place", () => {
  it("is not overwritten while the identity provider publishes it", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next], { replaceInPlace: true });
    const options = { store, journal: memoryJournal(), clock: at(0), rereadAfterMs: [] };
    const published = async () => [all.current];
    const error = await failure(executeRotation(plan, { ...options, published }));
    expect(error.code).toBe("guard.still_published");
    expect(held(store)).toEqual(["CN=current"]);
  });
});

describe("what the provider says", () => {
  it("is believed only after a reading: a removal that did not happen is repeated", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next], { retire: { afterSeconds: 0 } });
    const options = { journal: memoryJournal(), clock: at(0), rereadAfterMs: [] };
    const lying = { ...store, remove: async () => undefined };
    const error = await failure(executeRotation(plan, { store: lying, ...options }));
    expect(error.code).toBe("rotation.not_removed");
    expect(held(store)).toEqual(both);
    expect(await resumeRotation({ store, ...options })).toMatchObject({ status: "completed" });
    expect(held(store)).toEqual(["CN=next"]);
  });

  it("is not called completed if a desired certificate is gone, whatever the overrides", async () => {
    const store = memoryStore([all.current]);
    const plan = await planFor(store, [all.next], {
      retire: "never",
      overrides: ["ignore_other_writers"],
    });
    const options = { store, journal: memoryJournal(), clock: at(0), rereadAfterMs: [] };
    await executeRotation(plan, options);
    store.entries.pop();
    expect((await failure(executeRotation(plan, options))).code).toBe("guard.store_changed");
  });

  it("is that a certificate which is added is enabled, and nothing of another one", async () => {
    const { store, options } = await staged();
    await retireSuperseded(options(1));
    expect(store.requests.map(({ method, enabled }) => [method, enabled])).toContainEqual([
      "add",
      true,
    ]);
    const inPlace = memoryStore([all.current]);
    const plan = await planFor(inPlace, [all.next], { replaceInPlace: true });
    const run = { store: inPlace, journal: memoryJournal(), clock: at(0), rereadAfterMs: [] };
    await executeRotation(plan, run);
    expect(inPlace.requests.find(({ method }) => method === "replace")?.enabled).toBe(undefined);
  });
});

describe("an equal certificate that another writer adds at the same moment", () => {
  it.each([
    ["0", "0"],
    ["99", "2"],
  ])("under the id %s beside the run's 2 leaves %s, the earlier one", async (id, left) => {
    const store = memoryStore([all.current]);
    const add: typeof store.add = async (...given) => {
      const added = await store.add(...given);
      store.entries.push(stored(id, all.next));
      return added;
    };
    const journal = memoryJournal();
    const plan = await planFor(store, [all.next], {});
    const options = { journal, clock: at(0), rereadAfterMs: [1] };
    const result = await executeRotation(plan, { store: { ...store, add }, ...options });
    expect(result.status).toBe("awaiting_switch");
    expect(store.entries.map((entry) => entry.id)).toEqual(["1", left]);
    expect(await retireSuperseded({ store, ...options })).toMatchObject({ status: "completed" });
    expect(await rollbackRotation({ store, ...options })).toMatchObject({
      status: "awaiting_switch",
    });
    expect(await retireSuperseded({ store, ...options })).toMatchObject({ status: "rolled_back" });
    expect(held(store)).toEqual(["CN=current"]);
  });

  it("and takes away again while the run removes its own, stops the run", async () => {
    const store = memoryStore([all.current]);
    let foreign = true;
    const add: typeof store.add = async (...given) => {
      const added = await store.add(...given);
      if (foreign) store.entries.push(stored("0", all.next));
      foreign = false;
      return added;
    };
    const remove: typeof store.remove = async (...given) => {
      await store.remove(...given);
      store.entries.splice(0, store.entries.length, stored("1", all.current));
    };
    const plan = await planFor(store, [all.next], {});
    const options = { journal: memoryJournal(), clock: at(0), rereadAfterMs: [1] };
    await expect(
      executeRotation(plan, { store: { ...store, add, remove }, ...options }),
    ).rejects.toMatchObject({ code: "guard.store_changed" });
    expect(held(store)).toEqual(["CN=current"]);
  });
});

it("an expired certificate is kept as usable until the switch is confirmed", async () => {
  const old = await certificate("old", -900, -1);
  const { store, options, result } = await staged({}, memoryStore([old]));
  expect(result.status).toBe("awaiting_switch");
  expect(held(store)).toEqual(["CN=old", "CN=next"]);
  await retireSuperseded(options(1));
  expect(held(store)).toEqual(["CN=next"]);
});
