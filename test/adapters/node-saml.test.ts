import type { SAML } from "@node-saml/node-saml";
import { describe, expect, it } from "vitest";
import type { FakeIdentityProvider } from "../../src/testing/index.ts";
import {
  createTrustedKeys,
  type FollowedProvider,
  type TenantKeys,
  type TrustedKeys,
} from "../../src/trusted-keys/index.ts";
import { loadPeer, requirePeer } from "../support/peers.ts";
import {
  ACS,
  atEnd,
  changeOfKeys,
  followed,
  programOf,
  SP,
  sourceOf,
  startIdp,
  temporaryFolder,
} from "./support.ts";

const ADA = "ada@example.com";
const response = (idp: FakeIdentityProvider, acsUrl = ACS): string =>
  idp.respond({ acsUrl, audience: SP });

describe("node-saml", () => {
  it("follows a change of keys with the program of the guide", async () => {
    interface Program {
      serviceProvider(
        url: string,
        entityId: string,
        folder: string,
      ): { saml: SAML; keys: TrustedKeys };
    }
    const idp = await startIdp();
    const { serviceProvider } = await programOf<Program>("node-saml");
    const { saml, keys } = serviceProvider(idp.metadataUrl, idp.entityId, temporaryFolder());
    atEnd(() => keys[Symbol.asyncDispose]());
    const signIn = async (): Promise<string> => {
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: response(idp) });
      return profile?.nameID ?? "";
    };
    expect(await changeOfKeys(idp, signIn, () => keys.refresh())).toEqual(followed(ADA));
  });

  it("reads the metadata when a key is unknown, and signs the person in", async () => {
    interface Program {
      signIn(
        saml: SAML,
        keys: TrustedKeys,
        response: string,
      ): Promise<{ profile: { nameID: string } }>;
    }
    interface Start {
      serviceProvider(
        url: string,
        entityId: string,
        folder: string,
      ): { saml: SAML; keys: TrustedKeys };
    }
    const idp = await startIdp();
    const { signIn } = await programOf<Program>("When a key is unknown");
    const { serviceProvider } = await programOf<Start>("node-saml");
    const { saml } = serviceProvider(idp.metadataUrl, idp.entityId, temporaryFolder());
    const keys = createTrustedKeys({
      ...sourceOf(idp),
      refresh: { unknownKeySeconds: 0.001 },
    });
    atEnd(() => keys[Symbol.asyncDispose]());
    await keys.refresh();
    Object.assign(saml.options, { idpCert: keys.idpCert });
    idp.publish([idp.certificate(), idp.next()]);
    idp.signWith(idp.next());
    expect((await signIn(saml, keys, response(idp))).profile.nameID).toBe(ADA);
    const stranger = await startIdp();
    await expect(signIn(saml, keys, response(stranger))).rejects.toThrow("Invalid");
  });
});

const PASSPORT = "@node-saml/passport-saml";
const passport = requirePeer(PASSPORT);

interface Strategy {
  authenticate(request: object, options: object): void;
}
interface PassportSaml {
  readonly MultiSamlStrategy: new (
    options: object,
    verify: (
      request: object,
      profile: { nameID: string },
      done: (e: null, user: object) => void,
    ) => void,
    logout: () => void,
  ) => Strategy;
}

describe.skipIf(passport.missing)(`passport-saml${passport.note}`, () => {
  it("follows the keys of each tenant with the program of the guide", async () => {
    interface Program {
      samlOptions(sourceOf: (tenant: string) => Promise<FollowedProvider | undefined>): {
        getSamlOptions: object;
        tenants: TenantKeys;
      };
    }
    const { MultiSamlStrategy } = await loadPeer<PassportSaml>(PASSPORT);
    const { samlOptions } = await programOf<Program>("passport-saml for many tenants");
    const idps = { acme: await startIdp(), globex: await startIdp() };
    const { getSamlOptions, tenants } = samlOptions(async (tenant) => {
      const idp = Object.hasOwn(idps, tenant) ? idps[tenant as "acme"] : undefined;
      return idp && sourceOf(idp);
    });
    atEnd(() => tenants[Symbol.asyncDispose]());
    const strategy = new MultiSamlStrategy(
      { passReqToCallback: true, getSamlOptions },
      (_request, { nameID }, done) => done(null, { nameID }),
      () => undefined,
    );
    const signIn = (tenant: string, by: FakeIdentityProvider): Promise<string> =>
      new Promise((resolve, reject) => {
        const attempt = Object.assign(Object.create(strategy), {
          success: ({ nameID }: { nameID: string }) => resolve(nameID),
          fail: () => reject(new Error("refused")),
          error: reject,
        }) as Strategy;
        const SAMLResponse = response(by, `${SP}/${tenant}/acs`);
        attempt.authenticate({ body: { SAMLResponse }, query: {}, params: { tenant } }, {});
      });
    const { acme, globex } = idps;
    const told = await changeOfKeys(
      acme,
      () => signIn("acme", acme),
      async () => (await tenants.ready("acme")).refresh(),
    );
    expect(told).toEqual(followed(ADA));
    expect(await signIn("globex", globex)).toBe(ADA);
    await expect(signIn("globex", acme)).rejects.toThrow();
    await expect(signIn("unknown", acme)).rejects.toThrow();
  });
});
