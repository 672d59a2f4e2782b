import { afterEach, describe, expect, it } from "vitest";
import { ProviderError } from "../../src/providers/error.ts";
import { createKeycardClient } from "../../src/providers/keycard/index.ts";
import {
  createSendGridClient,
  sendGridCertificateStore,
} from "../../src/providers/sendgrid/index.ts";
import {
  createTestCertificate,
  type FakeRequest,
  type Fault,
  startFakeKeycard,
  startFakeSendGrid,
} from "../../src/testing/index.ts";
import { EVERY } from "../support/every.ts";
import { collectGarbage } from "../support/garbage.ts";

const REQUESTS = Math.ceil(10_000 / EVERY);

/** Chance that is the same in each run (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const FAULTS: readonly Fault[] = [
  { cut: "before" },
  { cut: "after" },
  { malformed: true },
  { status: 500 },
  { status: 503, effect: true },
  { status: 502, body: "<html><title>Bad Gateway</title></html>" },
  { status: 429, headers: { "retry-after": "0" } },
  { status: 408 },
  { status: 403 },
  { status: 200, body: "" },
  { status: 200, body: "<html>" },
  { delayMs: 1 },
];

/** A fault for about one request in five. */
function storm(seed: number): (request: FakeRequest) => Fault | undefined {
  const random = chance(seed);
  return () => (random() < 0.2 ? FAULTS[Math.floor(random() * FAULTS.length)] : undefined);
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const timing = { sleep: async () => undefined, random: () => 0 };

/** The outcome of an operation, as the caller knows it. */
type Told = "done" | "refused" | "unknown";

async function told(call: Promise<unknown>): Promise<Told> {
  try {
    await call;
    return "done";
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return error.outcome === "unknown" ? "unknown" : "refused";
  }
}

describe("requests through a storm of faults", () => {
  it("each logical operation took effect exactly once, or not at all, or is said to be unknown", async () => {
    const fake = await startFakeSendGrid({ faults: storm(1), keepRequests: 100 });
    closing.push(fake.close);
    const client = createSendGridClient({ apiKey: "SG.key", baseUrl: fake.url, ...timing });
    const { id } = fake.addIntegration();
    const certificates = await Promise.all(
      Array.from({ length: 8 }, () => createTestCertificate()),
    );
    const store = sendGridCertificateStore(client, id);
    const random = chance(2);
    const copies = (pem: string): number =>
      [...fake.state.certificates.values()].filter((entry) => entry.public_certificate === pem)
        .length;
    const seen: Record<Told, number> = { done: 0, refused: 0, unknown: 0 };
    const heap: number[] = [];
    let requests = 0;

    for (let round = 0; requests < REQUESTS; round++) {
      const pick = certificates[Math.floor(random() * certificates.length)];
      if (pick === undefined) throw new Error("no certificate");
      const before = copies(pick.pem);
      // More than one is the mark of an upload that was repeated: it must never be seen.
      expect(before).toBeLessThanOrEqual(1);
      const held = [...fake.state.certificates.values()].find(
        (c) => c.public_certificate === pick.pem,
      );
      const add = random() < 0.6 || held === undefined;
      const outcome = await told(
        add ? store.add(pick.certificate, { enabled: true }) : store.remove(String(held.id)),
      );
      const after = copies(pick.pem);
      if (outcome === "done") expect(after).toBe(add ? 1 : 0);
      if (outcome === "refused") expect(after).toBe(before);
      seen[outcome] += 1;
      requests = fake.requests.at(-1)?.number ?? 0;
      if (round % 250 === 0) {
        collectGarbage();
        heap.push(process.memoryUsage().heapUsed);
      }
    }
    expect(requests).toBeGreaterThanOrEqual(REQUESTS);
    expect(Math.min(seen.done, seen.refused, seen.unknown)).toBeGreaterThan(10);
    expect(seen.done).toBeGreaterThan(seen.unknown);
    // The lowest of the last five, since a runtime may put off what it is asked to collect.
    const [, second = 0] = heap;
    expect(Math.min(...heap.slice(-5)) - second).toBeLessThan(64 * 1024 * 1024);
  }, 300_000);

  it("an integration update never disables what nobody disabled", async () => {
    const fake = await startFakeSendGrid({ faults: storm(3), keepRequests: 100 });
    closing.push(fake.close);
    const client = createSendGridClient({ apiKey: "SG.key", baseUrl: fake.url, ...timing });
    const { id } = fake.addIntegration({ enabled: true });
    const details = { provider: "test", hint: "", outcome: "unknown" } as const;
    const lost = new ProviderError("provider.network", "not taken", details);
    for (let i = 0; i < 300; i++) {
      const outcome = await told(
        client.integrations.update(id, { name: `n${i}` }).then(({ notTaken }) => {
          if (notTaken.length > 0) throw lost;
        }),
      );
      const held = fake.state.integrations.get(id);
      expect(held?.enabled).toBe(true);
      if (outcome === "done") expect(held?.name).toBe(`n${i}`);
      if (outcome === "refused") expect(held?.name).not.toBe(`n${i}`);
    }
  }, 120_000);

  it("Keycard's ensure and disable, with tokens that die", async () => {
    const fake = await startFakeKeycard({ faults: storm(4), keepRequests: 100 });
    closing.push(fake.close);
    const credentials = { clientId: "id", clientSecret: "not-a-secret" };
    const { ssoConnection } = createKeycardClient({ baseUrl: fake.url, credentials, ...timing });
    for (let i = 0; i < 400; i++) {
      if (i % 20 === 0) fake.state.tokens.clear();
      const before = fake.state.connections.get("o")?.client_id;
      const client_id = `c${i}`;
      const on = i % 3 !== 2;
      const call = on
        ? ssoConnection.ensure("o", { identifier: "https://i", client_id })
        : ssoConnection.disable("o");
      const outcome = await told(call);
      const after = fake.state.connections.get("o")?.client_id;
      if (outcome === "done") expect(after).toBe(on ? client_id : undefined);
      if (outcome === "refused") expect(after).toBe(before);
    }
  }, 120_000);
});
