import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { announceKey, formatRollover, startRollover } from "../../src/keys/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";
import type { StagedKey, TrustReport } from "../../src/trusted-keys/index.ts";
import {
  watchEnvironment,
  watchFiles,
  watchMetadata,
  watchOwnKeys,
  watchStore,
  watchTrustedKeys,
} from "../../src/watch/index.ts";
import { type Cast, cast, day } from "../rotation/support/certificates.ts";
import { memoryStore } from "../rotation/support/memory-store.ts";
import { signedMetadata } from "../trusted-keys/following.ts";
import { aggregate, changingServer, idpMetadata, look, temporaryFolder } from "./support/world.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

const open = { allowPrivateAddresses: true };

describe("watchMetadata", () => {
  it("gives the connection of a document of one entity, with its display name", async () => {
    const server = await changingServer(idpMetadata([all.next], { name: "Example IdP" }));
    const [status, ...more] = await look([watchMetadata(server.url, open)], day(0));
    expect(more).toEqual([]);
    expect(status).toMatchObject({
      id: `metadata:${server.url}`,
      name: "Example IdP",
      kind: "metadata",
      source: server.url,
      entityId: "https://idp.example.com",
      state: "active",
      actionNeeded: false,
      daysLeft: 1000,
      certificates: [{ use: "signing", state: "active", subject: "CN=next" }],
    });
  });

  it("gives the aggregate and each of its entities", async () => {
    const one = idpMetadata([all.next], { entityId: "https://a.example.com" });
    const two = idpMetadata([all.current], { entityId: "https://b.example.com" });
    const server = await changingServer(aggregate([one, two]));
    const source = watchMetadata(server.url, { ...open, name: "Federation", owner: "team" });
    const statuses = await look([source], day(0));
    expect(statuses.map(({ id, name, state, owner }) => [id, name, state, owner])).toEqual([
      [`metadata:${server.url}`, "Federation", "active", "team"],
      [`metadata:${server.url}#https://a.example.com`, "https://a.example.com", "active", "team"],
      [`metadata:${server.url}#https://b.example.com`, "https://b.example.com", "expiring", "team"],
    ]);
  });

  it("gives the named entities alone, also those that are missing or cannot be read", async () => {
    const one = idpMetadata([all.next], { entityId: "https://a.example.com" });
    const server = await changingServer(aggregate([one]));
    const entityIds = ["https://a.example.com", "https://gone.example.com"];
    const source = watchMetadata(server.url, { ...open, entityIds });
    const states = async () =>
      (await look([source], day(0))).map(({ id, state, errors }) => [
        id.split("#")[1],
        state,
        errors[0]?.code,
      ]);
    expect(await states()).toEqual([
      ["https://a.example.com", "active", undefined],
      ["https://gone.example.com", "unreadable", "watch.entity_missing"],
    ]);
    server.answer = 503;
    expect(await states()).toEqual([
      ["https://a.example.com", "unreachable", "provider.metadata_status"],
      ["https://gone.example.com", "unreachable", "provider.metadata_status"],
    ]);
  });

  it("distinguishes a source that is silent, one that lies, and one that nobody trusted signed", async () => {
    const signer = await createTestCertificate();
    const trust = { certificates: [signer.certificate.pem] };
    const signed = signedMetadata(idpMetadata([all.next]), signer);
    const server = await changingServer(signed);
    const source = watchMetadata(server.url, { ...open, trust });
    const state = async () => (await look([source], day(0)))[0]?.state;
    expect(await state()).toBe("active");
    server.answer = 404;
    expect(await state()).toBe("unreachable");
    server.answer = idpMetadata([all.next]);
    expect(await state()).toBe("unverified");
    server.answer = signed.replace("idp.example.com/sso", "evil.example.com/sso");
    expect(await state()).toBe("unverified");
    server.answer = "<html><body>Sign in</body></html>";
    expect(await state()).toMatch(/^un(?:readable|verified)$/);
    const [lie] = await look([watchMetadata(server.url, open)], day(0));
    expect(lie).toMatchObject({ state: "unreadable", actionNeeded: true });
  });

  it("does not accept metadata that is past its validUntil", async () => {
    const server = await changingServer(
      idpMetadata([all.next], { validUntil: "2029-12-31T00:00:00Z" }),
    );
    const [status] = await look([watchMetadata(server.url, open)], day(0));
    expect(status).toMatchObject({
      state: "unverified",
      errors: [{ code: "watch.metadata_expired" }],
    });
  });

  it("keeps a secret of its address out of every output", async () => {
    const server = await changingServer(404);
    const url = `${server.url}?appid=12&access_token=s3cret`.replace("//", "//user:s3cret@");
    const statuses = await look([watchMetadata(url, open)], day(0));
    expect(JSON.stringify(statuses)).not.toContain("s3cret");
    expect(statuses[0]?.id).toContain("appid=12");
  });

  it("tells of an address that is no URL", async () => {
    const [status] = await look([watchMetadata("idp.example.com")], day(0));
    expect(status).toMatchObject({
      state: "unreachable",
      errors: [{ code: "provider.metadata_url" }],
    });
  });
});

