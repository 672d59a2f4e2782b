import * as samlify from "samlify";
import { describe, expect, it, vi } from "vitest";
import type { TrustedKeys } from "../../src/trusted-keys/index.ts";
import { ACS, changeOfKeys, followed, keysOf, programOf, SP, startIdp } from "./support.ts";

describe("samlify", () => {
  it("follows a change of keys with the program of the guide", async () => {
    interface Program {
      identityProvider(
        keys: TrustedKeys,
        url: string,
      ): () => ReturnType<typeof samlify.IdentityProvider>;
    }
    vi.spyOn(console, "warn").mockReturnValue();
    samlify.setSchemaValidator({ validate: async () => "skipped" });
    const idp = await startIdp();
    const keys = await keysOf(idp);
    const { identityProvider } = await programOf<Program>("samlify");
    const trusted = identityProvider(keys, idp.signInUrl);
    const sp = samlify.ServiceProvider({
      entityID: SP,
      wantAssertionsSigned: true,
      authnRequestsSigned: false,
      assertionConsumerService: [
        { Binding: samlify.Constants.namespace.binding.post, Location: ACS },
      ],
    });
    const signIn = async (): Promise<string> => {
      const SAMLResponse = idp.respond({ acsUrl: ACS, audience: SP });
      const { extract } = await sp.parseLoginResponse(trusted(), "post", {
        body: { SAMLResponse },
      });
      return extract.nameID ?? "";
    };
    expect(await changeOfKeys(idp, signIn, () => keys.refresh())).toEqual(
      followed("ada@example.com"),
    );
    expect(trusted()).toBe(trusted());
  });
});
