import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSendGridClient } from "../../../src/providers/sendgrid/index.ts";
import { operations } from "../../../src/providers/sendgrid/operations.ts";
import {
  createTestCertificate,
  type FakeSendGrid,
  startFakeSendGrid,
} from "../../../src/testing/index.ts";
import { rejection, type Watched, watch } from "../support.ts";
import { type Prism, requirePrism, startPrism } from "./prism.ts";
import { integration, liveThrough, names } from "./sendgrid-life.ts";

const SPEC = "sendgrid-sso.openapi.json";
const needed = requirePrism(SPEC);

/** The operations whose every answer had the documented status. */
function succeeded({ responses }: Watched): Set<string> {
  const ids = responses.map(({ request }) => request.operation);
  const failed = new Set(
    responses.filter(({ error }) => error !== undefined).map(({ request }) => request.operation),
  );
  return new Set(ids.filter((id) => !failed.has(id)));
}

const ALL = new Set(Object.values(operations).map(({ id }) => id));

describe.skipIf(needed.missing)(`SendGrid's OpenAPI document in Prism${needed.note}`, () => {
  describe("as a mock: every operation", () => {
    let prism: Prism;
    beforeAll(async () => {
      prism = await startPrism(SPEC);
    }, 60_000);
    afterAll(() => prism.close());

    it("sends what the document asks for, and reads the document's examples", async () => {
      const seen = watch();
      const client = createSendGridClient({
        apiKey: "SG.key",
        baseUrl: prism.url,
        maxRetries: 0,
        ...seen,
      });
      const { certificate } = await createTestCertificate();
      const { integrations, certificates, teammates } = client;
      const [listed] = await integrations.list();
      expect(listed?.entity_id).toMatch(/^http:\/\/www\.okta\.com\//);
      await integrations.get("x");
      await integrations.delete("x");
      const { changed } = await integrations.update("x", {
        ...integration,
        completed_integration: true,
      });
      expect(changed.map(({ field }) => field)).toContain("signin_url");
      // The example of a new integration has neither an id nor URLs, and the mock remembers nothing.
      expect((await rejection(integrations.create(integration))).code).toBe("provider.unreadable");

      const example = {
        id: "66138975",
        not_before: 1621289880,
        integration_id: "b0b98502-9408-4b24-9e3d-31ed7cb15312",
      };
      expect(await certificates.get("66138975")).toMatchObject(example);
      expect(await certificates.list("x")).toMatchObject([example]);
      expect(await certificates.update("1", { enabled: true })).toMatchObject(example);
      expect(await certificates.delete(example.id)).toMatchObject(example);
      const body = { public_certificate: certificate.pem, integration_id: "x", enabled: true };
      expect((await rejection(certificates.create(body))).code).toBe("provider.echo_mismatch");

      const subuser_access = [
        { id: 1, permission_type: "restricted" as const, scopes: ["mail.send"] },
      ];
      const rights = { has_restricted_subuser_access: true, subuser_access };
      await teammates.create({ ...names, ...rights, email: "a@example.com" });
      await teammates.update("a@example.com", { ...names, persona: "developer" });
      expect(succeeded(seen)).toEqual(ALL);
    });

    it("would notice a request that is wrong", async () => {
      const client = createSendGridClient({ apiKey: "SG.key", baseUrl: prism.url, maxRetries: 0 });
      const error = await rejection(
        client.integrations.create({ ...integration, enabled: "yes" as never }),
      );
      expect(error.code).not.toBe("provider.unreadable");
    });
  });

  describe("between the client and the fake: every operation", () => {
    let prism: Prism;
    let fake: FakeSendGrid;
    beforeAll(async () => {
      fake = await startFakeSendGrid();
      prism = await startPrism(SPEC, fake.url);
    }, 60_000);
    afterAll(async () => {
      await prism.close();
      await fake.close();
    });

    it("departs from the document neither in a request nor in an answer", async () => {
      const seen = watch();
      const client = createSendGridClient({
        apiKey: "SG.key",
        baseUrl: prism.url,
        maxRetries: 0,
        strict: true,
        ...seen,
      });
      await liveThrough(client);
      expect(succeeded(seen)).toEqual(ALL);
    });

    it("refuses in the documented shape", async () => {
      const client = createSendGridClient({ apiKey: "SG.key", baseUrl: prism.url, maxRetries: 0 });
      const body = {
        public_certificate: (await createTestCertificate()).pem,
        integration_id: "unknown",
      };
      const error = await rejection(client.certificates.create(body));
      expect(error).toMatchObject({ code: "provider.bad_request", field: "integration_id" });
      expect(error.providerErrorId).toMatch(/^fake-error-/);
    });

    it("would notice a fake that drifts from the document", async () => {
      const drifting = await startFakeSendGrid({ quirks: { certificateId: "text" } });
      const between = await startPrism(SPEC, drifting.url);
      const { id } = drifting.addIntegration();
      const { pem } = await createTestCertificate();
      drifting.addCertificate({ integration_id: id, public_certificate: pem });
      const client = createSendGridClient({
        apiKey: "SG.key",
        baseUrl: between.url,
        maxRetries: 0,
      });
      const error = await rejection(client.certificates.list(id));
      expect(error).toMatchObject({ code: "provider.server_error", status: 500 });
      expect(error.message).toContain("is not valid");
      await between.close();
      await drifting.close();
    }, 60_000);
  });
});
