import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FakeIdentityProvider } from "../../src/testing/index.ts";
import type { TrustedKeys } from "../../src/trusted-keys/index.ts";
import { ACS, atEnd, changeOfKeys, followed, programOf, SP, startIdp } from "./support.ts";

afterEach(() => vi.unstubAllEnvs());

type Post = (form: URLSearchParams) => Promise<Response>;

/** Signs in with the identity provider's Response; the person, or a refusal. */
function signInAt(idp: FakeIdentityProvider, post: Post): () => Promise<string> {
  return async () => {
    const SAMLResponse = idp.respond({ acsUrl: ACS, audience: SP });
    const answer = await post(new URLSearchParams({ SAMLResponse }));
    const { user } = (await answer.json()) as { user?: string };
    return answer.status === 200 && user !== undefined ? user : `refused`;
  };
}

describe("the complete services of the guide", () => {
  it("Express starts, asks the identity provider, and follows a change of keys", async () => {
    interface Program {
      expressApp(
        url: string,
        entityId: string,
        entryPoint: string,
      ): Promise<{
        app: { listen(port: number, host: string): Server };
        keys: TrustedKeys;
      }>;
    }
    const idp = await startIdp();
    const { expressApp } = await programOf<Program>("Express");
    const { app, keys } = await expressApp(idp.metadataUrl, idp.entityId, idp.signInUrl);
    atEnd(() => keys[Symbol.asyncDispose]());
    const server = app.listen(0, "127.0.0.1");
    atEnd(() => server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const page = await (await fetch(`${url}/login`)).text();
    expect(page).toContain('name="SAMLResponse"');
    const signIn = signInAt(idp, (body) => fetch(`${url}/acs`, { method: "POST", body }));
    expect(await changeOfKeys(idp, signIn, () => keys.refresh())).toEqual(
      followed("ada@example.com"),
    );
  });

  it("Fastify starts, asks the identity provider, and follows a change of keys", async () => {
    interface Program {
      fastifyApp(
        url: string,
        entityId: string,
        entryPoint: string,
      ): Promise<{
        app: { listen(options: object): Promise<string>; close(): Promise<void> };
        keys: TrustedKeys;
      }>;
    }
    const idp = await startIdp();
    const { fastifyApp } = await programOf<Program>("Fastify");
    const { app, keys } = await fastifyApp(idp.metadataUrl, idp.entityId, idp.signInUrl);
    atEnd(() => app.close());
    const url = await app.listen({ port: 0, host: "127.0.0.1" });
    const page = await (await fetch(`${url}/login`)).text();
    expect(page).toContain('name="SAMLResponse"');
    const signIn = signInAt(idp, (body) => fetch(`${url}/acs`, { method: "POST", body }));
    expect(await changeOfKeys(idp, signIn, () => keys.refresh())).toEqual(
      followed("ada@example.com"),
    );
  });

  it("the route handler of Next.js signs a person in, and refuses a stranger's Response", async () => {
    interface Program {
      POST(request: Request): Promise<Response>;
    }
    const [idp, stranger] = [await startIdp(), await startIdp()];
    vi.stubEnv("IDP_METADATA_URL", idp.metadataUrl);
    vi.stubEnv("IDP_ENTITY_ID", idp.entityId);
    const { POST } = await programOf<Program>("Next\\.js");
    const post: Post = (body) => POST(new Request(ACS, { method: "POST", body }));
    expect(await signInAt(idp, post)()).toBe("ada@example.com");
    expect(await signInAt(stranger, post)()).toBe("refused");
  });
});
