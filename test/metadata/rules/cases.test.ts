import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../../src/core/finding.ts";
import {
  buildIdentityProviderMetadata,
  buildMetadata,
  buildServiceProviderMetadata,
  type EntityDescriptor,
  type Profile,
  parseMetadata,
  validateMetadata,
} from "../../../src/metadata/index.ts";
import { metadataRules } from "../../../src/metadata/rules/all.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import type { Change, RuleCase } from "./cases/case.ts";
import { documentCases } from "./cases/document.ts";
import { endpointCases } from "./cases/endpoint.ts";
import { extensionCases } from "./cases/extension.ts";
import { federationCases } from "./cases/federation.ts";
import { keyCases } from "./cases/key.ts";
import { roleCases } from "./cases/role.ts";

/** Written from the standards; none comes from another test suite. */
const ruleCases = [
  ...documentCases,
  ...roleCases,
  ...keyCases,
  ...endpointCases,
  ...extensionCases,
  ...federationCases,
];

/** 2030-03-17T17:46:40Z */
const now = 1_900_000_000;

let documents: Readonly<Record<"idp" | "sp" | "group", string>>;
/** Certificates that cases name: an authority, and one that it issued. */
let certificates: Readonly<Record<string, string>>;

beforeAll(async () => {
  const dates = { notBefore: now - 86_400, notAfter: now + 600 * 86_400 };
  const [signing, encryption] = await Promise.all([
    createTestCertificate(dates),
    createTestCertificate(dates),
  ]);
  const authority = await createTestCertificate({ ...dates, subject: { CN: "CA" } });
  const issued = await createTestCertificate({ ...dates, issuer: authority });
  certificates = { "{CA}": authority.derBase64, "{LEAF}": issued.derBase64 };
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

function findingsOf(xml: string, profile?: Profile): readonly Finding[] {
  return validateMetadata(xml, { now, profile }).findings;
}

function changed(xml: string, change: Change, all = false): string {
  return renamed(xml, change, all).replaceAll(/\{[A-Z]+\}/g, (name) => certificates[name] ?? name);
}

/** Replaces text; end tags follow start tags that were renamed. */
function renamed(xml: string, [from, to]: Change, all: boolean): string {
  if (from instanceof RegExp) {
    expect(xml).toMatch(from);
    return xml.replace(from, to as never);
  }
  expect(xml).toContain(from);
  const result = all
    ? xml.replaceAll(from, () => to as string)
    : xml.replace(from, () => to as string);
  const [, old] = /^<([\w:]+) $/.exec(from) ?? [];
  const [, next] = /^<([\w:]+) /.exec(to as string) ?? [];
  return old === undefined || next === undefined
    ? result
    : result.replaceAll(`</${old}>`, `</${next}>`);
}

/** Findings that occur more often than in the original document. */
function gained(xml: string, { of, profile }: RuleCase): readonly Finding[] {
  const before = findingsOf(documents[of], profile).map(({ code }) => code);
  const count = (list: readonly string[], code: string): number =>
    list.filter((one) => one === code).length;
  const findings = findingsOf(xml, profile);
  const after = findings.map(({ code }) => code);
  return findings.filter(({ code }) => count(after, code) > count(before, code));
}

/** From the start tag at a place to the end of its element. */
function elementAt(xml: string, offset: number): readonly [number, number] {
  const [, name = ""] = /^<([\w:]+)/.exec(xml.slice(offset)) ?? [];
  const tags = new RegExp(`<(/?)${name}(?=[\\s/>])[^>]*?(/?)>`, "g");
  tags.lastIndex = offset;
  let depth = 0;
  for (let tag = tags.exec(xml); tag !== null; tag = tags.exec(xml)) {
    if (tag[2] === "") depth += tag[1] === "/" ? -1 : 1;
    if (depth === 0) return [offset, tags.lastIndex];
  }
  throw new Error(`no element at ${offset}`);
}

/** The part of a text that another one does not have. */
function difference(xml: string, other: string): readonly [number, number] {
  const length = Math.min(xml.length, other.length);
  let from = 0;
  while (from < length && xml[from] === other[from]) from++;
  let tail = 0;
  while (tail < length - from && xml.at(-1 - tail) === other.at(-1 - tail)) tail++;
  return [from, xml.length - tail];
}

const codes = (findings: readonly Finding[]): readonly string[] =>
  [...new Set(findings.map(({ code }) => code))].sort();

describe("rules", () => {
  it("find nothing in the unchanged documents of the cases", () => {
    for (const [name, xml] of Object.entries(documents)) {
      const profile = name === "group" ? undefined : ("edugain" as const);
      const errors = validateMetadata(xml, {
        now,
        maxValiditySeconds: 365 * 86_400,
        profile,
      }).findings.filter(({ severity }) => severity !== "notice");
      expect(errors, name).toEqual([]);
    }
  });

  it.each(ruleCases)("$code in $of: $bad, and not $good", (one) => {
    const { code, of, bad, good, profile, all, also = [], goodAlso = [] } = one;
    const document = documents[of];
    const broken = changed(document, bad, all);
    const isRole = code.startsWith("metadata.entity.not_");
    const found = isRole ? findingsOf(broken, profile) : gained(broken, one);
    expect(codes(found)).toEqual([code, ...also].sort());
    const change = difference(broken, document);
    for (const { at } of found.filter((finding) => finding.code === code)) {
      const offset = at?.offset as number;
      const [from, to] = elementAt(broken, offset);
      // At the change, around it, or at the second of two, where the change has added the first.
      const isNear = from <= change[1] && to >= change[0];
      const isSecond = from > change[1] && /repeated|_index/.test(code);
      expect(isRole || isNear || isSecond, `${from}-${to}: ${change}`).toBe(true);
      expect(broken.slice(0, offset).split("\n")).toHaveLength(at?.line as number);
      const [, name = ""] = /^<[\w-]+:([\w-]+)/.exec(broken.slice(offset)) ?? [];
      expect(at?.path).toMatch(new RegExp(`(?:^|/)${name}(?:\\(.*\\))?$`));
    }
    if (good === undefined || isRole) return;
    const right = gained(changed(document, good), one);
    expect(codes(right)).toEqual([...goodAlso].sort());
  });

  it("all have a case, each with a near miss", () => {
    const tried = new Set(ruleCases.map(({ code }) => code));
    const near = new Set(
      ruleCases.filter(({ good }) => good !== undefined).map(({ code }) => code),
    );
    const missing = Object.keys(metadataRules).filter((code) => !tried.has(code));
    const bare = [...tried].filter((code) => !near.has(code) && !code.includes(".not_"));
    expect({ missing, bare }).toEqual({ missing: [], bare: [] });
  });
});
