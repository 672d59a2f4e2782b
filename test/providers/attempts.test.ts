import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createSendGridClient, type SendGridOptions } from "../../src/providers/sendgrid/index.ts";
import { startFakeSendGrid } from "../../src/testing/index.ts";
import { answer, fakeClock, rejection, scripted, watch } from "./support.ts";

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server: Server = createServer(handler as never);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function clientAt(baseUrl: string, options: Partial<SendGridOptions> = {}) {
  return createSendGridClient({ apiKey: "SG.key", baseUrl, maxRetries: 0, ...options });
}

describe("time", () => {
  it("ends an attempt that is not answered, and repeats it with time of its own", async () => {
    const fake = await startFakeSendGrid();
    closing.push(fake.close);
    fake.inject({ delayMs: 300_000 }, { times: 2 });
    const options = { timeoutMs: 500, maxRetries: 9, random: () => 0 };
    await expect(clientAt(fake.url, options).integrations.list()).resolves.toEqual([]);
    expect(fake.requests.length).toBeGreaterThanOrEqual(3);
  });

  it("ends an answer that stops in its middle", async () => {
    const url = await serve((_, response) => void response.writeHead(200).write("[1,"));
    const error = await rejection(clientAt(url, { timeoutMs: 80 }).integrations.list());
    expect(error).toMatchObject({ code: "provider.timeout", retryable: true });
  });

  it("keeps the total deadline over all attempts", async () => {
    const fake = await startFakeSendGrid();
    closing.push(fake.close);
    fake.inject({ delayMs: 300_000 }, { times: 99 });
    const seen = watch();
    const limits = { timeoutMs: 50, totalTimeoutMs: 2500, maxRetries: 99, random: () => 0 };
    const error = await rejection(clientAt(fake.url, { ...limits, ...seen }).integrations.list());
    expect(error.code).toBe("provider.timeout");
    expect(seen.requests.length).toBeGreaterThan(1);
  });

  it("abandons a fetch that ignores its signal", async () => {
    const { fetch } = scripted(() => new Promise<Response>(() => undefined));
    const client = createSendGridClient({ apiKey: "SG.key", fetch, timeoutMs: 30, maxRetries: 0 });
    expect((await rejection(client.integrations.list())).code).toBe("provider.timeout");
  });
});

describe("limits that make no sense", () => {
  it.each([Number.NaN, 0, -1, "5" as never, null as never])("%s is refused", async (value) => {
    for (const name of ["timeoutMs", "totalTimeoutMs", "maxBytes"]) {
      const make = () => createSendGridClient({ apiKey: "SG.key", [name]: value });
      expect(make).toThrow(new TypeError(`${name} must be a number greater than 0.`));
    }
    const { fetch, sent } = scripted(answer(200, []));
    const client = createSendGridClient({ apiKey: "SG.key", fetch });
    const error = await rejection(client.integrations.list({ timeoutMs: value }));
    expect(error).toEqual(new TypeError("timeoutMs must be a number greater than 0."));
    expect(sent).toEqual([]);
  });

  it("of Infinity never end, instead of ending after a millisecond", async () => {
    const fake = await startFakeSendGrid();
    closing.push(fake.close);
    fake.inject({ delayMs: 60 });
    const limits = {
      timeoutMs: Number.POSITIVE_INFINITY,
      totalTimeoutMs: Number.POSITIVE_INFINITY,
    };
    await expect(clientAt(fake.url, limits).integrations.list()).resolves.toEqual([]);
    const { fetch } = scripted(answer(503, undefined, { "retry-after": "99999999" }));
    const client = createSendGridClient({ apiKey: "SG.key", fetch, ...limits });
    const signal = AbortSignal.timeout(60);
    expect((await rejection(client.integrations.list({ signal }))).code).toBe("provider.aborted");
  });
});

