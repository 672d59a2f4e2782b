import { beforeAll, describe, expect, it } from "vitest";
import { buildMetadata, type Profile, validateMetadata } from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";

/** 2030-03-17T17:46:40Z */
const now = 1_900_000_000;
const BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:";
const ACS = `AssertionConsumerService Binding="${BINDING}HTTP-Artifact"`;
const SSO = `SingleSignOnService Binding="${BINDING}HTTP-POST"`;

/** One entity in both roles, as AD FS, NetIQ and Shibboleth publish themselves. */
let both: string;

beforeAll(async () => {
  const { certificate } = await createTestCertificate({
    notBefore: now - 86_400,
    notAfter: now + 600 * 86_400,
  });
  const role = {
    protocolSupportEnumeration: ["urn:oasis:names:tc:SAML:2.0:protocol"],
    keyDescriptors: [{ keyInfo: { certificates: [certificate] } }],
  };
  const endpoint = (name: string): { binding: string; location: string } => ({
    binding: BINDING + name,
    location: `https://adfs.example.com/adfs/ls/${name}`,
  });
  both = buildMetadata({
    type: "EntityDescriptor",
    entityId: "http://adfs.example.com/adfs/services/trust",
    validUntil: { unixSeconds: now + 86_400, iso: "" },
    roles: [
      {
        ...role,
        type: "SPSSODescriptor",
        assertionConsumerServices: [
          { ...endpoint("HTTP-POST"), index: 0, isDefault: true },
          { ...endpoint("HTTP-Artifact"), index: 1 },
        ],
      },
      {
        ...role,
        type: "IDPSSODescriptor",
        singleSignOnServices: [endpoint("HTTP-Redirect"), endpoint("HTTP-POST")],
      },
    ],
  });
});

function severity(
  code: string,
  xml: string,
  profile: Profile | readonly Profile[] | undefined,
): string | undefined {
  return validateMetadata(xml, { now, profile }).findings.find((one) => one.code === code)
    ?.severity;
}

/** A fault in the service provider's role, and one in the identity provider's. */
const SP_FAULTS = [
  ["metadata.binding.no_post", "bindings:HTTP-POST", "bindings:PAOS"],
  ["metadata.endpoint.url", "/adfs/ls/HTTP-Artifact", " /adfs"],
  ["metadata.endpoint.index_repeated", 'index="1"', 'index="0"'],
  ["metadata.certificate.unreadable", "<ds:X509Certificate>", "<ds:X509Certificate>AAAA"],
  [
    "metadata.binding.saml2_protocol",
    "urn:oasis:names:tc:SAML:2.0:protocol",
    "urn:oasis:names:tc:SAML:1.1:protocol",
  ],
  [
    "metadata.document.expired",
    "<md:SPSSODescriptor ",
    '<md:SPSSODescriptor validUntil="2020-01-01T00:00:00Z" ',
  ],
] as const;
const IDP_FAULTS = [
  ["metadata.endpoint.url", "/adfs/ls/HTTP-Redirect", " /adfs"],
  [
    "metadata.document.expired",
    "<md:IDPSSODescriptor ",
    '<md:IDPSSODescriptor validUntil="2020-01-01T00:00:00Z" ',
  ],
] as const;
const DOCUMENT_FAULTS = [
  ["metadata.schema.attribute", "<md:SPSSODescriptor ", '<md:SPSSODescriptor Any="1" '],
  ["metadata.schema.content", "<md:KeyDescriptor>", "<md:KeyDescriptors/><md:KeyDescriptor>"],
  [
    "metadata.certificate.private_key",
    "<ds:X509Certificate>",
    "<ds:X509Certificate>-----BEGIN RSA PRIVATE KEY-----",
  ],
  ["metadata.entity.id_space", "/services/trust", "/services/trust "],
] as const;

const STRICT = [
  undefined,
  "saml2int",
  "edugain",
  "ukf",
  ["sp", "idp"],
  ["idp", "saml2int"],
  ["sp", "ukf"],
] as const;

/** Faults that no consumer refuses the document for. */
const STANDARD_FAULTS = [
  ["metadata.binding.not_allowed", ACS, ACS.replace("HTTP-Artifact", "HTTP-Redirect")],
  ["metadata.binding.not_allowed", SSO, SSO.replace("HTTP-POST", "PAOS")],
  ["metadata.entity.id_not_absolute", "http://adfs.example.com/adfs/services/trust", "adfs"],
] as const;

describe("a fault against the standards only", () => {
  it.each(STANDARD_FAULTS)(
    "%s is an error in the profiles of federations alone",
    (code, from, to) => {
      const xml = both.replace(from, to);
      for (const profile of [undefined, "sp", "idp"] as const) {
        expect(severity(code, xml, profile), `${profile}`).toBe("warning");
      }
      for (const profile of ["saml2int", "edugain", "ukf", ["idp", "saml2int"]] as const) {
        expect(severity(code, xml, profile), `${profile}`).toBe("error");
      }
    },
  );
});

