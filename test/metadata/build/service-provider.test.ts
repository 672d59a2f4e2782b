import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  buildIdentityProviderMetadata,
  buildServiceProviderMetadata,
  identityProviderFromIntegration,
  serviceProviderFromIntegration,
} from "../../../src/metadata/index.ts";

it("x", () => {
  const pem = spawnSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "/dev/null",
      "-subj",
      "/CN=x",
      "-days",
      "365",
    ],
    { encoding: "utf8" },
  ).stdout;
  const o = serviceProviderFromIntegration(
    {
      entity_id: "http://www.okta.com/exk1",
      single_signon_url: "https://a.example/acs",
      audience_url: "https://a.example/acs",
    },
    {
      signingCertificates: [pem],
      encryptionCertificates: [pem],
      ui: { displayName: "X & Y" },
      entityCategories: ["http://refeds.org/category/research-and-scholarship"],
      organization: { name: "Ex", url: "https://ex.example/" },
      contacts: [{ contactType: "security", givenName: "Sec", emailAddresses: ["a@b.c"] }],
      validUntil: 2e9,
      cacheDuration: 3600,
    },
  );
  console.log(o.findings);
  const xml = buildServiceProviderMetadata(o);
  console.log(xml);
  writeFileSync("/tmp/sp.xml", xml);
  const i = identityProviderFromIntegration(
    {
      entity_id: "http://www.okta.com/exk1",
      signin_url: "https://a.example/acs",
      signout_url: "https://a.example/acs",
    },
    [pem],
  );
  const idp = buildIdentityProviderMetadata({ ...i, format: "compact" });
  console.log(idp);
  writeFileSync("/tmp/idp.xml", idp);
  expect(1).toBe(1);
});
