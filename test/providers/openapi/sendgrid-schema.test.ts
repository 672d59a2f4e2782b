import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createSendGridClient } from "../../../src/providers/sendgrid/index.ts";
import { operations } from "../../../src/providers/sendgrid/operations.ts";
import { type SendGridQuirks, startFakeSendGrid } from "../../../src/testing/index.ts";
import { rejection } from "../support.ts";
import { checkedFetch } from "./checked-fetch.ts";
import { specFolder } from "./prism.ts";
import { integration, liveThrough } from "./sendgrid-life.ts";

const SPEC = "sendgrid-sso.openapi.json";
const missing = !existsSync(`${specFolder}/${SPEC}`);
const note = missing ? " [skipped: SAMLCERT_SPEC is not set]" : "";

async function through(quirks: Partial<SendGridQuirks>, strict: boolean) {
  const fake = await startFakeSendGrid({ quirks });
  const checked = checkedFetch(SPEC);
  const client = createSendGridClient({
    apiKey: "SG.key",
    baseUrl: fake.url,
    fetch: checked.fetch,
    strict,
  });
  return { fake, client, ...checked };
}

describe.skipIf(missing)(`SendGrid's OpenAPI document, held against each exchange${note}`, () => {
  it("no request and no answer departs from it, not even by a field that it does not name", async () => {
    const { fake, client, departures, called } = await through({}, true);
    await liveThrough(client);
    expect(departures).toEqual([]);
    expect(called.size).toBe(Object.keys(operations).length);
    await fake.close();
  });

  it("each quirk of an answer does depart from it: the check is not blind", async () => {
    const quirks: readonly Partial<SendGridQuirks>[] = [
      { certificateId: "text" },
      { integrationIdField: "integration_id" },
      { times: "text" },
      { absent: "null" },
      { certificateDelete: 204 },
    ];
    for (const quirk of quirks) {
      const { fake, client, departures } = await through(quirk, false);
      await liveThrough(client);
      expect(departures, JSON.stringify(quirk)).not.toEqual([]);
      await fake.close();
    }
  });

  it("refusals have the documented shape: 400, 401, 403, 429", async () => {
    const quirks: readonly Partial<SendGridQuirks>[] = [
      {},
      { forbidden: true },
      { rateLimit: { limit: 0, windowSeconds: 3600 } },
    ];
    for (const quirk of quirks) {
      const { fake, client, departures } = await through(quirk, false);
      const error = await rejection(
        client.integrations.create({ ...integration, name: undefined as never }),
      );
      expect([400, 403, 429]).toContain(error.status);
      // The request is wrong on purpose; the answer must be right.
      expect(departures.filter((one) => !one.includes("request:"))).toEqual([]);
      await fake.close();
    }
  });
});
