import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { SAML } from "@node-saml/node-saml";
import { Constants, IdentityProvider, ServiceProvider, setSchemaValidator } from "samlify";
import { formAfter, openBrowser } from "./browser.ts";
import type { IdentityProvider as Idp, KnownServiceProvider } from "./identity-providers.ts";

/** A service provider that takes the keys that a provider stores. */
export interface Sp {
  readonly name: string;
  /** Signs one person in, trusting these certificates. Rejects with the reason if it is refused. */
  signIn(keys: readonly string[], idp: Idp): Promise<void>;
  close(): Promise<void>;
}

/** The name and the address that these service providers share: nobody listens at the ACS URL. */
export const SP: KnownServiceProvider = {
  entityId: "https://sp.example.com",
  acsUrl: "http://127.0.0.1:7002/acs",
};

const asker = (entryPoint: string, idpCert: string | readonly string[]): SAML =>
  new SAML({
    ...{ entryPoint, idpCert: [...idpCert], issuer: SP.entityId, audience: SP.entityId },
    ...{ callbackUrl: SP.acsUrl, disableRequestedAuthnContext: true, identifierFormat: null },
  });

/** A Response of the identity provider to an AuthnRequest, through the browser of a person. */
async function responseOf({ signInUrl }: Idp): Promise<string> {
  // The request is not signed, and its key is not used.
  const url = await asker(signInUrl, ["A".repeat(64)]).getAuthorizeUrlAsync("", undefined, {});
  const browse = openBrowser();
  const form = await formAfter(browse, await browse(url));
  return form["SAMLResponse"] ?? "";
}

async function nothing(): Promise<void> {}

export function nodeSaml(): Sp {
  return {
    name: "node-saml",
    async signIn(keys, idp) {
      if (keys.length === 0) throw new Error("no certificate is stored");
      const SAMLResponse = await responseOf(idp);
      await asker(idp.signInUrl, keys).validatePostResponseAsync({ SAMLResponse });
    },
    close: nothing,
  };
}

export function samlify(issuer: string): Sp {
  setSchemaValidator({ validate: async () => "skipped" });
  const { redirect, post } = Constants.namespace.binding;
  const endpoint = (Location: string) => [{ Binding: redirect, Location }];
  const sp = ServiceProvider({
    entityID: SP.entityId,
    wantAssertionsSigned: true,
    authnRequestsSigned: false,
    assertionConsumerService: [{ Binding: post, Location: SP.acsUrl }],
  });
  return {
    name: "samlify",
    async signIn(keys, idp) {
      const SAMLResponse = await responseOf(idp);
      const trusted = IdentityProvider({
        entityID: issuer,
        signingCert: [...keys],
        singleSignOnService: endpoint(idp.signInUrl),
        singleLogoutService: endpoint(idp.signInUrl),
      });
      await sp.parseLoginResponse(trusted, "post", { body: { SAMLResponse } });
    },
    close: nothing,
  };
}

const body = (pem: string): string => pem.replaceAll(/-----[A-Z ]+-----|\s/g, "");

/** Two service providers of Python, in one process of it. */
export function python(issuer: string): readonly Sp[] {
  const script = join(import.meta.dirname, "service_providers.py");
  const child = spawn("/usr/bin/python3", [script], { stdio: ["pipe", "pipe", "ignore"] });
  const waiting: ((answer: { readonly reason?: string }) => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    waiting.shift()?.(JSON.parse(line));
  });
  child.once("exit", () => {
    for (const tell of waiting.splice(0)) tell({ reason: "Python has ended." });
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const close = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  return ["python3-saml", "pysaml2"].map((name) => ({
    name,
    async signIn(keys, idp) {
      const order = {
        ...{ sp: name, issuer, audience: SP.entityId, acs: SP.acsUrl, sso: idp.signInUrl },
        ...{ keys: keys.map(body), response: await responseOf(idp) },
      };
      const { reason } = await new Promise<{ readonly reason?: string }>((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${JSON.stringify(order)}\n`);
      });
      if (reason !== undefined) throw new Error(reason);
    },
    close,
  }));
}
