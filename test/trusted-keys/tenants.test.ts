import { beforeAll, describe, expect, it } from "vitest";
import { createTestCertificate, type TestCertificate } from "../../src/testing/index.ts";
import {
  createTenantKeys,
  type TenantKeys,
  type TenantKeysOptions,
  type TrustedKeysEvent,
} from "../../src/trusted-keys/index.ts";
import { createQueue } from "../../src/trusted-keys/queue.ts";
import { rejection } from "../providers/support.ts";
import { sha256 } from "./following.ts";
import { cleanUp, serve } from "./serving.ts";
import { idpMetadata, serviceProvider } from "./sign-in.ts";

let a: TestCertificate;
let b: TestCertificate;
beforeAll(async () => {
  a = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
  b = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
});

const entityIdOf = (tenant: string): string => `https://${tenant}.example.com`;

/** A server with the metadata of each tenant; tenants whose names begin with "bad" never get an answer. */
async function many(options: Partial<TenantKeysOptions> = {}) {
  const server = { requests: 0, open: 0, most: 0, failing: new Set<string>() };
  const port = await serve((request, response) => {
    server.requests += 1;
    server.open += 1;
    server.most = Math.max(server.most, server.open);
    response.on("close", () => {
      server.open -= 1;
    });
    const tenant = request.url?.slice(1) ?? "";
    if (tenant.startsWith("bad")) return;
    const status = server.failing.has(tenant) ? 503 : 200;
    const answer = idpMetadata([a], { entityId: entityIdOf(tenant) });
    setTimeout(() => response.writeHead(status).end(answer), 2);
  });
  const asked: string[] = [];
  const events: TrustedKeysEvent[] = [];
  const keys: TenantKeys = createTenantKeys({
    sourceOf: async (tenant) => {
      asked.push(tenant);
      if (tenant.startsWith("no")) return undefined;
      const url = `http://127.0.0.1:${port}/${tenant}`;
      const source = { url, allowPrivateAddresses: true, timeoutMs: 400 };
      return { source, entityId: entityIdOf(tenant) };
    },
    onEvent: (event) => void events.push(event),
    ...options,
  });
  cleanUp.push(() => keys[Symbol.asyncDispose]());
  return { keys, server, asked, events };
}

const names = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

async function refresh(keys: TenantKeys, tenant: string) {
  return await (await keys.ready(tenant)).refresh();
}

