import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { createKeycardClient } from "../../src/providers/keycard/index.ts";
import { createPandaStackClient } from "../../src/providers/pandastack/index.ts";
import { createSendGridClient } from "../../src/providers/sendgrid/index.ts";
import { startFakeKeycard, startFakeSendGrid } from "../../src/testing/index.ts";
import { answer, rejection, type Sent, scripted, watch } from "./support.ts";

const PLANTED = "planted+secret/9f8e7d6c5b4a=";

/** All the ways in which a program shows a value. */
function shown(...values: unknown[]): string {
  const all = values.map((value) => [
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    String(value),
    JSON.stringify(value) ?? "",
    value instanceof Error ? `${value.stack}${inspect(value.cause)}` : "",
  ]);
  return all.flat().join("\n");
}

const FORMS = [
  PLANTED,
  encodeURIComponent(PLANTED),
  Buffer.from(PLANTED).toString("base64"),
  Buffer.from(PLANTED).toString("base64url"),
  Buffer.from(`id:${encodeURIComponent(PLANTED)}`).toString("base64"),
  "planted",
];

function expectClean(...values: unknown[]): void {
  const text = shown(...values);
  for (const form of FORMS) expect(text).not.toContain(form);
}

/** Servers and fetches that repeat what they were sent, in every way. */
const echo = (sent: Sent): string => {
  const authorization = sent.headers.get("authorization") ?? "";
  const token = authorization.split(" ")[1] ?? "";
  return [
    authorization,
    token,
    encodeURIComponent(token),
    Buffer.from(token).toString("base64"),
    sent.body,
  ].join(" ");
};

const HOSTILE: Readonly<Record<string, (sent: Sent) => Response>> = {
  "the documented array": (sent) =>
    answer(400, [{ message: echo(sent), field: echo(sent), error_id: echo(sent) }]),
  "{errors}": (sent) => answer(403, { errors: [{ message: echo(sent) }] }),
  "{error}": (sent) => answer(404, { error: echo(sent) }),
  "a field's name": (sent) => answer(400, { errors: { [echo(sent)]: [echo(sent)] } }),
  "an HTML page": (sent) => answer(502, `<title>${echo(sent)}</title>`),
  "plain text": (sent) => answer(401, echo(sent)),
  "a success that is no JSON": (sent) => answer(200, echo(sent)),
  "a success of another shape": (sent) => answer(200, { [echo(sent)]: echo(sent) }),
  "the request id": (sent) =>
    answer(500, "", {
      "x-request-id": (sent.headers.get("authorization") ?? "").split(" ")[1] ?? "",
    }),
  "an exception": (sent) => {
    const config = { headers: Object.fromEntries(sent.headers), body: sent.body };
    throw Object.assign(new Error(`request failed: ${echo(sent)}`), {
      config,
      code: `E_${PLANTED}`,
      cause: { code: echo(sent), headers: config.headers },
    });
  },
};

describe.each(Object.entries(HOSTILE))(
  "a provider that repeats the credential in %s",
  (_, step) => {
    const options = () => {
      const hooks = watch();
      return {
        hooks,
        options: {
          ...hooks,
          fetch: scripted(step).fetch,
          maxRetries: 1,
          sleep: async () => undefined,
        },
      };
    };

    it("leaks nothing of SendGrid's API key", async () => {
      const { hooks, options: given } = options();
      const client = createSendGridClient({ apiKey: PLANTED, onBehalfOf: "sub", ...given });
      const errors = [
        await rejection(client.integrations.list()),
        await rejection(client.certificates.list("x")),
        await rejection(client.integrations.update("x", { name: "y" })),
      ];
      expectClean(client, errors, ...errors, hooks);
    });

    it("leaks nothing of Keycard's client secret", async () => {
      const { hooks, options: given } = options();
      const credentials = { clientId: "id", clientSecret: PLANTED };
      const client = createKeycardClient({ credentials, ...given });
      const error = await rejection(client.ssoConnection.update("o", {}));
      expectClean(client, error, hooks);
    });

    it("leaks nothing of a Keycard token, nor of a connection's secret", async () => {
      const { hooks, options: given } = options();
      const client = createKeycardClient({ credentials: { token: PLANTED }, ...given });
      const body = { identifier: "i", client_id: "c", client_secret: PLANTED };
      const error = await rejection(client.ssoConnection.enable("o", body));
      expectClean(client, error, hooks);
      const other = createKeycardClient({ credentials: { token: "another-token" }, ...given });
      expectClean(await rejection(other.ssoConnection.update("o", { client_secret: PLANTED })));
    });

    it("leaks nothing of PandaStack's token", async () => {
      const { hooks, options: given } = options();
      const client = createPandaStackClient({ token: PLANTED, ...given });
      const decode = (body: unknown): never => {
        throw new Error(JSON.stringify(body));
      };
      const error = await rejection(
        client.sso.create("1", { slug: "x", client_secret: PLANTED }, { decode }),
      );
      expectClean(client, error, hooks);
    });
  },
);

