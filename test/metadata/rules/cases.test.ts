import { beforeAll, describe, expect, it } from "vitest";
import {
  buildIdentityProviderMetadata,
  buildMetadata,
  buildServiceProviderMetadata,
  type EntityDescriptor,
  parseMetadata,
  validateMetadata,
} from "../../../src/metadata/index.ts";
import type { Profile } from "../../../src/metadata/rules/rule.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import type { Change } from "./cases/case.ts";
import { documentCases } from "./cases/document.ts";
import { extensionCases } from "./cases/extension.ts";
import { roleCases } from "./cases/role.ts";

/** Written from the texts of the standards; none comes from anybody's test suite. */
const ruleCases = [...documentCases, ...roleCases, ...extensionCases];

/** 2030-03-17T17:46:40Z */
const now = 1_900_000_000;

let documents: Readonly<Record<"idp" | "sp" | "group", string>>;

beforeAll(async () => {
  const dates = { notBefore: now - 86_400, notAfter: now + 600 * 86_400 };
  const [signing, encryption] = await Promise.all([
    createTestCertificate(dates),
    createTestCertificate(dates),
  ]);
  const validUntil = Date.UTC(2031, 0) / 1000;
  const uri = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";
  const shared = {
    id: "_e",
    validUntil,
    organization: { name: "Example", url: "https://example.com/" },
    contacts: [
      { contactType: "technical" as const, emailAddresses: ["sso@example.com"] },
      {
        contactType: "security" as const,
        givenName: "Security",
        emailAddresses: ["security@example.com"],
      },
    ],
    nameIdFormats: ["urn:oasis:names:tc:SAML:2.0:nameid-format:transient"],
    ui: {
      displayName: "Example",
      privacyStatementUrl: "https://example.com/privacy",
      logos: [{ value: "https://example.com/logo.png", height: 16, width: 16 }],
    },
    extensions: {
      registrationInfo: {
        registrationAuthority: "https://example.org",
        registrationInstant: { unixSeconds: Date.UTC(2020, 0) / 1000, iso: "2020-01-01T00:00:00Z" },
        registrationPolicies: [{ lang: "en", value: "https://example.org/policy" }],
      },
      entityAttributes: {
        attributes: [
          {
            name: "http://macedir.org/entity-category",
            nameFormat: uri,
            values: ["https://example.org/category"],
          },
        ],
      },
    },
    signingCertificates: [signing.certificate],
  };
  const sp = buildServiceProviderMetadata({
    ...shared,
    entityId: "https://sp.example.com/",
    assertionConsumerServices: ["https://sp.example.com/acs", "https://sp.example.com/acs2"],
    singleLogoutServices: ["https://sp.example.com/slo"],
    encryptionCertificates: [encryption.certificate],
    authnRequestsSigned: true,
    attributeConsumingServices: [
      {
        index: 0,
        isDefault: true,
        serviceNames: [{ lang: "en", value: "Example" }],
        requestedAttributes: [
          { name: "urn:oid:0.9.2342.19200300.100.1.3", nameFormat: uri, isRequired: true },
        ],
      },
    ],
    roleExtensions: {
      discoveryResponses: [
        {
          binding: "urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol",
          location: "https://sp.example.com/disco",
          index: 1,
        },
      ],
    },
  });
  const idp = buildIdentityProviderMetadata({
    ...shared,
    id: "_i",
    entityId: "https://idp.example.com/",
    singleSignOnServices: ["https://idp.example.com/sso"],
    roleExtensions: {
      scopes: [{ value: "example.com", regexp: false }],
      discoHints: { ipHints: ["192.0.2.0/24"], geolocationHints: ["geo:51.5,-0.1"] },
    },
  });
  const members = [sp, idp].map((xml): EntityDescriptor => {
    const [entity] = parseMetadata(xml).entities;
    return { ...entity!, validUntil: undefined };
  });
  const time = { unixSeconds: validUntil, iso: "" };
  const group = buildMetadata({ type: "EntitiesDescriptor", validUntil: time, members });
  documents = { idp, sp, group };
});

function codesOf(xml: string, profile?: Profile): readonly string[] {
  return validateMetadata(xml, { now, profile }).findings.map(({ code }) => code);
}

/** End tags go along with start tags that were renamed. */
function changed(xml: string, [from, to]: Change, all = false): string {
  expect(xml).toContain(from);
  const result = all ? xml.replaceAll(from, () => to) : xml.replace(from, () => to);
  const [, old] = /^<([\w:]+) $/.exec(from) ?? [];
  const [, next] = /^<([\w:]+) /.exec(to) ?? [];
  return old === undefined || next === undefined
    ? result
    : result.replaceAll(`</${old}>`, `</${next}>`);
}

describe("rules", () => {
  it("find nothing in the documents that the cases change", () => {
    for (const [name, xml] of Object.entries(documents)) {
      const profile = name === "group" ? undefined : ("edugain" as const);
      const errors = validateMetadata(xml, { now, maxValidityDays: 365, profile }).findings.filter(
        ({ severity }) => severity !== "notice",
      );
      expect(errors, name).toEqual([]);
    }
  });

  it.each(ruleCases)("$code: $bad, and not $good", ({ code, of, bad, good, profile, all }) => {
    const document = documents[of];
    expect(codesOf(changed(document, bad, all), profile)).toContain(code);
    const right = good === undefined ? document : changed(document, good);
    const isRole = code.startsWith("metadata.entity.not_");
    expect(codesOf(right, isRole ? undefined : profile)).not.toContain(code);
  });

  it("are tried in more than sixty cases", () => {
    expect(new Set(ruleCases.map(({ code }) => code)).size).toBeGreaterThan(60);
  });
});
