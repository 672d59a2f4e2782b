import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  buildIdentityProviderMetadata,
  buildServiceProviderMetadata,
  identityProviderFromIntegration,
  serviceProviderFromIntegration,
  serviceProviderPresets,
} from "../../../src/metadata/index.ts";
import { signMetadata } from "../../../src/signature/index.ts";
import { createTestCertificate, type TestCertificate } from "../../../src/testing/index.ts";
import { readers } from "./readers.ts";

let folder: string;
let signer: TestCertificate;
let pems: readonly string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "samlcert-"));
  signer = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
  const made = await Promise.all(
    ["now", "next"].map((CN) => createTestCertificate({ subject: { CN } })),
  );
  pems = made.map(({ certificate }) => certificate.pem);
});

afterAll(() => rmSync(folder, { recursive: true }));

const spEntity = "https://sp.example.com/saml?a=1&b=2";
const idpEntity = "https://idp.example.com/saml";
const acs = "https://sp.example.com/acs";
const sso = "https://idp.example.com/sso";
const more = {
  validUntil: 2_000_000_000,
  cacheDuration: 21_600,
  organization: { name: [{ lang: "en", value: "Example & Söhne" }], url: "https://example.com/" },
  contacts: [
    { contactType: "technical" as const, emailAddresses: ["sso@example.com"] },
    { contactType: "security" as const, emailAddresses: ["security@example.com"] },
  ],
  ui: {
    displayName: "Example <1>",
    logos: [{ value: "https://example.com/l.png", height: 16, width: 16 }],
  },
  entityCategories: ["http://refeds.org/category/research-and-scholarship"],
};

const sign = (xml: string): string =>
  signMetadata(xml, { privateKey: signer.privateKeyPem, certificate: signer.certificate });

/** Service provider metadata by what it is for. */
const serviceProviders: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(
    Object.entries(serviceProviderPresets).map(([name, preset]) => [
      `the preset ${name}`,
      (): string =>
        buildServiceProviderMetadata({
          ...preset,
          entityId: spEntity,
          assertionConsumerServices: [acs],
          signingCertificates: pems,
          encryptionCertificates: pems.slice(1),
        }),
    ]),
  ),
  everything: () =>
    buildServiceProviderMetadata({
      ...more,
      entityId: spEntity,
      assertionConsumerServices: [acs, { location: "https://sp.example.com/acs2", index: 7 }],
      singleLogoutServices: ["https://sp.example.com/slo"],
      signingCertificates: pems,
      encryptionCertificates: pems,
      attributeConsumingServices: [
        {
          index: 0,
          serviceNames: [{ lang: "en", value: "Example" }],
          requestedAttributes: [{ name: "urn:oid:0.9.2342.19200300.100.1.3", isRequired: true }],
        },
      ],
    }),
  "a signed document": () => sign(serviceProviders["everything"]?.() ?? ""),
  "an integration": () =>
    buildServiceProviderMetadata(
      serviceProviderFromIntegration(
        { entity_id: "http://www.okta.com/exk1", single_signon_url: acs, audience_url: spEntity },
        { signingCertificates: pems, format: "compact" },
      ),
    ),
};

/** Identity provider metadata by what it is for. */
const identityProviders: Readonly<Record<string, () => string>> = {
  everything: () =>
    buildIdentityProviderMetadata({
      ...more,
      entityId: idpEntity,
      singleSignOnServices: [sso],
      singleLogoutServices: ["https://idp.example.com/slo"],
      signingCertificates: pems,
      nameIdFormats: ["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"],
      roleExtensions: { scopes: [{ value: "example.com", regexp: false }] },
    }),
  "a signed document": () => sign(identityProviders["everything"]?.() ?? ""),
  "an integration": () =>
    buildIdentityProviderMetadata(
      identityProviderFromIntegration({ entity_id: idpEntity, signin_url: sso }, pems),
    ),
};

// A program that is not installed is not tried; those from npm always are.
describe.each(readers.filter(({ isThere }) => isThere))("$name reads", ({ roles, read }) => {
  const sp = roles.includes("sp") ? Object.entries(serviceProviders) : [];
  const idp = roles.includes("idp") ? Object.entries(identityProviders) : [];
  const cases = [
    ...sp.map(([what, build]) => ["sp", what, build, spEntity, acs] as const),
    ...idp.map(([what, build]) => ["idp", what, build, idpEntity, sso] as const),
  ];

  it.each(cases)("%s metadata: %s", async (role, _, build, entityId, location) => {
    const reading = await read(role, build(), folder);
    // Each says what it can, and all that it says is right.
    expect({ entityId, location, signing: 2 }).toMatchObject(reading);
  });
});