describe("credentials that no header can hold", () => {
  it.each([`${PLANTED}\nx`, `${PLANTED}\u0000`, `${PLANTED} x`, "", "   ", `é${PLANTED}`])(
    "are refused without being repeated: %j",
    (secret) => {
      for (const make of [
        () => createSendGridClient({ apiKey: secret }),
        () => createKeycardClient({ credentials: { token: secret } }),
        () => createKeycardClient({ credentials: { clientId: "id", clientSecret: secret } }),
        () => createPandaStackClient({ token: secret }),
      ]) {
        expect(make).toThrowError(expect.objectContaining({ code: "provider.credential" }));
        try {
          make();
        } catch (error) {
          expectClean(error);
        }
      }
    },
  );

  it("lose the line break that a file ends with", async () => {
    const { fetch, sent } = scripted(answer(200, []));
    await createSendGridClient({ apiKey: `${PLANTED}\r\n`, fetch }).integrations.list();
    expect(sent[0]?.headers.get("authorization")).toBe(`Bearer ${PLANTED}`);
  });
});

describe("the fakes", () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const fake of open.splice(0)) await fake.close();
  });

  it("keep credentials out of their logs", async () => {
    const sendGrid = await startFakeSendGrid({ apiKey: PLANTED });
    const keycard = await startFakeKeycard({
      serviceAccount: { clientId: "id", clientSecret: PLANTED },
    });
    open.push(sendGrid, keycard);
    await createSendGridClient({ apiKey: PLANTED, baseUrl: sendGrid.url }).integrations.list();
    const client = createKeycardClient({
      baseUrl: keycard.url,
      credentials: { clientId: "id", clientSecret: PLANTED },
    });
    await client.ssoConnection.enable("o", {
      identifier: "i",
      client_id: "c",
      client_secret: PLANTED,
    });
    expect(keycard.state.connections.get("o")?.client_secret).toBe(PLANTED);
    expectClean(sendGrid.requests, keycard.requests);
  });

  it("a weak connection secret tears no hole into what is read", async () => {
    const keycard = await startFakeKeycard({ token: PLANTED });
    open.push(keycard);
    const client = createKeycardClient({ baseUrl: keycard.url, credentials: { token: PLANTED } });
    const identifier = "https://example.com/secret-word";
    const body = { identifier, client_id: "c", client_secret: "secret-word" };
    expect((await client.ssoConnection.enable("o", body)).identifier).toBe(identifier);
  });

  it("a hundred connection secrets push out none of the client's own", async () => {
    const { fetch } = scripted((sent) => answer(400, [{ message: echo(sent) }]));
    const client = createKeycardClient({ credentials: { token: PLANTED }, fetch });
    for (let i = 0; i < 100; i++) {
      await rejection(client.ssoConnection.update("o", { client_secret: `secret-number-${i}` }));
    }
    expectClean(await rejection(client.ssoConnection.update("o", {})));
  });
});
