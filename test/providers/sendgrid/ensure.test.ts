import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ProviderError } from "../../../src/providers/error.ts";
import {
  createSendGridClient,
  type SendGridClient,
  sendGridCertificateStore,
} from "../../../src/providers/sendgrid/index.ts";
import {
  createTestCertificate,
  type FakeSendGrid,
  startFakeSendGrid,
  type TestCertificate,
} from "../../../src/testing/index.ts";

let fake: FakeSendGrid;
let client: SendGridClient;
let integrationId: string;
let made: TestCertificate;

/** Waits without time passing. */
const sleep = async () => undefined;

beforeEach(async () => {
  fake = await startFakeSendGrid();
  client = createSendGridClient({ apiKey: "SG.test-key", baseUrl: fake.url, sleep });
  integrationId = fake.addIntegration().id;
  made = await createTestCertificate();
});
afterEach(() => fake.close());

describe("certificates.ensure", () => {
  it("creates what is missing and finds it the second time", async () => {
    const first = await client.certificates.ensure(integrationId, made.certificate);
    const second = await client.certificates.ensure(integrationId, made.certificate);
    expect([first.created, second.created]).toEqual([true, false]);
    expect(second.certificate).toEqual(first.certificate);
    expect(fake.state.certificates.size).toBe(1);
  });

  it.each([
    ["cut after the effect", { cut: "after" as const }],
    ["a server error after the effect", { status: 503, effect: true }],
    ["a malformed answer", { malformed: true }],
  ])("finds what was created by a request that ended in %s", async (_, fault) => {
    fake.inject(fault, { operation: "certificates.create" });
    const ensured = await client.certificates.ensure(integrationId, made.certificate);
    expect(ensured.created).toBe(true);
    expect(fake.state.certificates.size).toBe(1);
    expect(fake.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  it("reports an unknown outcome, and posts no second time, where nothing is found", async () => {
    fake.inject({ cut: "before" }, { operation: "certificates.create" });
    const error = await client.certificates.ensure(integrationId, made.certificate).catch((e) => e);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code: "provider.network", outcome: "unknown" });
    expect(fake.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  it("says `enabled` to what it finds after a lost answer: another writer may have been faster", async () => {
    const { pem } = made;
    const rival = (): undefined => {
      const held = [...fake.state.certificates.values()];
      if (fake.requests.at(-1)?.operation !== "certificates.list" || held.length > 0) return;
      fake.addCertificate({
        integration_id: integrationId,
        public_certificate: pem,
        enabled: false,
      });
    };
    fake.inject({ cut: "before" }, { operation: "certificates.create" });
    const onRequest = ({ method }: { method: string }): void => {
      if (method === "POST") rival();
    };
    const hooked = createSendGridClient({ apiKey: "SG.k", baseUrl: fake.url, sleep, onRequest });
    await hooked.certificates.ensure(integrationId, made.certificate, { enabled: true });
    expect([...fake.state.certificates.values()].map(({ enabled }) => enabled)).toEqual([true]);
  });

  it("says `enabled` again to a certificate that is there, and only if the caller set it", async () => {
    fake.addCertificate({
      integration_id: integrationId,
      public_certificate: made.certificate.pem,
      enabled: false,
    });
    await client.certificates.ensure(integrationId, made.certificate);
    expect([...fake.state.certificates.values()][0]?.enabled).toBe(false);
    await client.certificates.ensure(integrationId, made.certificate, { enabled: true });
    expect([...fake.state.certificates.values()][0]?.enabled).toBe(true);
    expect(fake.requests.at(-1)?.body).toEqual({ enabled: true });
  });
});

describe("sendGridCertificateStore", () => {
  it("lists, adds, replaces and removes, and each can be repeated", async () => {
    const store = sendGridCertificateStore(client, integrationId);
    const next = await createTestCertificate();
    const added = await store.add(made.certificate, { enabled: true });
    expect(added.certificate?.fingerprint).toEqual(made.certificate.fingerprint);
    expect((await store.add(made.certificate)).id).toBe(added.id);
    const replaced = await store.replace(added.id, next.certificate);
    expect(replaced.not_after).toBe(next.certificate.notAfter.unixSeconds);
    expect(await store.replace(added.id, next.certificate)).toEqual(replaced);
    expect(await store.list()).toEqual([replaced]);
    await store.remove(added.id);
    await store.remove(added.id);
    expect(await store.list()).toEqual([]);
  });

  it("does not mistake a removal whose answers were all lost for a failure", async () => {
    const store = sendGridCertificateStore(client, integrationId);
    const { id } = await store.add(made.certificate);
    fake.inject({ cut: "after" }, { method: "DELETE", times: 4 });
    await store.remove(id);
    expect(fake.state.certificates.size).toBe(0);
  });
});
