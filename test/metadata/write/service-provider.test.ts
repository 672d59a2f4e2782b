import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  acceptUnverified,
  buildServiceProviderMetadata,
  encryptionCertificates,
  type OtherElement,
  parseMetadata,
  presetProducts,
  type ServiceProviderOptions,
  serviceProviderPresets,
  signingCertificates,
  validateMetadata,
} from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { fc } from "../../support/property.ts";
import { requireProgram } from "../../support/require.ts";
import { requireSchemas, schemaFaultsOf } from "../../support/xsd.ts";
import { xmlText } from "../support/models.ts";

const schemas = requireSchemas();
const pysaml2 = requireProgram("/usr/bin/python3", ["-c", "import saml2"]);

let pems: readonly string[];
let full: ServiceProviderOptions;

beforeAll(async () => {
  pems = await Promise.all(
    ["now", "next", "crypt"].map(
      async (CN) => (await createTestCertificate({ subject: { CN } })).certificate.pem,
    ),
  );
  const [now = "", next = "", crypt = ""] = pems;
  full = {
    entityId: "https://sp.example.com/saml",
    id: "_sp",
    validUntil: new Date("2931-07-09T12:00:00Z"),
    cacheDuration: 21_600,
    assertionConsumerServices: [
      "https://sp.example.com/acs",
      { location: "https://sp.example.com/acs2", index: 7 },
      {
        location: "https://sp.example.com/artifact",
        binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact",
      },
    ],
    artifactResolutionServices: ["https://sp.example.com/resolve"],
    singleLogoutServices: [
      {
        location: "https://sp.example.com/slo",
        responseLocation: "https://sp.example.com/slo/answer",
      },
    ],
    signingCertificates: [now, next],
    encryptionCertificates: [crypt],
    authnRequestsSigned: true,
    wantAssertionsSigned: true,
    nameIdFormats: ["urn:oasis:names:tc:SAML:2.0:nameid-format:transient"],
    attributeConsumingServices: [
      {
        index: 0,
        serviceNames: [{ lang: "en", value: "Example" }],
        requestedAttributes: [
          {
            name: "urn:oid:0.9.2342.19200300.100.1.3",
            nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:uri",
            friendlyName: "mail",
            isRequired: true,
          },
        ],
      },
    ],
    organization: {
      name: [
        { lang: "en", value: "Example" },
        { lang: "de", value: "Beispiel" },
      ],
      url: "https://example.com/",
    },
    contacts: [
      { contactType: "technical", emailAddresses: ["sso@example.com"] },
      {
        contactType: "security",
        givenName: "Security",
        emailAddresses: ["mailto:security@example.com"],
      },
    ],
    ui: {
      displayName: "Example",
      description: "An example",
      informationUrl: "https://example.com/about",
      privacyStatementUrl: "https://example.com/privacy",
      logos: [{ value: "https://example.com/logo.png", height: 16, width: 16 }],
    },
    entityCategories: ["http://refeds.org/category/research-and-scholarship"],
    extensions: { registrationInfo: { registrationAuthority: "https://example.org" } },
    roleExtensions: {
      digestMethods: [{ algorithm: "http://www.w3.org/2001/04/xmlenc#sha256" }],
      discoveryResponses: [
        {
          binding: "urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol",
          location: "https://sp.example.com/disco",
          index: 1,
        },
      ],
    },
  };
});

function cyclic(): OtherElement {
  const element = { namespace: "urn:x", name: "a", children: [] as OtherElement[] };
  element.children.push(element);
  return element;
}

