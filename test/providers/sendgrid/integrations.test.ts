import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createSendGridClient,
  type SendGridClient,
} from "../../../src/providers/sendgrid/index.ts";
import { type FakeSendGrid, startFakeSendGrid } from "../../../src/testing/index.ts";
import { answer, rejection, scripted } from "../support.ts";

let fake: FakeSendGrid;
let client: SendGridClient;
beforeEach(async () => {
  fake = await startFakeSendGrid();
  client = createSendGridClient({ apiKey: "SG.key", baseUrl: fake.url });
});
afterEach(() => fake.close());

const full = {
  name: "A",
  enabled: true,
  signin_url: "https://a/in",
  signout_url: "https://a/out",
  entity_id: "https://a",
};

describe("integrations.update", () => {
  it("sends the whole body as it stands, and says what it changed", async () => {
    const { id } = fake.addIntegration({ ...full, enabled: true, completed_integration: true });
    const { changed, integration, notTaken } = await client.integrations.update(id, { name: "B" });
    expect(fake.requests.map(({ method }) => method)).toEqual(["GET", "PATCH"]);
    expect(fake.requests[1]?.body).toEqual({ ...full, name: "B" });
    expect(changed).toEqual([{ field: "name", before: "A", after: "B" }]);
    expect(notTaken).toEqual([]);
    expect(integration).toMatchObject({
      id,
      name: "B",
      enabled: true,
      completed_integration: true,
    });
  });

  it("sends nothing if nothing changes", async () => {
    const { id } = fake.addIntegration(full);
    const { changed } = await client.integrations.update(id, { name: "A", enabled: undefined });
    expect(changed).toEqual([]);
    expect(fake.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("never guesses `enabled`", async () => {
    const { enabled: _, ...silent } = full;
    const { fetch, sent } = scripted(answer(200, { ...silent, id: "x" }));
    const scriptedClient = createSendGridClient({ apiKey: "SG.key", fetch });
    const error = await rejection(scriptedClient.integrations.update("x", { name: "B" }));
    expect(error).toMatchObject({
      code: "provider.incomplete",
      field: "enabled",
      outcome: "not_applied",
    });
    expect(sent).toHaveLength(1);
  });

  it("reports what SendGrid did not take", async () => {
    const held = { ...full, id: "x", last_updated: 1, completed_integration: false };
    const { fetch } = scripted(answer(200, held), answer(200, held));
    const scriptedClient = createSendGridClient({ apiKey: "SG.key", fetch });
    const { notTaken } = await scriptedClient.integrations.update("x", {
      completed_integration: true,
    });
    expect(notTaken).toEqual([{ field: "completed_integration", before: true, after: false }]);
  });

  it("disabling is said by the caller alone", async () => {
    const { id } = fake.addIntegration(full);
    await client.integrations.update(id, { enabled: false });
    expect(fake.state.integrations.get(id)?.enabled).toBe(false);
  });
});

describe("integrations.create", () => {
  it("takes the id from the URLs if the answer lacks it", async () => {
    const id = "b0b98502-9408-4b24-9e3d-31ed7cb15312";
    const url = `https://api.sendgrid.com/v3/public/sso/saml/response/id/${id}`;
    const { fetch, sent } = scripted(
      answer(200, { ...full, single_signon_url: url, audience_url: url }),
    );
    const scriptedClient = createSendGridClient({ apiKey: "SG.key", fetch });
    expect((await scriptedClient.integrations.create(full)).id).toBe(id);
    expect(sent).toHaveLength(1);
  });

  it("does not pick one of several that are alike", async () => {
    const twin = { ...full, last_updated: 1 };
    const { fetch } = scripted(
      answer(200, twin),
      answer(200, [
        { ...twin, id: "1" },
        { ...twin, id: "2" },
      ]),
    );
    const scriptedClient = createSendGridClient({ apiKey: "SG.key", fetch });
    const error = await rejection(scriptedClient.integrations.create(full));
    expect(error).toMatchObject({ code: "provider.unreadable", outcome: "unknown" });
  });

  it("passes SendGrid's complaint on, with its field", async () => {
    const error = await rejection(
      client.integrations.create({ ...full, name: undefined as never }),
    );
    expect(error).toMatchObject({
      code: "provider.bad_request",
      field: "name",
      outcome: "not_applied",
    });
  });
});

describe("si", () => {
  it("is asked for, unless the caller does not want it", async () => {
    const { id } = fake.addIntegration();
    await client.integrations.list();
    await client.integrations.get(id, { si: false });
    expect(fake.requests.map(({ query }) => query)).toEqual([{ si: "true" }, { si: "false" }]);
  });
});
