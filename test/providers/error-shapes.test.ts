import { describe, expect, it } from "vitest";
import { isSamlCertError } from "../../src/core/errors.ts";
import { readIssues } from "../../src/providers/http/error-body.ts";
import { createKeycardClient } from "../../src/providers/keycard/index.ts";
import { createPandaStackClient } from "../../src/providers/pandastack/index.ts";
import { createSendGridClient } from "../../src/providers/sendgrid/index.ts";
import { fc } from "../support/property.ts";
import { answer, NOT_FOUND, rejection, scripted } from "./support.ts";

const HTML =
  "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body><center><h1>403 Forbidden</h1></center></body>\r\n</html>";

async function sendGridError(status: number, body: unknown, headers?: Record<string, string>) {
  const { fetch } = scripted(answer(status, body, headers));
  const client = createSendGridClient({ apiKey: "SG.key", fetch, maxRetries: 0 });
  return await rejection(client.certificates.get("7"));
}

describe("every shape of an error body", () => {
  it.each([
    ["the documented array", [{ message: "no", field: "x", error_id: "e-1" }], "no", "x", "e-1"],
    ["its null field", [{ message: "no", field: null, error_id: "e-1" }], "no", undefined, "e-1"],
    ["{errors}", { errors: [{ field: null, message: "access forbidden" }] }, "access forbidden"],
    ["{errors} of text", { errors: ["no"] }, "no"],
    ["{error} of text", { error: "no" }, "no"],
    ["{error} of an object", { error: { message: "no", field: "f" } }, "no", "f"],
    ["OAuth's", { error: "invalid_client", error_description: "no" }, "no"],
    ["Keycard's", { message: "no", code: "forbidden", status: 403 }, "no", undefined, "forbidden"],
    ["problem details", { title: "no", status: 403 }, "no"],
    ["HTML", HTML, "an HTML page: 403 Forbidden"],
    ["HTML without a title", "<p>x", "an HTML page"],
    ["text", "no", "no"],
    ["a JSON text", '"no"', "no"],
    ["nothing", undefined, undefined],
    ["an empty array", [], undefined],
    ["null", "null", undefined],
    ["an empty message", [{ message: "", field: "x" }], undefined],
    ["an empty message with an id", [{ message: " ", error_id: "e-1" }], "e-1"],
    ["numbers", "[1]", "1"],
    ["strange things", '[[],{},{"message":{}},null]', undefined],
  ])("%s", async (_, body, message, field?: string, errorId?: string) => {
    const error = await sendGridError(403, body);
    expect(error).toMatchObject({ code: "provider.forbidden", status: 403, provider: "sendgrid" });
    expect(error.issues[0]?.message).toBe(message);
    expect(error.field).toBe(field);
    expect(error.providerErrorId).toBe(errorId);
    expect(error.message).toBe(
      `SendGrid refused to show the certificate (403): ${message ?? "no reason given"}.`,
    );
    expect(isSamlCertError(error, "provider.forbidden")).toBe(true);
  });

  it("is never thrown by, and bounded, whatever the body", () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (json, text) => {
        for (const issue of readIssues(text, json)) {
          expect(issue.message.length).toBeLessThanOrEqual(303);
          expect(issue.message).not.toMatch(/[\p{Cc}\u2028]/u);
        }
      }),
    );
    const many = readIssues(
      "",
      Array.from({ length: 9999 }, () => ({ message: "x".repeat(9999) })),
    );
    expect(many).toHaveLength(20);
  });

  it("cannot act upon a terminal", async () => {
    const error = await sendGridError(400, [{ message: "\u001b[2J\u0007gone\r\nnext\u202e" }]);
    expect(error.issues[0]?.message).toBe("[2J gone next");
  });

  it("carries the request id, the wait and plain data", async () => {
    const error = await sendGridError(429, undefined, {
      "x-request-id": "r-9",
      "retry-after": "3",
    });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "ProviderError",
      code: "provider.rate_limited",
      message: "SendGrid limits the request rate and did not show the certificate (429).",
      hint: "Wait for `retryAfterSeconds`, or raise `totalTimeoutMs`.",
      provider: "sendgrid",
      operation: "certificates.get",
      outcome: "not_applied",
      status: 429,
      issues: [],
      requestId: "r-9",
      retryable: true,
      retryAfterSeconds: 3,
      attempts: 1,
    });
  });
});

describe("hints know the provider", () => {
  it.each([
    [401, /SG\./],
    [403, /sso\.settings\.read.*create a new key.*Pro or Premier/],
    [404, /list the certificates/],
  ])("SendGrid %i", async (status, hint) => {
    expect((await sendGridError(status, NOT_FOUND)).hint).toMatch(hint);
  });

  it("names the scope of each operation", async () => {
    const { fetch } = scripted(answer(403));
    const client = createSendGridClient({ apiKey: "SG.key", fetch });
    const body = { email: "a@example.com", first_name: "A", last_name: "B" };
    const error = await rejection(client.teammates.create(body));
    expect(error.hint).toContain("sso.teammates.create");
  });

  it("Keycard 409, 404", async () => {
    const { fetch } = scripted(
      answer(409, { message: "x", code: "conflict", status: 409 }),
      answer(404, { message: "x", code: "not_found", status: 404 }),
    );
    const client = createKeycardClient({ credentials: { token: "token-1" }, fetch });
    const body = { identifier: "https://i", client_id: "c" };
    const conflict = await rejection(client.ssoConnection.enable("o", body));
    expect(conflict).toMatchObject({ code: "provider.conflict", providerErrorId: "conflict" });
    expect(conflict.hint).toContain("ensure");
    expect((await rejection(client.ssoConnection.update("o", {}))).hint).toContain("not enabled");
  });

  it("PandaStack 401", async () => {
    const { fetch } = scripted(answer(401, { error: "Unauthorized" }));
    const client = createPandaStackClient({ token: "psk_1", fetch });
    expect((await rejection(client.sso.list("1"))).hint).toContain("psk_");
  });
});
