import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createSendGridClient,
  type SendGridClient,
  type UpdateTeammateBody,
} from "../../../src/providers/sendgrid/index.ts";
import { type FakeSendGrid, startFakeSendGrid } from "../../../src/testing/index.ts";
import { rejection } from "../support.ts";

let fake: FakeSendGrid;
let client: SendGridClient;
beforeEach(async () => {
  fake = await startFakeSendGrid({
    quirks: { unacceptableScopes: ["sender_verification_legacy"] },
  });
  client = createSendGridClient({ apiKey: "SG.key", baseUrl: fake.url });
});
afterEach(() => fake.close());

const names = { first_name: "Ada", last_name: "Lovelace" };
const admin = { id: 7, permission_type: "admin" as const };

describe("the exclusions", () => {
  it.each<[string, Partial<UpdateTeammateBody>, string]>([
    ["is_admin with persona", { is_admin: true, persona: "developer" }, "persona"],
    ["is_admin with scopes", { is_admin: true, scopes: [] }, "scopes"],
    ["persona with scopes", { persona: "observer", scopes: ["mail.send"] }, "scopes"],
    [
      "restricted with is_admin",
      { has_restricted_subuser_access: true, is_admin: true },
      "has_restricted_subuser_access",
    ],
    [
      "restricted with persona",
      { has_restricted_subuser_access: true, persona: "marketer" },
      "has_restricted_subuser_access",
    ],
    [
      "restricted with scopes",
      { has_restricted_subuser_access: true, scopes: ["a"] },
      "has_restricted_subuser_access",
    ],
    ["access without restriction", { subuser_access: [admin] }, "subuser_access"],
    [
      "access with restriction off",
      { has_restricted_subuser_access: false, subuser_access: [admin] },
      "subuser_access",
    ],
    [
      "admin access with scopes",
      { has_restricted_subuser_access: true, subuser_access: [{ ...admin, scopes: ["a"] }] },
      "subuser_access",
    ],
    [
      "a subuser without a number",
      { has_restricted_subuser_access: true, subuser_access: [{ ...admin, id: "7" as never }] },
      "subuser_access",
    ],
  ])("refuse %s before anything is sent", async (_, rights, field) => {
    const created = await rejection(
      client.teammates.create({ ...names, ...rights, email: "a@example.com" }),
    );
    const updated = await rejection(
      client.teammates.update("a@example.com", { ...names, ...rights }),
    );
    for (const error of [created, updated]) {
      expect(error).toMatchObject({ code: "provider.argument", field, outcome: "not_applied" });
    }
    expect(fake.requests).toEqual([]);
  });

  it.each<[string, Partial<UpdateTeammateBody>]>([
    ["an admin", { is_admin: true, has_restricted_subuser_access: false }],
    ["a persona that is no admin", { is_admin: false, persona: "accountant" }],
    ["scopes", { scopes: ["mail.send"] }],
    [
      "restricted access",
      { is_admin: false, has_restricted_subuser_access: true, subuser_access: [admin] },
    ],
    ["nothing", {}],
  ])("let through %s", async (_, rights) => {
    const { dropped } = await client.teammates.create({
      ...names,
      ...rights,
      email: "a@example.com",
    });
    expect(dropped).toEqual([]);
    await client.teammates.update("a@example.com", { ...names, ...rights });
  });
});

describe("what was silently dropped", () => {
  it("is reported: a whole subuser access because of one scope", async () => {
    const access = {
      id: 7,
      permission_type: "restricted" as const,
      scopes: ["mail.send", "sender_verification_legacy"],
    };
    const rights = {
      has_restricted_subuser_access: true,
      subuser_access: [access, { ...admin, id: 8 }],
    };
    const { teammate, dropped } = await client.teammates.create({
      ...names,
      ...rights,
      email: "a@example.com",
    });
    expect(teammate.email).toBe("a@example.com");
    expect(dropped).toEqual(["subuser_access 7", "subuser_access 8"]);
  });

  it("is not what SendGrid added by itself", async () => {
    const { teammate, dropped } = await client.teammates.create({
      ...names,
      email: "a@example.com",
      scopes: ["mail.send"],
    });
    expect(teammate.scopes).toContain("2fa_required");
    expect(dropped).toEqual([]);
  });
});

it("the e-mail address stays one segment of the path", async () => {
  await client.teammates.create({ ...names, email: "a+b/c@example.com" });
  const { teammate } = await client.teammates.update("a+b/c@example.com", {
    ...names,
    is_admin: true,
  });
  expect(teammate).toMatchObject({
    username: "a+b/c@example.com",
    user_type: "admin",
    is_sso: true,
  });
});
