import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  createTestCertificate,
  type FakeSendGrid,
  type FakeSendGridOptions,
  startFakePandaStack,
  startFakeSendGrid,
} from "../../src/testing/index.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close();
});

async function start(options: FakeSendGridOptions = {}): Promise<FakeSendGrid> {
  const fake = await startFakeSendGrid(options);
  open.push(fake);
  return fake;
}

const headers = { authorization: "Bearer SG.key" };

async function post(fake: FakeSendGrid, body: object): Promise<Response> {
  return await fetch(`${fake.url}/v3/sso/certificates`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
}

describe("a fake server", () => {
  it("listens on this machine only, and is gone when it is closed", async () => {
    const fake = await start();
    expect(fake.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${fake.url}/v3/sso/integrations`, { headers })).status).toBe(200);
    await fake.close();
    await expect(fetch(fake.url)).rejects.toThrow();
  });

  it("takes the port that it is told, and says if it is taken", async () => {
    const fake = await start();
    const taken = startFakeSendGrid({ port: fake.port });
    await expect(taken).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("lets nobody in without a token, or with a wrong one", async () => {
    const fake = await start({ apiKey: "SG.right" });
    const url = `${fake.url}/v3/sso/integrations`;
    for (const authorization of ["", "Bearer ", "Bearer SG.wrong", "Basic SG.right"]) {
      expect((await fetch(url, { headers: { authorization } })).status).toBe(401);
    }
    expect((await fetch(url, { headers: { authorization: "Bearer SG.right" } })).status).toBe(200);
  });

  it.each([
    "/",
    "/v3/sso",
    "/v3/sso/certificates",
    "/v3/sso/certificates/",
    "/v3/sso/integrations/%ff",
  ])("knows no operation at GET %s", async (path) => {
    const fake = await start();
    expect((await fetch(`${fake.url}${path}`, { headers })).status).toBe(404);
  });

  it("refuses a body that is no JSON or too large, and lives on", async () => {
    const fake = await start();
    const url = `${fake.url}/v3/sso/certificates`;
    expect((await fetch(url, { method: "POST", headers, body: "{" })).status).toBe(400);
    const body = `"${"x".repeat(2 * 1024 * 1024)}"`;
    const large = await fetch(url, { method: "POST", headers, body }).catch(() => undefined);
    expect([413, undefined]).toContain(large?.status);
    expect((await fetch(`${fake.url}/v3/sso/integrations`, { headers })).status).toBe(200);
  });

  it("survives bytes that are no HTTP", async () => {
    const fake = await start();
    await new Promise<void>((resolve) => {
      const socket = connect(fake.port, "127.0.0.1", () =>
        socket.end("\u0000\u0001 nonsense\r\n\r\n"),
      );
      socket.on("error", () => undefined).resume();
      socket.on("close", () => resolve());
    });
    expect((await fetch(`${fake.url}/v3/sso/integrations`, { headers })).status).toBe(200);
  });

  it("gives the same ids in each run", async () => {
    const [a, b] = [await start({ now: () => 1000 }), await start({ now: () => 1000 })];
    const { pem } = await createTestCertificate();
    for (const fake of [a, b]) {
      fake.addCertificate({ integration_id: fake.addIntegration().id, public_certificate: pem });
    }
    expect(a.state).toEqual(b.state);
  });

  it("reads the validity from the certificate itself", async () => {
    const fake = await start();
    const { certificate } = await createTestCertificate();
    const { id } = fake.addIntegration();
    const response = await post(fake, { public_certificate: certificate.pem, integration_id: id });
    expect(await response.json()).toMatchObject({
      not_before: certificate.notBefore.unixSeconds,
      not_after: certificate.notAfter.unixSeconds,
    });
    expect([...fake.state.certificates.values()][0]?.enabled).toBe(true);
  });

  it("holds as many certificates as it may", async () => {
    const fake = await start({ quirks: { maxCertificates: 1 } });
    const { id } = fake.addIntegration();
    const statuses: number[] = [];
    for (let i = 0; i < 2; i++) {
      const { pem } = await createTestCertificate();
      statuses.push((await post(fake, { public_certificate: pem, integration_id: id })).status);
    }
    expect(statuses).toEqual([200, 400]);
  });
});

describe("faults", () => {
  it("hit the request that they are for, and no other", async () => {
    const fake = await start();
    fake.inject({ status: 503, body: "later", headers: { "retry-after": "1" } }, { at: 2 });
    fake.inject({ status: 500 }, { method: "DELETE" });
    const list = () => fetch(`${fake.url}/v3/sso/integrations`, { headers });
    expect((await list()).status).toBe(200);
    const second = await list();
    expect([second.status, second.headers.get("retry-after"), await second.text()]).toEqual([
      503,
      "1",
      "later",
    ]);
    expect((await list()).status).toBe(200);
    fake.clearFaults();
    expect((await fetch(`${fake.url}/x`, { method: "DELETE", headers })).status).toBe(404);
  });

  it.each([
    ["cut before the effect", { cut: "before" as const }, 0],
    ["cut after the effect", { cut: "after" as const }, 1],
    ["a status", { status: 500 }, 0],
    ["a status with the effect", { status: 500, effect: true }, 1],
    ["a malformed answer", { malformed: true }, 1],
    ["a delay", { delayMs: 5 }, 1],
  ])("%s", async (_, fault, effects) => {
    const fake = await start();
    const { id } = fake.addIntegration();
    const { pem } = await createTestCertificate();
    fake.inject(fault);
    const response = await post(fake, { public_certificate: pem, integration_id: id }).catch(
      () => undefined,
    );
    const text = (await response?.text()) ?? "";
    expect(fake.state.certificates.size).toBe(effects);
    expect(response === undefined).toBe("cut" in fault);
    if ("malformed" in fault) expect(() => JSON.parse(text)).toThrow();
    expect(fake.requests.at(-1)).toMatchObject({ fault, handled: effects === 1 });
  });

  it("the invariant is asked after each request, and what it throws is kept", async () => {
    const seen: number[] = [];
    const fake = await start({
      invariant: (state, { number }) => {
        seen.push(number);
        if (state.integrations.size === 0) throw new Error("empty");
      },
    });
    // Bun and Deno would repeat a request whose connection was used before.
    const once = { headers: { ...headers, connection: "close" } };
    const list = () => fetch(`${fake.url}/v3/sso/integrations`, once);
    await list();
    fake.addIntegration();
    fake.inject({ cut: "before" });
    await list().catch(() => undefined);
    expect(seen).toEqual([1, 2]);
    expect(fake.violations.map(String)).toEqual(["Error: empty"]);
  });

  it("the log of requests is bounded", async () => {
    const fake = await start({ keepRequests: 3 });
    for (let i = 0; i < 20; i++) await fetch(`${fake.url}/v3/sso/integrations`, { headers });
    expect(fake.requests.length).toBeLessThan(6);
    expect(fake.requests.at(-1)?.number).toBe(20);
  });
});

describe("the fake PandaStack", () => {
  it("asks for the organization and the token", async () => {
    const fake = await startFakePandaStack({
      token: "psk_1",
      quirks: { envelope: "data", deletes: "first" },
    });
    open.push(fake);
    const call = (token: string, query: string, method = "GET") =>
      fetch(`${fake.url}/api/v1/sso/${query}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await call("psk_2", "?organization_id=1")).status).toBe(401);
    expect((await call("psk_1", "")).status).toBe(400);
    expect(await (await call("psk_1", "?organization_id=1")).json()).toEqual({ data: { sso: [] } });
    expect(await (await call("psk_1", "?organization_id=1", "DELETE")).json()).toEqual({
      data: { deleted: 0 },
    });
  });
});
