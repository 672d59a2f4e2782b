import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  buildIdentityProviderMetadata,
  buildServiceProviderMetadata,
  validateMetadata,
} from "../../../src/metadata/index.ts";

const fixtures = join(import.meta.dirname, "../../../fixtures");
const current = readFileSync(join(fixtures, "demo/current.pem"), "utf8");
const next = readFileSync(join(fixtures, "demo/next.pem"), "utf8");

/** Built metadata must stay the same byte for byte: people keep it under version control. */
it.each([
  [
    "service-provider.xml",
    buildServiceProviderMetadata({
      entityId: "https://sp.example.com/saml",
      assertionConsumerServices: ["https://sp.example.com/saml/acs"],
      singleLogoutServices: ["https://sp.example.com/saml/slo"],
      signingCertificates: [current],
      encryptionCertificates: [current],
      nameIdFormats: ["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"],
      organization: { name: "Example & Söhne", url: "https://www.example.com/" },
      contacts: [{ contactType: "technical", emailAddresses: ["sso@example.com"] }],
      validUntil: 1_941_278_400,
    }),
  ],
  [
    "identity-provider.xml",
    buildIdentityProviderMetadata({
      entityId: "https://idp.example.com/saml",
      singleSignOnServices: ["https://idp.example.com/sso"],
      signingCertificates: [current, next],
      contacts: [{ contactType: "technical", emailAddresses: ["sso@example.com"] }],
      ui: { displayName: "Example" },
      roleExtensions: { scopes: [{ value: "example.com", regexp: false }] },
      validUntil: 1_941_278_400,
      format: "compact",
    }),
  ],
])("builds %s as it always did", async (name, xml) => {
  await expect(xml).toMatchFileSnapshot(join(fixtures, "metadata", name));
  const report = validateMetadata(xml, { now: 1_900_000_000, maxValiditySeconds: 3650 * 86_400 });
  expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
});
