import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { diffMetadata, parseMetadata } from "../../src/metadata/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";
import {
  type ConnectionStatus,
  openWatchState,
  watch,
  watchFiles,
  watchMetadata,
  watchStore,
} from "../../src/watch/index.ts";
import { entityOf, entitySnapshot } from "../../src/watch/sources/snapshot.ts";
import { type Cast, cast, day } from "../rotation/support/certificates.ts";
import { memoryStore, stored } from "../rotation/support/memory-store.ts";
import { signedMetadata } from "../trusted-keys/following.ts";
import {
  aggregate,
  changingServer,
  cronRun,
  eventTypes,
  idpMetadata,
  temporaryFolder,
} from "./support/world.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

const open = { allowPrivateAddresses: true };
const stateFile = () => join(temporaryFolder(), "watch.json");

describe("the events of a day of cron runs", () => {
  it("tells each change of a metadata URL once, on the run that notices it", async () => {
    const path = stateFile();
    const server = await changingServer(idpMetadata([all.current]));
    const sources = [watchMetadata(server.url, open)];
    const hour = 1 / 24;
    const moved = { location: "https://idp.example.com/sso2" };
    const script: Readonly<Record<number, string | number>> = {
      4: idpMetadata([all.current, all.next]),
      8: idpMetadata([all.current, all.next], moved),
      11: 503,
      14: idpMetadata([all.current, all.next], moved),
      17: "<html>Sign in</html>",
      18: idpMetadata([all.next], moved),
    };
    const told: [number, string][] = [];
    for (let run = 0; run < 24; run++) {
      server.answer = script[run] ?? server.answer;
      const statuses = await cronRun(path, sources, day(run * hour));
      told.push(...eventTypes(statuses).map((type): [number, string] => [run, type]));
    }
    expect(told).toEqual([
      [4, "key_published"],
      [4, "state_changed"],
      [8, "endpoint_changed"],
      [11, "read_failed"],
      [14, "read_restored"],
      [17, "read_failed"],
      [18, "read_restored"],
      [18, "key_vanished"],
    ]);
  });

  it("says since when a source does not answer, and keeps what was known of it", async () => {
    const path = stateFile();
    const server = await changingServer(idpMetadata([all.current]));
    const sources = [watchMetadata(server.url, open)];
    await cronRun(path, sources, day(0));
    server.answer = 500;
    await cronRun(path, sources, day(1));
    const [status] = await cronRun(path, sources, day(2));
    expect(status).toMatchObject({
      state: "unreachable",
      since: day(1),
      lastSuccessAt: day(0),
      daysLeft: 18,
      certificates: [{ subject: "CN=current", state: "expiring", daysLeft: 18 }],
      events: [],
    });
  });

  it("tells that metadata no longer verifies, and that it does again", async () => {
    const signer = await createTestCertificate();
    const path = stateFile();
    const signed = signedMetadata(idpMetadata([all.next]), signer);
    const server = await changingServer(signed);
    const trust = { certificates: [signer.certificate.pem] };
    const sources = [watchMetadata(server.url, { ...open, trust })];
    await cronRun(path, sources, day(0));
    server.answer = signed.replace("/sso", "/evil");
    expect(eventTypes(await cronRun(path, sources, day(1)))).toEqual(["verification_failed"]);
    expect(eventTypes(await cronRun(path, sources, day(2)))).toEqual([]);
    server.answer = signed;
    expect(eventTypes(await cronRun(path, sources, day(3)))).toEqual(["verification_restored"]);
  });

  it("tells of a certificate that was replaced in a file and at a provider", async () => {
    const path = stateFile();
    const folder = temporaryFolder();
    const store = memoryStore([all.current]);
    const sources = [watchFiles("idp.pem", { folder }), watchStore(store)];
    writeFileSync(join(folder, "idp.pem"), all.current.pem);
    await cronRun(path, sources, day(0));
    writeFileSync(join(folder, "idp.pem"), all.next.pem);
    store.entries.splice(0, 1, stored("1", all.next));
    const statuses = await cronRun(path, sources, day(0) + 3600);
    for (const { events } of statuses) {
      expect(events).toMatchObject([
        {
          type: "certificate_replaced",
          before: all.current.fingerprint.sha256,
          after: all.next.fingerprint.sha256,
        },
        { type: "state_changed", before: "expiring", after: "active" },
      ]);
    }
  });

  it("tells of entities that come to an aggregate and leave it, once each", async () => {
    const path = stateFile();
    const named = (name: string) =>
      idpMetadata([all.next], { entityId: `https://${name}.example.com` });
    const server = await changingServer(aggregate([named("a"), named("b")]));
    const sources = [watchMetadata(server.url, open)];
    expect(eventTypes(await cronRun(path, sources, day(0)))).toEqual([]);
    server.answer = aggregate([named("b"), named("c")]);
    const statuses = await cronRun(path, sources, day(1));
    expect(statuses.map(({ id, events }) => [id.split("#")[1], events[0]?.type])).toEqual([
      [undefined, undefined],
      ["https://b.example.com", undefined],
      ["https://c.example.com", "appeared"],
      ["https://a.example.com", "vanished"],
    ]);
    expect(statuses.at(-1)?.errors[0]?.code).toBe("watch.vanished");
    expect(await cronRun(path, sources, day(2))).toHaveLength(3);
    server.answer = 500;
    expect(await cronRun(path, sources, day(3))).toHaveLength(1);
    server.answer = aggregate([named("b"), named("c")]);
    expect(eventTypes(await cronRun(path, sources, day(4)))).toEqual(["read_restored"]);
  });
});