describe("watchFiles", () => {
  it("tells each file of a folder by its content, and one broken file hides no other", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "certs"));
    const write = (name: string, text: string) => writeFileSync(join(folder, "certs", name), text);
    write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n");
    write("idp.xml", idpMetadata([all.next]));
    write("next.pem", `subject: CN=next\n${all.next.pem}`);
    const identityProviders = [{ entityId: "https://idp.example.com", metadata: "polls" as const }];
    const rollover = startRollover({ signing: all.next.pem, identityProviders, now: day(-5) });
    write("rollover.json", formatRollover(rollover));
    write("trust.json", JSON.stringify(reportOf()));
    const statuses = await look([watchFiles("certs", { folder })], day(0));
    expect(statuses.map(({ id, kind, state }) => [id, kind, state])).toEqual([
      ["file:certs/broken.pem", "certificates", "unreadable"],
      ["file:certs/idp.xml", "metadata", "active"],
      ["file:certs/next.pem", "certificates", "active"],
      ["file:certs/rollover.json", "own_keys", "active"],
      ["file:certs/trust.json", "trusted_keys", "active"],
    ]);
  });

  it("looks at a list anew each time", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.pem"), all.next.pem);
    let names = ["a.pem"];
    const source = watchFiles({ pattern: "*.pem", list: async () => names }, { folder });
    expect(await look([source], day(0))).toMatchObject([{ id: "file:a.pem", state: "active" }]);
    names = [];
    expect(await look([source], day(0))).toMatchObject([
      { id: "file:*.pem", state: "unreachable", errors: [{ code: "watch.no_files" }] },
    ]);
    names = Array.from({ length: 10_001 }, () => "a.pem");
    expect(await look([source], day(0))).toMatchObject([
      { errors: [{ code: "watch.too_many_files" }] },
    ]);
  });

  it("tells of a file that does not exist, and of one that is too large for certificates", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "large.pem"), "x".repeat(9 * 1024 * 1024));
    const sources = ["none.pem", "large.pem"].map((path) => watchFiles(path, { folder }));
    expect(await look(sources, day(0))).toMatchObject([
      { state: "unreachable", errors: [{ code: "watch.file_unreadable" }] },
      { state: "unreadable", errors: [{ code: "watch.file_too_large" }] },
    ]);
  });
});

describe("watchEnvironment", () => {
  it("reads a certificate in a variable, and tells of one that is not set", async () => {
    const environment = { IDP_CERT: all.current.pem.replaceAll("\n", "\\n") };
    const sources = ["IDP_CERT", "OTHER"].map((name) => watchEnvironment(name, environment));
    expect(await look(sources, day(0))).toMatchObject([
      { id: "env:IDP_CERT", state: "expiring", daysLeft: 20 },
      { id: "env:OTHER", state: "unreachable", errors: [{ code: "watch.variable_empty" }] },
    ]);
  });

  it("repeats nothing of a private key that is in the variable", async () => {
    const { privateKeyPem } = await createTestCertificate();
    const statuses = await look([watchEnvironment("KEY", { KEY: privateKeyPem })], day(0));
    expect(statuses[0]?.state).toBe("unreadable");
    expect(JSON.stringify(statuses)).not.toContain(privateKeyPem.slice(40, 80));
  });
});

function reportOf(changes: Partial<TrustReport> = {}): TrustReport {
  const { fingerprint, subject, notAfter } = all.next;
  const key = { sha256: fingerprint.sha256, subject: subject.text, notAfter: notAfter.iso };
  const state = { state: "fresh", cached: false, staged: [] } as const;
  return { entityId: "https://idp.example.com", ...state, keys: [key], ...changes };
}