describe("buildServiceProviderMetadata", () => {
  it("has no finding of validateMetadata", () => {
    const { findings } = validateMetadata(buildServiceProviderMetadata(full), {
      now: 1_900_000_000,
      profile: ["sp", "saml2int"],
      maxValiditySeconds: 3650 * 86_400,
    });
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("has a product with a source behind each preset", () => {
    expect(Object.keys(presetProducts).toSorted()).toEqual(
      Object.keys(serviceProviderPresets).toSorted(),
    );
    for (const { name, source } of Object.values(presetProducts)) {
      expect(name).not.toBe("");
      expect(new URL(source).protocol).toBe("https:");
    }
  });

  it.each(Object.entries(serviceProviderPresets))("has no warning with preset %s", (_, preset) => {
    const xml = buildServiceProviderMetadata({ ...full, ...preset });
    const { findings } = validateMetadata(xml, { now: new Date(), maxValiditySeconds: 4e10 });
    expect(findings.filter(({ severity }) => severity !== "notice")).toEqual([]);
  });

  it.skipIf(schemas.missing)(`is valid by the schemas${schemas.note}`, () => {
    const presets = Object.values(serviceProviderPresets).map((preset) =>
      buildServiceProviderMetadata({ ...full, ...preset }),
    );
    const texts = [...presets, buildServiceProviderMetadata({ ...full, format: "compact" })];
    expect([...schemaFaultsOf(texts).values()]).toEqual([]);
  });

  it.skipIf(pysaml2.missing)(`is read by pysaml2 with the same meaning${pysaml2.note}`, () => {
    const folder = mkdtempSync(join(tmpdir(), "samlcert-"));
    try {
      const file = join(folder, "sp.xml");
      writeFileSync(file, buildServiceProviderMetadata(full));
      const { stdout, stderr } = spawnSync(
        "/usr/bin/python3",
        ["test/support/pysaml2_load.py", file],
        { encoding: "utf8" },
      );
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).toEqual({
        "https://sp.example.com/saml": {
          signing: 2,
          encryption: 1,
          consumers: [
            "https://sp.example.com/acs",
            "https://sp.example.com/acs2",
            "https://sp.example.com/artifact",
          ],
        },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("publishes the next key next to the current one", () => {
    const [entity] = parseMetadata(buildServiceProviderMetadata(full)).entities;
    const accepted = acceptUnverified(entity!);
    expect(signingCertificates(accepted, "SPSSODescriptor").map(({ pem }) => pem)).toEqual(
      pems.slice(0, 2),
    );
    expect(encryptionCertificates(accepted).map(({ pem }) => pem)).toEqual(pems.slice(2));
    expect(() => signingCertificates(entity as never)).toThrow(
      expect.objectContaining({ code: "metadata.untrusted" }),
    );
    expect(() => signingCertificates({ ...accepted } as never)).toThrow(
      expect.objectContaining({ code: "metadata.untrusted" }),
    );
  });

  it.each([
    ["a script", "javascript:alert(1)"],
    ["a script in disguise", "JaVaScRiPt:alert(1)"],
    ["data", "data:text/html,x"],
    ["a relative URL", "/acs"],
    ["no scheme", "//sp.example.com/acs"],
    ["a space", "https://sp.example.com/a cs"],
    ["a line break", "https://sp.example.com/acs\n"],
    ["a user name", "https://user:secret@sp.example.com/acs"],
    ["no host", "https:///acs"],
    ["an empty port", "https://sp.example.com:/acs"],
    ["a port out of range", "https://sp.example.com:70000/acs"],
    ["a backslash", "https://sp.example.com\\@evil.example.com/"],
    ["nothing", ""],
  ])("refuses %s as an endpoint", (_, location) => {
    const consumers = [location];
    expect(() =>
      buildServiceProviderMetadata({ ...full, assertionConsumerServices: consumers }),
    ).toThrow(expect.objectContaining({ name: "MetadataError", code: "metadata.build.value" }));
  });

  it.each([
    ["no consumer service", { assertionConsumerServices: [] }, "metadata.build.missing"],
    ["no entityID", { entityId: "" }, "metadata.build.value"],
    [
      "an entityID that is too long",
      { entityId: `https://e.com/${"x".repeat(1020)}` },
      "metadata.build.value",
    ],
    ["an entityID that is no text", { entityId: 7 as never }, "metadata.build.value"],
    [
      "a control character",
      { organization: { name: "a\u0000b", url: "https://e.com/" } },
      "metadata.build.character",
    ],
    [
      "a lone surrogate",
      { organization: { name: "a\ud800b", url: "https://e.com/" } },
      "metadata.build.character",
    ],
    [
      "U+FFFE",
      { contacts: [{ contactType: "technical" as const, company: "\ufffe" }] },
      "metadata.build.character",
    ],
    ["a duration that is none", { cacheDuration: "6 hours" }, "metadata.build.value"],
    [
      "the same index twice",
      {
        assertionConsumerServices: [
          { location: "https://e.com/a", index: 1 },
          { location: "https://e.com/b", index: 1 },
        ],
      },
      "metadata.build.index",
    ],
    [
      "two defaults",
      {
        assertionConsumerServices: [
          { location: "https://e.com/a", isDefault: true },
          { location: "https://e.com/b", isDefault: true },
        ],
      },
      "metadata.build.default",
    ],
    ["signed requests without a key", { signingCertificates: [] }, "metadata.build.signing_key"],
    [
      "endpoints that are no list",
      { assertionConsumerServices: "https://e.com/" as never },
      "metadata.build.value",
    ],
    [
      "null as a certificate",
      { signingCertificates: [null as never] },
      "metadata.build.certificate",
    ],
    [
      "a certificate with markup",
      { signingCertificates: [{ derBase64: "</x>" } as never] },
      "metadata.build.certificate",
    ],
    ["a time that is none", { validUntil: new Date("x") }, "metadata.build.value"],
    ["a time past the year 9999", { validUntil: 253_402_300_800 }, "metadata.build.value"],
    [
      "an index that is no whole number",
      { assertionConsumerServices: [{ location: "https://e.com/a", index: 1.5 }] },
      "metadata.build.value",
    ],
    ["endless nesting", { extensions: { other: [cyclic()] } }, "metadata.build.depth"],
    [
      "an element in the standard's namespace",
      {
        extensions: {
          other: [{ namespace: "urn:oasis:names:tc:SAML:2.0:metadata", name: "EntityDescriptor" }],
        },
      },
      "metadata.build.name",
    ],
    [
      "an element without a name",
      { extensions: { other: [{ namespace: "urn:x", name: "a b" }] } },
      "metadata.build.name",
    ],
  ] as const)("refuses %s", (_, change, code) => {
    expect(() => buildServiceProviderMetadata({ ...full, ...change })).toThrow(
      expect.objectContaining({ name: "MetadataError", code }),
    );
  });

  it.each([
    [null, "metadata.build.value"],
    [undefined, "metadata.build.value"],
    [7, "metadata.build.value"],
    [{}, "metadata.build.missing"],
  ])("refuses %j as options", (options, code) => {
    expect(() => buildServiceProviderMetadata(options as never)).toThrow(
      expect.objectContaining({ name: "MetadataError", code }),
    );
  });

  it("refuses an option that does not exist, and names the nearest", () => {
    expect(() =>
      buildServiceProviderMetadata({ ...full, assertionConsumerService: [] } as never),
    ).toThrow(
      new TypeError(
        'buildServiceProviderMetadata has no option "assertionConsumerService". Did you mean "assertionConsumerServices"?',
      ),
    );
  });

  it("takes ISO text wherever it takes a time", () => {
    const iso = "2031-07-09T12:00:00Z";
    const seconds = Date.parse(iso) / 1000;
    const times = (time: string | number | Date): string =>
      buildServiceProviderMetadata({
        ...full,
        validUntil: time,
        extensions: {
          registrationInfo: { registrationAuthority: "https://e.com/", registrationInstant: time },
          publicationInfo: { publisher: "https://e.com/", creationInstant: time },
          publicationPath: {
            publications: [{ publisher: "https://e.com/", creationInstant: time }],
          },
        },
      });
    expect(times(iso).match(/2031-07-09T12:00:00Z/g)).toHaveLength(4);
    expect(times("2031-07-09T14:00:00+02:00")).toBe(times(iso));
    expect(times(seconds)).toBe(times(iso));
    expect(times(new Date(iso))).toBe(times(iso));
    expect(() => times("tomorrow")).toThrow(
      expect.objectContaining({ code: "metadata.build.value" }),
    );
  });

  it("refuses a private key as a certificate, and does not repeat it", () => {
    const key =
      "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ\n-----END PRIVATE KEY-----\n";
    let message = "";
    try {
      buildServiceProviderMetadata({ ...full, signingCertificates: [key] });
    } catch (error) {
      message = `${String(error)} ${JSON.stringify(error)}`;
    }
    expect(message).toContain("secret.private_key");
    expect(message).not.toContain("MIIEvQ");
  });

  it("escapes every text, or refuses it", () => {
    fc.assert(
      fc.property(xmlText, (text) => {
        fc.pre(text.trim() !== "");
        const xml = buildServiceProviderMetadata({
          ...full,
          organization: { name: text, url: "https://e.com/" },
          ui: { displayName: text },
        });
        const [entity] = parseMetadata(xml).entities;
        expect(entity?.organization?.names?.[0]?.value).toBe(text);
        expect(entity?.roles?.[0]?.extensions?.uiInfo?.displayNames?.[0]?.value).toBe(text);
      }),
      { endOnFailure: true },
    );
  });
});
