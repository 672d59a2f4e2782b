import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKeycardClient, type KeycardClient } from "../../../src/providers/keycard/index.ts";
import { type FakeKeycard, startFakeKeycard } from "../../../src/testing/index.ts";
import { rejection, watch } from "../support.ts";
import { type Prism, requirePrism, startPrism } from "./prism.ts";

const SPEC = "keycard.openapi.yaml";
const needed = requirePrism(SPEC);
const body = {
  identifier: "https://idp.example.com",
  client_id: "c",
  client_secret: "not-a-secret",
};

function clientAt(baseUrl: string, strict: boolean, hooks = {}): KeycardClient {
  const credentials = { token: "token" };
  return createKeycardClient({ credentials, baseUrl, maxRetries: 0, strict, ...hooks });
}

describe.skipIf(needed.missing)(`Keycard's OpenAPI document in Prism${needed.note}`, () => {
  describe("as a mock", () => {
    let prism: Prism;
    beforeAll(async () => {
      prism = await startPrism(SPEC);
    }, 60_000);
    afterAll(() => prism.close());

    it("takes every operation, and its answers are read", async () => {
      const seen = watch();
      const { ssoConnection } = clientAt(prism.url, false, seen);
      expect(await ssoConnection.retrieve("o", { expand: ["permissions"] })).toHaveProperty("id");
      expect(await ssoConnection.enable("o", body)).toHaveProperty("identifier");
      expect(
        await ssoConnection.update("o", { identifier: "https://other.example.com" }),
      ).toHaveProperty("id");
      expect(await ssoConnection.disable("o")).toBe(true);
      expect(seen.responses.map(({ status }) => status)).toEqual([200, 201, 200, 204]);
    });
  });

  describe("between the client and the fake", () => {
    let prism: Prism;
    let fake: FakeKeycard;
    beforeAll(async () => {
      fake = await startFakeKeycard({ token: "token", organizations: ["o"] });
      prism = await startPrism(SPEC, fake.url);
    }, 60_000);
    afterAll(async () => {
      await prism.close();
      await fake.close();
    });

    it("departs from the document neither in a request nor in an answer", async () => {
      const { ssoConnection } = clientAt(prism.url, true);
      expect(await ssoConnection.retrieve("o")).toBeNull();
      expect((await ssoConnection.ensure("o", body)).action).toBe("enabled");
      expect(await rejection(ssoConnection.enable("o", body))).toMatchObject({
        status: 409,
        providerErrorId: "conflict",
      });
      const changed = await ssoConnection.ensure("o", { ...body, client_id: "d" });
      expect(changed).toMatchObject({ action: "updated", changed: ["client_id", "client_secret"] });
      expect(await ssoConnection.disable("o")).toBe(true);
      expect(await ssoConnection.disable("o")).toBe(false);
      expect(await rejection(ssoConnection.enable("elsewhere", body))).toMatchObject({
        status: 404,
      });
    });
  });
});
