import { beforeAll, describe, expect, it } from "vitest";
import type { Certificate } from "../../../src/certificates/index.ts";
import type { ElementName } from "../../../src/metadata/elements/rule.ts";
import {
  buildIdentityProviderMetadata,
  buildServiceProviderMetadata,
  type IdentityProviderOptions,
  parseMetadata,
  type Role,
  type ServiceProviderOptions,
  validateMetadata,
} from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { fc } from "../../support/property.ts";
import { requireSchemas, schemaFaultsOf } from "../../support/xsd.ts";
import { comparable, modelOf } from "../support/models.ts";

const schemas = requireSchemas();
let certificates: readonly Certificate[];

beforeAll(async () => {
  const made = await Promise.all([1, 2, 3].map(() => createTestCertificate()));
  certificates = made.map(({ certificate }) => certificate);
});

const uri = fc.constantFrom("urn:x:a", "https://example.com/a", "urn:x:b");
const name = fc.constantFrom("_a", "b-1", "C.2");

function models<T>(element: ElementName, count = 2): fc.Arbitrary<readonly T[]> {
  const one = fc.constant(null).chain(() => modelOf(element, certificates, 3));
  return fc.array(one, { minLength: 1, maxLength: count }) as fc.Arbitrary<readonly T[]>;
}

/** With a text wherever one is empty, which the builders refuse. */
function said(value: unknown): unknown {
  if (typeof value === "string") return value.trim() === "" ? "x" : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(said);
  const isOther = /^(?:other|otherAttributes|certificates|values)$/;
  const parts = Object.entries(value);
  return Object.fromEntries(
    parts.map(([key, inner]) => [key, isOther.test(key) ? inner : said(inner)]),
  );
}
const speaking = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  arbitrary.map((value) => said(value) as T);

/** Each its own number, and at most the first the default. */
function numbered<T>(element: ElementName): fc.Arbitrary<readonly T[]> {
  return models<Record<string, unknown>>(element).map((list) =>
    list.map((endpoint, index) => ({ ...endpoint, index, isDefault: index === 0 })),
  ) as unknown as fc.Arbitrary<readonly T[]>;
}

const one = <T>(element: ElementName): fc.Arbitrary<T> =>
  models<T>(element, 1).map(([model]) => model as T);
const flag = fc.boolean();

/** Everything that both builders take. */
const shared = () => ({
  entityId: uri,
  id: name,
  validUntil: fc.integer({ min: 0, max: 4_000_000_000 }),
  cacheDuration: fc.integer({ min: 0, max: 1_000_000 }),
  protocols: fc.uniqueArray(uri, { minLength: 1, maxLength: 2 }),
  errorUrl: fc.constant("https://example.com/error"),
  signingCertificates: fc.array(fc.constantFrom(...certificates), { minLength: 1, maxLength: 3 }),
  encryptionCertificates: fc.array(fc.constantFrom(...certificates), { maxLength: 3 }),
  encryptionMethods: models("md:EncryptionMethod"),
  nameIdFormats: fc.array(uri, { minLength: 1, maxLength: 2 }),
  singleLogoutServices: models("md:SingleLogoutService"),
  artifactResolutionServices: numbered("md:ArtifactResolutionService"),
  manageNameIdServices: models("md:ManageNameIDService"),
  organization: speaking(one("md:Organization")),
  contacts: speaking(models<Record<string, unknown>>("md:ContactPerson")).map((list) =>
    list.map(({ emailAddresses, ...contact }) => ({
      ...contact,
      ...(emailAddresses === undefined ? {} : { emailAddresses: ["mailto:a@example.com"] }),
    })),
  ),
  extensions: speaking(one("md:Extensions")),
  roleExtensions: speaking(one("md:Extensions")),
});

const serviceProviders = (): fc.Arbitrary<ServiceProviderOptions> =>
  fc.record(
    {
      ...shared(),
      assertionConsumerServices: numbered("md:AssertionConsumerService"),
      attributeConsumingServices: speaking(numbered("md:AttributeConsumingService")),
      authnRequestsSigned: flag,
      wantAssertionsSigned: flag,
    },
    { requiredKeys: ["entityId", "assertionConsumerServices", "signingCertificates"] },
  ) as unknown as fc.Arbitrary<ServiceProviderOptions>;

