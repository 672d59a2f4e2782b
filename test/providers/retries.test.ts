import { describe, expect, it } from "vitest";
import { backoff, rateLimitReset, retryAfterMs } from "../../src/providers/http/retry.ts";
import { createThrottle } from "../../src/providers/http/throttle.ts";
import { createSendGridClient, type SendGridOptions } from "../../src/providers/sendgrid/index.ts";
import { fc } from "../support/property.ts";
import {
  answer,
  fakeClock,
  NOT_FOUND,
  networkError,
  rejection,
  scripted,
  watch,
} from "./support.ts";

const integration = {
  name: "n",
  enabled: true,
  signin_url: "https://idp.example.com/sso",
  signout_url: "https://idp.example.com/out",
  entity_id: "https://idp.example.com",
};

function clientOf(fetch: SendGridOptions["fetch"], options: Partial<SendGridOptions> = {}) {
  const clock = fakeClock();
  const client = createSendGridClient({ apiKey: "SG.key", fetch, ...clock.options, ...options });
  return { client, clock };
}

describe("what is repeated", () => {
  const passing = [408, 429, 500, 502, 503, 504, 507];
  const lasting = [400, 401, 403, 404, 409, 413, 418, 422, 501, 505];

  it.each(passing)("a read after %i", async (status) => {
    const { fetch, sent } = scripted(answer(status), answer(200, []));
    await clientOf(fetch).client.integrations.list();
    expect(sent).toHaveLength(2);
  });

  it.each(lasting)("no read after %i", async (status) => {
    const { fetch, sent } = scripted(answer(status), answer(200, []));
    const error = await rejection(clientOf(fetch).client.integrations.list());
    expect(error).toMatchObject({ status, retryable: false, outcome: "not_applied" });
    expect(sent).toHaveLength(1);
  });

  it.each([
    networkError("ECONNRESET"),
    networkError("UND_ERR_SOCKET"),
    new TypeError("terminated"),
    answer(200, "{ not json"),
  ])("a read after %s", async (step) => {
    const { fetch, sent } = scripted(step, answer(200, []));
    await clientOf(fetch).client.integrations.list();
    expect(sent).toHaveLength(2);
  });

  it.each([
    ["429", answer(429)],
    ["a refused connection", networkError("ECONNREFUSED")],
    ["a name that has no address", networkError("ENOTFOUND")],
    ["a connection that was never made", networkError("ETIMEDOUT", "connect")],
  ])("a POST after %s, which had no effect", async (_, step) => {
    const created = {
      ...integration,
      id: "x",
      last_updated: 1,
      single_signon_url: "https://s",
      audience_url: "https://s",
    };
    const { fetch, sent } = scripted(step, answer(200, created));
    await clientOf(fetch).client.integrations.create(integration);
    expect(sent).toHaveLength(2);
  });

  it.each([
    ["408", answer(408)],
    ["500", answer(500)],
    ["503 with Retry-After", answer(503, undefined, { "retry-after": "1" })],
    ["a reset connection", networkError("ECONNRESET")],
    ["a timeout while reading", networkError("ETIMEDOUT", "read")],
    ["an unreadable answer", answer(200, "<html>")],
  ])("no POST after %s, which leaves its outcome unknown", async (_, step) => {
    const { fetch, sent } = scripted(step, answer(200, {}));
    const error = await rejection(clientOf(fetch).client.integrations.create(integration));
    expect(error.outcome).toBe("unknown");
    expect(sent).toHaveLength(1);
  });

  it("nothing after the certificate of the server was not trusted, and says what to do", async () => {
    const { fetch, sent } = scripted(networkError("DEPTH_ZERO_SELF_SIGNED_CERT"));
    const error = await rejection(clientOf(fetch).client.integrations.create(integration));
    expect(error).toMatchObject({ code: "provider.tls", outcome: "not_applied" });
    expect(error.hint).toContain("NODE_EXTRA_CA_CERTS");
    expect(sent).toHaveLength(1);
  });

  it("no more than maxRetries times", async () => {
    const { fetch, sent } = scripted(answer(503));
    const error = await rejection(clientOf(fetch, { maxRetries: 5 }).client.integrations.list());
    expect(sent).toHaveLength(6);
    expect(error).toMatchObject({ code: "provider.server_error", attempts: 6, retryable: true });
  });

  it("remembers that an earlier attempt may have had its effect", async () => {
    const { fetch } = scripted(networkError("ECONNRESET"), answer(403));
    const error = await rejection(clientOf(fetch).client.certificates.delete("1"));
    expect(error).toMatchObject({ status: 403, outcome: "unknown" });
  });

  it("takes a deletion as done that is gone after a lost answer, and only then", async () => {
    const lost = scripted(networkError("ECONNRESET"), answer(404, NOT_FOUND));
    await expect(clientOf(lost.fetch).client.integrations.delete("x")).resolves.toBeUndefined();
    const gone = scripted(answer(404, NOT_FOUND));
    const error = await rejection(clientOf(gone.fetch).client.integrations.delete("x"));
    expect(error).toMatchObject({ code: "provider.not_found", outcome: "not_applied" });
  });
});

