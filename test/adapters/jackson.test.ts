import { describe, expect, it } from "vitest";
import type { TrustedKeys } from "../../src/trusted-keys/index.ts";
import { loadPeer, requirePeer } from "../support/peers.ts";
import { atEnd, changeOfKeys, followed, keysOf, programOf, startIdp } from "./support.ts";

const JACKSON = "@boxyhq/saml-jackson";
const jackson = requirePeer(JACKSON);

type Fields = Readonly<Record<string, string>>;
interface Controllers {
  readonly connectionAPIController: {
    createSAMLConnection(connection: Fields): Promise<Fields>;
    updateSAMLConnection(connection: Fields): Promise<unknown>;
  };
  readonly oauthController: {
    authorize(request: Fields): Promise<{ redirect_url: string }>;
    samlResponse(response: Fields): Promise<{ redirect_url: string }>;
  };
  close?(): Promise<void>;
}
type Make = (options: object) => Promise<Controllers>;
interface Jackson {
  /** A CommonJS module, which a loader may have unwrapped. */
  readonly default: Make | { readonly default: Make };
}

describe.skipIf(jackson.missing)(`saml-jackson${jackson.note}`, () => {
  it("follows a change of keys with the program of the guide", async () => {
    interface Program {
      updateJackson(
        keys: TrustedKeys,
        connections: object,
        connection: Fields,
        url: string,
      ): Promise<void>;
    }
    const { default: found } = await loadPeer<Jackson>(JACKSON);
    const make = typeof found === "function" ? found : found.default;
    const silent = { info: () => undefined, error: () => undefined, warn: () => undefined };
    const { connectionAPIController, oauthController, close } = await make({
      externalUrl: "http://127.0.0.1:5225",
      samlAudience: "https://saml.boxyhq.com",
      samlPath: "/api/oauth/saml",
      db: { engine: "mem" },
      noAnalytics: true,
      clientSecretVerifier: "dummy",
      logger: silent,
    });
    atEnd(() => close?.());
    const idp = await startIdp();
    const keys = await keysOf(idp);
    const { updateJackson } = await programOf<Program>("saml-jackson");
    const login = "http://127.0.0.1:3366/login";
    const connection = {
      tenant: "acme.com",
      product: "p",
      redirectUrl: '["http://127.0.0.1:3366/*"]',
      defaultRedirectUrl: login,
    };
    const rawMetadata = idp.metadata();
    const { clientID = "", clientSecret = "" } = await connectionAPIController.createSAMLConnection(
      {
        ...connection,
        rawMetadata,
      },
    );
    const follow = async (): Promise<void> => {
      await keys.refresh();
      const all = { ...connection, clientID, clientSecret };
      await updateJackson(keys, connectionAPIController, all, idp.signInUrl);
    };
    const signIn = async (): Promise<string> => {
      const { redirect_url } = await oauthController.authorize({
        client_id: clientID,
        redirect_uri: login,
        response_type: "code",
        state: "s",
        code_challenge: "",
        code_challenge_method: "",
      });
      const html = await (await fetch(redirect_url)).text();
      const [, SAMLResponse = ""] = /name="SAMLResponse" value="([^"]*)"/.exec(html) ?? [];
      const RelayState = new URL(redirect_url).searchParams.get("RelayState") ?? "";
      const answer = await oauthController.samlResponse({ SAMLResponse, RelayState });
      return new URL(answer.redirect_url).searchParams.has("code") ? "code" : "refused";
    };
    expect(await changeOfKeys(idp, signIn, follow)).toEqual(followed("code"));
  });
});