const identityProviders = (): fc.Arbitrary<IdentityProviderOptions> =>
  fc.record(
    {
      ...shared(),
      singleSignOnServices: models("md:SingleSignOnService"),
      nameIdMappingServices: models("md:NameIDMappingService"),
      assertionIdRequestServices: models("md:AssertionIDRequestService"),
      attributeProfiles: fc.array(uri, { minLength: 1, maxLength: 2 }),
      attributes: speaking(models("saml:Attribute")),
      wantAuthnRequestsSigned: flag,
    },
    { requiredKeys: ["entityId", "singleSignOnServices", "signingCertificates"] },
  ) as unknown as fc.Arbitrary<IdentityProviderOptions>;

const gcm = (name: string): object => ({ algorithm: `http://www.w3.org/2009/xmlenc11#${name}` });
const METHODS = [
  gcm("aes128-gcm"),
  gcm("aes256-gcm"),
  { algorithm: "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p" },
];

/** The entity that options stand for, said once more in other words. */
function expected(
  type: Role["type"],
  options: ServiceProviderOptions | IdentityProviderOptions,
): unknown {
  const {
    entityId,
    id,
    validUntil,
    cacheDuration,
    organization,
    contacts,
    extensions,
    protocols = ["urn:oasis:names:tc:SAML:2.0:protocol"],
    roleExtensions,
    signingCertificates = [],
    encryptionCertificates = [],
    encryptionMethods = METHODS,
    ...rest
  } = options;
  const seconds = validUntil as number | undefined;
  return {
    type: "EntityDescriptor",
    entityId,
    id,
    validUntil:
      seconds === undefined
        ? undefined
        : { unixSeconds: seconds, iso: new Date(seconds * 1000).toISOString().replace(".000", "") },
    cacheDuration: cacheDuration === undefined ? undefined : `PT${cacheDuration}S`,
    organization,
    contacts,
    extensions,
    roles: [
      {
        type,
        ...rest,
        protocolSupportEnumeration: protocols,
        extensions: roleExtensions,
        keyDescriptors: [
          ...signingCertificates.map((one) => ({
            use: "signing",
            keyInfo: { certificates: [one] },
          })),
          ...encryptionCertificates.map((one) => ({
            use: "encryption",
            keyInfo: { certificates: [one] },
            encryptionMethods,
          })),
        ],
      },
    ],
  };
}

