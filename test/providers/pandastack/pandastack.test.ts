import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createPandaStackClient,
  type PandaStackClient,
} from "../../../src/providers/pandastack/index.ts";
import { pandaStackAnswerSchema } from "../../../src/schemas/pandastack.ts";
import { type FakePandaStack, startFakePandaStack } from "../../../src/testing/index.ts";
import { answer, fakeClock, networkError, rejection, scripted } from "../support.ts";

let fake: FakePandaStack;
let client: PandaStackClient;
beforeEach(async () => {
  fake = await startFakePandaStack({ token: "psk_test" });
  client = createPandaStackClient({ token: "psk_test", baseUrl: fake.url });
});
afterEach(() => fake.close());

describe("the five documented operations", () => {
  it("are called as documented", async () => {
    const { sso } = client;
    await sso.create("123", { slug: "a", anything: [1, { b: null }] });
    await sso.update("123", { slug: "b" });
    await sso.list("123");
    expect(await sso.getSingle("123")).toMatchObject({ slug: "b", anything: [1, { b: null }] });
    expect(await sso.delete("123", { confirmOrganizationId: "123" })).toEqual({ deleted: 1 });
    expect(fake.requests.map(({ method, path, query }) => [method, path, query])).toEqual([
      ["POST", "/api/v1/sso/", { organization_id: "123" }],
      ["POST", "/api/v1/sso/update", { organization_id: "123" }],
      ["GET", "/api/v1/sso/", { organization_id: "123" }],
      ["GET", "/api/v1/sso/single", { organization_id: "123" }],
      ["DELETE", "/api/v1/sso/", { organization_id: "123" }],
    ]);
  });

  it("send bodies as they are, and add nothing", async () => {
    await client.sso.create("123", { slug: "a" });
    expect(fake.requests.at(-1)?.body).toEqual({ slug: "a" });
  });

  it("name the organization, whatever the query says", async () => {
    await client.sso.list("123", { query: { organization_id: "666", page: 2 } });
    expect(fake.requests.at(-1)?.query).toEqual({ organization_id: "123", page: "2" });
    const error = await rejection(client.sso.list(""));
    expect(error).toMatchObject({ code: "provider.argument", outcome: "not_applied" });
  });
});

describe("answers", () => {
  it("are JSON, or what the caller's decoder makes of them", async () => {
    expect(pandaStackAnswerSchema.safeParse(await client.sso.list("1")).success).toBe(true);
    const count = await client.sso.list("1", {
      decode: (body) => (body as { sso: unknown[] }).sso.length,
    });
    expect(count).toBe(0);
  });

  it("that the decoder refuses leave a write in doubt", async () => {
    const decode = (): never => {
      throw new Error("not so");
    };
    const read = await rejection(client.sso.list("1", { decode }));
    expect(read).toMatchObject({ code: "provider.decoder", outcome: "not_applied" });
    expect(read.message).toContain("not so");
    const write = await rejection(client.sso.create("1", {}, { decode }));
    expect(write.outcome).toBe("unknown");
  });

  it("that are empty are null", async () => {
    const { fetch } = scripted(answer(204));
    expect(await createPandaStackClient({ token: "psk_1", fetch }).sso.list("1")).toBeNull();
  });
});

describe("care", () => {
  it("deletes only what is confirmed", async () => {
    const error = await rejection(client.sso.delete("123", { confirmOrganizationId: "132" }));
    expect(error).toMatchObject({ code: "provider.argument", outcome: "not_applied" });
    expect(fake.requests).toEqual([]);
  });

  it.each([answer(429), answer(503), networkError("ECONNREFUSED"), networkError("ECONNRESET")])(
    "never repeats a POST by itself: %s",
    async (step) => {
      for (const method of ["create", "update"] as const) {
        const { fetch, sent } = scripted(step, answer(200, {}));
        const scriptedClient = createPandaStackClient({
          token: "psk_1",
          fetch,
          ...fakeClock().options,
        });
        await rejection(scriptedClient.sso[method]("1", {}));
        expect(sent).toHaveLength(1);
      }
    },
  );

  it("repeats a read", async () => {
    const { fetch, sent } = scripted(answer(503), answer(200, {}));
    await createPandaStackClient({ token: "psk_1", fetch, ...fakeClock().options }).sso.list("1");
    expect(sent).toHaveLength(2);
  });
});