describe("a profile of the caller", () => {
  it("changes severities, switches rules off, and runs those that are opt-in", () => {
    const profile = {
      rules: {
        "metadata.contact.no_technical": "error",
        "metadata.key.same": "off",
        "metadata.organization.missing": "notice",
      },
    } as const;
    const { findings, checks, ok } = validateMetadata(both, { now, profile });
    const found = Object.fromEntries(findings.map((one) => [one.code, one.severity]));
    expect(ok).toBe(false);
    expect(found).toMatchObject({
      "metadata.contact.no_technical": "error",
      "metadata.organization.missing": "notice",
    });
    expect(checks.find(({ id }) => id === "metadata.key.same")?.status).toBe("skipped");
  });

  it("combines with others to the strictest severity", () => {
    const lenient = { rules: { "metadata.contact.no_technical": "off" } } as const;
    const strict = { rules: { "metadata.contact.no_technical": "error" } } as const;
    expect(severity("metadata.contact.no_technical", both, lenient)).toBeUndefined();
    expect(severity("metadata.contact.no_technical", both, [lenient, strict])).toBe("error");
  });

  it.each([
    [{ profile: "edugian" }, 'validateMetadata has no profile "edugian". Did you mean "edugain"?'],
    [{ profil: "sp" }, 'validateMetadata has no option "profil". Did you mean "profile"?'],
    [{ maxValidityDays: 28 }, 'validateMetadata has no option "maxValidityDays".'],
    [{ maxValiditySeconds: "28" }, "maxValiditySeconds must be a number"],
    [{ now: "tomorrow" }, "now must be a Date"],
    [
      { profile: { rules: { "metadata.key.sames": "off" } } },
      'The profile has no rule "metadata.key.sames". Did you mean "metadata.key.same"?',
    ],
    [{ profile: { rules: { "metadata.key.same": "fatal" } } }, "metadata.key.same must be one of"],
    [{ profile: { rule: {} } }, 'The profile has no option "rule". Did you mean "rules"?'],
    [{ profile: [null] }, "profile must be an object"],
  ])("is refused if it does not exist: %j", (options, message) => {
    expect(() => validateMetadata(both, options as never)).toThrow(TypeError);
    expect(() => validateMetadata(both, options as never)).toThrow(message);
  });
});

describe("a fault of one role", () => {
  it("is no finding for an entity with both roles", () => {
    expect(validateMetadata(both, { now }).ok).toBe(true);
  });

  it.each(SP_FAULTS)("%s keeps an SP from working, and no IdP", (code, from, to) => {
    const xml = both.replace(from, to);
    for (const profile of ["sp", ...STRICT] as const) {
      expect(severity(code, xml, profile), `${profile}`).toBe("error");
    }
    expect(severity(code, xml, "idp")).toBe("warning");
    expect(validateMetadata(xml, { now, profile: "idp" }).ok).toBe(true);
  });

  it.each(IDP_FAULTS)("%s keeps an IdP from working, and no SP", (code, from, to) => {
    const xml = both.replace(from, to);
    for (const profile of ["idp", ...STRICT] as const) {
      expect(severity(code, xml, profile), `${profile}`).toBe("error");
    }
    expect(severity(code, xml, "sp")).toBe("warning");
    expect(validateMetadata(xml, { now, profile: "sp" }).ok).toBe(true);
  });

  it.each(DOCUMENT_FAULTS)("%s is one of the whole document", (code, from, to) => {
    const xml = both.replace(from, to);
    for (const profile of ["sp", "idp", ...STRICT] as const) {
      expect(severity(code, xml, profile), `${profile}`).toBe("error");
    }
  });

  it("changes the severity for certificates too", async () => {
    const { certificate } = await createTestCertificate({
      notBefore: now - 86_400,
      notAfter: now + 86_400,
      keyAlgorithm: "RSA-1024",
    });
    const [key] = /<ds:X509Certificate>[^<]*/.exec(both) ?? [""];
    const xml = both.replace(key, `<ds:X509Certificate>${certificate.derBase64}`);
    expect(severity("key.rsa_lt_2048", xml, undefined)).toBe("error");
    expect(severity("key.rsa_lt_2048", xml, "idp")).toBe("warning");
  });

  it("keeps a lower severity", () => {
    const xml = both.replaceAll("https://adfs", "http://adfs");
    expect(severity("metadata.endpoint.insecure", xml, "idp")).toBe("warning");
    expect(severity("metadata.key.same", xml, "idp")).toBe(
      severity("metadata.key.same", xml, undefined),
    );
  });
});
