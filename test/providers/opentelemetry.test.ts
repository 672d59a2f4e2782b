import { describe, expect, it } from "vitest";
import { createSendGridClient, type Hooks } from "../../src/providers/sendgrid/index.ts";
import { answer, fakeClock, networkError, rejection, scripted } from "./support.ts";

// By a name that the compiler does not follow: the recipe imports the package as its users do.
const recipe: string = "../../docs/recipes/opentelemetry.ts";
const { tracingHooks } = (await import(recipe)) as { tracingHooks(tracer: object): Hooks };

/** A tracer that keeps what it is told. */
function recorder() {
  const spans: {
    name: string;
    attributes: Record<string, unknown>;
    ended: number;
    failed: boolean;
  }[] = [];
  const startSpan = (name: string, { attributes }: { attributes: Record<string, unknown> }) => {
    const span = { name, attributes: { ...attributes }, ended: 0, failed: false };
    spans.push(span);
    return {
      setAttribute: (key: string, value: unknown) => {
        span.attributes[key] = value;
      },
      setStatus: () => {
        span.failed = true;
      },
      end: () => {
        span.ended += 1;
      },
    };
  };
  return { spans, tracer: { startSpan } };
}

describe("the OpenTelemetry recipe", () => {
  it("makes one span of each attempt, and ends it", async () => {
    const { spans, tracer } = recorder();
    const { fetch } = scripted(
      answer(503),
      networkError("ECONNRESET"),
      answer(200, [], { "x-request-id": "r" }),
    );
    const hooks = tracingHooks(tracer);
    const client = createSendGridClient({
      apiKey: "SG.planted",
      fetch,
      ...fakeClock().options,
      ...hooks,
    });
    await client.certificates.list("b0b98502-9408-4b24-9e3d-31ed7cb15312");
    expect(spans.map(({ name }) => name)).toEqual(
      Array.from({ length: 3 }, () => "GET /v3/sso/integrations/{integration_id}/certificates"),
    );
    expect(spans.map(({ ended, failed }) => [ended, failed])).toEqual([
      [1, true],
      [1, true],
      [1, false],
    ]);
    expect(spans.map(({ attributes }) => attributes["http.request.resend_count"])).toEqual([
      0, 1, 2,
    ]);
    expect(spans[2]?.attributes).toMatchObject({
      "http.response.status_code": 200,
      "samlcert.operation": "sendgrid.certificates.list",
      "samlcert.request_id": "r",
      "server.address": "api.sendgrid.com",
    });
    expect(JSON.stringify(spans)).not.toContain("planted");
  });

  it("ends the span of a call that was never answered", async () => {
    const { spans, tracer } = recorder();
    const { fetch } = scripted(() => new Promise<Response>(() => undefined));
    const options = { apiKey: "SG.key", fetch, timeoutMs: 20, maxRetries: 0 };
    await rejection(
      createSendGridClient({ ...options, ...tracingHooks(tracer) }).integrations.list(),
    );
    expect(spans.map(({ ended }) => ended)).toEqual([1]);
    expect(spans[0]?.attributes["error.type"]).toBe("provider.timeout");
  });
});