describe("invalid answers", () => {
  it.each([
    ["a deep nesting", "[".repeat(3_000_000), "without JSON (200)"],
    [
      "a deep nesting that closes",
      `${"[".repeat(500_000)}${"]".repeat(500_000)}`,
      "without JSON (200)",
    ],
    ["bytes that are no UTF-8", Buffer.from([0xff, 0xfe, 0x00]), "without JSON (200)"],
    ["an endless number", `[${"9".repeat(1_000_000)}]`, "without an object"],
    ["text", '"text"', "without a list"],
    ["null", "null", "without a list"],
    ["nothing", "", "without a list"],
    ["an object for a list", "{}", "without a list"],
    ["a list of anything", "[null,1,[],{}]", "without an object"],
    ["a list of an empty object", "[{}]", "without an id"],
    ["a prototype", '[{"__proto__":{"id":"x"}}]', "without an id"],
  ])("%s is refused as unreadable, and changes no prototype", async (_, body, reason) => {
    const url = await serve((__, response) => response.end(body));
    const error = await rejection(clientAt(url).integrations.list());
    expect(error).toMatchObject({
      code: "provider.unreadable",
      message: `SendGrid was asked to list the integrations and answered ${reason}.`,
    });
    expect(({} as { id?: unknown }).id).toBeUndefined();
  });

  it("are refused as a broken connection if they are no Response", async () => {
    for (const nonsense of [undefined, null, {}, "x"]) {
      const fetch = (async () => nonsense) as never;
      const client = createSendGridClient({ apiKey: "SG.key", fetch, maxRetries: 0 });
      expect((await rejection(client.integrations.list())).code).toBe("provider.network");
    }
    const fetch = () => {
      throw new Error("at once");
    };
    const client = createSendGridClient({ apiKey: "SG.key", fetch, maxRetries: 0 });
    expect((await rejection(client.integrations.list())).code).toBe("provider.network");
  });
});

describe("the caller's signal", () => {
  it("ends a call at once, without a repetition, in doubt if it was a write", async () => {
    const fake = await startFakeSendGrid();
    closing.push(fake.close);
    fake.inject({ delayMs: 300_000 }, { times: 9 });
    const controller = new AbortController();
    const onRequest = (): void => {
      setImmediate(() => controller.abort(new Error("with a reason")));
    };
    const client = clientAt(fake.url, { maxRetries: 9, onRequest });
    const call = client.certificates.delete("1", { signal: controller.signal });
    const error = await rejection(call);
    expect(error).toMatchObject({ code: "provider.aborted", outcome: "unknown", retryable: false });
    expect(fake.requests.length).toBeLessThanOrEqual(1);
  });

  it("sends nothing if it was aborted before", async () => {
    const { fetch, sent } = scripted(answer(200, []));
    const client = createSendGridClient({ apiKey: "SG.key", fetch });
    const error = await rejection(client.certificates.delete("1", { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: "provider.aborted", outcome: "not_applied", attempts: 0 });
    expect(sent).toEqual([]);
  });

  it("ends a wait between attempts", async () => {
    const { fetch } = scripted(answer(503, undefined, { "retry-after": "3000" }));
    const controller = new AbortController();
    const onRetry = (): void => {
      setImmediate(() => controller.abort());
    };
    const client = createSendGridClient({ apiKey: "SG.key", fetch, totalTimeoutMs: 9e6, onRetry });
    const error = await rejection(client.integrations.list({ signal: controller.signal }));
    expect(error.code).toBe("provider.aborted");
  });

  it("keeps no listener on a signal that outlives the calls", async () => {
    let listening = 0;
    const { signal } = new AbortController();
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    Object.assign(signal, {
      addEventListener: (...args: Parameters<typeof add>) => {
        listening += 1;
        add(...args);
      },
      removeEventListener: (...args: Parameters<typeof remove>) => {
        listening -= 1;
        remove(...args);
      },
    });
    const { fetch } = scripted(answer(503), answer(200, []));
    const client = createSendGridClient({ apiKey: "SG.key", fetch, ...fakeClock().options });
    for (let i = 0; i < 50; i++) await client.integrations.list({ signal });
    expect(listening).toBe(0);
  });
});

describe("size", () => {
  it("is limited for a response that a custom fetch has cloned", async () => {
    const { fetch } = scripted(answer(200, "[1,2,3,4,5]"));
    const client = createSendGridClient({ apiKey: "SG.key", fetch, maxBytes: 5 });
    expect((await rejection(client.integrations.list())).code).toBe("provider.too_large");
  }, 5000);

  const big = JSON.stringify(["x".repeat(200_000)]);

  it.each([
    ["a stated length", { "content-length": String(big.length) }, big],
    ["no length", {}, big],
    ["a small body that grows", { "content-encoding": "gzip" }, gzipSync(big)],
  ])("is limited: %s", async (_, headers, body) => {
    const url = await serve((__, response) => void response.writeHead(200, headers).end(body));
    const error = await rejection(clientAt(url, { maxBytes: 100_000 }).integrations.list());
    expect(error).toMatchObject({ code: "provider.too_large", retryable: false });
  });

  it("is limited for an endless answer", async () => {
    const url = await serve((__, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (response.write("[".repeat(65_536)));
      };
      response.on("drain", more);
      more();
    });
    const error = await rejection(clientAt(url).integrations.list());
    expect(error.code).toBe("provider.too_large");
  });
});

