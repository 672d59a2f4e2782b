import { beforeAll, describe, expect, it } from "vitest";
import {
  acceptUnverified,
  buildIdentityProviderMetadata,
  buildServiceProviderMetadata,
  identityProviderFromIntegration,
  parseMetadata,
  serviceProviderFromIntegration,
  signingCertificates,
  validateMetadata,
} from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { fc } from "../../support/property.ts";

let pems: readonly string[];

beforeAll(async () => {
  pems = [(await createTestCertificate()).pem, (await createTestCertificate()).pem];
});

describe("serviceProviderFromIntegration", () => {
  const integration = {
    entity_id: "http://www.okta.com/exk1234",
    single_signon_url: "https://api.example.com/v3/public/sso/saml/response/id/1",
    audience_url: "https://api.example.com/v3/public/sso/saml/response/id/1",
  };

  it("takes the entityID from audience_url and the endpoint from single_signon_url", () => {
    const options = serviceProviderFromIntegration(integration, { signingCertificates: pems });
    expect(options.findings).toEqual([]);
    const [entity] = parseMetadata(buildServiceProviderMetadata(options)).entities;
    expect(entity).toMatchObject({
      entityId: integration.audience_url,
      roles: [
        {
          type: "SPSSODescriptor",
          assertionConsumerServices: [{ location: integration.single_signon_url }],
        },
      ],
    });
  });

  it("warns of an entityID that is an identity provider's", () => {
    const options = serviceProviderFromIntegration(integration, { entityIdFrom: "entity_id" });
    expect(options.entityId).toBe(integration.entity_id);
    expect(options.findings).toMatchObject([
      {
        code: "integration.names_identity_provider",
        severity: "warning",
        at: { path: "entity_id" },
      },
    ]);
  });

  it("notices an entity_id that equals the audience_url", () => {
    const same = { ...integration, entity_id: integration.audience_url };
    const { findings } = serviceProviderFromIntegration(same);
    expect(findings).toMatchObject([{ code: "integration.same_name", at: { path: "entity_id" } }]);
  });

  it.each([
    ["audience_url", undefined, "integration.missing", "error"],
    ["audience_url", "", "integration.missing", "error"],
    ["audience_url", "not a url", "integration.invalid", "error"],
    ["single_signon_url", null, "integration.missing", "error"],
    ["single_signon_url", "urn:x:y", "integration.invalid", "error"],
    ["single_signon_url", "javascript:alert(1)", "integration.invalid", "error"],
    ["single_signon_url", "http://sp.example.com/acs", "integration.insecure", "warning"],
    ["entity_id", undefined, "integration.incomplete", "warning"],
    ["entity_id", "http://www.okta.com/{org.externalKey}", "integration.invalid", "warning"],
    ["entity_id", 42, "integration.incomplete", "warning"],
  ])("says what is wrong with %s = %j", (field, value, code, severity) => {
    const options = serviceProviderFromIntegration({ ...integration, [field]: value } as never);
    expect(options.findings).toMatchObject([{ code, severity, at: { path: field } }]);
    if (severity === "error") {
      expect(() => buildServiceProviderMetadata(options)).toThrow(
        expect.objectContaining({ code }),
      );
    } else expect(buildServiceProviderMetadata(options)).toContain("SPSSODescriptor");
  });

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom("entity_id", "audience_url", "single_signon_url"),
          fc.anything(),
        ),
        (fields) => {
          expect(Array.isArray(serviceProviderFromIntegration(fields as never).findings)).toBe(
            true,
          );
        },
      ),
    );
  });
});

describe("identityProviderFromIntegration", () => {
  it("describes the identity provider as the service provider knows it", () => {
    const options = identityProviderFromIntegration(
      {
        entity_id: "http://www.okta.com/exk1234",
        signin_url: "https://example.okta.com/sso",
        signout_url: "https://example.okta.com/slo",
      },
      [{ public_certificate: pems[0]! }, pems[1]!],
    );
    expect(options.findings).toEqual([]);
    const xml = buildIdentityProviderMetadata(options);
    const [entity] = parseMetadata(xml).entities;
    expect(entity?.entityId).toBe("http://www.okta.com/exk1234");
    expect(signingCertificates(acceptUnverified(entity!), "IDPSSODescriptor")).toHaveLength(2);
    const errors = validateMetadata(xml, { now: 1_900_000_000, profile: "idp" }).findings.filter(
      ({ severity }) => severity === "error",
    );
    expect(errors).toEqual([]);
  });
});