describe("how long it waits", () => {
  it("with full jitter below an exponential cap", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, chance) => {
          const wait = backoff(attempt, () => chance);
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(Math.min(8000, 500 * 2 ** (attempt - 1)));
        },
      ),
    );
  });

  const now = Date.UTC(2031, 6, 9);
  const date = (offset: number): string => new Date(now + offset).toUTCString();

  it.each([
    ["seconds", { "retry-after": "7" }, 7000],
    [
      "a date, by the server's own clock",
      { "retry-after": date(63_000), date: date(60_000) },
      3000,
    ],
    ["a date, by our clock", { "retry-after": date(5000) }, 5000],
    ["a date that is past", { "retry-after": date(-5000) }, 0],
    ["nonsense", { "retry-after": "soon" }, undefined],
    ["a negative number", { "retry-after": "-1" }, undefined],
    ["a fraction", { "retry-after": "1.5" }, undefined],
    ["a month", { "retry-after": "May" }, undefined],
  ])("as Retry-After says: %s", (_, headers, expected) => {
    expect(retryAfterMs(new Headers(headers), now)).toBe(expected);
  });

  it.each([
    ["unix seconds", { "x-ratelimit-reset": String(now / 1000 + 9) }, 9000],
    [
      "by the server's clock",
      { "x-ratelimit-reset": String(now / 1000 + 90), date: date(60_000) },
      30_000,
    ],
    ["seconds to wait", { "ratelimit-reset": "12" }, 12_000],
    ["a point that is a day away", { "x-ratelimit-reset": String(now / 1000 + 86_400) }, undefined],
    ["milliseconds", { "x-ratelimit-reset": String(now + 9000) }, undefined],
    ["a point that is past", { "x-ratelimit-reset": String(now / 1000 - 9) }, undefined],
    ["nothing", {}, undefined],
    ["nonsense", { "x-ratelimit-reset": "NaN" }, undefined],
  ])("as X-RateLimit-Reset says: %s", (_, headers: Record<string, string>, expected) => {
    expect(rateLimitReset(new Headers(headers), now)).toBe(expected);
  });

  it("uses Retry-After before the reset, and the reset before its own guess", async () => {
    const reset = String(now / 1000 + 20);
    const { fetch } = scripted(
      answer(429, undefined, { "retry-after": "2", "x-ratelimit-reset": reset }),
      answer(429, undefined, { "x-ratelimit-reset": reset }),
      answer(429),
      answer(200, []),
    );
    const { client, clock } = clientOf(fetch);
    await client.integrations.list();
    expect(clock.slept).toEqual([2000, 18_000, 2000]);
  });

  it("never sleeps past the deadline, and tells how long it would have been", async () => {
    const { fetch, sent } = scripted(answer(429, undefined, { "retry-after": "61" }));
    const { client, clock } = clientOf(fetch);
    const error = await rejection(client.integrations.list());
    expect(error).toMatchObject({
      code: "provider.rate_limited",
      retryAfterSeconds: 61,
      status: 429,
    });
    expect(clock.slept).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  it("counts the waits together against the deadline", async () => {
    const { fetch } = scripted(answer(503, undefined, { "retry-after": "20" }));
    const { client, clock } = clientOf(fetch, { maxRetries: 99 });
    await rejection(client.integrations.list());
    expect(clock.slept).toEqual([20_000, 20_000]);
  });
});

