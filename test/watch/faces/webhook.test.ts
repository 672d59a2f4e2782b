import { randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, test } from "vitest";
import { isSamlCertError } from "../../../src/core/errors.ts";
import { type ConnectionStatus, sendWebhook, webhook } from "../../../src/watch/index.ts";
import { eventOf, everyState, NOW, statusOf } from "../support/statuses.ts";

const secret = `whsec_${randomBytes(32).toString("base64")}`;

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A receiver that gives these answers one after the other, and then 200. */
async function receiver(...answers: readonly (number | [number, Record<string, string>])[]) {
  const received: Received[] = [];
  const rest = [...answers];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    const [status, headers = {}] = [rest.shift() ?? 200].flat() as [
      number,
      Record<string, string>?,
    ];
    response.writeHead(status, headers).end("ok");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/services/T000/B000/secretpath`, received };
}

const quick = { now: NOW, sleep: async () => undefined };

describe("webhook", () => {
  test("says nothing if nothing has changed", () => {
    expect(webhook([statusOf()], { now: NOW })).toEqual([]);
  });

  test("tells every event once, in messages of at most 20", () => {
    const many = Array.from({ length: 45 }, (_, index) =>
      statusOf({ name: `T${index}`, events: [eventOf(`e${index}`, "The state changed.")] }),
    );
    const messages = webhook(many, { now: NOW });
    expect(messages.map(({ body }) => body.events.length)).toEqual([20, 20, 5]);
    const ids = messages.flatMap(({ body }) => body.events.map(({ id }) => id));
    expect(new Set(ids).size).toBe(45);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(3);
    expect(webhook(many, { now: NOW + 60 }).map(({ id }) => id)).toEqual(
      messages.map(({ id }) => id),
    );
  });

  test("words the events for people: headline, connection, change, next step", () => {
    const [message] = webhook(everyState(), { now: NOW });
    expect(message?.body.text.split("\n")).toEqual([
      "SSO certificates: 2 changes, 2 connections need attention",
      "• Acme Industrial Holdings (Europe, Middle East and Africa) single sign-on for contractors (down): The state changed from expiring to down. Next step, for the administrator of the identity provider: Publish metadata with a certificate that is valid, then run samlcert watch again.",
      "• Benefits enrolment (expiring): The certificate CN=benefits ends in 14 days. Next step, for the administrator of the identity provider: Make the next signing certificate, and publish it before it signs.",
    ]);
  });

  test("lets no name mention a channel or make a link", () => {
    const status = statusOf({
      name: "<!channel> [pay](https://evil.example)",
      events: [eventOf("e", "<https://evil.example|Reset>")],
    });
    const [message] = webhook([status], { now: NOW, card: true });
    expect(message?.body.text).not.toMatch(/[<>]/);
    const card = JSON.stringify(message?.body.attachments);
    expect(card).not.toContain('"TextBlock"');
  });

  test("stays below the 28 KB that Microsoft Teams takes, with long names", () => {
    const long = Array.from({ length: 20 }, (_, index) =>
      statusOf({
        name: `Tenant ${index} ${"of the customer portal ".repeat(4)}`,
        state: "expiring",
        next: {
          who: "the administrator of the identity provider",
          step: "Publish the next certificate before it signs.",
        },
        events: [eventOf(`event-${index}`, "The state changed from active to expiring.")],
      }),
    );
    const [message] = webhook(long, { now: NOW, card: true });
    expect(Buffer.byteLength(JSON.stringify(message?.body))).toBeLessThan(28 * 1024);
  });
});

describe("sendWebhook", () => {
  test("signs each request so that the library of Standard Webhooks accepts it", async () => {
    const { url, received } = await receiver();
    const result = await sendWebhook(everyState(), { now: NOW, url, secret });
    expect(result).toEqual({ messages: 1, events: 2, attempts: 1 });
    const [request] = received;
    const body = new Webhook(secret).verify(
      request?.body ?? "",
      request?.headers as Record<string, string>,
    );
    expect(body).toMatchObject({ format: "samlcert/webhook/v1", type: "samlcert.watch" });
    const changed = (request?.body ?? "").replace("down", "up!!");
    expect(() =>
      new Webhook(secret).verify(changed, request?.headers as Record<string, string>),
    ).toThrow();
  });

  test("repeats a message with the same id after a temporary failure", async () => {
    const { url, received } = await receiver(503, 429);
    const { attempts } = await sendWebhook(everyState(), { ...quick, url });
    expect(attempts).toBe(3);
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(received[0]?.headers["webhook-signature"]).toBeUndefined();
  });

  test("waits as long as Retry-After says", async () => {
    const { url } = await receiver([429, { "retry-after": "7" }]);
    const waits: number[] = [];
    const sleep = async (milliseconds: number) => void waits.push(milliseconds);
    await sendWebhook(everyState(), { now: NOW, url, sleep });
    expect(waits).toEqual([7000]);
  });

  test.each([400, 404, 302])("gives up at once after %i", async (status) => {
    const { url, received } = await receiver(status);
    await expect(sendWebhook(everyState(), { ...quick, url })).rejects.toMatchObject({
      provider: "webhook",
      status,
      attempts: 1,
    });
    expect(received).toHaveLength(1);
  });

  test("reports what was delivered before it failed", async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      statusOf({ name: `T${index}`, events: [eventOf(`e${index}`, "x")] }),
    );
    const { url } = await receiver(200, 400);
    const told: string[] = [];
    const onDelivered = (ids: readonly string[]) => void told.push(...ids);
    await expect(sendWebhook(many, { ...quick, url, onDelivered })).rejects.toThrow();
    expect(told).toHaveLength(20);
  });

  test("names the host only, however it fails: the path is the receiver's password", async () => {
    const { url } = await receiver(500, 500, 500, 500, 500);
    const closed = "http://127.0.0.1:9/services/secretpath";
    for (const address of [url, closed]) {
      const error: unknown = await sendWebhook(everyState(), {
        ...quick,
        url: address,
        secret,
        maxRetries: 1,
      }).catch((thrown: unknown) => thrown);
      expect(isSamlCertError(error)).toBe(true);
      const told = `${error} ${JSON.stringify(error)} ${(error as Error).stack}`;
      expect(told).not.toMatch(/secretpath|whsec_/);
      expect(told).toContain("127.0.0.1");
    }
  });

  test.each([
    ["http://hooks.example.com/x", secret, "watch.webhook_url"],
    ["ftp://localhost/x", secret, "watch.webhook_url"],
    ["https://user:password@hooks.example.com/x", secret, "watch.webhook_url"],
    ["not a url", secret, "watch.webhook_url"],
    ["https://hooks.example.com/x", "hunter2", "watch.webhook_secret"],
    ["https://hooks.example.com/x", "whsec_c2hvcnQ=", "watch.webhook_secret"],
  ])("refuses %s with a secret", async (url, key, code) => {
    const sending = sendWebhook([statusOf()], { now: NOW, url, secret: key });
    await expect(sending).rejects.toMatchObject({ code });
    await expect(sending).rejects.not.toThrow(/hunter2|password@/);
  });

  test("adds a card for Microsoft Teams only", async () => {
    const bodies: string[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      bodies.push(String(init?.body));
      return new Response("1");
    };
    const statuses: readonly ConnectionStatus[] = everyState();
    for (const host of ["prod-1.westeurope.logic.azure.com", "hooks.slack.com"]) {
      await sendWebhook(statuses, { now: NOW, url: `https://${host}/x`, fetch });
    }
    expect(bodies.map((body) => "attachments" in JSON.parse(body))).toEqual([true, false]);
  });
});