describe("createTenantKeys", () => {
  it("reads a tenant when it is used for the first time, once", async () => {
    const { keys, server, asked, events } = await many();
    const none = expect.objectContaining({ code: "trusted_keys.none" });
    expect(() => keys.current("acme")).toThrow(none);
    await Promise.all(names("", 100).map(() => refresh(keys, "acme")));
    expect(keys.current("acme").entityId).toBe("https://acme.example.com");
    expect(keys.current("acme").certificates[0]?.fingerprint.sha256).toBe(sha256(a));
    expect([server.requests, asked]).toEqual([1, ["acme"]]);
    expect(events.every(({ tenant }) => tenant === "acme")).toBe(true);
    expect([...keys.reports()]).toMatchObject([{ tenant: "acme", state: "fresh" }]);
  });

  it("signs people in at each tenant with its own keys", async () => {
    const { keys } = await many();
    const signIn = serviceProvider((await keys.ready("acme")).idpCert);
    expect(await signIn(a)).toBe("ada@example.com");
    await expect(signIn(b)).rejects.toThrow("Invalid");
  });

  it("keeps nothing of a tenant that does not exist, and says so", async () => {
    const { keys } = await many();
    const error = await rejection(keys.ready("nobody"));
    expect(error).toMatchObject({
      code: "trusted_keys.tenant",
      message: "The tenant nobody has no identity provider.",
    });
    expect([...keys.reports()]).toEqual([]);
  });

  it("rejects for one tenant alone if its source cannot be found", async () => {
    const { keys } = await many({
      sourceOf: (tenant) => {
        if (tenant === "broken") throw new Error("The database is down.");
        return { source: { file: "/no/such/file.xml" }, entityId: "https://a.example" };
      },
    });
    expect((await rejection(keys.ready("broken"))).message).toBe("The database is down.");
    expect((await keys.ready("other")).report().entityId).toBe("https://a.example");
  });

  it("reads at most so many at once", async () => {
    const { keys, server } = await many({ concurrency: 5 });
    await Promise.all(names("t", 60).map((tenant) => refresh(keys, tenant)));
    expect(server.requests).toBe(60);
    expect(server.most).toBeLessThanOrEqual(5);
  });

  it("does not let tenants whose servers hang keep the others waiting", async () => {
    const { keys } = await many({
      concurrency: 4,
      refresh: { minSeconds: 0.01, maxSeconds: 0.02, unknownKeySeconds: 0.01 },
    });
    // Each has failed once, and then asks again and again.
    await Promise.allSettled(names("bad", 4).map((tenant) => refresh(keys, tenant)));
    const started = performance.now();
    await Promise.all(names("good", 20).map((tenant) => refresh(keys, tenant)));
    expect(performance.now() - started).toBeLessThan(1500);
    expect(keys.current("good3").readAt).toBeGreaterThan(0);
  });

  it("keeps the keys of the others when one fails", async () => {
    const { keys, server } = await many();
    await Promise.all(names("t", 10).map((tenant) => refresh(keys, tenant)));
    server.failing.add("t3");
    await Promise.all(names("t", 10).map((tenant) => refresh(keys, tenant)));
    const states = [...keys.reports()].map(({ tenant, state }) => [tenant, state]);
    expect(states.filter(([, state]) => state === "stale")).toEqual([["t3", "stale"]]);
    expect(keys.current("t3").pems).toHaveLength(1);
  });

  it("holds so many tenants, and drops the least recently used", async () => {
    const { keys, asked } = await many({ maxTenants: 3 });
    for (const tenant of ["a1", "a2", "a3"]) await refresh(keys, tenant);
    keys.current("a1");
    await refresh(keys, "a4");
    expect([...keys.reports()].map(({ tenant }) => tenant)).toEqual(["a3", "a1", "a4"]);
    await refresh(keys, "a2");
    expect(asked).toEqual(["a1", "a2", "a3", "a4", "a2"]);
  });

  it("asks for the source again after forget", async () => {
    const { keys, asked } = await many();
    await refresh(keys, "acme");
    keys.forget("acme");
    keys.forget("never-seen");
    await refresh(keys, "acme");
    expect(asked).toEqual(["acme", "acme"]);
  });

  it("ends all reads with its signal", async () => {
    const stop = new AbortController();
    const { keys, server } = await many({ signal: stop.signal });
    await refresh(keys, "acme");
    void keys.ready("bad1");
    await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort();
    await keys[Symbol.asyncDispose]();
    const { requests } = server;
    await (await keys.ready("acme")).keyUnknown();
    expect(server.requests).toBe(requests);
    expect(keys.current("acme").pems).toHaveLength(1);
  });

  it.each([
    [{}, "sourceOf must be a function."],
    [{ sourceOf: (): undefined => undefined, concurency: 2 }, 'Did you mean "concurrency"?'],
    [{ sourceOf: (): undefined => undefined, maxTenants: 0 }, "maxTenants must be a whole number"],
    [{ sourceOf: (): undefined => undefined, drift: { weak: 1 } }, "weak must be one of"],
  ])("refuses the options %j", (options, message) => {
    expect(() => Reflect.apply(createTenantKeys, undefined, [options])).toThrow(message);
  });
});

describe("the queue", () => {
  it("takes people who wait first, then the schedule, then what failed", async () => {
    const queue = createQueue(1);
    const order: string[] = [];
    const done: Promise<void>[] = [];
    const add = (urgency: "waiting" | "scheduled" | "failing", name: string) =>
      done.push(queue(urgency, async () => void order.push(name)));
    add("scheduled", "running");
    add("failing", "failed");
    add("scheduled", "first");
    add("scheduled", "second");
    add("waiting", "person");
    await Promise.all(done);
    expect(order).toEqual(["running", "person", "first", "second", "failed"]);
  });

  it("goes on after work that throws", async () => {
    const queue = createQueue(1);
    await expect(queue("waiting", () => Promise.reject(new Error("a")))).rejects.toThrow("a");
    expect(await queue("waiting", async () => 1)).toBe(1);
  });
});
