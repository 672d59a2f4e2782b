import { describe, expect, it, vi } from "vitest";
import type { TrustedKeys } from "../../src/trusted-keys/index.ts";
import { loadPeer, requirePeer } from "../support/peers.ts";
import { changeOfKeys, followed, keysOf, programOf, startIdp } from "./support.ts";

const betterAuthPeer = requirePeer("@better-auth/sso");

interface Auth {
  handler(request: Request): Promise<Response>;
  readonly $context: Promise<{ readonly adapter: object }>;
}

const BASE = "http://127.0.0.1:7301";
const ACS = `${BASE}/api/auth/sso/saml2/sp/acs/acme`;

describe.skipIf(betterAuthPeer.missing)(`better-auth${betterAuthPeer.note}`, () => {
  it("follows a change of keys with the program of the guide", async () => {
    interface Program {
      updateBetterAuth(keys: TrustedKeys, adapter: object, providerId: string): Promise<void>;
    }
    vi.spyOn(console, "warn").mockReturnValue();
    const [{ betterAuth }, { memoryAdapter }, { sso }] = await Promise.all([
      loadPeer<{ betterAuth: (options: object) => Auth }>("better-auth"),
      loadPeer<{ memoryAdapter: (tables: object) => object }>("better-auth/adapters/memory"),
      loadPeer<{ sso: () => object }>("@better-auth/sso"),
    ]);
    const idp = await startIdp();
    const keys = await keysOf(idp);
    const { updateBetterAuth } = await programOf<Program>("better-auth");
    const tables = { user: [], session: [], account: [], verification: [], ssoProvider: [] };
    const auth = betterAuth({
      baseURL: BASE,
      secret: "x".repeat(40),
      database: memoryAdapter(tables),
      emailAndPassword: { enabled: true },
      plugins: [sso()],
      rateLimit: { enabled: false },
      logger: { disabled: true },
    });
    const call = (path: string, body: object, cookie = ""): Promise<Response> =>
      auth.handler(
        new Request(`${BASE}/api/auth${path}`, {
          method: "POST",
          headers: { "content-type": "application/json", origin: BASE, cookie },
          body: JSON.stringify(body),
        }),
      );
    const cookiesOf = ({ headers }: Response): string =>
      headers
        .getSetCookie()
        .map((one) => one.split(";")[0])
        .join("; ");
    const person = { email: "admin@example.com", password: "password-1234", name: "A" };
    const admin = cookiesOf(await call("/sign-up/email", person));
    const registered = await call(
      "/sso/register",
      {
        providerId: "acme",
        issuer: `${BASE}/sp`,
        domain: "example.com",
        samlConfig: {
          issuer: `${BASE}/sp`,
          entryPoint: idp.signInUrl,
          cert: idp.certificate().pem,
          callbackUrl: `${BASE}/done`,
          audience: `${BASE}/sp`,
          wantAssertionsSigned: true,
          idpMetadata: { entityID: idp.entityId },
          spMetadata: {},
          mapping: { email: "email", name: "email" },
        },
      },
      admin,
    );
    expect(registered.status).toBe(200);
    const signIn = async (): Promise<string> => {
      const begun = await call("/sign-in/sso", { providerId: "acme", callbackURL: `${BASE}/done` });
      const { url } = (await begun.json()) as { url: string };
      const html = await (await fetch(url)).text();
      const fieldOf = (name: string): string =>
        new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
      const answer = await auth.handler(
        new Request(ACS, {
          method: "POST",
          headers: {
            "content-type": "application/x-www-form-urlencoded",
            origin: new URL(idp.signInUrl).origin,
            cookie: cookiesOf(begun),
          },
          body: new URLSearchParams({
            SAMLResponse: fieldOf("SAMLResponse"),
            RelayState: fieldOf("RelayState"),
          }),
        }),
      );
      return cookiesOf(answer).includes("session_token=") ? "session" : "refused";
    };
    const follow = async (): Promise<void> => {
      await keys.refresh();
      await updateBetterAuth(keys, (await auth.$context).adapter, "acme");
    };
    expect(await changeOfKeys(idp, signIn, follow)).toEqual(followed("session"));
  });
});