describe.each([
  ["a service provider", "SPSSODescriptor", serviceProviders, buildServiceProviderMetadata],
  ["an identity provider", "IDPSSODescriptor", identityProviders, buildIdentityProviderMetadata],
] as const)("random options of %s", (_, type, options, build) => {
  const write = build as (input: ServiceProviderOptions | IdentityProviderOptions) => string;

  it("are read back unchanged", () => {
    fc.assert(
      fc.property(options() as fc.Arbitrary<ServiceProviderOptions>, (input) => {
        const { root } = parseMetadata(write(input));
        expect(comparable(root)).toEqual(comparable(expected(type, input)));
        // The default indented form and the compact one say the same.
        const compact = parseMetadata(write({ ...input, format: "compact" })).root;
        expect(comparable(compact)).toEqual(comparable(root));
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it.skipIf(schemas.missing)(
    `make what the schemas take${schemas.note}`,
    { timeout: 60_000 },
    () => {
      const texts = fc
        .sample(options() as fc.Arbitrary<ServiceProviderOptions>, { numRuns: 150 })
        .map(write);
      expect([...schemaFaultsOf(texts).values()]).toEqual([]);
      for (const text of texts) {
        const { findings } = validateMetadata(text, { now: 0 });
        expect(findings.filter(({ code }) => code.startsWith("metadata.schema."))).toEqual([]);
      }
    },
  );
});

describe("blank texts", () => {
  const options = {
    entityId: "https://sp.example.com/",
    assertionConsumerServices: ["https://sp.example.com/acs"],
  };

  it.each([
    ["organization.name", { organization: { name: " ", url: "https://example.com/" } }],
    ["contacts.company", { contacts: [{ contactType: "support", company: "" }] }],
    ["nameIdFormats", { nameIdFormats: ["\n"] }],
    ["ui.displayName.value", { ui: { displayName: [{ lang: "en", value: "" }] } }],
    [
      "attributeConsumingServices.requestedAttributes.name",
      {
        attributeConsumingServices: [
          {
            index: 0,
            serviceNames: [{ lang: "en", value: "a" }],
            requestedAttributes: [{ name: "" }],
          },
        ],
      },
    ],
    [
      "attributeConsumingServices.serviceNames.value",
      {
        attributeConsumingServices: [
          { index: 0, serviceNames: [{ lang: "en", value: "" }], requestedAttributes: [] },
        ],
      },
    ],
    ["roleExtensions.discoHints.ipHints", { roleExtensions: { discoHints: { ipHints: [""] } } }],
    [
      "roleExtensions.discoHints.domainHints",
      { roleExtensions: { discoHints: { domainHints: ["a.example", " "] } } },
    ],
    [
      "roleExtensions.discoHints.geolocationHints",
      { roleExtensions: { discoHints: { geolocationHints: ["\t"] } } },
    ],
    ["roleExtensions.scopes.value", { roleExtensions: { scopes: [{ value: "" }] } }],
    [
      "extensions.registrationInfo.registrationAuthority",
      { extensions: { registrationInfo: { registrationAuthority: " " } } },
    ],
    [
      "contacts.extensions.uiInfo.displayNames.value",
      {
        contacts: [
          {
            contactType: "support",
            extensions: { uiInfo: { displayNames: [{ lang: "en", value: "" }] } },
          },
        ],
      },
    ],
    ["entityCategories", { entityCategories: [""] }],
  ])("are refused, as OpenSAML refuses a document with one: %s", (path, more) => {
    expect(() => buildServiceProviderMetadata({ ...options, ...more } as never)).toThrow(
      expect.objectContaining({ code: "metadata.build.value", at: { path } }),
    );
  });

  it("are allowed as values of attributes and in extensions", () => {
    const attributes = [{ name: "a", values: ["", { namespace: "urn:x", name: "b", text: "" }] }];
    const other = [{ namespace: "urn:x", name: "c", text: "" }];
    const extensions = { entityAttributes: { attributes }, other };
    const xml = buildServiceProviderMetadata({ ...options, extensions });
    expect(parseMetadata(xml).entities[0]?.extensions?.other).toHaveLength(1);
  });
});

describe("an undefined property", () => {
  it("counts as absent", () => {
    const ui = { displayName: "Example" };
    const [acs, slo] = ["https://sp.example.com/acs", "https://sp.example.com/slo"];
    const plain = buildServiceProviderMetadata({
      entityId: "https://sp.example.com/",
      assertionConsumerServices: [acs],
      singleLogoutServices: [slo],
      ui,
    });
    const none = { binding: undefined, index: undefined, isDefault: undefined } as object;
    const same = buildServiceProviderMetadata({
      entityId: "https://sp.example.com/",
      assertionConsumerServices: [{ ...none, location: acs }],
      singleLogoutServices: [{ binding: undefined, location: slo } as never],
      ui,
      roleExtensions: { uiInfo: undefined },
    });
    expect(same).toBe(plain);
  });
});

describe("empty extensions", () => {
  const options = {
    entityId: "https://sp.example.com/",
    assertionConsumerServices: ["https://sp.example.com/acs"],
  };
  const plain = (): string => buildServiceProviderMetadata(options);

  it.each([
    { extensions: {} },
    { extensions: { digestMethods: [], other: [] } },
    { roleExtensions: { scopes: [], uiInfo: undefined } },
    { roleExtensions: {}, extensions: {}, entityCategories: [] },
    { ui: {} },
    { ui: { displayName: [], logos: [] }, roleExtensions: { discoHints: undefined } },
  ])("are left out: %j", (more) => {
    expect(buildServiceProviderMetadata({ ...options, ...more })).toBe(plain());
  });
});
