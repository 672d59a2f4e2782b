import { describe, expect, it } from "vitest";
import {
  buildServiceProviderMetadata,
  type ServiceProviderOptions,
  validateMetadata,
} from "../../../src/metadata/index.ts";

const now = "2030-01-01T00:00:00Z";

const service: ServiceProviderOptions = {
  entityId: "https://sp.example.com/",
  assertionConsumerServices: ["https://sp.example.com/acs"],
  entityCategories: ["http://www.geant.net/uri/dataprotection-code-of-conduct/v1"],
  ui: {
    displayName: "Example",
    description: "An example",
    privacyStatementUrl: "https://sp.example.com/privacy",
  },
  attributeConsumingServices: [
    {
      index: 0,
      serviceNames: [{ lang: "en", value: "Example" }],
      requestedAttributes: [{ name: "urn:oid:0.9.2342.19200300.100.1.3" }],
    },
  ],
};

function unmet(options: ServiceProviderOptions): readonly string[] {
  return validateMetadata(buildServiceProviderMetadata(options), { now })
    .findings.filter(({ code }) => code.startsWith("metadata.category."))
    .map(({ message }) => message);
}

describe("a category that a service provider claims", () => {
  it("has no finding if everything that it requires is present", () => {
    expect(unmet(service)).toEqual([]);
  });

  it.each([
    ["AttributeConsumingService", { attributeConsumingServices: [] }],
    [
      "mdui:PrivacyStatementURL in English",
      { ui: { displayName: "Example", description: "An example" } },
    ],
  ])("is not met without %s alone", (missing, change) => {
    expect(unmet({ ...service, ...change })).toEqual([
      `The entity is in the category Code of Conduct, but has no ${missing}.`,
    ]);
  });

  it("has one finding for an entity that is no service provider", () => {
    const xml = buildServiceProviderMetadata(service)
      .replaceAll("SPSSODescriptor", "AttributeAuthorityDescriptor")
      .replaceAll("AssertionConsumerService", "AttributeService");
    const { findings } = validateMetadata(xml, { now });
    const found = findings.filter(({ code }) => code.startsWith("metadata.category."));
    expect(found.map(({ message }) => message)).toEqual([
      "The entity is in the category Code of Conduct, but has no SPSSODescriptor, which the category requires.",
    ]);
  });
});