describe("watchTrustedKeys", () => {
  it.each<[string, Partial<TrustReport>, object]>([
    ["fresh", {}, { state: "active", actionNeeded: false }],
    ["without a key", { state: "none", keys: [] }, { state: "down" }],
    ["too old", { state: "expired" }, { state: "down" }],
    [
      "of an earlier read",
      { state: "stale", lastFailure: { at: "", code: "provider.timeout", message: "Late." } },
      { state: "stale", errors: [{ code: "provider.timeout", message: "Late." }] },
    ],
  ])("judges a report that is %s", async (_, changes, expected) => {
    const keys = { report: () => reportOf(changes) };
    expect(await look([watchTrustedKeys(keys)], day(0))).toMatchObject([expected]);
  });

  it("waits for a person while a key is staged", async () => {
    const { fingerprint, subject, notAfter } = all.pending;
    const staged: StagedKey = {
      ...{ sha256: fingerprint.sha256, subject: subject.text, notAfter: notAfter.iso },
      ...{ reasons: [], since: "2030-01-01T00:00:00Z", signIns: 0 },
      change: "add",
    };
    const keys = { report: () => reportOf({ staged: [staged] }) };
    const [status] = await look([watchTrustedKeys(keys)], day(0));
    expect(status).toMatchObject({
      state: "unconfirmed",
      next: { who: "you" },
      planned: { kind: "switch", sha256: fingerprint.sha256 },
    });
  });

  it("reads the report of a running service, or of its tenants, at a URL", async () => {
    const server = await changingServer(JSON.stringify(reportOf()));
    const source = watchTrustedKeys(server.url, open);
    expect(await look([source], day(0))).toMatchObject([{ state: "active", daysLeft: 1000 }]);
    const tenants = ["https://a.example.com", "https://b.example.com"];
    server.answer = JSON.stringify(tenants.map((entityId) => reportOf({ entityId })));
    expect((await look([source], day(0))).map(({ name }) => name)).toEqual(tenants);
    server.answer = '{"hello":1}';
    expect(await look([source], day(0))).toMatchObject([
      { state: "unreadable", errors: [{ code: "watch.not_a_report" }] },
    ]);
    expect(await look([watchTrustedKeys("nowhere")], day(0))).toMatchObject([
      { errors: [{ code: "watch.url" }] },
    ]);
  });
});

describe("watchOwnKeys", () => {
  const identityProviders = [{ entityId: "https://idp.example.com", metadata: "polls" as const }];

  it("follows a rollover: who has not read the next key, then that it ends", async () => {
    const started = startRollover({
      ...{ signing: all.current.pem, identityProviders, now: day(-5) },
    });
    const { next } = all;
    const announced = announceKey(started, { use: "signing", certificate: next.pem, now: day(-4) });
    const source = (state: typeof started) => watchOwnKeys({ read: async () => state });
    const [before] = await look([source(started)], day(0));
    expect(before).toMatchObject({ state: "expiring", daysLeft: 20 });
    expect(before?.next?.step).toContain("samlcert key rollover next");
    const [after] = await look([source(announced)], day(0));
    expect(after).toMatchObject({
      state: "awaiting_switch",
      next: { who: "https://idp.example.com" },
      planned: { kind: "switch" },
    });
  });

  it("tells of a rollover that does not exist", async () => {
    const source = watchOwnKeys({ read: async () => undefined }, { name: "ours" });
    expect(await look([source], day(0))).toMatchObject([
      { id: "own_keys:ours", errors: [{ code: "watch.no_rollover" }] },
    ]);
  });
});

describe("watch", () => {
  it("goes on past sources that break, lie and vanish", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.pem"), all.next.pem);
    const server = await changingServer(idpMetadata([all.next]));
    const failing = { ...memoryStore(), list: () => Promise.reject(new Error("Bearer secret")) };
    const sources = [
      watchMetadata(server.url, open),
      watchMetadata("http://127.0.0.1:9/", { ...open, timeoutMs: 2000 }),
      watchFiles("a.pem", { folder }),
      watchStore(failing, { owner: "Ann" }),
      watchStore(memoryStore([all.next])),
    ];
    const states = async () => (await look(sources, day(0))).map(({ state }) => state);
    expect(await states()).toEqual(["active", "unreachable", "active", "unreachable", "active"]);
    server.answer = "not xml";
    rmSync(join(folder, "a.pem"));
    expect(await states()).toEqual([
      ...["unreadable", "unreachable", "unreachable", "unreachable", "active"],
    ]);
    const [, , , store] = await look(sources, day(0));
    expect(store?.next?.who).toBe("Ann");
    expect(JSON.stringify(store)).not.toContain("secret");
  });
});
