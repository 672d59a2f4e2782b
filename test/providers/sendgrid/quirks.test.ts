import { afterEach, describe, expect, it } from "vitest";
import {
  createSendGridClient,
  type SendGridClient,
  sendGridCertificateStore,
} from "../../../src/providers/sendgrid/index.ts";
import {
  createTestCertificate,
  type FakeSendGrid,
  type FakeSendGridOptions,
  type SendGridQuirks,
  startFakeSendGrid,
} from "../../../src/testing/index.ts";
import { fakeClock, rejection } from "../support.ts";

let fake: FakeSendGrid;
afterEach(() => fake.close());

async function start(
  quirks: Partial<SendGridQuirks>,
  options: FakeSendGridOptions = {},
  strict = false,
): Promise<SendGridClient> {
  fake = await startFakeSendGrid({ quirks, ...options });
  return createSendGridClient({
    apiKey: "SG.key",
    baseUrl: fake.url,
    strict,
    ...fakeClock(Date.now()).options,
  });
}

const integration = {
  name: "Example",
  enabled: true,
  signin_url: "https://idp.example.com/sso",
  signout_url: "https://idp.example.com/out",
  entity_id: "https://idp.example.com",
};

const QUIRKS: readonly Partial<SendGridQuirks>[] = [
  {},
  { certificateId: "text" },
  { integrationIdField: "integration_id" },
  { integrationIdField: "both" },
  { times: "text" },
  { absent: "null" },
  { sparseEcho: true },
  { certificateDelete: 202 },
  { certificateDelete: 204 },
  { pem: "normalized" },
  { pem: "one_line" },
  { pem: "base64" },
  { rateLimit: { limit: 1000, windowSeconds: 60 } },
  { partialUpdates: true },
  { enabledByDefault: false },
  { staleLists: 1 },
  {
    certificateId: "text",
    integrationIdField: "integration_id",
    times: "text",
    absent: "null",
    sparseEcho: true,
    certificateDelete: 204,
    pem: "one_line",
  },
];

describe.each(QUIRKS)("a whole life, under %j", (quirks) => {
  it("reads the same as from a server without quirks", async () => {
    const client = await start(quirks);
    const { certificate } = await createTestCertificate();
    const created = await client.integrations.create(integration);
    expect(created).toMatchObject(integration);
    expect(created.single_signon_url).toMatch(new RegExp(`/id/${created.id}$`));
    const got = await client.integrations.get(created.id);
    expect(got.completed_integration).toBe(false);
    expect(await client.integrations.list()).toEqual([got]);

    const stored = await client.certificates.create({
      public_certificate: certificate.pem,
      integration_id: created.id,
    });
    expect(stored).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      integration_id: created.id,
      not_before: certificate.notBefore.unixSeconds,
      not_after: certificate.notAfter.unixSeconds,
    });
    await client.certificates.list(created.id);
    expect(await client.certificates.list(created.id)).toEqual([stored]);
    expect(await client.certificates.update(stored.id, { enabled: false })).toEqual(stored);
    const [held] = await sendGridCertificateStore(client, created.id).list();
    expect(held?.certificate?.fingerprint).toEqual(certificate.fingerprint);

    await client.certificates.delete(stored.id);
    expect((await rejection(client.certificates.get(stored.id))).status).toBe(404);
    await client.integrations.delete(created.id);
    expect(fake.state.integrations.size + fake.state.certificates.size).toBe(0);
  });
});

describe("strict", () => {
  it("takes all that is faithful", async () => {
    const client = await start({}, {}, true);
    const { certificate } = await createTestCertificate();
    const { id } = await client.integrations.create(integration);
    const ensured = await client.certificates.ensure(id, certificate);
    await client.certificates.delete(ensured.certificate.id);
    await client.integrations.delete(id);
  });

  it.each<[Partial<SendGridQuirks>, string]>([
    [{ certificateId: "text" }, "id"],
    [{ integrationIdField: "integration_id" }, "integration_id"],
    [{ integrationIdField: "both" }, "integration_id"],
    [{ times: "text" }, "not_before"],
  ])("refuses %j, and names the field", async (quirks, field) => {
    const client = await start(quirks, {}, true);
    const { certificate } = await createTestCertificate();
    const { id } = fake.addIntegration();
    fake.addCertificate({ integration_id: id, public_certificate: certificate.pem });
    const error = await rejection(client.certificates.list(id));
    expect(error).toMatchObject({ code: "provider.nonconforming", outcome: "not_applied" });
    expect(error.message).toContain(`[0].${field}`);
  });

  it("refuses null for what is optional, and another status than documented", async () => {
    const client = await start({ absent: "null", certificateDelete: 204 }, {}, true);
    const { certificate } = await createTestCertificate();
    const { id } = fake.addIntegration();
    const stored = fake.addCertificate({ integration_id: id, public_certificate: certificate.pem });
    const error = await rejection(client.integrations.get(id, { si: false }));
    expect(error.message).toContain("completed_integration");
    const deletion = await rejection(client.certificates.delete(String(stored.id)));
    expect(deletion).toMatchObject({ code: "provider.nonconforming", outcome: "unknown" });
  });
});

