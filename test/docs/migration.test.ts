import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import {
  bindings,
  buildIdentityProviderMetadata,
  nameIdFormats,
} from "../../src/metadata/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";
import { load, sectionBlock } from "./support/programs.ts";

const GUIDE = "docs/guides/move-from-other-readers.md";
const require = createRequire(import.meta.url);

interface Provider {
  readonly entityId: string;
  readonly signInUrl: string | undefined;
  readonly signInPostUrl: string | undefined;
  readonly logoutUrl: string | undefined;
  readonly nameIdFormats: readonly string[];
  readonly wantsSignedRequests: boolean;
  readonly signing: readonly { readonly derBase64: string }[];
  readonly encryption: readonly { readonly derBase64: string }[];
}
type Read = (xml: string, entityId?: string) => Provider;

let readProvider: Read;
let xml = "";
let aggregate = "";

beforeAll(async () => {
  ({ readProvider } = await load<{ readProvider: Read }>(
    sectionBlock(GUIDE, "One reader for both"),
  ));
  const [now, next, crypt] = await Promise.all(
    ["now", "next", "crypt"].map(
      async (CN) => (await createTestCertificate({ subject: { CN } })).pem,
    ),
  );
  const at = (binding: "post" | "redirect", path: string) => ({
    binding: bindings[binding],
    location: `https://idp.example.com/${path}/${binding}`,
  });
  const entity = (entityId: string): string =>
    buildIdentityProviderMetadata({
      entityId,
      singleSignOnServices: [at("redirect", "sso"), at("post", "sso")],
      singleLogoutServices: [at("redirect", "slo")],
      signingCertificates: [now ?? "", next ?? ""],
      encryptionCertificates: [crypt ?? ""],
      nameIdFormats: [nameIdFormats.emailAddress],
      wantAuthnRequestsSigned: true,
    });
  xml = entity("https://idp.example.com");
  const members = [xml, entity("https://b.example.com")].map((one) =>
    one.replace(/<\?xml.*?>/, ""),
  );
  aggregate = `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${members.join("")}</md:EntitiesDescriptor>`;
});

const der = (list: Provider["signing"]): string[] => list.map(({ derBase64 }) => derBase64);

describe("the reader of the migration guide", () => {
  test("reads the values of passport-saml-metadata", async () => {
    const { MetadataReader, toPassportConfig } = require("passport-saml-metadata");
    const [reader, provider] = [new MetadataReader(xml), readProvider(xml)];
    expect(provider.entityId).toBe(reader.entityId);
    expect(provider.signInUrl).toBe(reader.identityProviderUrl);
    expect(provider.logoutUrl).toBe(reader.logoutUrl);
    expect(provider.nameIdFormats[0]).toBe(reader.identifierFormat);
    expect(der(provider.signing)).toEqual(reader.signingCerts);
    expect(der(provider.encryption)).toEqual(reader.encryptionCerts);
    const posted = new MetadataReader(xml, { authnRequestBinding: "HTTP-POST" });
    expect(provider.signInPostUrl).toBe(posted.identityProviderUrl);
    const { passportConfig } = await load<{ passportConfig(one: Provider): object }>(
      sectionBlock(GUIDE, "From passport-saml-metadata"),
    );
    expect(toPassportConfig(reader, { multipleCerts: true })).toMatchObject(
      passportConfig(provider),
    );
  });

  test("reads the values of samlify", () => {
    const samlify = require("samlify");
    const [meta, provider] = [
      samlify.IdentityProvider({ metadata: xml }).entityMeta,
      readProvider(xml),
    ];
    expect(provider.entityId).toBe(meta.getEntityID());
    expect(der(provider.signing)).toEqual(meta.getX509Certificate("signing"));
    expect(der(provider.encryption)).toEqual([meta.getX509Certificate("encryption")]);
    expect(provider.signInUrl).toBe(meta.getSingleSignOnService("redirect"));
    expect(provider.signInPostUrl).toBe(meta.getSingleSignOnService("post"));
    expect(provider.logoutUrl).toBe(meta.getSingleLogoutService("redirect"));
    expect(provider.nameIdFormats).toEqual([meta.getNameIDFormat()].flat());
    expect(provider.wantsSignedRequests).toBe(meta.isWantAuthnRequestsSigned());
  });

  test("asks which identity provider of an aggregate is meant", () => {
    expect(() => readProvider(aggregate)).toThrow("https://b.example.com");
    expect(readProvider(aggregate, "https://b.example.com").signing).toHaveLength(2);
    expect(() => readProvider(xml, "https://c.example.com")).toThrow("Name one of these");
  });
});