describe("the limit that it learns", () => {
  const reset = String(Date.UTC(2031, 6, 9) / 1000 + 30);
  const spent = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };

  it("holds the next request until the reset", async () => {
    const { fetch, sent } = scripted(answer(200, [], spent), answer(200, []));
    const { client, clock } = clientOf(fetch);
    await client.integrations.list();
    await client.integrations.list();
    expect(clock.slept).toEqual([30_000]);
    expect(sent).toHaveLength(2);
  });

  it("sends nothing where the reset is past the deadline", async () => {
    const { fetch, sent } = scripted(answer(200, [], spent));
    const { client } = clientOf(fetch, { totalTimeoutMs: 10_000 });
    await client.integrations.list();
    const error = await rejection(client.integrations.list());
    expect(error).toMatchObject({
      code: "provider.rate_limited",
      outcome: "not_applied",
      attempts: 0,
      retryAfterSeconds: 30,
    });
    expect(sent).toHaveLength(1);
  });

  it("is one for each operation", async () => {
    const { fetch, sent } = scripted(answer(200, [], spent), answer(200, []));
    const { client, clock } = clientOf(fetch);
    await client.integrations.list();
    await client.certificates.list("x");
    expect(clock.slept).toEqual([]);
    expect(sent).toHaveLength(2);
  });

  it("never lets more through than the lowest count of a window", () => {
    const throttle = createThrottle();
    const headers = (remaining: number) =>
      new Headers({ "x-ratelimit-remaining": String(remaining), "x-ratelimit-reset": "10" });
    throttle.learn("a", headers(2), 0);
    throttle.learn("a", headers(5), 0);
    expect([throttle.take("a", 1), throttle.take("a", 1), throttle.take("a", 1)]).toEqual([
      0, 0, 9999,
    ]);
    expect(throttle.take("a", 10_000)).toBe(0);
  });
});

describe("hooks", () => {
  it("see each attempt and each repetition, and nothing that is secret", async () => {
    const seen = watch();
    const { fetch } = scripted(
      answer(503),
      networkError("ECONNRESET"),
      answer(200, [], { "x-request-id": "r-1" }),
    );
    await clientOf(fetch, seen).client.integrations.list();
    expect(seen.requests.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(seen.requests[0]).toEqual({
      provider: "sendgrid",
      operation: "integrations.list",
      method: "GET",
      route: "/v3/sso/integrations",
      url: "https://api.sendgrid.com/v3/sso/integrations",
      attempt: 1,
    });
    expect(
      seen.responses.map(({ status, error, requestId }) => [status, error, requestId]),
    ).toEqual([
      [503, "provider.server_error", undefined],
      [undefined, "provider.network", undefined],
      [200, undefined, "r-1"],
    ]);
    expect(seen.responses.map(({ request }) => request)).toEqual(seen.requests);
    expect(seen.retries.map(({ error, delayMs }) => [error, delayMs])).toEqual([
      ["provider.server_error", 500],
      ["provider.network", 1000],
    ]);
  });

  it("change nothing, whatever they throw", async () => {
    const fail = (): never => {
      throw new Error("hook");
    };
    const reject = () => Promise.reject(new Error("hook")) as never;
    const { fetch } = scripted(answer(503), answer(200, []));
    const hooks = { onRequest: fail, onResponse: reject, onRetry: fail };
    await expect(clientOf(fetch, hooks).client.integrations.list()).resolves.toEqual([]);
  });
});
