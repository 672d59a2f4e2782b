import { afterEach, describe, expect, it } from "vitest";
import {
  createKeycardClient,
  type KeycardOptions,
  keycardCapabilities,
} from "../../../src/providers/keycard/index.ts";
import {
  type FakeKeycard,
  type FakeKeycardOptions,
  startFakeKeycard,
} from "../../../src/testing/index.ts";
import { answer, fakeClock, networkError, rejection, scripted } from "../support.ts";

const account = { clientId: "id", clientSecret: "s3cret-%:value" };
const body = { identifier: "https://idp.example.com", client_id: "c" };

let fake: FakeKeycard | undefined;
afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

async function start(options: FakeKeycardOptions = {}, client: Partial<KeycardOptions> = {}) {
  const clock = fakeClock();
  const now = () => Math.floor(clock.now() / 1000);
  fake = await startFakeKeycard({ serviceAccount: account, now, ...options });
  const { ssoConnection } = createKeycardClient({
    credentials: account,
    baseUrl: fake.url,
    ...clock.options,
    ...client,
  });
  const operations = () => fake?.requests.map(({ operation }) => operation) ?? [];
  return { fake, ssoConnection, clock, operations };
}

describe("the connection", () => {
  it("is retrieved as null, enabled, updated, removed in part, and disabled", async () => {
    const { ssoConnection, fake } = await start();
    expect(await ssoConnection.retrieve("o")).toBeNull();
    const enabled = await ssoConnection.enable("o", { ...body, client_secret: "hidden-value" });
    expect(enabled).toMatchObject({ ...body, client_secret_set: true });
    expect(enabled).not.toHaveProperty("client_secret");
    const updated = await ssoConnection.update("o", { client_id: null, client_secret: null });
    expect(updated).toMatchObject({
      client_id: null,
      client_secret_set: false,
      identifier: body.identifier,
    });
    expect(fake.requests.at(-1)?.body).toEqual({ client_id: null, client_secret: "[redacted]" });
    expect(await ssoConnection.disable("o")).toBe(true);
    expect(await ssoConnection.disable("o")).toBe(false);
  });

  it("protocols: null removes them", async () => {
    const { ssoConnection } = await start();
    const protocols = { oauth2: { token_endpoint: "https://t", jwks_uri: null }, openid: null };
    expect((await ssoConnection.enable("o", { ...body, protocols })).protocols).toEqual(protocols);
    expect((await ssoConnection.update("o", { protocols: null })).protocols).toBeNull();
  });

  it("names the organization by an encoded label", async () => {
    const { ssoConnection, fake } = await start({ organizations: ["a/b c"] });
    await ssoConnection.enable("a/b c", body);
    expect(fake.requests.at(-1)?.path).toBe("/organizations/a%2Fb%20c/sso-connection");
  });

  it("expands as a repeated parameter, and sends a request id", async () => {
    const { ssoConnection, fake } = await start();
    await ssoConnection.enable("o", body);
    const connection = await ssoConnection.retrieve("o", { expand: ["permissions"] });
    expect(connection?.permissions).toEqual({ organizations: { read: true, update: true } });
    expect(fake.requests.at(-1)?.query).toEqual({ expand: "permissions" });
    expect(fake.requests.at(-1)?.headers["x-client-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect((await ssoConnection.retrieve("o"))?.permissions).toBeUndefined();
  });

  it("reads a connection without client_id as one with null", async () => {
    const { ssoConnection } = await start({
      quirks: { absentClientId: "omitted", deleteStatus: 200 },
    });
    await ssoConnection.enable("o", body);
    expect((await ssoConnection.update("o", { client_id: null })).client_id).toBeNull();
    expect(await ssoConnection.disable("o")).toBe(true);
  });

  it.each(["keycard", "oauth", "html", "empty"] as const)(
    "errors in the shape %s",
    async (errors) => {
      const { ssoConnection } = await start({ quirks: { errors } });
      await ssoConnection.enable("o", body);
      const error = await rejection(ssoConnection.enable("o", body));
      expect(error).toMatchObject({
        code: "provider.conflict",
        status: 409,
        outcome: "not_applied",
        retryable: false,
      });
    },
  );
});

describe("ensure", () => {
  it("enables, leaves alone, updates what differs, and sends a secret each time", async () => {
    const { ssoConnection } = await start();
    expect(await ssoConnection.ensure("o", body)).toMatchObject({ action: "enabled" });
    expect(await ssoConnection.ensure("o", body)).toMatchObject({
      action: "unchanged",
      changed: [],
    });
    const changed = await ssoConnection.ensure("o", { ...body, identifier: "https://other" });
    expect(changed).toMatchObject({ action: "updated", changed: ["identifier"] });
    const protocols = { openid: { userinfo_endpoint: "https://u" } };
    expect(
      (await ssoConnection.ensure("o", { ...body, identifier: "https://other", protocols }))
        .changed,
    ).toEqual(["protocols"]);
    expect(
      (await ssoConnection.ensure("o", { ...body, identifier: "https://other", protocols }))
        .changed,
    ).toEqual([]);
    const secret = { ...body, identifier: "https://other", client_secret: "a-secret" };
    expect((await ssoConnection.ensure("o", secret)).changed).toEqual(["client_secret"]);
    expect((await ssoConnection.ensure("o", secret)).changed).toEqual(["client_secret"]);
  });

  it("looks again after an answer that was lost, and after somebody was faster", async () => {
    const { ssoConnection, fake, operations } = await start();
    fake.inject({ cut: "after" }, { operation: "ssoConnection.enable" });
    expect(await ssoConnection.ensure("o", body)).toMatchObject({ action: "enabled" });
    expect(operations().filter((id) => id === "ssoConnection.enable")).toHaveLength(1);
    const body404 = JSON.stringify({ message: "x", code: "not_found", status: 404 });
    fake.inject({ status: 404, body: body404 }, { operation: "ssoConnection.retrieve" });
    expect(await ssoConnection.ensure("o", { ...body, client_id: "d" })).toMatchObject({
      action: "updated",
    });
  });
});

describe("the token of a service account", () => {
  it("is fetched once for all that wait for it, from below the base URL", async () => {
    const { ssoConnection, operations, fake } = await start();
    await Promise.all(Array.from({ length: 20 }, () => ssoConnection.retrieve("o")));
    expect(operations().filter((id) => id === "token")).toHaveLength(1);
    expect(fake.requests[0]).toMatchObject({
      path: "/service-account-token",
      body: { grant_type: "client_credentials" },
    });
  });

  it("is replaced before it ends", async () => {
    const { ssoConnection, operations, clock } = await start({ quirks: { tokenLifetime: 600 } });
    await ssoConnection.retrieve("o");
    clock.pass(539_000);
    await ssoConnection.retrieve("o");
    expect(operations().filter((id) => id === "token")).toHaveLength(1);
    clock.pass(2_000);
    await ssoConnection.retrieve("o");
    expect(operations().filter((id) => id === "token")).toHaveLength(2);
  });

  it.each([undefined, 600])(
    "is replaced after it was refused, once (told lifetime: %s)",
    async (tokenLifetime) => {
      const { ssoConnection, operations, clock } = await start({
        quirks: { tokenLifetime, tokenRevokedAfter: 10 },
      });
      await ssoConnection.enable("o", body);
      clock.pass(11_000);
      await ssoConnection.update("o", { client_id: "d" });
      expect(operations()).toEqual([
        "token",
        "ssoConnection.enable",
        "ssoConnection.update",
        "token",
        "ssoConnection.update",
      ]);
    },
  );

  it("that is refused again and again ends in an error, not in a loop", async () => {
    const { ssoConnection, operations } = await start({ quirks: { tokenRevokedAfter: 0 } });
    const error = await rejection(ssoConnection.update("o", body));
    expect(error).toMatchObject({ code: "provider.unauthorized", outcome: "not_applied" });
    expect(operations().filter((id) => id === "token")).toHaveLength(2);
  });

  it("whose fetch failed is fetched anew by the next call", async () => {
    const { ssoConnection, fake } = await start({}, { maxRetries: 0 });
    fake.inject({ status: 500 }, { operation: "token" });
    const error = await rejection(ssoConnection.retrieve("o"));
    expect(error).toMatchObject({ code: "provider.server_error", operation: "token" });
    expect(await ssoConnection.retrieve("o")).toBeNull();
  });

  it("a POST for a token is repeated, since it changes nothing", async () => {
    const { ssoConnection, fake } = await start();
    fake.inject({ cut: "after" }, { operation: "token", times: 2 });
    expect(await ssoConnection.retrieve("o")).toBeNull();
  });

  it("wrong credentials say so", async () => {
    const { ssoConnection } = await start(
      {},
      { credentials: { clientId: "id", clientSecret: "wrong-one" } },
    );
    const error = await rejection(ssoConnection.retrieve("o"));
    expect(error).toMatchObject({ code: "provider.unauthorized", operation: "token" });
  });

  it("an answer without a token is not taken for one", async () => {
    const { fetch } = scripted(answer(200, {}));
    const client = createKeycardClient({ credentials: account, fetch });
    const error = await rejection(client.ssoConnection.retrieve("o"));
    expect(error).toMatchObject({ code: "provider.unreadable", operation: "token" });
  });

  it("one caller's abort does not end the fetch for the others", async () => {
    const { ssoConnection, fake, operations } = await start(
      {},
      { sleep: undefined, clock: undefined, random: undefined },
    );
    fake.inject({ delayMs: 150 }, { operation: "token" });
    const controller = new AbortController();
    const first = rejection(ssoConnection.retrieve("o", { signal: controller.signal }));
    const second = ssoConnection.retrieve("o");
    setTimeout(() => controller.abort(), 30);
    expect(await first).toMatchObject({ code: "provider.aborted" });
    expect(await second).toBeNull();
    expect(operations().filter((id) => id === "token")).toHaveLength(1);
  });

  it("an update in doubt stays in doubt when no new token can be had", async () => {
    const steps = [
      answer(200, { access_token: "token-one", token_type: "Bearer" }),
      networkError("ECONNRESET"),
      answer(401),
      answer(403),
    ];
    const { fetch } = scripted(...steps);
    const client = createKeycardClient({ credentials: account, fetch, ...fakeClock().options });
    const error = await rejection(client.ssoConnection.update("o", body));
    expect(error).toMatchObject({
      code: "provider.forbidden",
      operation: "token",
      outcome: "unknown",
    });
  });
});

it("says that it has one secret slot, and no overlap", () => {
  expect(keycardCapabilities).toEqual({ certificates: false, secretSlots: 1, overlap: false });
});
