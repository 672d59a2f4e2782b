import { expect, test } from "vitest";
import { createPandaStackClient } from "../../src/providers/pandastack/index.ts";
import { scripted } from "./support.ts";

function answer(depth: number, status: number, opening = "["): Response {
  const body = `${opening.repeat(depth)}1${"]".repeat(depth)}`;
  return new Response(body, { status, headers: { "content-type": "application/json" } });
}

test.each([200, 400])("an answer (%i) that is nested too deeply cannot be read", async (status) => {
  const { fetch } = scripted(() => answer(200_000, status));
  const client = createPandaStackClient({ token: "a-token-of-a-test", fetch });
  const code = status === 200 ? "provider.unreadable" : expect.any(String);
  await expect(client.sso.list("1")).rejects.toThrow(expect.objectContaining({ code }));
});

test("one that is nested as answers are is read", async () => {
  const { fetch } = scripted(() => answer(50, 200));
  const client = createPandaStackClient({ token: "a-token-of-a-test", fetch });
  expect(JSON.stringify(await client.sso.list("1"))).toHaveLength(101);
});

test.each(['["]",', '["\\"]",'])("brackets in strings close nothing: %s", async (opening) => {
  const { fetch } = scripted(() => answer(200_000, 200, opening));
  const client = createPandaStackClient({ token: "a-token-of-a-test", fetch });
  const code = "provider.unreadable";
  await expect(client.sso.list("1")).rejects.toThrow(expect.objectContaining({ code }));
});