describe("a run that is killed", () => {
  it("leaves its events to the next run, which tells them with the same id", async () => {
    const path = stateFile();
    const server = await changingServer(idpMetadata([all.next]));
    const sources = [watchMetadata(server.url, open)];
    await cronRun(path, sources, day(0));
    server.answer = idpMetadata([all.next, all.pending]);
    const killed = await cronRun(path, sources, day(1), "before telling");
    const again = await cronRun(path, sources, day(2));
    expect(eventTypes(again)).toEqual(["key_published"]);
    expect(again[0]?.events).toEqual(killed[0]?.events);
    expect(eventTypes(await cronRun(path, sources, day(3)))).toEqual([]);
  });

  it("leaves the goodbye of an entity that vanished, too", async () => {
    const path = stateFile();
    const named = (name: string) =>
      idpMetadata([all.next], { entityId: `https://${name}.example.com` });
    const server = await changingServer(aggregate([named("a"), named("b")]));
    const sources = [watchMetadata(server.url, open)];
    await cronRun(path, sources, day(0));
    server.answer = aggregate([named("b")]);
    await cronRun(path, sources, day(1), "before telling");
    expect(eventTypes(await cronRun(path, sources, day(2)))).toEqual(["vanished"]);
    expect(eventTypes(await cronRun(path, sources, day(3)))).toEqual([]);
  });

  it("tells everything again if it ends before the state is saved", async () => {
    const path = stateFile();
    const server = await changingServer(idpMetadata([all.next]));
    const sources = [watchMetadata(server.url, open), watchMetadata(`${server.url}2`, open)];
    await cronRun(path, sources, day(0));
    server.answer = idpMetadata([all.next, all.pending]);
    const state = await openWatchState(path);
    for await (const _ of watch(sources, { now: day(1), state })) break;
    await state[Symbol.asyncDispose]();
    expect(eventTypes(await cronRun(path, sources, day(2)))).toEqual([
      ...["key_published", "key_published"],
    ]);
  });
});

describe("openWatchState", () => {
  it("refuses a second run while the first holds the state", async () => {
    const path = stateFile();
    const first = await openWatchState(path);
    await expect(openWatchState(path)).rejects.toMatchObject({ code: "watch.state_locked" });
    await first[Symbol.asyncDispose]();
    await (await openWatchState(path))[Symbol.asyncDispose]();
    expect(readdirSync(join(path, ".."))).toEqual([]);
  });

  it.each([
    ["text", "nonsense"],
    ["another document", '{"format":"other","version":1,"sources":{}}'],
    ["no object", "7"],
    ["another version", '{"format":"samlcert.watch-state","version":2,"sources":{}}'],
  ])("refuses a file that is %s", async (_, text) => {
    const path = stateFile();
    writeFileSync(path, text);
    await expect(openWatchState(path)).rejects.toMatchObject({ code: "watch.state_invalid" });
    expect(readdirSync(join(path, ".."))).toEqual(["watch.json"]);
  });

  it.each([
    ["a number", "7"],
    ["one with a certificate of null", '{"state":"active","since":1,"certificates":[null]}'],
    ["one with an event without an id", '{"state":"active","since":1,"untold":[{}]}'],
  ])("refuses %s as the record of a connection", async (_, record) => {
    const path = stateFile();
    const sources = `{"a":{"a":${record}}}`;
    writeFileSync(path, `{"format":"samlcert.watch-state","version":1,"sources":${sources}}`);
    const state = await openWatchState(path);
    expect(() => state.get("a")).toThrow(expect.objectContaining({ code: "watch.state_invalid" }));
    await state[Symbol.asyncDispose]();
  });

  it("tells why the file can be neither read nor written", async () => {
    const folder = temporaryFolder();
    await expect(openWatchState(join(folder, "none", "watch.json"))).rejects.toMatchObject({
      code: "watch.state_unwritable",
    });
    await expect(openWatchState(folder)).rejects.toMatchObject({ code: "watch.state_unreadable" });
  });

  it("reads its file after a person has formatted it", async () => {
    const path = stateFile();
    const server = await changingServer(idpMetadata([all.next]));
    const sources = [watchMetadata(server.url, open)];
    await cronRun(path, sources, day(0));
    writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, "utf8")), undefined, 2));
    server.answer = idpMetadata([all.next, all.pending]);
    expect(eventTypes(await cronRun(path, sources, day(1)))).toEqual(["key_published"]);
  });
});

describe("entitySnapshot", () => {
  it("has the same differences as the entity that it was made of", async () => {
    const one = { entityId: "https://idp.example.com" };
    const versions = [
      idpMetadata([all.current], one),
      idpMetadata([all.current, all.next], { ...one, name: "Name" }),
      idpMetadata([all.renewed], { ...one, location: "https://idp.example.com/other" }),
      idpMetadata([], { ...one, validUntil: "2031-01-01T00:00:00Z" }),
    ].map((xml) => parseMetadata(xml).entities[0]!);
    for (const before of versions) {
      for (const after of versions) {
        const [old, next] = [before, after].map((entity) => entityOf(entitySnapshot(entity)));
        expect(diffMetadata(old!, next!)).toEqual(diffMetadata(before, after));
      }
    }
    expect(entitySnapshot(versions[1]!).length).toBeLessThan(1500);
  });
});

describe("statuses without a state", () => {
  it("have no events and no beginning", async () => {
    const found: ConnectionStatus[] = [];
    const sources = [watchStore(memoryStore([all.next]))];
    for await (const one of watch(sources, { now: day(0) })) found.push(one);
    expect(found).toMatchObject([{ events: [], lastSuccessAt: day(0) }]);
    expect(found[0]).not.toHaveProperty("since");
  });
});