describe("where credentials go", () => {
  it.each([301, 302, 303, 307, 308])("not after a redirect (%i)", async (status) => {
    let stolen = 0;
    const thief = await serve((_, response) => {
      stolen += 1;
      response.end("[]");
    });
    const url = await serve(
      (_, response) => void response.writeHead(status, { location: thief }).end(),
    );
    const error = await rejection(clientAt(url).integrations.list());
    expect(error).toMatchObject({ code: "provider.redirected", status, retryable: false });
    expect(stolen).toBe(0);
  });

  it("an answer that was redirected by a fetch of the caller's is refused", async () => {
    const redirected = Object.defineProperty(answer(200, []), "redirected", { value: true });
    const { fetch } = scripted(() => redirected);
    const client = createSendGridClient({ apiKey: "SG.key", fetch, maxRetries: 0 });
    expect((await rejection(client.integrations.list())).code).toBe("provider.redirected");
  });

  it.each([
    "http://api.sendgrid.com",
    "http://127.0.0.1.example.com",
    "http://10.0.0.1",
    "ftp://api.sendgrid.com",
    "https://user:hunter22@api.sendgrid.com",
    "https://api.sendgrid.com?x=1",
    "https://api.sendgrid.com#x",
    "api.sendgrid.com",
    "",
  ])("not to the base URL %s", (baseUrl) => {
    const make = () => createSendGridClient({ apiKey: "SG.planted-key", baseUrl });
    expect(make).toThrowError(expect.objectContaining({ code: "provider.base_url" }));
    expect(make).not.toThrowError(/hunter22|planted/);
  });

  it.each([
    "http://localhost:1",
    "http://127.0.0.1:1",
    "http://[::1]:1",
    "https://proxy.example/x/",
  ])("to the base URL %s", async (baseUrl) => {
    const { fetch, sent } = scripted(answer(200, []));
    await createSendGridClient({ apiKey: "SG.key", baseUrl, fetch }).integrations.list();
    const base = baseUrl.replace(/\/$/, "");
    expect(sent[0]?.url).toBe(`${base}/v3/sso/integrations?si=true`);
    expect(sent[0]?.headers.get("authorization")).toBe("Bearer SG.key");
  });

  it.each([
    ["../../../v3/api_keys", "..%2F..%2F..%2Fv3%2Fapi_keys"],
    ["%2e%2e/x", "%252e%252e%2Fx"],
    ["a?b#c", "a%3Fb%23c"],
    ["a\\b\r\n c", "a%5Cb%0D%0A%20c"],
    ["//evil.example", "%2F%2Fevil.example"],
    ["é😀", "%C3%A9%F0%9F%98%80"],
  ])("a path segment stays one: %s", async (id, encoded) => {
    const { fetch, sent } = scripted(answer(404));
    await rejection(createSendGridClient({ apiKey: "SG.key", fetch }).certificates.get(id));
    expect(sent[0]?.url).toBe(`https://api.sendgrid.com/v3/sso/certificates/${encoded}`);
  });

  it.each(["", ".", "..", "\ud800", "x".repeat(2000)])("%j is no path segment", async (id) => {
    const { fetch, sent } = scripted(answer(404));
    const error = await rejection(
      createSendGridClient({ apiKey: "SG.key", fetch }).certificates.get(id),
    );
    expect(error).toMatchObject({ code: "provider.argument", outcome: "not_applied" });
    expect(sent).toEqual([]);
  });
});