describe("the raw body", () => {
  it("is within reach, and out of sight", async () => {
    const client = await start({ certificateId: "text" });
    const { certificate } = await createTestCertificate();
    const { id } = fake.addIntegration();
    fake.addCertificate({ integration_id: id, public_certificate: certificate.pem });
    const [stored] = await client.certificates.list(id);
    expect(stored?.raw).toMatchObject({ intergration_id: id, id: stored?.id });
    expect(Object.keys(stored ?? {})).not.toContain("raw");
    expect(JSON.parse(JSON.stringify(stored))).not.toHaveProperty("raw");
  });
});

describe("the rate limit of the server", () => {
  it.each(["present", "absent", "past"] as const)(
    "is kept, with the reset %s",
    async (rateLimitReset) => {
      const clock = fakeClock();
      const quirks = { rateLimit: { limit: 2, windowSeconds: 10 }, rateLimitReset };
      fake = await startFakeSendGrid({ quirks, now: () => Math.floor(clock.now() / 1000) });
      const client = createSendGridClient({
        apiKey: "SG.key",
        baseUrl: fake.url,
        ...clock.options,
        maxRetries: 20,
      });
      for (let i = 0; i < 6; i++) await client.integrations.list();
      expect(fake.requests.filter(({ status }) => status === 200)).toHaveLength(6);
      const turnedAway = fake.requests.filter(({ status }) => status === 429);
      // With a reset that can be used, the client waits of itself and is never turned away.
      expect(turnedAway.length > 0).toBe(rateLimitReset !== "present");
      expect(clock.slept.length).toBeGreaterThan(0);
    },
  );

  it.each(["array", "errors", "error", "html", "empty"] as const)(
    "says so in the shape %s",
    async (errors) => {
      const client = await start({ forbidden: true, errors });
      const error = await rejection(client.integrations.list());
      expect(error).toMatchObject({ code: "provider.forbidden", status: 403 });
      const said = { html: "an HTML page: 403 Error", empty: undefined }[errors as string];
      if (errors in { html: 1, empty: 1 }) expect(error.issues[0]?.message).toBe(said);
      else expect(error.issues[0]?.message).toBe("access forbidden");
    },
  );
});

describe("what is sent", () => {
  it("enables a certificate that it creates, and changes nothing else unasked", async () => {
    const client = await start({ enabledByDefault: false });
    const { certificate } = await createTestCertificate();
    const { id } = fake.addIntegration();
    const body = { public_certificate: certificate.pem, integration_id: id, enabled: undefined };
    const stored = await client.certificates.create(body);
    expect(Object.keys(fake.requests.at(-1)?.body ?? {})).toEqual([
      "public_certificate",
      "integration_id",
      "enabled",
    ]);
    expect(fake.state.certificates.get(Number(stored.id))?.enabled).toBe(true);
    await client.certificates.update(stored.id, { public_certificate: certificate.pem });
    expect(Object.keys(fake.requests.at(-1)?.body ?? {})).toEqual(["public_certificate"]);
  });

  it("goes to the region, and for a subuser only if asked", async () => {
    fake = await startFakeSendGrid();
    const seen: [string, string | null][] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const headers = new Headers(init?.headers);
      seen.push([new URL(String(input)).host, headers.get("on-behalf-of")]);
      return new Response("[]");
    };
    await createSendGridClient({ apiKey: "SG.k", fetch }).integrations.list();
    await createSendGridClient({ apiKey: "SG.k", fetch, region: "eu" }).integrations.list();
    await createSendGridClient({
      apiKey: "SG.k",
      fetch,
      onBehalfOf: "account-id 7",
    }).integrations.list();
    expect(seen).toEqual([
      ["api.sendgrid.com", null],
      ["api.eu.sendgrid.com", null],
      ["api.sendgrid.com", "account-id 7"],
    ]);
    expect(() => createSendGridClient({ apiKey: "SG.k", onBehalfOf: "a\nb: c" })).toThrowError(
      expect.objectContaining({ code: "provider.argument" }),
    );
  });
});
