import { describe, expect, it } from "vitest";
import { createKeycardClient } from "../../src/providers/keycard/index.ts";
import { createPandaStackClient } from "../../src/providers/pandastack/index.ts";
import {
  createSendGridClient,
  sendGridCertificateStore,
} from "../../src/providers/sendgrid/index.ts";
import { createMetadataSource } from "../../src/trusted-keys/index.ts";
import { answer, rejection, scripted } from "./support.ts";

/** A misspelt option, out of the compiler's sight: it would refuse it. */
const misspelt: object = { timeoutMS: 1 };

const { fetch, sent } = scripted(answer(200, []));
const client = createSendGridClient({ apiKey: "SG.key", fetch });
const keycard = createKeycardClient({ credentials: { token: "t" }, fetch });
const panda = createPandaStackClient({ token: "psk_1", fetch });
const store = sendGridCertificateStore(client, "i");

describe("an unknown option is refused with a suggestion by", () => {
  it.each([
    ["createSendGridClient", "baseURL", "baseUrl", { apiKey: "SG.key", baseURL: "x" }],
    ["createSendGridClient", "timeout", "timeoutMs", { apiKey: "SG.key", timeout: 1 }],
  ])("%s: %s", (name, wrong, near, options) => {
    expect(() => createSendGridClient(options)).toThrow(
      new TypeError(`${name} has no option "${wrong}". Did you mean "${near}"?`),
    );
  });

  it("createKeycardClient, createPandaStackClient and createMetadataSource", () => {
    const baseURL = "https://example.com";
    const credentials = { token: "t" };
    const message = /has no option "(?:baseURL|ulr)"\. Did you mean "(?:baseUrl|url)"\?$/;
    for (const create of [
      () => createKeycardClient({ credentials, ...{ baseURL } }),
      () => createPandaStackClient({ token: "psk_1", ...{ baseURL } }),
      () => createMetadataSource(Object({ ulr: baseURL })),
    ]) {
      expect(create).toThrow(message);
    }
  });

  it.each([
    ["certificates.list", () => client.certificates.list("i", misspelt)],
    ["certificates.get", () => client.certificates.get("i", misspelt)],
    ["certificates.delete", () => client.certificates.delete("i", misspelt)],
    ["certificates.ensure", () => client.certificates.ensure("i", "x", misspelt)],
    ["integrations.list", () => client.integrations.list(misspelt)],
    ["integrations.delete", () => client.integrations.delete("i", misspelt)],
    ["ssoConnection.retrieve", () => keycard.ssoConnection.retrieve("o", misspelt)],
    ["ssoConnection.disable", () => keycard.ssoConnection.disable("o", misspelt)],
    ["sso.list", () => panda.sso.list("o", misspelt)],
  ])("%s", async (name, call) => {
    const error = await rejection(call());
    expect(error).toEqual(
      new TypeError(`${name} has no option "timeoutMS". Did you mean "timeoutMs"?`),
    );
    expect(sent).toEqual([]);
  });

  it("the store's methods", async () => {
    const error = await rejection(store.list(Object({ sginal: 1 })));
    expect(error.message).toBe('store.list has no option "sginal". Did you mean "signal"?');
  });
});

describe("an option of the wrong kind is refused", () => {
  it.each([
    [{ strict: "true" }, "strict must be true or false."],
    [{ region: "us" }, 'region must be one of "global", "eu".'],
    [{ maxRetries: -1 }, "maxRetries must be a number, 0 or greater."],
    [{ clock: 1 }, "clock must be a function."],
    [{ onBehalfOf: 7 }, "onBehalfOf must be a string."],
  ])("%j", (options, message) => {
    const given = { apiKey: "SG.key", ...options };
    expect(() => Reflect.apply(createSendGridClient, undefined, [given])).toThrow(
      new TypeError(message),
    );
  });

  it("{ allowPrivateAddresses: 1 } permits nothing", () => {
    const given = { url: "https://idp.example.com/", allowPrivateAddresses: 1 };
    expect(() => Reflect.apply(createMetadataSource, undefined, [given])).toThrow(
      new TypeError("allowPrivateAddresses must be true or false."),
    );
  });
});
